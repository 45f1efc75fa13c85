//! The three files that a verdict is about.

use crate::machine::Machine;

/// A presentation, the request that it answers, and whom its verifier believes: by path.
#[derive(Clone)]
pub(crate) struct Files {
    pub(crate) presentation: String,
    pub(crate) request: String,
    pub(crate) trust: String,
}

impl Files {
    /// Those of a bank in tests that play by separate commands.
    pub(crate) fn of(machine: &Machine, bank: &str) -> Self {
        Self {
            presentation: machine.path(&format!("{bank}.presentation.json")),
            request: machine.path(&format!("{bank}.request.json")),
            trust: machine.path("trust.json"),
        }
    }

    /// Those that the demo leaves in the state folder, for `bank-a` or `bank-b`.
    pub(crate) fn of_demo(machine: &Machine, bank: &str) -> Self {
        Self {
            presentation: machine.in_state(&format!("{bank}.presentation.json")),
            request: machine.in_state(&format!("{bank}.request.json")),
            trust: machine.in_state("trust.json"),
        }
    }

    pub(crate) fn with_presentation(&self, presentation: &str) -> Self {
        Self {
            presentation: presentation.to_owned(),
            ..self.clone()
        }
    }

    pub(crate) fn with_request(&self, request: &str) -> Self {
        Self {
            request: request.to_owned(),
            ..self.clone()
        }
    }

    pub(crate) fn with_trust(&self, trust: &str) -> Self {
        Self {
            trust: trust.to_owned(),
            ..self.clone()
        }
    }
}
