//! The opening of a note, sealed to its owner in 496 bytes (protocol.md section 3.5).
//!
//! In scope: the plaintext of 448 bytes. Out of scope: believing it: its commitment has to be the entry's.
//! Whoever opens it learns the receivable and, where the minting supplier sealed it to itself, the invoice's fingerprint.

use tradeseal_primitives::Fr;
use tradeseal_primitives::field;
use tradeseal_primitives::party::{Address, Handle, PartyId};
use tradeseal_primitives::receivable::{
    AmountMinor, Commitment, CurrencyCode, Day, DocumentHash, Fingerprint, Flags, Note, NoteRandomness,
    ReceivableNumber, SaltedFingerprint, Terms,
};
use tradeseal_verifier::entry::{SEALED_NOTE_BYTES, SealedNote};
use tradeseal_verifier::log::KeyName;
use x25519_dalek::StaticSecret;
use zeroize::{Zeroize, Zeroizing};

use super::bytes::{Reader, Writer};
use super::hpke::{self, OVERHEAD};
use super::{Memo, OpenError, SealError};

const VERSION: u8 = 1;
const PLAINTEXT_BYTES: usize = 448;
const _: () = assert!(PLAINTEXT_BYTES + OVERHEAD == SEALED_NOTE_BYTES);

/// Which invoice a receivable is, and what hides that: known to the supplier that minted it alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct InvoiceSource {
    /// `fp`, guessable.
    pub fingerprint: Fingerprint,
    /// What hides it.
    pub salt: Fr,
}

/// All of a note but its owner. Never printed; wiped when dropped.
#[derive(Clone)]
pub struct NoteOpening {
    /// How much.
    pub amount: AmountMinor,
    /// Of which receivable.
    pub terms: Terms,
    /// What hides the note.
    pub randomness: NoteRandomness,
    /// Which invoice, where the minting supplier tells itself.
    pub source: Option<InvoiceSource>,
    /// A word from the sender.
    pub memo: Memo,
}

impl NoteOpening {
    /// The note of this opening, if this is its owner.
    pub fn note(&self, owner: Address) -> Note {
        Note {
            amount: self.amount,
            terms: self.terms.hash(),
            owner,
            randomness: self.randomness.clone(),
        }
    }

    /// Seals it to the owner of a handle, for the note of this commitment on this log.
    ///
    /// # Errors
    /// [`SealError`] if the handle's encryption key is none, or no fresh key can be made.
    pub fn seal_to(
        &self,
        recipient: &Handle,
        origin: &KeyName,
        commitment: Commitment,
    ) -> Result<SealedNote, SealError> {
        let plaintext = self.to_plaintext();
        let key = &recipient.encryption_key;
        let sealed = hpke::seal(key, &info(origin), &commitment.to_bytes(), &plaintext[..])?;
        // A plaintext of one length has a sealed form of one length.
        let mut bytes = Box::new([0; SEALED_NOTE_BYTES]);
        bytes.copy_from_slice(&sealed);
        Ok(bytes)
    }

    /// Opens a sealed note with a party's key. Its commitment is not compared yet: see [`NoteOpening::note`].
    ///
    /// # Errors
    /// `NotForThisKey` for a note of somebody else's; `Malformed` for one that its sender did not write as the protocol says.
    pub fn open(
        secret: &StaticSecret,
        origin: &KeyName,
        commitment: Commitment,
        sealed: &SealedNote,
    ) -> Result<Self, OpenError> {
        let plaintext = hpke::open(secret, &info(origin), &commitment.to_bytes(), &sealed[..])?;
        Self::from_plaintext(&plaintext)
    }

    /// The plaintext that is sealed, which a wallet keeps too.
    pub(crate) fn to_plaintext(&self) -> Zeroizing<[u8; PLAINTEXT_BYTES]> {
        let mut writer = Writer::<PLAINTEXT_BYTES>::new();
        let terms = &self.terms;
        writer.put(&[VERSION]);
        writer.put(&self.amount.0.to_be_bytes());
        writer.put(&terms.currency.0.to_be_bytes());
        writer.put(&terms.due_day.0.to_be_bytes());
        writer.put(&terms.debtor.to_bytes());
        writer.put(&terms.creditor.to_bytes());
        writer.put(&terms.document.to_bytes());
        writer.put(&terms.receivable.to_bytes());
        writer.put(&terms.number.get().to_be_bytes());
        writer.put(&terms.flags.bits().to_be_bytes());
        writer.put(&field::to_bytes(&self.randomness.rho));
        writer.put(&field::to_bytes(&self.randomness.r));
        writer.put(&[u8::from(self.source.is_some())]);
        let unknown = ([0; 32], [0; 32]);
        let (fingerprint, salt) = self.source.map_or(unknown, |source| {
            (source.fingerprint.to_bytes(), field::to_bytes(&source.salt))
        });
        writer.put(&fingerprint);
        writer.put(&salt);
        let memo = self.memo.as_str().as_bytes();
        // A memo has at most 150 bytes.
        writer.put(&[u8::try_from(memo.len()).unwrap_or_default()]);
        writer.put(memo);
        writer.finish()
    }

    pub(crate) fn from_plaintext(plaintext: &[u8]) -> Result<Self, OpenError> {
        let mut reader = Reader(plaintext);
        if reader.take::<1>()? != [VERSION] {
            return Err(OpenError::Malformed {
                why: "its version is not 1",
            });
        }
        let amount = AmountMinor(u64::from_be_bytes(reader.take()?));
        let terms = Terms {
            currency: CurrencyCode(u16::from_be_bytes(reader.take()?)),
            due_day: Day(u32::from_be_bytes(reader.take()?)),
            debtor: PartyId::from_fr(reader.take_field()?),
            creditor: PartyId::from_fr(reader.take_field()?),
            document: DocumentHash::from_fr(reader.take_field()?),
            receivable: SaltedFingerprint::from_fr(reader.take_field()?),
            number: ReceivableNumber::new(u64::from_be_bytes(reader.take()?)).ok_or(OpenError::Malformed {
                why: "its receivable has the number 0",
            })?,
            flags: Flags::from_bits(u16::from_be_bytes(reader.take()?)),
        };
        let randomness = NoteRandomness {
            rho: reader.take_field()?,
            r: reader.take_field()?,
        };
        let source = source(&mut reader, &terms)?;
        let [length] = reader.take::<1>()?;
        let memo = Memo::sealed(reader.take_slice(usize::from(length))?).ok_or(OpenError::Malformed {
            why: "its memo is too long or no text",
        })?;
        reader.finish()?;
        Ok(Self {
            amount,
            terms,
            randomness,
            source,
            memo,
        })
    }
}

/// The source, which must be that of the terms: an invented one would have its finder acknowledge or dilute another invoice.
fn source(reader: &mut Reader<'_>, terms: &Terms) -> Result<Option<InvoiceSource>, OpenError> {
    let known = reader.take::<1>()?;
    let source = InvoiceSource {
        fingerprint: Fingerprint::from_fr(reader.take_field()?),
        salt: reader.take_field()?,
    };
    let zero = Fr::from(0u64);
    match known {
        [0] if source.fingerprint.to_fr() == zero && source.salt == zero => Ok(None),
        [1] if source.fingerprint.salted(source.salt) == terms.receivable => Ok(Some(source)),
        _ => Err(OpenError::Malformed {
            why: "it names another invoice than its own",
        }),
    }
}

fn info(origin: &KeyName) -> Vec<u8> {
    format!("tradeseal/sealed-note/v1\n{origin}").into_bytes()
}

impl Drop for NoteOpening {
    fn drop(&mut self) {
        self.amount.0.zeroize();
        if let Some(source) = &mut self.source {
            source.salt.zeroize();
        }
    }
}
