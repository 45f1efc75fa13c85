//! The formulas of a receivable: fingerprint, terms, note, nullifier, acknowledgment (`docs/protocol.md` section 3).
//!
//! In scope: native hashing of typed values. Out of scope: proofs (crate `circuits`), reading invoices (crate `documents`).
//! An attacker who owns this part could make one note stand for two debts.

mod dilution;

pub use dilution::{DilutionRight, ReceivableNumber, RemainingPpb};

use alloc::{string::String, vec::Vec};
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{
    Fr,
    hash::{Domain, digest_field, hash, text_field},
    newtype::field_newtype,
    party::{Address, NullifierKey, PartyId},
};

field_newtype! {
    /// `fp`: which invoice this is, whatever its file looks like. Guessable from the invoice's data, so never published.
    Fingerprint
}
field_newtype! {
    /// `rcv`: the salted fingerprint.
    SaltedFingerprint
}
field_newtype! {
    /// `doc_hash`: the document's SHA-256 as a field element; evidence, never identity.
    DocumentHash
}
field_newtype! {
    /// `terms`: all of a receivable but its amount and owner.
    TermsHash
}
field_newtype! {
    /// `cm`: a note's commitment.
    Commitment
}
field_newtype! {
    /// `nf`: published when its note is spent.
    Nullifier
}

/// An amount in the currency's minor unit (cents).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AmountMinor(pub u64);

/// ISO 4217 numeric code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CurrencyCode(pub u16);

/// Days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub u32);

/// Seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixSeconds(pub u64);

/// The only class of document in version 1: every accepted invoice type code makes the same claim.
pub const TYPE_CLASS_INVOICE: u64 = 1;

/// Sixteen flags of a receivable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Flags(u16);

impl Flags {
    /// No flag.
    pub const NONE: Self = Self(0);
    /// The debtor signed; proven in circuit.
    pub const ACKNOWLEDGED: Self = Self(1);
    /// The invoice names another payee (BG-10), so it may already be assigned; the supplier's own statement.
    pub const OTHER_PAYEE_NAMED: Self = Self(2);
    /// Every flag with its name in JSON.
    pub const NAMED: [(&'static str, Self); 2] = [
        ("acknowledged", Self::ACKNOWLEDGED),
        ("other_payee_named", Self::OTHER_PAYEE_NAMED),
    ];

    /// From the 16 bits.
    pub const fn from_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// The 16 bits.
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// Both sets of flags.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every flag of `other` is set.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any flag of `other` is set.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// An invoice number as it is hashed: NFKC, Unicode's full upper-casing, NFKC again (capitals can compose anew), then words
/// between runs of Unicode `White_Space` joined by one space. [`invoice_number_field`] says what that makes equal.
pub fn normalise_invoice_number(number: &str) -> String {
    let upper: String = number.nfkc().collect::<String>().to_uppercase().nfkc().collect();
    let words: Vec<&str> = upper.split_whitespace().collect();
    words.join(" ")
}

/// `invoice_number` as a field element; normalises first.
///
/// Folded, and so one invoice if supplier and issue day agree too: capitals and small letters, also where a capital is several letters' (`ß` is
/// `SS`, `ı` is `I`); compatibility forms (`Ｒ` is `R`, `²` is `2`, `Ⅷ` is `VIII`); white space. Nothing else: punctuation, leading zeros, accents
/// and invisible characters count, and the last of these only the reader of documents refuses. Folding too much costs a supplier that has
/// two such numbers on one day its second receivable; folding too little would let one invoice be financed twice.
pub fn invoice_number_field(number: &str) -> Fr {
    text_field(Domain::INVOICE_NUMBER, &normalise_invoice_number(number))
}

impl Fingerprint {
    /// `H(fingerprint; supplier_id, invoice number, issue_day, type_class)`; the number is normalised here.
    pub fn derive(supplier: PartyId, invoice_number: &str, issue_day: Day) -> Self {
        Self::from_parts(supplier, invoice_number_field(invoice_number), issue_day)
    }

    /// As [`Fingerprint::derive`], from an invoice number that is already a field element.
    pub fn from_parts(supplier: PartyId, invoice_number: Fr, issue_day: Day) -> Self {
        Self::from_fr(hash(
            Domain::FINGERPRINT,
            &[
                supplier.to_fr(),
                invoice_number,
                Fr::from(issue_day.0),
                Fr::from(TYPE_CLASS_INVOICE),
            ],
        ))
    }

    /// `rcv = H(receivable; fp, salt)`.
    pub fn salted(self, salt: Fr) -> SaltedFingerprint {
        SaltedFingerprint::from_fr(hash(Domain::RECEIVABLE, &[self.to_fr(), salt]))
    }
}

impl DocumentHash {
    /// From the SHA-256 of the file's bytes.
    pub fn from_sha256(digest: &[u8; 32]) -> Self {
        Self::from_fr(digest_field(Domain::DOCUMENT, digest))
    }
}

/// A receivable's terms; kept by split and join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Currency of the amount.
    pub currency: CurrencyCode,
    /// When the debtor owes it.
    pub due_day: Day,
    /// Who owes it.
    pub debtor: PartyId,
    /// To whom the invoice says it is owed.
    pub creditor: PartyId,
    /// The document it came from.
    pub document: DocumentHash,
    /// The salted fingerprint.
    pub receivable: SaltedFingerprint,
    /// Flags.
    pub flags: Flags,
    /// Under which number the ledger records its dilutions.
    pub number: ReceivableNumber,
}

impl Terms {
    /// `terms`.
    pub fn hash(&self) -> TermsHash {
        TermsHash::from_fr(hash(
            Domain::TERMS,
            &[
                Fr::from(self.currency.0),
                Fr::from(self.due_day.0),
                self.debtor.to_fr(),
                self.creditor.to_fr(),
                self.document.to_fr(),
                self.receivable.to_fr(),
                Fr::from(self.flags.bits()),
                self.number.to_fr(),
            ],
        ))
    }
}

/// Where settled amounts go: nobody knows a key of this address, so nothing of it can be proven or moved again.
pub fn settled_address() -> Address {
    Address::from_fr(text_field(Domain::SETTLED, "settled"))
}

/// The two random elements that hide a note. Zeroized when dropped, never printed.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct NoteRandomness {
    /// Makes the note unique.
    pub rho: Fr,
    /// Hides its content.
    pub r: Fr,
}

impl core::fmt::Debug for NoteRandomness {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("NoteRandomness(hidden)")
    }
}

/// A note: an amount of a receivable with an owner.
#[derive(Debug, Clone)]
pub struct Note {
    /// How much of the receivable.
    pub amount: AmountMinor,
    /// Of which receivable.
    pub terms: TermsHash,
    /// Whose.
    pub owner: Address,
    /// What hides it.
    pub randomness: NoteRandomness,
}

impl Note {
    /// `cm`.
    pub fn commitment(&self) -> Commitment {
        Commitment::from_fr(hash(
            Domain::NOTE,
            &[
                Fr::from(self.amount.0),
                self.terms.to_fr(),
                self.owner.to_fr(),
                self.randomness.rho,
                self.randomness.r,
            ],
        ))
    }
}

impl Commitment {
    /// `leaf`: the commitment with the ledger's time.
    pub fn leaf(self, entry_time: UnixSeconds) -> Fr {
        hash(Domain::NOTE_LEAF, &[self.to_fr(), Fr::from(entry_time.0)])
    }

    /// `nf`: one nullifier for each commitment and key.
    pub fn nullifier(self, key: &NullifierKey) -> Nullifier {
        Nullifier::from_fr(hash(Domain::NULLIFIER, &[key.expose(), self.to_fr()]))
    }
}

/// What a debtor signs to acknowledge a debt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acknowledgment {
    /// Which invoice.
    pub fingerprint: Fingerprint,
    /// Face amount.
    pub amount: AmountMinor,
    /// Currency: without it, an acknowledgment of yen would serve for euros.
    pub currency: CurrencyCode,
    /// When it falls due.
    pub due_day: Day,
    /// Who owes it.
    pub debtor: PartyId,
    /// Whose it is first, so that a stolen acknowledgment serves nobody else.
    pub first_owner: Address,
    /// What else the document says, such as that it names another payee; never [`Flags::ACKNOWLEDGED`] itself.
    pub other_flags: Flags,
    /// Which ledger it is for, and which key may dilute the receivable there.
    pub dilution_right: DilutionRight,
}

impl Acknowledgment {
    /// `ack_msg`.
    pub fn message(&self) -> Fr {
        hash(
            Domain::ACKNOWLEDGMENT,
            &[
                self.fingerprint.to_fr(),
                Fr::from(self.amount.0),
                Fr::from(self.currency.0),
                Fr::from(self.due_day.0),
                self.debtor.to_fr(),
                self.first_owner.to_fr(),
                Fr::from(self.other_flags.bits()),
                self.dilution_right.to_fr(),
            ],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invoice_number_is_the_same_however_it_is_typed() {
        for number in ["re 2018/11", " RE  2018/11 ", "Re\t2018/11\n", "ＲＥ 2018/11"] {
            assert_eq!(normalise_invoice_number(number), "RE 2018/11", "{number:?}");
        }
        for number in [
            "straße viii²",
            "STRASSE ⅷ2",
            "strasse\u{2003}Ⅷ\u{b2}",
            "STRASSE V\u{131}II2",
        ] {
            assert_eq!(normalise_invoice_number(number), "STRASSE VIII2", "{number:?}");
        }
        for number in [
            "RE2018/11",
            "RE 2018-11",
            "RE 02018/11",
            "RE 2018/11\u{200b}",
            "RÉ 2018/11",
        ] {
            assert_ne!(
                invoice_number_field(number),
                invoice_number_field("RE 2018/11"),
                "{number:?}"
            );
        }
    }

    #[test]
    fn flags_contain_and_intersect() {
        let both = Flags::ACKNOWLEDGED.with(Flags::OTHER_PAYEE_NAMED);
        assert!(both.contains(Flags::ACKNOWLEDGED) && !Flags::ACKNOWLEDGED.contains(both));
        assert!(both.intersects(Flags::OTHER_PAYEE_NAMED) && !Flags::NONE.intersects(both));
    }
}
