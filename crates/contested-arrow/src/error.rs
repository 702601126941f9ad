/// What is wrong with a table.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ArrowError {
    /// A column that must be there is not.
    #[error("the table has no column `{0}`")]
    MissingColumn(String),
    /// A column of a type that cannot be read.
    #[error("column `{column}` is {found}; it should be {wanted}")]
    WrongType {
        /// The column.
        column: String,
        /// Its type.
        found: String,
        /// What is read.
        wanted: &'static str,
    },
    /// A row that is no record.
    #[error("row {row}: {detail}")]
    Row {
        /// Its number, from 0.
        row: usize,
        /// What is wrong with it.
        detail: String,
    },
    /// Arrow refused.
    #[error(transparent)]
    Arrow(#[from] arrow_schema::ArrowError),
    /// A file could not be read or written.
    #[error("Parquet: {0}")]
    Parquet(String),
}
