//! Holding claims against a case.

use contested_model::{Claim, Dispute};

use super::document::Case;
use super::notation::Line;

/// What is wrong, one line each; nothing when the case holds.
pub(crate) fn complaints(case: &Case, claims: &[Claim], disputes: &[Dispute]) -> Vec<String> {
    let wanted: Vec<&Line> = case.claims.iter().filter(|line| !line.absent).collect();
    let partner = assign(&wanted, claims);
    let mut wrong = Vec::new();
    for (line, found) in wanted.iter().zip(&partner) {
        if found.is_none() {
            wrong.push(format!("not found: {}", line.text));
        }
    }
    for line in case.claims.iter().filter(|line| line.absent) {
        if claims.iter().any(|claim| line.matches(claim)) {
            wrong.push(format!("must not be found: {}", line.text.trim_start_matches(['!', ' '])));
        }
    }
    if case.only && claims.len() > wanted.len() {
        wrong.push(format!("{} claims more than the {} listed", claims.len() - wanted.len(), wanted.len()));
    }
    for line in &case.misses {
        if claims.iter().any(|claim| line.matches(claim)) != line.absent {
            wrong.push(format!("a known miss is found now; move it up to `claims`: {}", line.text));
        }
    }
    for (question, about) in &case.disputes {
        let found = disputes.iter().any(|dispute| {
            let asked = format!("{:?}", dispute.dispute.question).to_lowercase();
            asked == *question
                && dispute.dispute.about.iter().any(|name| name.to_lowercase() == about.to_lowercase())
        });
        if !found {
            wrong.push(format!("no dispute: {question} {about}"));
        }
    }
    wrong
}

/// For each line a claim of its own, for as many lines as can be (augmenting paths; cases are small).
fn assign(lines: &[&Line], claims: &[Claim]) -> Vec<Option<usize>> {
    let mut of_claim: Vec<Option<usize>> = vec![None; claims.len()];
    for at in 0..lines.len() {
        let mut seen = vec![false; claims.len()];
        place(at, lines, claims, &mut of_claim, &mut seen);
    }
    let mut of_line = vec![None; lines.len()];
    for (claim, line) in of_claim.iter().enumerate() {
        if let Some(line) = line {
            of_line[*line] = Some(claim);
        }
    }
    of_line
}

fn place(
    at: usize,
    lines: &[&Line],
    claims: &[Claim],
    of_claim: &mut [Option<usize>],
    seen: &mut [bool],
) -> bool {
    for (claim, found) in claims.iter().enumerate() {
        if seen[claim] || !lines[at].matches(found) {
            continue;
        }
        seen[claim] = true;
        let free = match of_claim[claim] {
            None => true,
            Some(other) => place(other, lines, claims, of_claim, seen),
        };
        if free {
            of_claim[claim] = Some(at);
            return true;
        }
    }
    false
}
