//! Long tasks on the console: a spinner or bar where stderr is a terminal, plain lines where it is not.
//!
//! In scope: showing states and real counts. Out of scope: inventing percentages.
//! An attacker who owns this part can make a running task look done.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use tradeseal_prover::{Progress, State};

use crate::Console;

const REDRAW_EVERY: Duration = Duration::from_millis(100);

/// Shows a task's states until it is dropped.
pub struct ConsoleProgress<'a> {
    console: &'a Console,
    bar: Option<ProgressBar>,
}

impl<'a> ConsoleProgress<'a> {
    /// Shows nothing until the first state.
    pub fn new(console: &'a Console) -> Self {
        let bar = console.is_live().then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} [{elapsed}]") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(REDRAW_EVERY);
            bar
        });
        Self { console, bar }
    }
}

impl Progress for ConsoleProgress<'_> {
    fn enter(&mut self, state: State) {
        let line = in_words(&state);
        match &self.bar {
            Some(bar) => bar.set_message(line),
            None if self.console.is_json() => {}
            None => self.console.notice(&line),
        }
    }

    fn notice(&mut self, text: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| self.console.notice(text)),
            None => self.console.notice(text),
        }
    }
}

impl Drop for ConsoleProgress<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// `making the development key of receivable/mint/v1 (31000 constraints)`.
fn in_words(state: &State) -> String {
    let count = state.count.map_or_else(String::new, |count| match count.done {
        0 => format!(" ({} {})", count.total, count.unit),
        done => format!(" ({done} of {} {})", count.total, count.unit),
    });
    format!("{}: {}{count}", state.name, state.subject)
}
