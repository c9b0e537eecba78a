//! The accessibility statement: what holds, what was tested, what is known to be missing.

use super::{heading, lead, paragraph, points};
use crate::{ui::Part, words::Words};

pub(super) fn parts() -> Vec<Part> {
    vec![
        lead(Words::accessibility_lead),
        heading(Words::accessibility_holds),
        points(vec![
            Words::accessibility_holds_keyboard,
            Words::accessibility_holds_list,
            Words::accessibility_holds_status,
            Words::accessibility_holds_contrast,
            Words::accessibility_holds_errors,
            Words::accessibility_holds_motion,
        ]),
        heading(Words::accessibility_tested),
        points(vec![Words::accessibility_tested_axe, Words::accessibility_tested_keyboard]),
        heading(Words::accessibility_gaps),
        points(vec![
            Words::accessibility_gaps_people,
            Words::accessibility_gaps_browsers,
            Words::accessibility_gaps_photos,
        ]),
        heading(Words::accessibility_obstacle),
        paragraph(Words::accessibility_obstacle_text),
    ]
}
