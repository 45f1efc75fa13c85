//! Random mints: of new invoices and of old ones, under the registry's keys and others.

use super::{Chooser, OWNERS};
use crate::model::operation::{Mint, Tree};
use crate::model::plain::Model;

impl Chooser {
    pub(super) fn mint(&mut self, model: &Model) -> Mint {
        let invoice = self.invoice(model);
        let day = self.invoices[usize::try_from(invoice).unwrap()];
        // The circuit holds the true issue day between these.
        let before = [0, 0, 0, 1, 1, 3, 3, 5, 60, day][usize::try_from(self.random.below(10)).unwrap()];
        let after = [0, 0, 0, 0, 1, 3][usize::try_from(self.random.below(6)).unwrap()];
        let existing = self.random.percent(2);
        let note = self.random.pick(&model.note_order).copied().filter(|_| existing);
        let taken = self.random.percent(3) && self.receivables > 0;
        let receivable = if taken {
            self.random.below(self.receivables)
        } else {
            self.receivables += 1;
            self.receivables - 1
        };
        Mint {
            note: note.unwrap_or_else(|| self.new_note()),
            amount: 1 + (self.random.next() >> (1 + self.random.below(62))),
            owner: self.random.below(OWNERS),
            invoice,
            receivable,
            keys: self.keys_of_a_mint(model),
            issue: (day - before.min(day), day + after),
            directory: self.root(model, Tree::Directory),
            proof: self.proof(),
        }
    }

    /// A new invoice of these days, or one that was tried before, of any age.
    fn invoice(&mut self, model: &Model) -> u64 {
        let count = self.invoices.len() as u64;
        if count > 0 && self.random.percent(22) {
            return match self.random.below(3) {
                0 => count - 1 - self.random.below(count.min(60)),
                _ => self.random.below(count),
            };
        }
        let age = match self.random.below(10) {
            0 => self.random.below(60),
            _ => self.random.below(8),
        };
        self.invoices.push(model.today() + 2 - u32::try_from(age).unwrap());
        count
    }

    fn keys_of_a_mint(&mut self, model: &Model) -> (u64, Option<u64>) {
        let (current, previous) = (model.current_key(), model.previous_key());
        match self.random.below(100) {
            0 => (current, Some(current)),
            1 => (current, previous.xor(Some(self.keys + 1))),
            2 => (self.keys + 1, previous),
            3 => (current, previous.map(|_| self.keys + 1)),
            4 => (previous.unwrap_or(self.keys + 1), previous.map(|_| current)),
            _ => (current, previous),
        }
    }
}
