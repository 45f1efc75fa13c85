//! An invoice that First Bank finances, as far as its lock: what most tests begin with.
//!
//! In scope: the sample invoice, acknowledged and minted; a request and a presentation for each of two banks; the lock. Made
//! once by separate commands, kept in memory, and written out for each test, so that none sees what another does.

use std::sync::LazyLock;

use crate::files::Files;
use crate::flow::{self, POLICY};
use crate::folder::Contents;
use crate::machine::Machine;

/// The bank that holds the lock, and the one that comes too late.
pub(crate) const FIRST: &str = "First Bank";
pub(crate) const SECOND: &str = "Second Bank";

static MADE: LazyLock<Contents> = LazyLock::new(|| {
    let machine = Machine::new();
    let invoice = flow::enrol_both(&machine);
    let acknowledgment = flow::acknowledge(&machine, &invoice);
    let item = flow::mint(&machine, &invoice, &acknowledgment);
    for bank in [FIRST, SECOND] {
        let request = flow::request(&machine, bank, POLICY);
        flow::prove(&machine, bank, &request, &item);
    }
    flow::trust_file(&machine);
    machine.lock(&Files::of(&machine, FIRST), FIRST).data();
    machine.everything()
});

/// A machine where all of this was done.
pub(crate) fn machine() -> Machine {
    let machine = Machine::new();
    machine.restore(&MADE);
    machine
}
