//! Mints with both sides of the duplicate registry played, so that tags, points and their proofs are real ones.

use crate::fixture::{commitment, origin, secret};
use crate::prover::mint_prover;
use ark_std::rand::{SeedableRng, rngs::StdRng};
use ed25519_dalek::SigningKey;
use tradeseal_primitives::Fr;
use tradeseal_primitives::babyjubjub::{multiply, scalar_from_bytes};
use tradeseal_primitives::duplicate_tag::{
    BlindedPoint, Blinding, DleqProof, DuplicateTag, EvaluatedPoint, RegistryKey, blind, hash_to_curve, tag, unblind,
};
use tradeseal_primitives::hash::{Domain, hash};
use tradeseal_primitives::receivable::{Day, Fingerprint};
use tradeseal_verifier::entry::{
    DilutionKey, Ed25519Key, Entry, Genesis, Mint, MintBody, PreviousTag, Registry, RegistryBody,
};
use tradeseal_verifier::statement::DirectoryRoot;

/// The day of `fixture::START`.
pub const START_DAY: u32 = 19_675;

/// The keys of an era, if each rotation brings the next.
pub fn keys_of_era(era: u64) -> (u64, Option<u64>) {
    (era, era.checked_sub(1))
}

/// What is minted, and how; the tests vary one field at a time.
#[derive(Debug, Clone, Copy)]
pub struct Minting {
    /// Number of the note, and so its commitment.
    pub note: u64,
    /// Which invoice.
    pub invoice: u64,
    /// Which dilution key.
    pub dilution: u64,
    /// Which blinding.
    pub blinding: u64,
    /// Under which of the registry's keys: as the current one, and as the previous one.
    pub keys: (u64, Option<u64>),
    /// First and last issue day.
    pub issue: (u32, u32),
    /// Against which directory.
    pub directory_root: DirectoryRoot,
}

impl Minting {
    /// Note, invoice and dilution key of this number, under the registry's first key.
    pub fn new(number: u64, directory_root: DirectoryRoot) -> Self {
        Self {
            note: number,
            invoice: number,
            dilution: number,
            blinding: number,
            keys: (0, None),
            issue: (START_DAY - 365, START_DAY),
            directory_root,
        }
    }

    pub fn body(&self) -> MintBody {
        let current = Evaluated::of(self.invoice, self.blinding, self.keys.0);
        let previous = self.keys.1.map(|key| {
            let previous = Evaluated::of(self.invoice, self.blinding, key);
            PreviousTag {
                tag: previous.tag,
                evaluated: previous.evaluated,
                proof: previous.proof,
            }
        });
        MintBody {
            commitment: commitment(self.note),
            directory_root: self.directory_root,
            acknowledged: true,
            sealed_note: Box::new([7; 496]),
            key_id: mint_prover().key_id(),
            duplicate_tag: current.tag,
            previous,
            blinded: current.blinded,
            evaluated: current.evaluated,
            evaluation_proof: current.proof,
            issue_from: Day(self.issue.0),
            issue_to: Day(self.issue.1),
            dilution_key: dilution_key(self.dilution),
        }
    }

    pub fn entry(&self, genesis: &Genesis) -> Entry {
        proven(self.body(), genesis)
    }
}

/// The registry's answer to one blinding of one invoice, and the tag that the holder makes of it.
pub struct Evaluated {
    pub tag: DuplicateTag,
    pub blinded: BlindedPoint,
    pub evaluated: EvaluatedPoint,
    pub proof: DleqProof,
}

impl Evaluated {
    pub fn of(invoice: u64, blinding: u64, key: u64) -> Self {
        let fingerprint = fingerprint(invoice);
        let blinding = Blinding::random(&mut StdRng::seed_from_u64(blinding));
        let blinded = blind(fingerprint, &blinding);
        let (evaluated, proof) = registry_key(key).evaluate(&blinded, &mut StdRng::seed_from_u64(invoice));
        Self {
            tag: tag(fingerprint, &unblind(&evaluated, &blinding)),
            blinded,
            evaluated,
            proof,
        }
    }
}

/// The tag of an invoice as whoever knows the registry's key makes it, without any blinding: `H(duplicate-tag; fp, k * P)`.
pub fn tag_of(invoice: u64, key: u64) -> DuplicateTag {
    let secret = scalar_from_bytes(&registry_key(key).to_bytes()).unwrap();
    let point = multiply(&hash_to_curve(fingerprint(invoice)), &secret);
    DuplicateTag::from_fr(hash(
        Domain::DUPLICATE_TAG,
        &[fingerprint(invoice).to_fr(), point.x, point.y],
    ))
}

fn fingerprint(invoice: u64) -> Fingerprint {
    Fingerprint::from_fr(Fr::from(5000 + invoice))
}

/// The entry of a body with a proof of its rows for the ledger of this genesis entry.
pub fn proven(body: MintBody, genesis: &Genesis) -> Entry {
    let proof = mint_prover().prove(&body.public(&genesis.origin, &genesis.ledger_id()).rows());
    Entry::Mint(Mint { body, proof })
}

/// The registry's key of this number; in tests that say nothing else, the one after so many rotations.
pub fn registry_key(number: u64) -> RegistryKey {
    RegistryKey::generate(&mut StdRng::seed_from_u64(9000 + number))
}

pub fn registry_body(era: u64) -> RegistryBody {
    RegistryBody {
        key: registry_key(era).public(),
        revision: era,
        registrar: Ed25519Key::of(&secret(1)),
    }
}

/// The rotation that begins this era.
pub fn rotation(era: u64) -> Entry {
    signed_rotation(registry_body(era))
}

pub fn signed_rotation(body: RegistryBody) -> Entry {
    Entry::Registry(Box::new(Registry::sign(body, &origin(), &secret(1)).unwrap()))
}

pub fn dilution_secret(number: u64) -> SigningKey {
    let mut bytes = [77; 32];
    bytes[..8].copy_from_slice(&number.to_be_bytes());
    SigningKey::from_bytes(&bytes)
}

pub fn dilution_key(number: u64) -> DilutionKey {
    DilutionKey::new(Ed25519Key::of(&dilution_secret(number))).unwrap()
}
