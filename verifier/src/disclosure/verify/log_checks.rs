//! The entries behind the files: readable, signed for by the log, in it, of the ledger named, and about nothing else.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use tradeseal_primitives::receivable::{Commitment, Nullifier};

use super::case::{File, Refusal, every_file, outputs, wrong_kind};
use crate::encoding::printable;
use crate::entry::Entry;
use crate::log::{LogError, LogHash, LogKey, SignedCheckpoint, TlogProof};
use crate::trust::Trust;
use crate::verdict::Finding;

const DAMAGED: &str = "a file's proof from the ledger's log is damaged";
const NOT_IN_LOG: &str = "an entry in a file is not in the ledger's log";

/// Fills each file's entries in.
pub(super) fn entries(files: &mut [File]) -> Finding<()> {
    let mut total = 0;
    for file in files {
        for logged in &file.disclosure.body().entries {
            match Entry::decode(&logged.entry) {
                Ok(entry) => file.entries.insert(logged.index, entry),
                Err(cause) => {
                    let detail = format!("{}entry {}: {cause}", file.label, logged.index);
                    return Finding::failed("an entry of the ledger in a file is damaged", detail);
                }
            };
            total += 1;
        }
    }
    Finding::passed(format!("{total} of known kinds"), ())
}

/// A file's proofs from the log, one for each entry, under keys that are trusted.
pub(super) struct SignedProofs {
    proofs: Vec<TlogProof>,
    keys: Vec<LogKey>,
}

impl SignedProofs {
    pub(super) fn checkpoints(&self) -> impl Iterator<Item = &SignedCheckpoint> {
        self.proofs.iter().map(TlogProof::checkpoint)
    }
}

/// The proofs of each file, in order.
pub(super) fn checkpoint_signature(files: &[File], trust: &Trust) -> Finding<Vec<SignedProofs>> {
    let mut signed = Vec::with_capacity(files.len());
    for file in files {
        let origin = &file.body().origin;
        let keys = trust.log_keys(origin);
        let logged = file.body().entries.iter();
        let proofs: Result<Vec<TlogProof>, Refusal> = logged
            .map(|logged| readable(file, logged.index, &logged.tlog_proof))
            .collect();
        let proofs = match proofs {
            Ok(proofs) => proofs,
            Err(refusal) => return refusal.finding(&file.label),
        };
        if keys.is_empty() {
            return Finding::not_checked(
                format!("your trust file names no key of the ledger {origin}"),
                "add the ledger's key to the trust file, if you trust that ledger",
                format!("{}no trusted key of {origin}", file.label),
            );
        }
        if let Err(refusal) = signatures(file, &proofs, &keys) {
            return refusal.finding(&file.label);
        }
        signed.push(SignedProofs { proofs, keys });
    }
    Finding::passed("every checkpoint is signed by the log", signed)
}

fn readable(file: &File, index: u64, text: &str) -> Result<TlogProof, Refusal> {
    let proof = TlogProof::parse(text)
        .map_err(|cause| Refusal::new(DAMAGED, format!("entry {index}: {}", printable(&cause.to_string()))))?;
    if proof.extra().is_some() {
        let why = format!("entry {index}: it carries an extra line, which nobody signed");
        return Err(Refusal::new(DAMAGED, why));
    }
    let (origin, named) = (&file.body().origin, proof.checkpoint().unchecked_checkpoint().origin());
    if named != origin.as_str() {
        return Err(Refusal::new(
            "a file's proof is from another log than the file names",
            format!(
                "entry {index}: the file names log {origin}, the checkpoint is of {}",
                printable(named)
            ),
        ));
    }
    Ok(proof)
}

fn signatures(file: &File, proofs: &[TlogProof], keys: &[LogKey]) -> Result<(), Refusal> {
    for (logged, proof) in file.body().entries.iter().zip(proofs) {
        if let Err(cause) = proof.checkpoint().verify(keys) {
            return Err(Refusal::new(
                "the ledger's signature in a file is missing or does not verify",
                format!("entry {}: {}", logged.index, printable(&cause.to_string())),
            ));
        }
    }
    Ok(())
}

/// Entries stand where the files say, and the log signed no two histories. Gives the largest size of the log that was shown.
pub(super) fn log_inclusion(files: &[File], signed: &[SignedProofs]) -> Finding<u64> {
    let mut roots = BTreeMap::new();
    let mut bytes = BTreeMap::new();
    for (file, SignedProofs { proofs, keys }) in files.iter().zip(signed) {
        for (logged, proof) in file.body().entries.iter().zip(proofs) {
            let included = included(file, logged.index, &logged.entry, proof, keys)
                .and_then(|(size, root)| same(&mut roots, size, root, "histories"))
                .and_then(|()| same(&mut bytes, logged.index, &logged.entry[..], "entries"));
            if let Err(refusal) = included {
                return refusal.finding(&file.label);
            }
        }
    }
    let size = roots.last_key_value().map_or(0, |(size, _)| *size);
    Finding::passed(format!("{} proven in a log of {size}", bytes.len()), size)
}

fn included(
    file: &File,
    index: u64,
    entry: &[u8],
    proof: &TlogProof,
    keys: &[LogKey],
) -> Result<(u64, LogHash), Refusal> {
    let inclusion = proof.verify(entry, keys).map_err(|cause| match cause {
        LogError::RootMismatch { .. } => Refusal::new(NOT_IN_LOG, format!("entry {index}: {cause}")),
        _ => Refusal::new(NOT_IN_LOG, format!("entry {index}: {}", printable(&cause.to_string()))),
    })?;
    let contradicts = "an entry in a file contradicts its place in the log";
    if inclusion.index != index {
        let detail = format!("the file says it is entry {index}, it is entry {}", inclusion.index);
        return Err(Refusal::new(contradicts, detail));
    }
    if let Some(Entry::State(state)) = file.entries.get(&index)
        && state.log_size != index
    {
        let detail = format!("the record says it is entry {}, it is entry {index}", state.log_size);
        return Err(Refusal::new(contradicts, detail));
    }
    Ok((inclusion.checkpoint.size(), *inclusion.checkpoint.root()))
}

/// A log that shows two things for one position has lied to somebody.
fn same<V: PartialEq + Copy>(seen: &mut BTreeMap<u64, V>, at: u64, value: V, what: &str) -> Result<(), Refusal> {
    if *seen.entry(at).or_insert(value) == value {
        return Ok(());
    }
    Err(Refusal::new(
        "the ledger's log shows different people different histories; keep the files as evidence against it",
        format!("the log signed two {what} for position {at}"),
    ))
}

pub(super) fn ledger(files: &[File]) -> Finding<()> {
    every_file(files, "the log begins with the genesis of the ledger named", |file| {
        let body = file.body();
        let genesis = match file.entry(0)? {
            Entry::Genesis(genesis) => genesis,
            other => return Err(wrong_kind(0, other, "a genesis")),
        };
        let id = genesis.ledger_id();
        if id != body.ledger_id || genesis.origin != body.origin {
            return Err(Refusal::new(
                "a file names another ledger than the one its entries are from",
                format!("entry 0 begins the ledger {id} of log {}", genesis.origin),
            ));
        }
        Ok(())
    })
}

pub(super) fn nothing_else(files: &[File]) -> Finding<()> {
    every_file(
        files,
        "every entry is of this receivable, or of the ledger's state",
        |file| {
            let mine = Mine::of(file);
            match file.entries.iter().find(|(_, entry)| !mine.concerns(entry)) {
                Some((index, entry)) => Err(Refusal::new(
                    "a file holds an entry of the ledger that has nothing to do with the receivable",
                    format!("entry {index}, of kind {}", entry.kind()),
                )),
                None => Ok(()),
            }
        },
    )
}

/// What a file opens.
struct Mine {
    commitments: BTreeSet<Commitment>,
    nullifiers: BTreeSet<Nullifier>,
    number: u64,
}

impl Mine {
    fn of(file: &File) -> Self {
        let body = file.body();
        let terms = body.terms.hash();
        Self {
            commitments: body.notes.iter().map(|note| note.opening.commitment(terms)).collect(),
            nullifiers: body.notes.iter().map(|note| note.nullifier).collect(),
            number: body.terms.number.get(),
        }
    }

    fn concerns(&self, entry: &Entry) -> bool {
        let makes_mine = || outputs(entry).iter().any(|output| self.commitments.contains(output));
        match entry {
            Entry::Genesis(_) | Entry::State(_) => true,
            Entry::Mint(_) => makes_mine(),
            Entry::Transfer(transfer) => {
                makes_mine()
                    || transfer
                        .body
                        .nullifiers
                        .iter()
                        .any(|spent| self.nullifiers.contains(spent))
            }
            Entry::Lock(lock) => self.nullifiers.contains(&lock.body.nullifier),
            Entry::Release(release) => self.nullifiers.contains(&release.body.nullifier),
            Entry::Dilute(dilute) => dilute.body.number.get() == self.number,
            Entry::Enrol(_) | Entry::Remove(_) | Entry::Registry(_) | Entry::Deposit(_) | Entry::Anchor(_) => false,
        }
    }
}
