//! Long tasks on the console: a spinner or bar where stderr is a terminal, plain lines where it is not.
//!
//! In scope: showing states and real counts. Out of scope: inventing percentages.
//! An attacker who owns this part can make a running task look done.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use tradeseal_prover::{Progress, State};

use crate::Console;

const REDRAW_EVERY: Duration = Duration::from_millis(100);
/// How often a count that goes on is told where stderr is no terminal.
const TELL_EVERY: Duration = Duration::from_secs(2);
const SPINNER: &str = "{spinner} {msg} [{elapsed}]";
const BAR: &str = "{spinner} {msg} {bar:30} {pos} of {len} [{elapsed}, {eta} left]";

/// Shows a task's states until it is dropped.
pub struct ConsoleProgress<'a> {
    console: &'a Console,
    bar: Option<ProgressBar>,
    /// The last state told as a line, and when.
    told: Option<(&'static str, Instant)>,
}

impl<'a> ConsoleProgress<'a> {
    /// Shows nothing until the first state.
    pub fn new(console: &'a Console) -> Self {
        let bar = console.is_live().then(|| {
            let bar = ProgressBar::new_spinner();
            set_style(&bar, SPINNER);
            bar.enable_steady_tick(REDRAW_EVERY);
            bar
        });
        Self {
            console,
            bar,
            told: None,
        }
    }
}

impl ConsoleProgress<'_> {
    /// A line for each state, and every now and then one for how far it is.
    fn tell(&mut self, state: &State) {
        let goes_on = state
            .count
            .is_some_and(|count| count.done > 0 && count.done < count.total);
        let told = self.told.filter(|(name, _)| goes_on && *name == state.name);
        if told.is_none_or(|(_, at)| at.elapsed() >= TELL_EVERY) {
            self.told = Some((state.name, Instant::now()));
            self.console.notice(&in_words(state));
        }
    }
}

fn set_style(bar: &ProgressBar, template: &str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
}

impl Progress for ConsoleProgress<'_> {
    fn enter(&mut self, state: State) {
        match (&self.bar, state.count) {
            (Some(bar), Some(count)) if count.done > 0 => {
                if bar.length().is_none() {
                    set_style(bar, BAR);
                }
                bar.set_length(count.total);
                bar.set_position(count.done);
                bar.set_message(format!("{}: {} ({})", state.name, state.subject, count.unit));
            }
            (Some(bar), _) => {
                if bar.length().is_some() {
                    bar.unset_length();
                    set_style(bar, SPINNER);
                }
                bar.set_message(in_words(&state));
            }
            (None, _) if self.console.is_json() => {}
            (None, _) => self.tell(&state),
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
