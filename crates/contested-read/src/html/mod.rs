//! HTML: pages of which the article is taken, and fragments of which the words are.

pub(crate) mod marks;
pub(crate) mod markup;
pub(crate) mod page;
pub(crate) mod text;
