//! Matching predictions to gold, one to one, and counting.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::agree::{ATTRIBUTES, Agreement, agreement, can_match, is_strict, same_time, states_date};
use crate::figures::{Attributes, Dates, Details, Figures, Share, Triple, Triples};
use crate::gold::{Gold, GoldClaim, items, text_of, truthy};
use crate::names::Names;
use crate::predictions::{Predicted, Predictions};
use crate::python_json::shown;
use crate::vocabulary::{KINDS, same_type};

/// The figures, and every error in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// What was measured.
    pub figures: Figures,
    /// Wrong attributes, misses and inventions, report by report.
    pub errors: Vec<String>,
}

/// Scores `predictions` against all of `gold`, which must be in the order in which errors are wanted.
pub fn score(gold: &[Gold], predictions: &Predictions) -> Scored {
    let mut count = Count::default();
    for doc in gold {
        count.document(doc, predictions);
    }
    count.scored(gold.len())
}

const CLASSES: [&str; 3] = ["negative", "hedged", "attributed"];
const DETAILS: [&str; 3] = ["about", "extent", "phase"];

/// Found, predicted and gold.
type Counts = [u64; 3];

#[derive(Default)]
struct Count {
    kinds: [Counts; 4],
    strict: u64,
    classes: [Counts; 3],
    tolls: Counts,
    disputes: Counts,
    attributes: [Share; 8],
    details: [Share; 3],
    dated: Share,
    invented: Share,
    errors: Vec<String>,
}

impl Count {
    fn document(&mut self, doc: &Gold, predictions: &Predictions) {
        let claims = predictions.claims(&doc.doc);
        let pairs = matched(doc, claims);
        let of_gold: BTreeMap<usize, usize> = pairs.iter().map(|pair| (pair.gold, pair.claim)).collect();
        let of_claim: BTreeSet<usize> = pairs.iter().map(|pair| pair.claim).collect();
        let counted = |at: usize| of_gold.contains_key(&at) || !doc.claims[at].optional;

        for claim in claims {
            self.kinds[kind(&claim.kind)][1] += 1;
            self.tolls[1] += tolls(&claim.raw).len() as u64;
            for (class, counts) in self.classes.iter_mut().enumerate() {
                counts[1] += u64::from(in_class(class, &claim.raw));
            }
        }
        for (_, gold) in doc.claims.iter().enumerate().filter(|(at, _)| counted(*at)) {
            self.kinds[kind(&gold.kind)][2] += 1;
            self.tolls[2] += tolls(&gold.raw).len() as u64;
            for (class, counts) in self.classes.iter_mut().enumerate() {
                counts[2] += u64::from(in_class(class, &gold.raw));
            }
        }
        for pair in &pairs {
            self.pair(doc, &doc.claims[pair.gold], &claims[pair.claim]);
        }
        for (at, gold) in doc.claims.iter().enumerate() {
            if !of_gold.contains_key(&at) && !gold.optional {
                let GoldClaim { sentence, id, kind, claim_type, raw, .. } = gold;
                let trigger = text_of(raw.get("trigger"));
                self.errors
                    .push(format!("{} s{sentence} {id} MISSED {kind}/{claim_type} '{trigger}'", doc.doc));
            }
        }
        for (_, claim) in claims.iter().enumerate().filter(|(at, _)| !of_claim.contains(at)) {
            let quote =
                claim.raw.get("evidence").and_then(|evidence| evidence.get("quote")).and_then(Value::as_str);
            let quote: String = quote.unwrap_or("").chars().take(120).collect();
            let claim_type = claim.claim_type.as_deref().unwrap_or("None");
            self.errors.push(format!("{} SPURIOUS {}/{claim_type}: {quote}", doc.doc, claim.kind));
        }
        let gold_id = |pair: &Pair| (claims[pair.claim].id.clone(), doc.claims[pair.gold].id.clone());
        self.dispute_sets(doc, predictions, &pairs.iter().map(gold_id).collect());
    }

    fn pair(&mut self, doc: &Gold, gold: &GoldClaim, claim: &Predicted) {
        for (class, counts) in self.classes.iter_mut().enumerate() {
            counts[0] += u64::from(in_class(class, &gold.raw) && in_class(class, &claim.raw));
        }
        let mut left = tolls(&claim.raw);
        for toll in tolls(&gold.raw) {
            if let Some(at) = left.iter().position(|other| *other == toll) {
                left.remove(at);
                self.tolls[0] += 1;
            }
        }
        for (share, name) in self.details.iter_mut().zip(DETAILS) {
            if let Some(wanted) = gold.raw.get(name).filter(|value| truthy(Some(value))) {
                share.add(same_detail(name, wanted, claim.raw.get(name)));
            }
        }
        self.kinds[kind(&gold.kind)][0] += 1;
        let agreed = agreement(gold, claim, doc);
        for (at, (share, name)) in self.attributes.iter_mut().zip(ATTRIBUTES).enumerate() {
            share.add(agreed[at]);
            if !agreed[at] && name != "type-exact" {
                let key = if name == "source" { "attribution" } else { name };
                let (wanted, got) = (shown(gold.raw.get(name), 120), shown(claim.raw.get(key), 160));
                let GoldClaim { sentence, id, .. } = gold;
                self.errors.push(format!("{} s{sentence} {id} {name}: gold {wanted} got {got}", doc.doc));
            }
        }
        self.strict += u64::from(is_strict(agreed));
        match gold.raw.get("time").filter(|time| truthy(Some(time))) {
            Some(time) => self.dated.add(same_time(time, claim.raw.get("time"))),
            None => self.invented.add(states_date(&claim.raw)),
        }
    }

    /// Disputes, one to one, in gold's order.
    fn dispute_sets(&mut self, doc: &Gold, predictions: &Predictions, to_gold: &BTreeMap<String, String>) {
        let found = predictions.disputes(&doc.doc);
        let mut used = BTreeSet::new();
        for gold in &doc.disputes {
            self.disputes[2] += 1;
            let hit = found.iter().enumerate().find(|(at, dispute)| {
                let named = |a: &Names| dispute.about.iter().any(|b| a.same(b));
                if used.contains(at)
                    || dispute.question.as_deref() != Some(gold.question.as_str())
                    || dispute.about.len() > 3
                    || !gold.about.iter().any(named)
                {
                    return false;
                }
                let meets = |side: &[String], gold_side: &[String]| {
                    side.iter().any(|id| to_gold.get(id).is_some_and(|gold_id| gold_side.contains(gold_id)))
                };
                let hits: Vec<BTreeSet<usize>> = gold
                    .sides
                    .iter()
                    .map(|gold_side| {
                        (0..dispute.sides.len())
                            .filter(|&side| meets(&dispute.sides[side], gold_side))
                            .collect()
                    })
                    .collect();
                let sides: BTreeSet<&usize> = hits.iter().flatten().collect();
                hits.iter().filter(|hit| !hit.is_empty()).count() >= 2 && sides.len() >= 2
            });
            if let Some((at, _)) = hit {
                self.disputes[0] += 1;
                used.insert(at);
            }
        }
        self.disputes[1] += found.len() as u64;
    }

    fn scored(self, documents: usize) -> Scored {
        let triple = |counts: &Counts| Triple::of(counts[0], counts[1], counts[2]);
        let sum = |at: usize| self.kinds.iter().map(|counts| counts[at]).sum();
        let mut attributes: Vec<_> =
            ATTRIBUTES.into_iter().zip(self.attributes).filter(|(_, share)| share.of > 0).collect();
        attributes.sort_by_key(|(name, _)| *name);
        let figures = Figures {
            documents,
            detection: Triple::of(sum(0), sum(1), sum(2)),
            per_kind: Triples(KINDS.into_iter().zip(self.kinds.iter().map(triple)).collect()),
            attributes: Attributes(attributes),
            classes: Triples(CLASSES.into_iter().zip(self.classes.iter().map(triple)).collect()),
            dates: Dates {
                right: self.dated.value(),
                of: self.dated.of,
                invented: self.invented.value(),
                undated: self.invented.of,
            },
            tolls: triple(&self.tolls),
            details: Details(
                DETAILS.into_iter().zip(self.details).filter(|(_, share)| share.of > 0).collect(),
            ),
            strict: Triple::of(self.strict, sum(1), sum(2)),
            disputes: triple(&self.disputes),
        };
        Scored { figures, errors: self.errors }
    }
}

/// A gold claim and the prediction that stands for it, by position.
struct Pair {
    gold: usize,
    claim: usize,
}

/// Greedy one-to-one matching, most agreeing attributes first, then in the order of gold and of predictions.
fn matched(doc: &Gold, claims: &[Predicted]) -> Vec<Pair> {
    let agreeing = |agreement: Agreement| agreement.into_iter().filter(|agrees| *agrees).count();
    let mut candidates = Vec::new();
    for (at, gold) in doc.claims.iter().enumerate() {
        for (other, claim) in claims.iter().enumerate() {
            if can_match(gold, claim, doc) {
                candidates.push((std::cmp::Reverse(agreeing(agreement(gold, claim, doc))), at, other));
            }
        }
    }
    candidates.sort_unstable();
    let (mut gold_used, mut claim_used) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, gold, claim) in candidates {
        if !gold_used.contains(&gold) && !claim_used.contains(&claim) {
            gold_used.insert(gold);
            claim_used.insert(claim);
            pairs.push(Pair { gold, claim });
        }
    }
    pairs
}

fn kind(name: &str) -> usize {
    KINDS.iter().position(|kind| *kind == name).unwrap_or(0)
}

fn in_class(class: usize, claim: &Value) -> bool {
    match class {
        0 => claim.get("polarity").and_then(Value::as_str) == Some("negative"),
        1 => claim
            .get("certainty")
            .filter(|certainty| truthy(Some(certainty)))
            .is_some_and(|certainty| certainty.as_str() != Some("certain")),
        _ => truthy(claim.get("source")) || truthy(claim.get("attribution")),
    }
}

fn tolls(claim: &Value) -> Vec<[Value; 3]> {
    items(claim, "casualties")
        .map(|toll| ["what", "min", "max"].map(|key| toll.get(key).cloned().unwrap_or(Value::Null)))
        .collect()
}

fn same_detail(name: &str, gold: &Value, claim: Option<&Value>) -> bool {
    if name == "about" {
        let of = |value: &Value| value.get("type").and_then(Value::as_str).map(str::to_owned);
        same_type(of(gold).as_deref(), claim.and_then(of).as_deref())
    } else {
        claim == Some(gold)
    }
}
