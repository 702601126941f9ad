//! Which expression dates which predicate.

use contested_language::Sentence;
use contested_language::tags::{Deprel, Upos, Xpos};

use super::{TimeExpression, TimeRelation};

/// How many arcs the way up from an expression or predicate may have.
const LONGEST: usize = 8;

/// Steps that the date of a clause passes down to a noun in it.
const DEEPEST: u32 = 3;

/// How far a predicate may look for its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Only to what hangs on the predicate itself: for states told by a modifier ("rebel-held", "backed by"), which the date of the
    /// sentence does not date.
    Own,
    /// To the clause it stands in: for events.
    Clause,
    /// To the clause, and to the verb of saying above it: for what is done by saying it.
    Saying,
}

/// The expression that dates the predicate at token `at`, with its days as they hold for it; `None` where none does.
///
/// What hangs on the predicate itself or on its arguments comes first; then what dates the clause that a noun, participle or complement
/// stands in. Time does not pass out of clauses of another time, except that "since the war began in March" dates the main clause from
/// March on.
pub fn of_predicate(
    sentence: &Sentence,
    at: u32,
    expressions: &[TimeExpression],
    reach: Reach,
) -> Option<TimeExpression> {
    let mut best: Option<(u32, u32, TimeExpression)> = None;
    // "rebel-held Douma at the weekend": not the holding
    let hyphened = at > 0
        && sentence.tokens[at as usize].xpos == Xpos::Vbn
        && sentence.tokens[at as usize - 1].norm == "-";
    let above = way_up(sentence, at, reach);
    for expression in expressions {
        if hyphened && expression.first > at
            || expression.relation == TimeRelation::After
            || (expression.first <= at && at <= expression.last)
        {
            continue;
        }
        let found = if expression.of_next {
            follows(sentence, at, expression).then_some((0, false))
        } else if begins_a_name(sentence, expression) {
            is_name_of(sentence, at, expression).then_some((0, false))
        } else {
            distance(sentence, at, &above, expression, reach)
        };
        let Some((cost, since)) = found else { continue };
        if reach == Reach::Own && cost > 0 {
            continue;
        }
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

/// Words after "two days after" within which the event stands that it dates.
const NEXT: u32 = 8;

/// Whether the predicate is the first told after "two days after …".
fn follows(sentence: &Sentence, at: u32, expression: &TimeExpression) -> bool {
    let between = expression.last + 1..at;
    at > expression.last
        && at - expression.last <= NEXT
        && !between.clone().any(|token| {
            let token = &sentence.tokens[token as usize];
            token.upos == Upos::Verb && !token.deprel.is(Deprel::Amod) || matches!(token.norm.as_str(), "," | ";" | "–")
        })
        // "the morning after a ceasefire ended five days of air strikes": of the two, the verb and its subject
        && (sentence.tokens[at as usize].upos == Upos::Verb
            || !sentence.tokens[at as usize].deprel.is(Deprel::Nmod)
            || sentence.tokens[at as usize].head.is_some_and(|head| head <= expression.last))
}

/// Nouns with which the name of an event ends.
const CALLED: &[&str] = &[
    "war",
    "conflict",
    "crisis",
    "insurgency",
    "uprising",
    "protest",
    "offensive",
    "attack",
    "strike",
    "campaign",
    "negotiation",
    "invasion",
    "bombing",
    "operation",
    "clash",
    "massacre",
    "airstrike",
    "raid",
    "coup",
    "blockade",
    "siege",
    "battle",
];

/// Whether the expression is a year that a name begins with, which dates what is called so and nothing else.
fn begins_a_name(sentence: &Sentence, expression: &TimeExpression) -> bool {
    let led = expression
        .first
        .checked_sub(1)
        .is_some_and(|before| matches!(sentence.tokens[before as usize].upos, Upos::Adp | Upos::Sconj));
    let named = sentence
        .tokens
        .get(expression.last as usize + 1)
        .is_some_and(|next| next.text.starts_with(char::is_uppercase));
    expression.precision == contested_model::Precision::Year && !led && named
}

/// Whether the expression is the year that an event is called by: "the 2025 Bukavu offensive".
fn is_name_of(sentence: &Sentence, at: u32, expression: &TimeExpression) -> bool {
    let name = |token: u32| {
        let token = &sentence.tokens[token as usize];
        matches!(token.upos, Upos::Propn | Upos::Adj | Upos::Noun) && !CALLED.contains(&token.lemma.as_str())
    };
    at > expression.last
        && at - expression.last <= 4
        && (expression.last + 1..at).all(name)
        && matches!(sentence.tokens[at as usize].upos, Upos::Noun | Upos::Propn | Upos::Adj)
}

/// The nodes from which a date passes to the predicate, with the cost of the way and the last node before a coordination, if any.
fn way_up(sentence: &Sentence, at: u32, reach: Reach) -> Vec<(u32, u32, Option<u32>)> {
    let mut above = vec![(at, 0, None)];
    if reach == Reach::Own {
        above.extend(lenders(sentence, at).into_iter().map(|verb| (verb, 0, None)));
        return above;
    }
    let (mut node, mut cost, mut joined) = (at, 0, None);
    let nominal = matches!(sentence.tokens[at as usize].upos, Upos::Noun | Upos::Propn);
    while let Some(step) = rise(sentence, node, at) {
        if nominal && cost >= DEEPEST {
            break;
        }
        let Some(head) = sentence.tokens[node as usize].head else { break };
        cost += step;
        if above.len() > LONGEST || above.iter().any(|&(seen, ..)| seen == head) {
            break;
        }
        if sentence.tokens[node as usize].deprel.is(Deprel::Conj)
            && sentence.tokens[node as usize].upos == Upos::Verb
        {
            joined = Some(node);
        }
        above.push((head, cost, joined));
        // "besieged Ghouta": only what dates the noun dates its modifier
        if node == at && sentence.tokens[node as usize].deprel.is(Deprel::Amod) {
            break;
        }
        node = head;
    }
    above
}

/// The verbs that have the date of a state that stands under them without one of its own: "managed to advance and control the town", "was
/// reported to be under their control", "was reported under their control", "their control was reported".
fn lenders(sentence: &Sentence, at: u32) -> Vec<u32> {
    let mut out = Vec::new();
    let mut node = at;
    while let Some(head) = sentence.tokens[node as usize].head.filter(|_| out.len() < 3) {
        let token = &sentence.tokens[node as usize];
        let verbal = sentence.tokens[head as usize].upos == Upos::Verb;
        let reported = || {
            let subject = token.deprel == Deprel::NsubjPass;
            (subject || has_marker(sentence, node, "under") || has_marker(sentence, node, "in"))
                && sentence.children_by(head, Deprel::AuxPass).next().is_some()
                && matches!(sentence.tokens[head as usize].lemma.as_str(), "report" | "say" | "believe")
        };
        let lends = match token.deprel.base() {
            Deprel::Xcomp => has_marker(sentence, node, "to"),
            Deprel::Conj => token.xpos == Xpos::Vb && sentence.tokens[head as usize].xpos == Xpos::Vb,
            Deprel::Obl | Deprel::Nsubj => reported(),
            _ => false,
        };
        if !(verbal && lends) {
            break;
        }
        out.push(head);
        node = head;
    }
    out
}

/// Cost of the way between expression and predicate, and whether it leads out of a "since" clause.
fn distance(
    sentence: &Sentence,
    at: u32,
    above: &[(u32, u32, Option<u32>)],
    expression: &TimeExpression,
    reach: Reach,
) -> Option<(u32, bool)> {
    let inside = |token: u32| expression.first <= token && token <= expression.last;
    let top = (expression.first..=expression.last)
        .find(|&token| sentence.tokens[token as usize].head.is_none_or(|head| !inside(head)))?;
    let mut node = top;
    let mut cost = 0;
    let mut since = false;
    let mut before_noun = false;
    for _ in 0..LONGEST {
        if node != top && (has_marker(sentence, node, "since") || begins_with(sentence, node, "since")) {
            since = true;
        }
        let token = &sentence.tokens[node as usize];
        let mut head = token.head?;
        if node == top {
            head = behind_modifier(sentence, expression, head);
            head = before_participle(sentence, expression, head);
            head = before_speaker(sentence, expression, head);
        } else {
            let premodified = expression.last < node && sentence.tokens[top as usize].head == Some(node);
            before_noun |= premodified && !matches!(token.upos, Upos::Verb | Upos::Aux);
            if premodified && token.deprel.is(Deprel::Obj) {
                // "condemned the overnight raids": the raids were overnight
                return None;
            }
            cost += if head == at && describes(sentence, node) { 2 } else { passage(sentence, node, since)? };
        }
        if let Some(&(_, up, joined)) = above.iter().find(|&&(ancestor, ..)| ancestor == head) {
            // "attacked on Monday and withdrew": what stands between two joined verbs dates the first alone
            // "said on Friday that …" dates the saying
            let reported = ancestor_is_speech(sentence, at, head) && reach != Reach::Saying;
            if reported && (expression.first > head || expression.last + 1 == head) {
                return None;
            }
            // "Monday's raid came as troops advanced": the raid was on Monday
            if before_noun && up > 0 {
                return None;
            }
            if joined.is_some_and(|second| expression.first > head && expression.first < second) && !since {
                return None;
            }
            return Some((cost + up, since || begins(sentence, at, head)));
        }
        node = head;
    }
    None
}

/// "rebel-held Douma at the weekend": a date after a noun does not hang on the participle before it.
fn behind_modifier(sentence: &Sentence, expression: &TimeExpression, head: u32) -> u32 {
    let token = &sentence.tokens[head as usize];
    token
        .head
        .filter(|&noun| token.deprel.is(Deprel::Amod) && head < noun && noun < expression.first)
        .unwrap_or(head)
}

/// Whether the clause at `node` tells what the event it hangs on was or did: "the raid *that killed* ten a year ago", "a raid *conducted*
/// by troops on Monday".
fn describes(sentence: &Sentence, node: u32) -> bool {
    let token = &sentence.tokens[node as usize];
    let noun = token.head.is_some_and(|head| {
        matches!(sentence.tokens[head as usize].upos, Upos::Noun | Upos::Propn) && head < node
    });
    let of_noun = sentence
        .children_by(node, Deprel::Nsubj)
        .all(|subject| matches!(sentence.tokens[subject as usize].norm.as_str(), "that" | "which"));
    noun && of_noun
        && token.deprel.is(Deprel::Acl)
        && (token.deprel == Deprel::AclRelcl || token.xpos == Xpos::Vbn)
}

/// "… in the district on Monday bringing the toll to 45": a date right before a participle belongs to the verb above it.
fn before_participle(sentence: &Sentence, expression: &TimeExpression, head: u32) -> u32 {
    let token = &sentence.tokens[head as usize];
    let comma = sentence.tokens.get(expression.last as usize + 1).is_some_and(|next| next.norm == ",");
    let follows = head == expression.last + 1 + u32::from(comma) && token.xpos == Xpos::Vbg;
    match token.head {
        Some(above)
            if follows
                && above < expression.first
                && matches!(token.deprel.base(), Deprel::Advcl | Deprel::Acl) =>
        {
            above
        }
        _ => head,
    }
}

/// "… killed twelve on Thursday a monitor said": a date right before the speaker belongs to what is said.
fn before_speaker(sentence: &Sentence, expression: &TimeExpression, head: u32) -> u32 {
    let said = sentence.children(head).find(|&child| {
        let deprel = sentence.tokens[child as usize].deprel.base();
        child < expression.first && matches!(deprel, Deprel::Ccomp | Deprel::Parataxis)
    });
    let speaker = sentence.children_by(head, Deprel::Nsubj).any(|subject| subject > expression.last);
    said.filter(|_| speaker && head > expression.last).unwrap_or(head)
}

/// Cost of passing from `node` to its head on the way up from an expression; `None` where time stays inside.
fn passage(sentence: &Sentence, node: u32, since: bool) -> Option<u32> {
    let token = &sentence.tokens[node as usize];
    let head = token.head?;
    let closed = [
        "after",
        "before",
        "following",
        "despite",
        "until",
        "like",
        "ahead",
        "including",
        "because",
        "if",
        "unless",
    ];
    match token.deprel.base() {
        Deprel::Advcl | Deprel::Acl if since => Some(1),
        Deprel::Advcl | Deprel::Acl | Deprel::Ccomp | Deprel::Parataxis | Deprel::Csubj => None,
        Deprel::Obl | Deprel::Nmod
            if !since && closed.iter().any(|word| has_marker(sentence, node, word)) =>
        {
            None
        }
        // "killed and wounded in a raid on Monday": a date at the end of two joined verbs may date both
        Deprel::Conj if token.upos == Upos::Verb && sentence.tokens[head as usize].upos == Upos::Verb => {
            let harm = matches!(
                token.lemma.as_str(),
                "kill" | "wound" | "injure" | "hurt" | "damage" | "destroy" | "displace" | "capture"
            );
            (harm || sentence.children_by(node, Deprel::Nsubj).next().is_none()).then_some(3)
        }
        Deprel::Conj => None,
        _ => Some(1),
    }
}

/// Whether `head` is the verb to which the predicate is a complement.
fn ancestor_is_speech(sentence: &Sentence, at: u32, head: u32) -> bool {
    sentence.tokens[at as usize].head == Some(head) && sentence.tokens[at as usize].deprel.is(Deprel::Ccomp)
}

/// "the conflict began in March": what began is dated from then on.
fn begins(sentence: &Sentence, at: u32, verb: u32) -> bool {
    let token = &sentence.tokens[at as usize];
    token.head == Some(verb)
        && token.deprel.is(Deprel::Nsubj)
        && matches!(sentence.tokens[verb as usize].lemma.as_str(), "begin" | "start" | "erupt" | "break")
}

/// Cost of passing from `node` to its head on the way up from the predicate `at`; `None` where time does not pass.
fn rise(sentence: &Sentence, node: u32, at: u32) -> Option<u32> {
    let token = &sentence.tokens[node as usize];
    let head = &sentence.tokens[token.head? as usize];
    // "fired rockets before breaking through the fence": one scene
    let goes_on = token.xpos == Xpos::Vbg && has_marker(sentence, node, "before");
    if !goes_on
        && ["since", "after", "before", "following", "despite", "until", "including", "if"]
            .iter()
            .any(|word| has_marker(sentence, node, word))
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
        Deprel::Nmod | Deprel::Appos | Deprel::Conj => Some(1),
        // "killing twelve": a participle without a subject of its own shares the time, and so does what happens "as" or "while" the rest does
        Deprel::Advcl if sentence.children_by(node, Deprel::Nsubj).next().is_none() => Some(1),
        Deprel::Advcl
            if ["as", "while", "when", "with"].iter().any(|word| has_marker(sentence, node, word)) =>
        {
            Some(2)
        }
        // a participle or relative clause takes only what dates its noun itself
        Deprel::Acl if node == at && head.upos != Upos::Verb => Some(1),
        // "On Sunday the group said it had …"
        Deprel::Ccomp if node == at => Some(4),
        _ => None,
    }
}

/// Whether the words below `node` begin with `word`, however the parser joins it.
fn begins_with(sentence: &Sentence, node: u32, word: &str) -> bool {
    let mut first = node;
    for _ in 0..LONGEST {
        match sentence.children(first).next().filter(|&child| child < first) {
            Some(child) => first = child,
            None => break,
        }
    }
    first != node && sentence.tokens[first as usize].norm == word
}

fn has_marker(sentence: &Sentence, node: u32, word: &str) -> bool {
    sentence.children(node).any(|child| {
        let child = &sentence.tokens[child as usize];
        matches!(child.deprel.base(), Deprel::Mark | Deprel::Case) && child.norm == word
    })
}
