//! A progress bar on standard error, for people who wait longer than a second at a terminal.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long work may last before a bar is shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar that stays hidden at first, and always where standard error is no terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
    start: Instant,
    shown: bool,
}

impl Progress {
    /// Over `bytes` of input; `None` where nobody knows how many will come.
    pub(crate) fn over(bytes: Option<u64>) -> Self {
        let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::hidden());
        let template = match bytes {
            Some(_) => "{bar:32} {bytes}/{total_bytes} {msg} ({eta} left)",
            None => "{spinner} {bytes} {msg} ({elapsed})",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar, start: Instant::now(), shown: false }
    }

    /// Over `reports` reports.
    pub(crate) fn over_reports(reports: u64) -> Self {
        let bar = ProgressBar::with_draw_target(Some(reports), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len} reports ({eta} left)") {
            bar.set_style(style);
        }
        Self { bar, start: Instant::now(), shown: false }
    }

    /// So many bytes, so many reports.
    pub(crate) fn at(&mut self, bytes: u64, reports: u64) {
        self.reached(bytes);
        self.bar.set_message(format!("{reports} reports"));
    }

    /// So many of what it is over.
    pub(crate) fn reached(&mut self, position: u64) {
        if !self.shown && self.start.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.shown = true;
        }
        self.bar.set_position(position);
    }

    /// Runs `print` with the bar out of the way.
    pub(crate) fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
