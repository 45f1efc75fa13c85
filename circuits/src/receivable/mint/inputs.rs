//! The private inputs of a mint, and what follows from them.
//!
//! In scope: what the supplier knows, and the formulas over it. Out of scope: what must hold (`check`, `constraints`).
//! An attacker who reads these has the invoice; they are wiped when dropped and never printed.

use tradeseal_primitives::{
    Fr,
    duplicate_tag::{self, Blinding, DuplicateTag, EvaluatedPoint},
    eddsa::{PublicKey, Signature},
    party::{Address, PartyId, directory_leaf},
    receivable::{
        Acknowledgment, AmountMinor, CurrencyCode, Day, DilutionRight, DocumentHash, Fingerprint, Flags, Note,
        NoteRandomness, ReceivableNumber, Terms,
    },
    tree::{DIRECTORY_DEPTH, MerklePath, Siblings},
};
use zeroize::Zeroize;

use super::{blank_key, blank_signature};

/// A party's entry in the directory: its key, its address and where the leaf is.
#[derive(Clone)]
pub struct Enrolled {
    /// Party id.
    pub party: PartyId,
    /// Key that signs.
    pub key: PublicKey,
    /// Address enrolled with it.
    pub address: Address,
    /// Path of the leaf.
    pub path: MerklePath<DIRECTORY_DEPTH>,
}

impl Enrolled {
    pub(super) fn root(&self) -> Fr {
        self.path.root(directory_leaf(self.party, &self.key, self.address))
    }

    fn blank() -> Self {
        let siblings = [Siblings::default(); DIRECTORY_DEPTH];
        let Some(path) = MerklePath::new(0, siblings) else {
            unreachable!("index 0 is in every tree")
        };
        Self {
            party: PartyId::from_fr(Fr::from(0u64)),
            key: blank_key(),
            address: Address::from_fr(Fr::from(0u64)),
            path,
        }
    }
}

/// The debtor's side of an acknowledged receivable.
#[derive(Clone)]
pub struct Acknowledged {
    /// The debtor's entry in the directory.
    pub debtor: Enrolled,
    /// Its signature over the acknowledgment.
    pub signature: Signature,
}

/// Everything about the invoice that stays with its owner.
#[derive(Clone)]
pub struct Invoice {
    /// Invoice number as a field element (`receivable::invoice_number_field`).
    pub number: Fr,
    /// Issue day.
    pub issue_day: Day,
    /// Payable amount.
    pub amount: AmountMinor,
    /// Its currency.
    pub currency: CurrencyCode,
    /// Due day.
    pub due_day: Day,
    /// Who owes it.
    pub debtor: PartyId,
    /// The document.
    pub document: DocumentHash,
    /// Flags but for "acknowledged", which follows from [`Private::acknowledged`].
    pub other_flags: Flags,
}

/// Private inputs; the note's secrets are wiped when dropped, and nothing of this is ever printed.
pub struct Private {
    /// The invoice.
    pub invoice: Invoice,
    /// Salt of the fingerprint.
    pub salt: Fr,
    /// Under which number the ledger records dilutions; that of the entry's dilution key.
    pub number: ReceivableNumber,
    /// The ledger and the entry's dilution key, as the debtor acknowledges them.
    pub dilution_right: DilutionRight,
    /// What hid the fingerprint from the registry.
    pub blinding: Blinding,
    /// What hides the note.
    pub randomness: NoteRandomness,
    /// The supplier, who is the first owner.
    pub supplier: Enrolled,
    /// The supplier's signature over [`signed_message`](super::signed_message).
    pub owner_signature: Signature,
    /// The debtor's acknowledgment, if there is one.
    pub acknowledged: Option<Acknowledged>,
}

impl Drop for Private {
    fn drop(&mut self) {
        self.salt.zeroize();
        self.invoice.number.zeroize();
        self.invoice.amount.0.zeroize();
    }
}

impl Private {
    /// All flags, "acknowledged" included.
    pub fn flags(&self) -> Flags {
        let acknowledged = if self.acknowledged.is_some() {
            Flags::ACKNOWLEDGED
        } else {
            Flags::NONE
        };
        self.invoice.other_flags.with(acknowledged)
    }

    /// The invoice's fingerprint.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::from_parts(self.supplier.party, self.invoice.number, self.invoice.issue_day)
    }

    /// The receivable's terms.
    pub fn terms(&self) -> Terms {
        Terms {
            currency: self.invoice.currency,
            due_day: self.invoice.due_day,
            debtor: self.invoice.debtor,
            creditor: self.supplier.party,
            document: self.invoice.document,
            receivable: self.fingerprint().salted(self.salt),
            flags: self.flags(),
            number: self.number,
        }
    }

    /// The note.
    pub fn note(&self) -> Note {
        Note {
            amount: self.invoice.amount,
            terms: self.terms().hash(),
            owner: self.supplier.address,
            randomness: self.randomness.clone(),
        }
    }

    /// The invoice's tag under the registry key that `evaluated` was made with.
    pub fn tag(&self, evaluated: &EvaluatedPoint) -> DuplicateTag {
        let unblinded = duplicate_tag::unblind(evaluated, &self.blinding);
        duplicate_tag::tag(self.fingerprint(), &unblinded)
    }

    pub(super) fn acknowledgment(&self) -> Acknowledgment {
        Acknowledgment {
            fingerprint: self.fingerprint(),
            amount: self.invoice.amount,
            currency: self.invoice.currency,
            due_day: self.invoice.due_day,
            debtor: self.invoice.debtor,
            first_owner: self.supplier.address,
            other_flags: Flags::from_bits(self.flags().bits() & !Flags::ACKNOWLEDGED.bits()),
            dilution_right: self.dilution_right,
        }
    }

    /// What stands in the debtor's variables: its entry and signature, or the supplier's, of which nothing is then required.
    pub(super) fn debtor_or_filler(&self) -> (&Enrolled, &Signature) {
        match &self.acknowledged {
            Some(acknowledged) => (&acknowledged.debtor, &acknowledged.signature),
            None => (&self.supplier, &self.owner_signature),
        }
    }

    /// Inputs of the right shape and no meaning.
    pub(super) fn blank() -> Self {
        let zero = Fr::from(0u64);
        let mut one = [0; 32];
        one[31] = 1;
        let (Some(number), Ok(blinding)) = (ReceivableNumber::new(1), Blinding::from_bytes(&one)) else {
            unreachable!("1 is a number and a blinding")
        };
        Self {
            invoice: Invoice {
                number: zero,
                issue_day: Day(0),
                amount: AmountMinor(0),
                currency: CurrencyCode(0),
                due_day: Day(0),
                debtor: PartyId::from_fr(zero),
                document: DocumentHash::from_fr(zero),
                other_flags: Flags::NONE,
            },
            salt: zero,
            number,
            dilution_right: DilutionRight::from_fr(zero),
            blinding,
            randomness: NoteRandomness { rho: zero, r: zero },
            supplier: Enrolled::blank(),
            owner_signature: blank_signature(),
            acknowledged: None,
        }
    }
}
