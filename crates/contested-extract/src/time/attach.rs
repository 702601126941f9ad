//! Which expression dates which predicate.

use contested_language::Sentence;
use contested_language::tags::{Deprel, Upos};

use super::{TimeExpression, TimeRelation};

/// How many arcs an expression and its predicate may lie apart.
const REACH: u32 = 8;

/// The expression that dates the predicate at token `at`, with its days as they hold for it; `None` where none does.
///
/// What hangs on the predicate itself or on its arguments comes first; then what dates the clause that a noun, participle or complement
/// stands in. Time does not pass into reported clauses or out of clauses of another time, except that "since the war began in March"
/// dates the main clause from March on.
pub fn of_predicate(sentence: &Sentence, at: u32, expressions: &[TimeExpression]) -> Option<TimeExpression> {
    let mut best: Option<(u32, u32, TimeExpression)> = None;
    for expression in expressions {
        if expression.relation == TimeRelation::After || (expression.first <= at && at <= expression.last) {
            continue;
        }
        let Some((cost, since)) = distance(sentence, at, expression) else { continue };
        let far = at.abs_diff(expression.first);
        if best.as_ref().is_some_and(|(c, f, _)| (*c, *f) <= (cost, far)) {
            continue;
        }
        let mut held = expression.clone();
        if since && held.relation == TimeRelation::During {
            held.relation = TimeRelation::Since;
            held.to = None;
            held.precision = contested_model::Precision::Range;
        }
        best = Some((cost, far, held));
    }
    best.map(|(_, _, expression)| expression)
}

/// Cost of the way between expression and predicate, and whether it leads out of a "since" clause.
fn distance(sentence: &Sentence, at: u32, expression: &TimeExpression) -> Option<(u32, bool)> {
    let inside = |token: u32| expression.first <= token && token <= expression.last;
    let top = (expression.first..=expression.last)
        .find(|&token| sentence.tokens[token as usize].head.is_none_or(|head| !inside(head)))?;
    // way up from the predicate, with the cost to every node on it
    let mut above = vec![(at, 0)];
    let mut node = at;
    let mut cost = 0;
    while let Some(step) = rise(sentence, node, at) {
        let Some(head) = sentence.tokens[node as usize].head else { break };
        cost += step;
        if above.len() as u32 > REACH || above.iter().any(|&(seen, _)| seen == head) {
            break;
        }
        above.push((head, cost));
        node = head;
    }
    // way up from the expression to one of these nodes
    let mut node = top;
    let mut cost = 0;
    let mut since = false;
    for _ in 0..REACH {
        if node != top && has_marker(sentence, node, "since") {
            since = true;
        }
        let token = &sentence.tokens[node as usize];
        let head = token.head?;
        if node != top {
            let passes = match token.deprel.base() {
                Deprel::Advcl | Deprel::Acl if since => true,
                // "fighting since a truce collapsed on Monday": the time stays in its clause
                Deprel::Advcl | Deprel::Acl | Deprel::Ccomp | Deprel::Parataxis | Deprel::Csubj => false,
                Deprel::Obl | Deprel::Nmod => {
                    since
                        || !["after", "before", "following", "despite", "until", "like", "ahead"]
                            .iter()
                            .any(|word| has_marker(sentence, node, word))
                }
                Deprel::Conj => false,
                _ => true,
            };
            if !passes {
                return None;
            }
            cost += 1;
        }
        if let Some(&(_, up)) = above.iter().find(|&&(ancestor, _)| ancestor == head) {
            return Some((cost + up, since));
        }
        node = head;
    }
    None
}

/// Cost of passing from `node` to its head on the way up from the predicate `at`; `None` where time does not pass.
fn rise(sentence: &Sentence, node: u32, at: u32) -> Option<u32> {
    let token = &sentence.tokens[node as usize];
    let head = &sentence.tokens[token.head? as usize];
    let verbal = token.upos == Upos::Verb;
    if has_marker(sentence, node, "since")
        || has_marker(sentence, node, "after")
        || has_marker(sentence, node, "before")
    {
        return None;
    }
    match token.deprel.base() {
        Deprel::Nsubj
        | Deprel::Obj
        | Deprel::Iobj
        | Deprel::Obl
        | Deprel::Xcomp
        | Deprel::Compound
        | Deprel::Amod => Some(1),
        Deprel::Nmod | Deprel::Appos => Some(1),
        Deprel::Conj => Some(1),
        // "killing twelve": a participle without a subject of its own shares the time
        Deprel::Advcl if sentence.children_by(node, Deprel::Nsubj).next().is_none() => Some(1),
        // a participle or relative clause takes only what dates its noun itself
        Deprel::Acl if verbal && node == at && head.upos != Upos::Verb => Some(1),
        _ => None,
    }
}

fn has_marker(sentence: &Sentence, node: u32, word: &str) -> bool {
    sentence.children(node).any(|child| {
        let child = &sentence.tokens[child as usize];
        matches!(child.deprel.base(), Deprel::Mark | Deprel::Case) && child.norm == word
    })
}
