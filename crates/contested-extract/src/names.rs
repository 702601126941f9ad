//! Names typed by what is known: the tagger says that "Albu Kamal" is a name, the actor base and the gazetteer say of what.

use std::collections::BTreeSet;

use contested_knowledge::actors::ActorKind;
use contested_language::Name;
use contested_language::tags::{NameKind, Upos};

use crate::mentions::{self, Mentions, Sort};
use crate::naming::{self, Context};
use crate::tree::Tree;

/// The names of every sentence of `trees`: the tagger's, with the kind that the knowledge gives them, and known ones that it missed.
pub(crate) fn typed(trees: &[Tree<'_>], mentions: &Mentions, context: &Context<'_>) -> Vec<Vec<Name>> {
    let mut typed: Vec<Vec<Name>> = trees
        .iter()
        .map(|tree| {
            let mut names = tree.sentence.names.clone();
            actors(tree, context, &mut names);
            names
        })
        .collect();
    for mention in &mentions.all {
        if !matches!(mention.sort, Sort::Place | Sort::Both) || !mention.named {
            continue;
        }
        let Some(place) = &mention.place else { continue };
        let tree = &trees[mention.sentence];
        let first = (place.first..=place.last).find(|&at| !is_frame(tree, at));
        let last = (place.first..=place.last).rev().find(|&at| !is_frame(tree, at));
        if let (Some(first), Some(last)) = (first, last)
            && context.knowledge.places.country_of_demonym(tree.norm(first)).is_none()
        {
            put(&mut typed[mention.sentence], first, last + 1, NameKind::Place);
        }
    }
    doubtful(trees, context, &mut typed);
    typed
}

/// What the tagger takes for a person though the gazetteer knows it: a place where it stands as places do, and what is a place once is one
/// throughout the report.
fn doubtful(trees: &[Tree<'_>], context: &Context<'_>, typed: &mut [Vec<Name>]) {
    let words = |tree: &Tree<'_>, name: &Name| tree.sentence.span_of(name.start, name.end - 1);
    let mut places: BTreeSet<String> = BTreeSet::new();
    for (tree, names) in trees.iter().zip(typed.iter_mut()) {
        for name in names {
            let written = context.slice(words(tree, name));
            if name.kind == NameKind::Person
                && follows_preposition_of_place(tree, name.start)
                && context.knowledge.places.is_place_name(&written).is_some()
            {
                (name.kind, name.confidence) = (NameKind::Place, 1.0);
            }
            if name.kind == NameKind::Place {
                places.insert(written.to_lowercase());
            }
        }
    }
    for (tree, names) in trees.iter().zip(typed) {
        for name in names.iter_mut().filter(|name| name.kind == NameKind::Person) {
            if places.contains(&context.slice(words(tree, name)).to_lowercase()) {
                (name.kind, name.confidence) = (NameKind::Place, 1.0);
            }
        }
    }
}

/// "in X", "close to X", "east of X": by the words, for trees err most where names are strange.
fn follows_preposition_of_place(tree: &Tree<'_>, first: u32) -> bool {
    let before = |back: u32| first.checked_sub(back).map_or("", |at| tree.norm(at));
    match before(1) {
        "in" | "near" | "around" | "outside" | "inside" | "into" => true,
        "to" => matches!(before(2), "close" | "next"),
        "of" => naming::is_direction(before(2)),
        _ => false,
    }
}

/// Words around a name that are not of it.
fn is_frame(tree: &Tree<'_>, at: u32) -> bool {
    matches!(tree.upos(at), Upos::Det | Upos::Punct | Upos::Adp) || tree.norm(at) == "'s"
}

fn actors(tree: &Tree<'_>, context: &Context<'_>, names: &mut Vec<Name>) {
    let norms: Vec<&str> = (0..tree.len()).map(|at| tree.norm(at)).collect();
    let of_token = mentions::name_of_token(tree);
    let mut at = 0;
    while at < norms.len() {
        let Some((count, actor, sure)) = context.longest_actor(tree, &norms, at, 0, &of_token) else {
            at += 1;
            continue;
        };
        let (first, end) = (at as u32, (at + count) as u32);
        at += count.max(1);
        let proper = (first..end).any(|t| tree.upos(t) == Upos::Propn || of_token[t as usize].is_some());
        if let Some(kind) = kind_of(actor.kind).filter(|_| sure && proper) {
            put(names, first, end, kind);
        }
    }
}

/// What the names of such actors name; nothing for those that are places or peoples as well.
const fn kind_of(kind: ActorKind) -> Option<NameKind> {
    match kind {
        ActorKind::Army | ActorKind::ArmedGroup | ActorKind::Militia | ActorKind::Coalition => {
            Some(NameKind::ArmedGroup)
        }
        ActorKind::Person => Some(NameKind::Person),
        ActorKind::Government
        | ActorKind::Ministry
        | ActorKind::Parliament
        | ActorKind::Party
        | ActorKind::Police
        | ActorKind::InternationalOrganisation
        | ActorKind::Ngo
        | ActorKind::Media => Some(NameKind::Organisation),
        ActorKind::State | ActorKind::EthnicGroup | ActorKind::Civilians => None,
    }
}

/// Gives the words `first..end` this kind, where the tagger saw no longer name there. A facility stays one: the gazetteer knows airports as
/// places.
fn put(names: &mut Vec<Name>, first: u32, end: u32, kind: NameKind) {
    let meets = |name: &Name| name.start < end && first < name.end;
    let inside = |name: &Name| first <= name.start && name.end <= end;
    if names.iter().any(|name| meets(name) && !inside(name)) {
        return;
    }
    let facility = |name: &Name| name.kind == NameKind::Facility && kind == NameKind::Place;
    if names.iter().any(|name| inside(name) && facility(name)) {
        return;
    }
    names.retain(|name| !inside(name));
    let at = names.partition_point(|name| name.start < first);
    names.insert(at, Name { start: first, end, kind, confidence: 1.0 });
}

#[cfg(test)]
mod tests {
    use contested_knowledge::Knowledge;
    use contested_language::{AnalyseOptions, analyse};
    use contested_model::Report;

    use crate::Extractor;

    /// Names as `words=kind`, of the kinds that matter here.
    fn names(text: &str) -> Vec<String> {
        let report = Report { text: text.to_owned(), ..Report::default() };
        let mut analysis = analyse(text, &AnalyseOptions::default());
        Extractor::new(Knowledge::embedded()).name(&report, &mut analysis);
        let mut told = Vec::new();
        for sentence in &analysis.sentences {
            for name in &sentence.names {
                let kind = name.kind.as_str();
                if !matches!(kind, "date" | "number" | "norp") {
                    let words = sentence.span_of(name.start, name.end - 1);
                    let words: String = text
                        .chars()
                        .skip(words.start as usize)
                        .take((words.end - words.start) as usize)
                        .collect();
                    told.push(format!("{words}={kind}"));
                }
            }
        }
        told
    }

    #[test]
    fn kinds_are_those_of_the_actor_base_and_the_gazetteer() {
        let lower = names(
            "hezbollah and the sdf fought daesh near albu kamal , close to al-qaim .\n\
             albu kamal is quiet , said samira haddad of the syrian observatory for human rights .\n\
             islamic state holds an area called rummana east of the euphrates , pmf spokesman karim al-jabiri said .",
        );
        assert_eq!(
            lower,
            [
                "hezbollah=armed-group",
                "sdf=armed-group",
                "daesh=armed-group",
                "albu kamal=place",
                "al-qaim=place",
                "albu kamal=place",
                "samira haddad=person",
                "syrian observatory for human rights=organisation",
                "islamic state=armed-group",
                "rummana=place",
                "euphrates=place",
                "pmf=armed-group",
                "karim al-jabiri=person",
            ]
        );
    }

    #[test]
    fn names_within_longer_names_stay_within() {
        let told = names("Peter London met officials of the London Hospital Trust in Mosul on Friday.");
        assert!(told.contains(&"Peter London=person".to_owned()), "{told:?}");
        assert!(told.contains(&"Mosul=place".to_owned()), "{told:?}");
        assert!(!told.contains(&"London=place".to_owned()), "{told:?}");
    }
}
