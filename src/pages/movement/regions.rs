//! All regions, by province, and a field to find one.

use leptos::prelude::*;
use model::{CohortEvidence, ParticipantKind, Province};

use crate::{
    client::Participant,
    components::{evidence, paragraph},
    format,
    matching::{Wanted, folded},
    route::Route,
    ui::{IntoPart as _, Part, dynamic, memo, text},
    words::{Words, speech},
};

/// A province, and those of its regions that are in our list.
#[derive(Clone, PartialEq)]
struct Group {
    name: String,
    regencies: u32,
    regions: Vec<Region>,
}

#[derive(Clone, PartialEq)]
struct Region {
    href: String,
    name: String,
    years: Vec<(u16, CohortEvidence)>,
    kind: ParticipantKind,
    /// Its name and its province, as they are looked for.
    folded: [String; 2],
}

pub(super) fn parts(participants: &[Participant], provinces: &[Province]) -> Vec<Part> {
    let groups: Vec<Group> = provinces.iter().map(|province| group(province, participants)).collect();
    let without: Vec<String> =
        groups.iter().filter(|group| group.regions.is_empty()).map(|group| group.name.clone()).collect();
    let groups: Vec<Group> = groups.into_iter().filter(|group| !group.regions.is_empty()).collect();
    let without = (!without.is_empty()).then(|| {
        let names = without.join(", ");
        paragraph("hint", speech().text(move |words| words.movement_without(&names)))
    });
    vec![view! { <Finder groups /> }.into_part(), without.into_part()]
}

fn group(province: &Province, participants: &[Participant]) -> Group {
    let within = |participant: &&Participant| {
        participant.id.kind.is_region() && participant.id.code.split('.').next() == Some(&province.code)
    };
    let regions = participants.iter().filter(within).map(|participant| {
        // A region always has a name; what has none is listed by its code.
        let name = participant.name.clone().unwrap_or_else(|| participant.id.code.clone());
        Region {
            href: Route::Participant(participant.id.clone()).href(),
            kind: participant.id.kind,
            folded: [folded(&name), folded(&province.name)],
            name,
            years: participant.years.iter().copied().zip(participant.evidence.iter().copied()).collect(),
        }
    });
    Group { name: province.name.clone(), regencies: province.regencies, regions: regions.collect() }
}

#[component]
fn Finder(groups: Vec<Group>) -> impl IntoView {
    let speech = speech();
    let typed = RwSignal::new(String::new());
    let wanted = memo(move || typed.with(|typed| Wanted::read(&folded(typed))));
    let found = memo(move || {
        let wanted = wanted.get();
        let matching = |group: &Group| {
            let is = |region: &&Region| {
                let [name, province] = &region.folded;
                wanted.as_ref().is_none_or(|wanted| wanted.is(region.kind, name, province).is_some())
            };
            Group { regions: group.regions.iter().filter(is).cloned().collect(), ..group.clone() }
        };
        groups.iter().map(matching).filter(|group| !group.regions.is_empty()).collect::<Vec<_>>()
    });
    let told = speech.text(move |words| {
        let n = found.with(|groups| groups.iter().map(|group| group.regions.len() as u64).sum());
        match n {
            0 => words.movement_no_match().to_owned(),
            n if wanted.with(Option::is_none) => words.movement_all_regions(n),
            n => words.movement_matches(n),
        }
    });
    view! {
        <div class="field regions-search">
            <label for="regions-search">{speech.say(Words::movement_search)}</label>
            <p class="hint" id="regions-hint">{speech.say(Words::movement_search_hint)}</p>
            <input type="search" id="regions-search" autocomplete="off" spellcheck="false" aria-describedby="regions-hint"
                prop:value=text(move || typed.get()) on:input=move |event| typed.set(event_target_value(&event)) />
        </div>
        <p class="regions-found" role="status">{told}</p>
        <div class="regions">
            {dynamic(move || {
                let open = wanted.with(Option::is_some);
                let groups: Vec<Part> = found.get().into_iter().map(|group| province(group, open)).collect();
                Some(groups.into_part())
            })}
        </div>
    }
}

/// A province, open where its regions are what was looked for.
fn province(group: Group, open: bool) -> Part {
    let (n, all) = (group.regions.len() as u64, group.regencies);
    // Of those that were found, how many of all says nothing.
    let count = speech().text(move |words| match open {
        true => format::number(words, n),
        false => words.movement_part_of(&format::number(words, n), &format::number(words, all.into())),
    });
    let regions: Vec<Part> = group.regions.into_iter().map(region).collect();
    view! {
        <details class="folded regions-group" open=open>
            <summary><span>{group.name}" "<span class="hint">{count}</span></span></summary>
            <ul class="regions-list">{regions}</ul>
        </details>
    }
    .into_part()
}

fn region(region: Region) -> Part {
    let years: Vec<Part> = region
        .years
        .iter()
        .map(|(year, grade)| {
            let doubt = grade.is_doubtful().then(|| {
                let (name, _) = evidence(*grade);
                view! { <span class="unseen">" "{speech().say(name)}</span> }
            });
            view! { " "<span class="year" data-doubtful=grade.is_doubtful()>{year.to_string()}{doubt}</span> }
                .into_part()
        })
        .collect();
    view! { <li><a href=region.href>{region.name}</a>{years}</li> }.into_part()
}
