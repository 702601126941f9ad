//! What an assessment rests on besides the claims: knowledge of the world, and what was learnt of the sources.

use crate::learnt::Learnt;
use crate::world::World;

/// Knowledge and learnt parameters, fixed for one assessment: with them the answer is a function of the claims alone.
#[derive(Clone, Copy)]
pub struct Basis<'a> {
    /// Who stands with whom, and what sort of source an outlet is.
    pub world: &'a dyn World,
    /// What a learning run found of the sources.
    pub learnt: &'a Learnt,
}

impl<'a> Basis<'a> {
    /// With nothing learnt: sources are believed by their kinds.
    pub fn of(world: &'a dyn World) -> Self {
        Self { world, learnt: Learnt::nothing() }
    }
}

impl std::fmt::Debug for Basis<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Basis").field("learnt", &self.learnt).finish_non_exhaustive()
    }
}
