//! What a citizen writes, and what an agency answers: sentences of one story, put together as people do.

use fastrand::Rng;

use super::tables::{City, Habit, Neighbourhood, Story, Tables, Voices};

/// Characters of a description.
const SHORTEST: usize = 60;
const LONGEST: usize = 350;

/// What the slots of one report are filled with.
pub(super) struct Slots<'t> {
    pub(super) street: &'t str,
    neighbourhood: &'t Neighbourhood,
    district: String,
    city: &'t str,
    near: &'t str,
    weeks: &'t str,
    days: &'t str,
    since: &'t str,
    morning: &'t str,
    evening: &'t str,
    night: &'t str,
    unit: String,
    number: &'t str,
    part_of_day: &'static str,
}

impl<'t> Slots<'t> {
    /// `hour` is the local one in which the report is sent.
    pub(super) fn draw(
        rng: &mut Rng,
        voices: &'t Voices,
        city: &'t City,
        hood: &'t Neighbourhood,
        hour: i64,
    ) -> Self {
        let near = if !hood.near.is_empty() && rng.f64() < 0.25 { &hood.near } else { &voices.near };
        let (rt, rw) = (rng.u32(1..13), rng.u32(1..11));
        Self {
            street: any(rng, &hood.streets),
            neighbourhood: hood,
            district: format!("{} {}", city.district, hood.kecamatan),
            city: &city.name,
            near: any(rng, near),
            weeks: any(rng, &voices.weeks),
            days: any(rng, &voices.days),
            since: any(rng, &voices.since),
            morning: any(rng, &voices.mornings),
            evening: any(rng, &voices.evenings),
            night: any(rng, &voices.nights),
            unit: if rng.bool() { format!("RT {rt:02}/RW {rw:02}") } else { format!("RT {rt}") },
            number: any(rng, &voices.numbers),
            part_of_day: match hour {
                4..=10 => "pagi",
                11..=14 => "siang",
                15..=17 => "sore",
                _ => "malam",
            },
        }
    }

    /// The place in words.
    pub(super) fn address(&self) -> String {
        let hood = self.neighbourhood;
        format!("{}, {}, {}, {}", self.street, hood.kelurahan, hood.kecamatan, self.city)
    }

    /// The text of an answer of the day `date`.
    pub(super) fn fill_answer(&self, template: &str, date: &str) -> String {
        self.fill(&template.replace("{tanggal}", date))
    }

    fn fill(&self, template: &str) -> String {
        let mut filled = String::with_capacity(template.len() + 40);
        let mut rest = template;
        while let Some((before, (slot, after))) =
            rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
        {
            filled.push_str(before);
            filled.push_str(self.value(slot));
            rest = after;
        }
        filled + rest
    }

    fn value(&self, slot: &str) -> &str {
        match slot {
            "jalan" => self.street,
            "kelurahan" => &self.neighbourhood.kelurahan,
            "kecamatan" => &self.district,
            "kota" => self.city,
            "patokan" => self.near,
            "minggu" => self.weeks,
            "hari" => self.days,
            "sejak" => self.since,
            "pagi" => self.morning,
            "sore" => self.evening,
            "malam" => self.night,
            "rt" => &self.unit,
            "n" => self.number,
            "salam" => self.part_of_day,
            // A unit test looks at every slot of the tables.
            _ => "",
        }
    }
}

/// A description of 60 to 350 characters: an opening of the story and what belongs to it.
pub(super) fn describe(
    rng: &mut Rng,
    tables: &Tables,
    city: &City,
    slots: &Slots<'_>,
    story: &Story,
) -> String {
    let mut parts = Parts { used: Vec::new() };
    let Some(opening) = parts.take(rng, &story.openings) else { return String::new() };
    let mut body = [&story.details, &story.effects];
    if rng.f64() < 0.12 {
        body.swap(0, 1);
    }
    let mut wanted = [rng.f64() < 0.66, rng.f64() < 0.56, rng.f64() < 0.68];
    if !(wanted[0] || wanted[1]) {
        wanted[rng.usize(..2)] = true;
    }
    let mut middle: Vec<&str> = body
        .iter()
        .zip(wanted)
        .filter(|(_, wanted)| *wanted)
        .filter_map(|(list, _)| parts.take(rng, list))
        .collect();
    let mut end: Vec<&str> = Vec::new();
    if wanted[2] {
        end.extend(parts.take(rng, &story.asks));
    }
    let voices = &tables.voices;
    let mut greeting = None;
    if rng.f64() < 0.17 {
        let local = rng.f64() < 0.35;
        greeting = parts.take(rng, if local { &city.greetings } else { &voices.greetings });
    }
    let mut closing = None;
    if rng.f64() < 0.3 {
        let local = rng.f64() < 0.25;
        closing = parts.take(rng, if local { &city.closings } else { &voices.closings });
    }
    let paragraphs = rng.f64() < 0.16;
    let habit = habit(rng, &voices.habits);

    loop {
        let text = compose(slots, greeting, opening, &middle, &end, closing, paragraphs);
        let text = habit.map_or_else(|| text.clone(), |habit| spell(&text, habit));
        let length = text.chars().count();
        if length < SHORTEST {
            // A short opening and a short sentence: one more of them is there, every story has several.
            let Some(more) = parts.take(rng, &story.effects).or_else(|| parts.take(rng, &story.asks)) else {
                return text;
            };
            middle.push(more);
        } else if length <= LONGEST
            || (closing.take().is_none() && greeting.take().is_none() && middle.pop().is_none())
        {
            return text;
        }
    }
}

fn compose(
    slots: &Slots<'_>,
    greeting: Option<&str>,
    opening: &str,
    middle: &[&str],
    end: &[&str],
    closing: Option<&str>,
    paragraphs: bool,
) -> String {
    let fill_all = |sentences: &[&str]| {
        sentences.iter().map(|sentence| slots.fill(sentence)).collect::<Vec<_>>().join(" ")
    };
    let opening = slots.fill(opening);
    let begin = match greeting {
        Some(greeting) if greeting.ends_with(',') => {
            format!("{} {}", slots.fill(greeting), uncapitalized(&opening))
        }
        Some(greeting) => format!("{} {opening}", slots.fill(greeting)),
        None => opening,
    };
    let first =
        [begin, fill_all(middle)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let last: Vec<&str> = end.iter().copied().chain(closing).collect();
    let last = fill_all(&last);
    match (last.is_empty(), paragraphs) {
        (true, _) => first,
        (false, true) => format!("{first}\n\n{last}"),
        (false, false) => format!("{first} {last}"),
    }
}

/// Sentences that have been used, so that no slot comes twice in one report.
struct Parts {
    used: Vec<String>,
}

impl Parts {
    /// Any of the sentences whose slots are all still free.
    fn take<'s>(&mut self, rng: &mut Rng, sentences: &'s [String]) -> Option<&'s str> {
        let from = rng.usize(..sentences.len().max(1));
        let found = (0..sentences.len())
            .map(|step| &sentences[(from + step) % sentences.len()])
            .find(|sentence| slots_of(sentence).all(|slot| !self.used.iter().any(|used| used == slot)))?;
        let slots: Vec<String> = slots_of(found).map(str::to_owned).collect();
        self.used.extend(slots);
        Some(found)
    }
}

/// The names of a sentence's slots. All that tell how long count as one: "since Monday" and "for a month" in one
/// report would contradict each other.
fn slots_of(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(slot, _)| match slot {
        "minggu" | "hari" | "sejak" => "lama",
        slot => slot,
    })
}

/// After a comma a sentence goes on small, unless it begins with a name or an abbreviation.
fn uncapitalized(sentence: &str) -> String {
    let mut rest = sentence.chars();
    match (rest.next(), rest.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() && !sentence.starts_with("Jl.") => {
            first.to_lowercase().chain(rest).collect()
        }
        _ => sentence.to_owned(),
    }
}

fn habit<'t>(rng: &mut Rng, habits: &'t [Habit]) -> Option<&'t Habit> {
    let mut drawn = rng.f64();
    habits.iter().find(|habit| {
        drawn -= habit.share;
        drawn < 0.0
    })
}

/// The text as somebody with this habit writes it.
fn spell(text: &str, habit: &Habit) -> String {
    let mut spelled = text.to_owned();
    for [from, to] in &habit.replace {
        spelled = replace_word(&spelled, from, to);
    }
    if habit.lowercase {
        spelled = spelled.to_lowercase();
        spelled.truncate(spelled.trim_end_matches('.').len());
    }
    spelled
}

fn replace_word(text: &str, from: &str, to: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in text.match_indices(from) {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
        let (before, after) = (text[..at].chars().next_back(), text[at + from.len()..].chars().next());
        if !letter(before) && !letter(after) {
            replaced.push_str(&text[done..at]);
            replaced.push_str(to);
            done = at + from.len();
        }
    }
    replaced + &text[done..]
}

/// Any of them; the empty text of none.
pub(super) fn any<'t>(rng: &mut Rng, of: &'t [String]) -> &'t str {
    let at = rng.usize(..of.len().max(1));
    of.get(at).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_are_spelled_another_way() {
        assert_eq!(
            replace_word("dan jalan, jalanan; jalan-jalan dan", "jalan", "jln"),
            "dan jln, jalanan; jalan-jalan dan"
        );
        assert_eq!(replace_word("ada", "ada", "x"), "x");
    }

    #[test]
    fn after_a_comma_names_stay_as_they_are() {
        assert_eq!(uncapitalized("Jalan rusak"), "jalan rusak");
        assert_eq!(uncapitalized("Jl. Braga rusak"), "Jl. Braga rusak");
        assert_eq!(uncapitalized("PJU mati"), "PJU mati");
    }

    #[test]
    fn no_duration_comes_twice() {
        assert!(slots_of("{jalan} sudah {minggu}").eq(["jalan", "lama"]));
        let mut parts = Parts { used: vec!["lama".into()] };
        let only = ["begini {sejak}".to_owned(), "tidak".to_owned()];
        assert_eq!(parts.take(&mut Rng::with_seed(1), &only), Some("tidak"));
    }
}
