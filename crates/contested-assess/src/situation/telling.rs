//! One source's word for something.

use contested_model::{Certainty, Kept};
use jiff::civil::Date;
use serde::Serialize;

use crate::reliability::Voucher;
use crate::source::{root, sentence};
use crate::world::World;

/// Who says it, in which report, in what words.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Telling {
    /// The root source.
    pub source: String,
    /// Its kind, where known.
    pub kind: Option<contested_model::SourceKind>,
    /// The outlet that told it, where that is another.
    pub outlet: Option<String>,
    /// Day the report became known.
    pub known: Date,
    /// How sure the source is.
    pub certainty: Certainty,
    /// The sentence.
    pub quote: String,
    /// Trigger of the claim in the quote: first character and one past the last.
    pub trigger: [u32; 2],
    /// Id of the claim.
    pub claim: String,
    /// Further claims of the same root source, or in the same words, that say the same.
    pub also: usize,
}

/// One telling for each root source, in the order of the first.
pub(crate) fn by_root<'k>(kept: impl Iterator<Item = &'k Kept>, world: &dyn World) -> Vec<Telling> {
    let mut out: Vec<([String; 2], Telling)> = Vec::new();
    for k in kept {
        // A copied sentence is its first teller's.
        let keys = [root(&k.claim).key, sentence(&k.claim)];
        if let Some((_, telling)) =
            out.iter_mut().find(|(told, _)| told.iter().zip(&keys).any(|(a, b)| a == b))
        {
            telling.also += 1;
        } else {
            out.push((keys, of(k, world)));
        }
    }
    out.into_iter().map(|(_, telling)| telling).collect()
}

/// The word of one claim's source.
pub(super) fn of(k: &Kept, world: &dyn World) -> Telling {
    let root = root(&k.claim);
    let evidence = &k.claim.evidence;
    Telling {
        kind: root.kind.or_else(|| Voucher::of(&k.claim, world).kind),
        source: root.name,
        outlet: root.outlet,
        known: k.known,
        certainty: k.claim.certainty,
        quote: evidence.quote.clone(),
        trigger: [
            evidence.trigger.start.saturating_sub(evidence.start),
            evidence.trigger.end.saturating_sub(evidence.start),
        ],
        claim: k.claim.id.clone(),
        also: 0,
    }
}
