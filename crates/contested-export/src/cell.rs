use jiff::civil::Date;

/// A cell of a flat table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing is known.
    Empty,
    /// Words, a day or a code.
    Text(String),
    /// A whole number.
    Int(i64),
    /// Another number.
    Real(f64),
    /// True or false.
    Bool(bool),
}

impl Cell {
    /// As JSON has it.
    pub(crate) fn json(&self) -> serde_json::Value {
        match self {
            Self::Empty => serde_json::Value::Null,
            Self::Text(text) => text.as_str().into(),
            Self::Int(number) => (*number).into(),
            Self::Real(number) => (*number).into(),
            Self::Bool(so) => (*so).into(),
        }
    }

    /// As plain words; nothing for nothing.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Int(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
            Self::Bool(so) => so.to_string(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<Date> for Cell {
    fn from(day: Date) -> Self {
        Self::Text(day.to_string())
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Real(number)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        i64::try_from(number).map_or_else(|_| Self::Real(number as f64), Self::Int)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        (number as u64).into()
    }
}

impl From<bool> for Cell {
    fn from(so: bool) -> Self {
        Self::Bool(so)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(cell: Option<T>) -> Self {
        cell.map_or(Self::Empty, Into::into)
    }
}
