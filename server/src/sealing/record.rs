//! A transfer's outputs, sealed to its sender in 624 bytes, so that keys alone bring back what was paid to whom (protocol.md section 3.5).
//!
//! In scope: the plaintext of 576 bytes. Out of scope: the terms, which are those of the note that the transfer spends.
//! Whoever opens it learns amounts and recipients of one transfer.

use tradeseal_primitives::field;
use tradeseal_primitives::party::{Address, Handle};
use tradeseal_primitives::receivable::{AmountMinor, Note, NoteRandomness, Nullifier, TermsHash};
use tradeseal_verifier::entry::{self, SENDER_RECORD_BYTES};
use tradeseal_verifier::log::KeyName;
use x25519_dalek::StaticSecret;
use zeroize::Zeroizing;

use super::bytes::{Reader, Writer};
use super::hpke::{self, OVERHEAD};
use super::{OpenError, SealError};

const VERSION: u8 = 1;
const PLAINTEXT_BYTES: usize = 576;
const _: () = assert!(PLAINTEXT_BYTES + OVERHEAD == SENDER_RECORD_BYTES);
/// Outputs of a transfer.
const OUTPUTS: usize = 4;

/// One output of a transfer, as its sender made it.
#[derive(Clone)]
pub struct RecordedOutput {
    /// How much; 0 for one that only fills the transfer up.
    pub amount: AmountMinor,
    /// To whom: owner's address and encryption key.
    pub recipient: Handle,
    /// What hides the note.
    pub randomness: NoteRandomness,
}

impl RecordedOutput {
    /// The note, of a receivable.
    pub fn note(&self, terms: TermsHash) -> Note {
        Note {
            amount: self.amount,
            terms,
            owner: self.recipient.address,
            randomness: self.randomness.clone(),
        }
    }
}

/// The outputs of one transfer, for its sender. Never printed.
#[derive(Clone)]
pub struct SenderRecord {
    /// In the entry's order.
    pub outputs: [RecordedOutput; OUTPUTS],
}

impl SenderRecord {
    /// Seals it to the sender's encryption key, for the transfer that spends `nullifier` first, on this log.
    ///
    /// # Errors
    /// [`SealError`] if the key is none, or no fresh key can be made.
    pub fn seal_to(
        &self,
        sender: &Handle,
        origin: &KeyName,
        nullifier: Nullifier,
    ) -> Result<entry::SenderRecord, SealError> {
        let plaintext = self.to_plaintext();
        let sealed = hpke::seal(
            &sender.encryption_key,
            &info(origin),
            &nullifier.to_bytes(),
            &plaintext[..],
        )?;
        // A plaintext of one length has a sealed form of one length.
        let mut bytes = Box::new([0; SENDER_RECORD_BYTES]);
        bytes.copy_from_slice(&sealed);
        Ok(bytes)
    }

    /// Opens a record with a party's key. Whether its outputs are the entry's is not compared yet.
    ///
    /// # Errors
    /// As [`super::NoteOpening::open`].
    pub fn open(
        secret: &StaticSecret,
        origin: &KeyName,
        nullifier: Nullifier,
        sealed: &entry::SenderRecord,
    ) -> Result<Self, OpenError> {
        let plaintext = hpke::open(secret, &info(origin), &nullifier.to_bytes(), &sealed[..])?;
        Self::from_plaintext(&plaintext)
    }

    fn to_plaintext(&self) -> Zeroizing<[u8; PLAINTEXT_BYTES]> {
        let mut writer = Writer::<PLAINTEXT_BYTES>::new();
        writer.put(&[VERSION]);
        for output in &self.outputs {
            writer.put(&output.amount.0.to_be_bytes());
            writer.put(&output.recipient.address.to_bytes());
            writer.put(&output.recipient.encryption_key);
            writer.put(&field::to_bytes(&output.randomness.rho));
            writer.put(&field::to_bytes(&output.randomness.r));
        }
        writer.finish()
    }

    fn from_plaintext(plaintext: &[u8]) -> Result<Self, OpenError> {
        let mut reader = Reader(plaintext);
        if reader.take::<1>()? != [VERSION] {
            return Err(OpenError::Malformed {
                why: "its version is not 1",
            });
        }
        let mut output = || -> Result<RecordedOutput, OpenError> {
            Ok(RecordedOutput {
                amount: AmountMinor(u64::from_be_bytes(reader.take()?)),
                recipient: Handle {
                    address: Address::from_fr(reader.take_field()?),
                    encryption_key: reader.take()?,
                },
                randomness: NoteRandomness {
                    rho: reader.take_field()?,
                    r: reader.take_field()?,
                },
            })
        };
        let outputs = [output()?, output()?, output()?, output()?];
        reader.finish()?;
        Ok(Self { outputs })
    }
}

fn info(origin: &KeyName) -> Vec<u8> {
    format!("tradeseal/sender-record/v1\n{origin}").into_bytes()
}
