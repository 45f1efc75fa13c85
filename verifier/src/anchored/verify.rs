//! Checking an item proof: offline, by a trust file's log keys.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use tradeseal_primitives::hash::sha256;

use super::{AnchoredBasis, AnchoredItem, AnchoredItemReport, Check, MAX_ITEM_BYTES};
use crate::calendar::format_utc;
use crate::encoding::printable;
use crate::entry::{Anchor, Entry, StateRecord};
use crate::log::{KeyName, LogKey, TlogProof, leaf_hash, verify_inclusion};
use crate::trust::Trust;
use crate::verdict::{Checklist, Claim, Finding, LogPosition, Verdict};

const DAMAGED: &str = "the item proof is damaged";
const NOT_IN_LOG: &str = "the anchor that the item refers to is not in the ledger's log";

/// Checks an item proof: that a trusted log holds an anchor of the item, signed by whoever anchored, and by when.
pub fn verify_anchored_item(bytes: &[u8], trust: &Trust) -> AnchoredItemReport {
    let mut checks = Checklist::<Check>::new();
    let mut basis = AnchoredBasis::default();
    let file = checks.record(Check::ItemFormat, item_format(bytes));
    let entries = file
        .as_ref()
        .and_then(|file| checks.record(Check::Entries, entries(file)));
    let signed = file
        .as_ref()
        .and_then(|file| checks.record(Check::CheckpointSignature, checkpoint_signature(file, trust)));
    if let (Some(file), Some((anchor, state))) = (&file, &entries) {
        basis.item_sha256 = Some(hex::encode(sha256(&file.item)));
        if let Some(signed) = &signed {
            let position = checks.record(Check::LogInclusion, log_inclusion(file, state, signed));
            basis.state_time = position.as_ref().map(|_| state.time.0);
            basis.log = position;
            checks.record(Check::AnchorSignature, anchor_signature(anchor, &signed.origin));
        }
        checks.record(Check::ItemInclusion, item_inclusion(file, anchor));
    }
    report(checks, basis, entries.as_ref())
}

/// Both proofs, whose one checkpoint a trusted key signed.
struct Signed {
    origin: KeyName,
    anchor: TlogProof,
    state: TlogProof,
    keys: Vec<LogKey>,
}

fn item_format(bytes: &[u8]) -> Finding<AnchoredItem> {
    match AnchoredItem::parse(bytes) {
        Ok(file) if file.item.len() > MAX_ITEM_BYTES => Finding::failed(
            DAMAGED,
            format!("an item has at most {MAX_ITEM_BYTES} bytes, not {}", file.item.len()),
        ),
        Ok(file) => {
            let detail = format!("an item of {} bytes at position {}", file.item.len(), file.position);
            Finding::passed(detail, file)
        }
        Err(cause) => Finding::failed(DAMAGED, cause),
    }
}

fn entries(file: &AnchoredItem) -> Finding<(Anchor, StateRecord)> {
    let anchor = match Entry::decode(&file.anchor.entry) {
        Ok(Entry::Anchor(anchor)) => anchor,
        Ok(other) => return Finding::failed(DAMAGED, format!("its anchor is a {} entry", other.kind())),
        Err(cause) => return Finding::failed(DAMAGED, cause),
    };
    match StateRecord::decode(&file.state.entry) {
        Ok(state) => {
            let detail = format!(
                "an anchor of {} items, a ledger state of {}",
                anchor.body.count.get(),
                format_utc(state.time)
            );
            Finding::passed(detail, (anchor, state))
        }
        Err(cause) => Finding::failed(DAMAGED, cause),
    }
}

fn checkpoint_signature(file: &AnchoredItem, trust: &Trust) -> Finding<Signed> {
    let (anchor, state) = match (read_proof(&file.anchor.tlog_proof), read_proof(&file.state.tlog_proof)) {
        (Ok(anchor), Ok(state)) => (anchor, state),
        (Err(detail), _) | (_, Err(detail)) => return Finding::failed(DAMAGED, detail),
    };
    if anchor.checkpoint() != state.checkpoint() {
        return Finding::failed(DAMAGED, "its two proofs are under two checkpoints");
    }
    let named = anchor.checkpoint().unchecked_checkpoint().origin().to_string();
    let Ok(origin) = KeyName::new(&named) else {
        return Finding::failed(DAMAGED, format!("{} names no log", printable(&named)));
    };
    let keys = trust.log_keys(&origin);
    if keys.is_empty() {
        return Finding::not_checked(
            format!("your trust file names no key of the ledger {origin}"),
            "add the ledger's key to the trust file, if you trust that ledger",
            format!("no trusted key of {origin}"),
        );
    }
    match anchor.checkpoint().verify(&keys) {
        Ok(checkpoint) => {
            let detail = format!("signed by {origin} at {} entries", checkpoint.size());
            let signed = Signed {
                origin,
                anchor,
                state,
                keys,
            };
            Finding::passed(detail, signed)
        }
        Err(cause) => Finding::failed(
            "the ledger's signature in the item proof is missing or does not verify",
            printable(&cause.to_string()),
        ),
    }
}

fn read_proof(text: &str) -> Result<TlogProof, String> {
    let proof = TlogProof::parse(text).map_err(|cause| printable(&cause.to_string()))?;
    match proof.extra() {
        None => Ok(proof),
        Some(_) => Err("it carries an extra line, which nobody signed".into()),
    }
}

fn log_inclusion(file: &AnchoredItem, state: &StateRecord, signed: &Signed) -> Finding<LogPosition> {
    let anchored = signed.anchor.verify(&file.anchor.entry, &signed.keys);
    let closed = signed.state.verify(&file.state.entry, &signed.keys);
    let (anchored, closed) = match (anchored, closed) {
        (Ok(anchored), Ok(closed)) => (anchored, closed),
        (Err(cause), _) | (_, Err(cause)) => return Finding::failed(NOT_IN_LOG, printable(&cause.to_string())),
    };
    if state.log_size != closed.index {
        let detail = format!(
            "the record says it is entry {}, it is entry {}",
            state.log_size, closed.index
        );
        return Finding::failed(
            "the ledger state in the item proof contradicts its place in the log",
            detail,
        );
    }
    if closed.index < anchored.index {
        let detail = format!("the state is entry {}, the anchor {}", closed.index, anchored.index);
        return Finding::failed("the ledger state in the item proof is older than the anchor", detail);
    }
    let (index, size) = (anchored.index, anchored.checkpoint.size());
    let position = LogPosition {
        origin: signed.origin.to_string(),
        index,
        size,
    };
    Finding::passed(
        format!("the anchor is entry {index} of {size}, the state {}", closed.index),
        position,
    )
}

fn anchor_signature(anchor: &Anchor, origin: &KeyName) -> Finding<()> {
    match anchor.verify(origin) {
        Ok(()) => Finding::passed(format!("by {}", anchor.body.key), ()),
        Err(cause) => Finding::failed("the anchor is not signed by the one that it names", cause),
    }
}

fn item_inclusion(file: &AnchoredItem, anchor: &Anchor) -> Finding<()> {
    let (count, root) = (anchor.body.count.get(), &anchor.body.root);
    match verify_inclusion(leaf_hash(&file.item), file.position, count, &file.hashes(), root) {
        Ok(()) => Finding::passed(format!("item {} of {count}", file.position), ()),
        Err(cause) => Finding::failed("the item is not among those anchored", cause),
    }
}

fn report(
    checks: Checklist<Check>,
    basis: AnchoredBasis,
    entries: Option<&(Anchor, StateRecord)>,
) -> AnchoredItemReport {
    let verified = checks.verdict() == Verdict::Verified;
    let claims = entries.map_or_else(Vec::new, |(anchor, state)| claims(anchor, state, verified));
    let sentence = checks.sentence(|| match entries {
        Some((anchor, state)) => format!(
            "the item existed by {}, as one of {} that {} anchored as \"{}\".",
            format_utc(state.time),
            anchor.body.count.get(),
            anchor.body.key,
            anchor.body.purpose
        ),
        None => String::new(),
    });
    AnchoredItemReport {
        verdict: checks.verdict(),
        sentence,
        claims,
        checks: checks.into_results(),
        not_established: not_established(),
        basis,
    }
}

fn claims(anchor: &Anchor, state: &StateRecord, verified: bool) -> Vec<Claim> {
    let claim = |name, said: String| Claim {
        name,
        proven: verified.then(|| said.clone()),
        requested: said,
    };
    alloc::vec![
        claim("existed_by", format_utc(state.time)),
        claim("signer", anchor.body.key.to_string()),
        Claim {
            name: "purpose",
            requested: anchor.body.purpose.to_string(),
            proven: verified.then(|| format!("that {} calls it so", anchor.body.key)),
        },
    ]
}

fn not_established() -> Vec<String> {
    [
        "that the item says the truth, or is what its signer calls it",
        "who holds the signer's key",
        "that the item was not anchored before, here or elsewhere, or that it is among no other items",
        "the time, beyond the ledger's word for it",
    ]
    .map(String::from)
    .to_vec()
}
