//! Many presentations, their equations in one multi-pairing; otherwise each is checked as it is alone.
//!
//! In scope: which proofs can be asked about together. Out of scope: the multi-pairing (`groth16`). A proof that is not well formed, of
//! another statement, or under a key that the trust file does not name never gets into the batch.

use alloc::vec::Vec;

use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::UnixSeconds;

use super::{Equation, public, verify};
use crate::groth16::{BatchItem, PreparedKey, verify_batch};
use crate::ledger_view::LedgerView;
use crate::presentation::Presentation;
use crate::request::Request;
use crate::trust::Trust;
use crate::verdict::Report;

/// A presentation and the request that it is to be judged by.
#[derive(Debug, Clone, Copy)]
pub struct Handed<'a> {
    /// The file's bytes.
    pub presentation: &'a [u8],
    /// What was asked.
    pub request: &'a Request,
}

/// As [`super::verify_eligibility`] for each of `handed`, in order, with the proofs' equations checked together. Also gives the number of proofs
/// that were.
pub fn verify_eligibility_batch(
    handed: &[Handed<'_>],
    trust: &Trust,
    now: UnixSeconds,
    ledger: &dyn LedgerView,
) -> (Vec<Report>, usize) {
    let askable: Vec<Option<Askable<'_>>> = handed.iter().map(|one| Askable::of(one, trust)).collect();
    let items: Vec<BatchItem<'_>> = askable.iter().flatten().map(Askable::item).collect();
    let batch = verify_batch(&items);
    let mut position = 0;
    let reports = handed.iter().zip(&askable).map(|(one, askable)| {
        let equation = match askable {
            Some(_) => {
                position += 1;
                Equation::Known(batch.item(position - 1).is_ok())
            }
            None => Equation::Evaluate,
        };
        verify(one.presentation, one.request, trust, now, ledger, equation)
    });
    (reports.collect(), items.len())
}

/// What the multi-pairing needs of one presentation.
struct Askable<'a> {
    key: &'a PreparedKey,
    proof: Vec<u8>,
    rows: Vec<Fr>,
}

impl<'a> Askable<'a> {
    fn of(handed: &Handed<'_>, trust: &'a Trust) -> Option<Self> {
        let presentation = Presentation::parse(handed.presentation).ok()?;
        let key = trust.key(presentation.key_id)?;
        let asked = handed.request.draft().statement;
        if presentation.statement != asked || key.statement() != asked {
            return None;
        }
        Some(Self {
            key: key.prepared(),
            rows: public(&presentation, handed.request).rows().to_vec(),
            proof: presentation.proof,
        })
    }

    fn item(&self) -> BatchItem<'_> {
        BatchItem {
            key: self.key,
            proof: &self.proof,
            rows: &self.rows,
        }
    }
}
