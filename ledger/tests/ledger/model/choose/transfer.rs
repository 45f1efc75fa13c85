//! Random transfers: splits, joins and payments, with every wrong input, output and consent.

use super::{Chooser, OWNERS};
use crate::model::operation::{Output, Transfer, Tree, ZERO};
use crate::model::plain::Model;

impl Chooser {
    pub(super) fn transfer(&mut self, model: &Model) -> Transfer {
        let first = self.input(model);
        let second = self.second_input(model, first);
        let total: u128 = [first, second]
            .iter()
            .filter_map(|input| model.notes.get(input))
            .map(|note| u128::from(note.amount))
            .sum();
        let bank = self.consenting_bank(model, [first, second]);
        let signed_by = match self.random.below(100) {
            0..2 => bank.map(|bank| (bank + 1) % 4),
            2..4 => bank.xor(Some(1)),
            _ => bank,
        };
        let inputs = if self.random.percent(50) {
            [first, second]
        } else {
            [second, first]
        };
        Transfer {
            inputs,
            outputs: self.outputs(model, total),
            notes: self.root(model, Tree::Notes),
            bank,
            signed_by,
            proof: self.proof(),
        }
    }

    fn input(&mut self, model: &Model) -> u64 {
        let input = match self.random.below(100) {
            0..8 => self.random.pick(&model.spent_order).copied(),
            8..10 => Some(ZERO),
            10..15 => None,
            // Notes that banks hold are asked for more often than there are such.
            15..30 => {
                let held: Vec<u64> = model
                    .locks
                    .keys()
                    .copied()
                    .filter(|input| model.live_lock(*input).is_some())
                    .collect();
                self.random.pick(&held).copied()
            }
            _ => self.random.pick(&model.unspent).copied(),
        };
        input.unwrap_or_else(|| self.dummy())
    }

    /// A note to join with, a dummy, or one that may not stand beside the first.
    fn second_input(&mut self, model: &Model, first: u64) -> u64 {
        let choice = self.random.below(100);
        let joined = model.notes.get(&first).and_then(|with| {
            let joins = |number: &&u64| {
                let note = &model.notes[number];
                **number != first && (note.receivable, note.owner) == (with.receivable, with.owner)
            };
            model.unspent.iter().find(joins).copied()
        });
        match choice {
            0..2 => first,
            2..4 => self.random.pick(&model.spent_order).copied().unwrap_or(ZERO),
            4..50 => joined.unwrap_or_else(|| self.dummy()),
            _ => self.dummy(),
        }
    }

    /// The bank that holds a lock on an input, if it is asked; sometimes another.
    fn consenting_bank(&mut self, model: &Model, inputs: [u64; 2]) -> Option<u8> {
        let holder = inputs
            .iter()
            .find_map(|input| model.live_lock(*input))
            .map(|lock| lock.bank);
        match self.random.below(100) {
            0..12 => Some(self.bank()),
            12..40 => None,
            _ => holder,
        }
    }

    /// Four outputs that sum to the inputs, as the circuit holds them to.
    fn outputs(&mut self, model: &Model, total: u128) -> [Output; 4] {
        // More than there is only where a spent note is joined with what became of it.
        let mut left = u64::try_from(total).unwrap_or(u64::MAX);
        let mut outputs = [0, 1, 2, 3].map(|place| {
            let amount = match (place, self.random.below(3)) {
                (3, _) => left,
                (_, 0) => 0,
                _ => self.random.below(left.saturating_add(1)),
            };
            left -= amount;
            Output {
                note: self.new_note(),
                amount,
                owner: self.random.below(OWNERS),
            }
        });
        match self.random.below(100) {
            0..2 => outputs[3].note = outputs[0].note,
            2..4 => outputs[1].note = self.random.pick(&model.note_order).copied().unwrap_or(outputs[1].note),
            _ => {}
        }
        outputs
    }
}
