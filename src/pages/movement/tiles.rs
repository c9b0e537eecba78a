//! The provinces as tiles, about where they lie, shaded by how many of their regions take part.

use leptos::prelude::*;
use model::Province;

use crate::{
    components::{folded, hundredths, paragraph, table},
    format,
    ui::{IntoPart as _, Part},
    words::{Say, Words, speech},
};

/// A tile's side in the drawing's own units, and the room between two.
const SIDE: u32 = 40;
const BETWEEN: u32 = 2;
/// Where the steps of shade after the first begin, in hundredths. The first is for none at all.
const STEPS: [u64; 4] = [1, 25, 50, 75];

pub(super) fn parts(provinces: &[Province]) -> Vec<Part> {
    let speech = speech();
    vec![
        paragraph("hint", speech.say(Words::movement_tiles_hint)),
        legend(),
        drawing(provinces),
        folded("tiles-table", speech.say(Words::movement_table), as_table(provinces)),
    ]
}

/// The step of shade of so many of all, 0 to 4. Whoever has a region that takes part is never shown as having none.
fn step(regions: u32, regencies: u32) -> usize {
    if regions == 0 {
        return 0;
    }
    let share = hundredths(regions.into(), regencies.into()).max(1);
    STEPS.iter().filter(|from| share >= **from).count()
}

fn drawing(provinces: &[Province]) -> Part {
    let [columns, rows] = [0, 1].map(|axis| {
        let most = provinces.iter().map(|province| province.tile[axis]).max().unwrap_or_default();
        (u32::from(most) + 1) * SIDE
    });
    let label = {
        let n = provinces.len() as u64;
        speech().text(move |words| words.movement_tiles_label(&format::number(words, n)))
    };
    let tiles: Vec<Part> = provinces.iter().map(tile).collect();
    view! {
        <svg class="tiles" role="img" aria-label=label viewBox=format!("0 0 {columns} {rows}")>{tiles}</svg>
    }
    .into_part()
}

fn tile(province: &Province) -> Part {
    let [x, y] = province.tile.map(|at| u32::from(at) * SIDE);
    let middle = (x + SIDE / 2).to_string();
    let side = (SIDE - BETWEEN).to_string();
    let (name, letters) = (province.name.clone(), short(&province.code).to_owned());
    let (regions, regencies) = (province.regions, province.regencies);
    let told = speech().text(move |words| {
        let number = |n: u32| format::number(words, n.into());
        words.movement_tile(&name, &number(regions), &number(regencies))
    });
    view! {
        <g class="tile" data-step=step(regions, regencies).to_string()>
            <title>{told}</title>
            <rect x=(x + BETWEEN / 2).to_string() y=(y + BETWEEN / 2).to_string() width=side.clone() height=side rx="4"></rect>
            <text class="tile-name" x=middle.clone() y=(y + SIDE / 2).to_string() text-anchor="middle">{letters}</text>
            <text class="tile-count" x=middle y=(y + SIDE - 7).to_string() text-anchor="middle">{format!("{regions}/{regencies}")}</text>
        </g>
    }
    .into_part()
}

fn legend() -> Part {
    let speech = speech();
    let entries: Vec<Part> = (0..=STEPS.len())
        .map(|step| {
            let said = speech.text(move |words| match step.checked_sub(1) {
                None => words.movement_share_none().to_owned(),
                Some(nth) => {
                    let to = STEPS.get(nth + 1).map_or(100, |next| next - 1);
                    words.movement_share_range(&STEPS[nth].to_string(), &to.to_string())
                }
            });
            view! {
                <li>
                    <svg class="legend-sample" aria-hidden="true">
                        <g class="tile" data-step=step.to_string()>
                            <rect x="1" y="1" width="22" height="16" rx="3"></rect>
                        </g>
                    </svg>
                    {said}
                </li>
            }
            .into_part()
        })
        .collect();
    view! { <ul class="legend">{entries}</ul> }.into_part()
}

fn as_table(provinces: &[Province]) -> Part {
    let speech = speech();
    let heads: [Say; 4] =
        [Words::movement_province, Words::movement_short, Words::movement_taking_part, Words::movement_share];
    let rows = provinces.iter().map(|province| {
        let (regions, regencies) = (province.regions, province.regencies);
        let part = speech.text(move |words| {
            let number = |n: u32| format::number(words, n.into());
            words.movement_part_of(&number(regions), &number(regencies))
        });
        vec![
            province.name.clone().into_part(),
            short(&province.code).to_owned().into_part(),
            part.into_part(),
            format!("{}%", hundredths(regions.into(), regencies.into())).into_part(),
        ]
    });
    table(speech.say(Words::movement_tiles), heads.map(|head| speech.say(head)).to_vec(), rows.collect())
}

/// A province in two letters, as ISO 3166-2:ID writes it; its own code where that standard does not know it yet.
fn short(code: &str) -> &str {
    const SHORT: [(&str, &str); 38] = [
        ("11", "AC"),
        ("12", "SU"),
        ("13", "SB"),
        ("14", "RI"),
        ("15", "JA"),
        ("16", "SS"),
        ("17", "BE"),
        ("18", "LA"),
        ("19", "BB"),
        ("21", "KR"),
        ("31", "JK"),
        ("32", "JB"),
        ("33", "JT"),
        ("34", "YO"),
        ("35", "JI"),
        ("36", "BT"),
        ("51", "BA"),
        ("52", "NB"),
        ("53", "NT"),
        ("61", "KB"),
        ("62", "KT"),
        ("63", "KS"),
        ("64", "KI"),
        ("65", "KU"),
        ("71", "SA"),
        ("72", "ST"),
        ("73", "SN"),
        ("74", "SG"),
        ("75", "GO"),
        ("76", "SR"),
        ("81", "MA"),
        ("82", "MU"),
        ("91", "PA"),
        ("92", "PB"),
        ("93", "PS"),
        ("94", "PT"),
        ("95", "PE"),
        ("96", "PD"),
    ];
    SHORT.iter().find(|(known, _)| *known == code).map_or(code, |(_, short)| short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_one_is_not_among_those_who_have_none() {
        assert_eq!(step(0, 23), 0);
        assert_eq!(step(1, 500), 1);
        assert_eq!(step(6, 24), 2);
        assert_eq!(step(5, 10), 3);
        assert_eq!(step(3, 4), 4);
        assert_eq!(step(5, 5), 4);
    }

    #[test]
    fn every_province_has_letters_of_its_own() {
        let codes = (11..=19).chain([21]).chain(31..=36).chain(51..=53).chain(61..=65).chain(71..=76);
        let codes: Vec<String> = codes.chain(81..=82).chain(91..=96).map(|code| code.to_string()).collect();
        assert_eq!(codes.len(), 38);
        let letters: std::collections::HashSet<&str> = codes.iter().map(|code| short(code)).collect();
        assert_eq!(letters.len(), 38);
        assert!(codes.iter().all(|code| short(code) != *code));
        assert_eq!(short("99"), "99");
    }
}
