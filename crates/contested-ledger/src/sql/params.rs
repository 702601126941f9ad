//! Values that go into a statement.

use rusqlite::{Statement, ToSql};

use super::Result;

/// The values of a statement, in order.
pub(crate) trait Params {
    /// Calls `f` with each.
    fn each(&self, f: &mut dyn FnMut(&dyn ToSql) -> Result<()>) -> Result<()>;
}

impl Params for &[&dyn ToSql] {
    fn each(&self, f: &mut dyn FnMut(&dyn ToSql) -> Result<()>) -> Result<()> {
        self.iter().try_for_each(|value| f(value))
    }
}

impl Params for [&(dyn ToSql + Send + Sync); 0] {
    fn each(&self, _: &mut dyn FnMut(&dyn ToSql) -> Result<()>) -> Result<()> {
        Ok(())
    }
}

macro_rules! arrays {
    ($($length:literal)*) => {$(
        impl<T: ToSql> Params for [T; $length] {
            fn each(&self, f: &mut dyn FnMut(&dyn ToSql) -> Result<()>) -> Result<()> {
                self.iter().try_for_each(|value| f(value))
            }
        }
    )*};
}
arrays!(1 2 3 4);

/// Values of a list.
pub(crate) struct List<T>(Vec<T>);

/// The values of `list`.
pub(crate) fn params_from_iter<T: ToSql>(list: impl IntoIterator<Item = T>) -> List<T> {
    List(list.into_iter().collect())
}

impl<T: ToSql> Params for List<T> {
    fn each(&self, f: &mut dyn FnMut(&dyn ToSql) -> Result<()>) -> Result<()> {
        self.0.iter().try_for_each(|value| f(value))
    }
}

/// Gives `statement` its values.
pub(super) fn bind(statement: &mut Statement<'_>, params: &impl Params) -> Result<()> {
    let mut at = 0;
    params.each(&mut |value| {
        at += 1;
        Ok(statement.raw_bind_parameter(at, value)?)
    })?;
    debug_assert_eq!(at, statement.parameter_count(), "a value is missing or left over");
    Ok(())
}
