//! What a long task says about itself: named states, and counts where a count is known. Never an invented percentage.
//!
//! In scope: the states. Out of scope: showing them (crate `server`).
//! An attacker who owns this part learns which state a task is in; no state carries private inputs.

/// How far a state is, in units that are really counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Units done.
    pub done: u64,
    /// Units in all.
    pub total: u64,
    /// What is counted, in the plural, such as `keys`.
    pub unit: &'static str,
}

/// What a task is doing now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The state, such as `proving`.
    pub name: &'static str,
    /// What it works on, such as a statement's id.
    pub subject: String,
    /// How far, where that is known.
    pub count: Option<Count>,
}

impl State {
    /// A state of unknown length.
    pub fn named(name: &'static str, subject: impl Into<String>) -> Self {
        Self {
            name,
            subject: subject.into(),
            count: None,
        }
    }

    /// The same state with a count.
    #[must_use]
    pub fn counted(mut self, count: Count) -> Self {
        self.count = Some(count);
        self
    }
}

/// Who wants to know.
pub trait Progress {
    /// The task enters a state, leaving the one before.
    fn enter(&mut self, state: State);

    /// Something the user should know even after the task has ended, such as a damaged file that was made again.
    fn notice(&mut self, text: &str);

    /// Whether the task should stop at its next step.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn enter(&mut self, _: State) {}

    fn notice(&mut self, _: &str) {}
}
