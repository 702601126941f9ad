//! Scoring of extracted claims against annotated reports: gold and predictions in, figures out. Pure: no files, no extraction, and no knowledge
//! of how claims are made. The figures are those of the judge's `score.py`, to the last digit; a difference is a defect here.

mod agree;
mod figures;
mod gold;
mod names;
mod predictions;
mod python_json;
mod score;
mod vocabulary;

pub use figures::{Attributes, Dates, Figures, Share, Triple};
pub use gold::{Gold, GoldError};
pub use predictions::{PredictionError, Predictions};
pub use score::{Scored, score};
