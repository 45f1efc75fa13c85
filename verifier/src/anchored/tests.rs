//! What an item proof establishes, and that no altered byte passes.

use super::*;
use crate::entry::{AnchorBody, Ed25519Key, Entry, ItemCount, Signed, StateRecord};
use crate::log::{KeyName, LogHash, empty_root, leaf_hash, node_hash};
use crate::statement::{DepositRoot, DilutionRoot, DirectoryRoot, NoteRoot};
use crate::test_log::{ORIGIN, proof, signer};
use crate::trust::Trust;
use crate::verdict::{Outcome, Verdict};
use alloc::vec;
use ed25519_dalek::SigningKey;
use tradeseal_primitives::Fr;
use tradeseal_primitives::receivable::UnixSeconds;

fn secret() -> SigningKey {
    SigningKey::from_bytes(&[6; 32])
}

fn items() -> Vec<Vec<u8>> {
    (0..5u8).map(|number| vec![b'a' + number; 3]).collect()
}

/// The five items' tree by hand: ((01)(23))4.
fn nodes(items: &[Vec<u8>]) -> ([LogHash; 5], LogHash, LogHash, LogHash, LogHash) {
    let leaves = [0, 1, 2, 3, 4].map(|at: usize| leaf_hash(&items[at]));
    let (left, right) = (node_hash(&leaves[0], &leaves[1]), node_hash(&leaves[2], &leaves[3]));
    let four = node_hash(&left, &right);
    (leaves, left, right, four, node_hash(&four, &leaves[4]))
}

fn anchor_body(root: LogHash, count: u64) -> AnchorBody {
    AnchorBody {
        count: ItemCount::new(count).unwrap(),
        root,
        purpose: "identity cards".parse().unwrap(),
        key: Ed25519Key::of(&secret()),
    }
}

fn state(log_size: u64) -> Vec<u8> {
    let element = |number: u64| Fr::from(number);
    StateRecord {
        time: UnixSeconds(1_700_000_000),
        log_size,
        note_count: 0,
        note_root: NoteRoot::from_fr(element(1)),
        nullifier_count: 0,
        nullifier_root: element(2),
        directory_count: 0,
        directory_root: DirectoryRoot::from_fr(element(3)),
        revocation_root: element(4),
        dilution_count: 1,
        dilution_root: DilutionRoot::from_fr(element(5)),
        deposit_count: 0,
        deposit_root: DepositRoot::from_fr(element(6)),
    }
    .encode()
}

/// A log of an anchor at index 2 and the state record behind it, and what proves both.
fn logged(body: AnchorBody) -> (ProvenEntry, ProvenEntry) {
    let origin = KeyName::new(ORIGIN).unwrap();
    let anchor = Entry::Anchor(Signed::sign(body, &origin, &secret()).unwrap()).encode();
    let log = vec![vec![0], state(1), anchor, state(3)];
    let proven = |at: usize| ProvenEntry::new(log[at].clone(), &proof(&log, at, &signer()));
    (proven(2), proven(3))
}

/// The proof of item 2.
fn honest() -> AnchoredItem {
    let items = items();
    let (leaves, left, _, _, root) = nodes(&items);
    let (anchor, state) = logged(anchor_body(root, 5));
    AnchoredItem::new(items[2].clone(), 2, &[leaves[3], left, leaves[4]], anchor, state)
}

fn trust() -> Trust {
    Trust::new(vec![signer().key().clone()], vec![], false, None).unwrap()
}

fn verdict(item: &AnchoredItem) -> AnchoredItemReport {
    verify_anchored_item(&item.to_json(), &trust())
}

fn failed(item: &AnchoredItem, check: Check) {
    let report = verdict(item);
    assert_eq!(report.verdict, Verdict::NotVerified, "{report}");
    assert_eq!(report.check(check).unwrap().outcome, Outcome::Failed, "{report}");
}

#[test]
fn an_item_of_an_anchor_in_a_trusted_log_is_verified_and_dated() {
    let report = verdict(&honest());
    assert_eq!(report.verdict, Verdict::Verified, "{report}");
    assert!(report.sentence.contains("2023-11-14"), "{}", report.sentence);
    assert!(report.sentence.contains("identity cards"), "{}", report.sentence);
    assert_eq!(report.basis.state_time, Some(1_700_000_000));
    assert_eq!(report.basis.log.unwrap().index, 2);
    assert_eq!(AnchoredItem::parse(&honest().to_json()), Ok(honest()));
}

#[test]
fn a_log_that_is_not_trusted_leaves_it_open() {
    let nobody = Trust::new(vec![], vec![], false, None).unwrap();
    let report = verify_anchored_item(&honest().to_json(), &nobody);
    assert_eq!(report.verdict, Verdict::Inconclusive, "{report}");
    assert!(report.claims.iter().all(|claim| claim.proven.is_none()));
}

#[test]
fn no_altered_byte_is_verified() {
    let bytes = honest().to_json();
    for at in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 1;
        let report = verify_anchored_item(&altered, &trust());
        assert_ne!(report.verdict, Verdict::Verified, "byte {at}");
    }
}

#[test]
fn another_item_or_place_is_not_among_those_anchored() {
    let mut other = honest();
    other.item = b"ccd".to_vec();
    failed(&other, Check::ItemInclusion);
    for position in [0, 1, 3, 4, 5, u64::MAX] {
        let mut moved = honest();
        moved.position = position;
        failed(&moved, Check::ItemInclusion);
    }
}

/// The bytes of two hashes, or of their node's prefix and them, are an item like any other: no node of the tree is a leaf.
#[test]
fn an_item_whose_bytes_look_like_a_node_is_no_node() {
    let items = items();
    let (leaves, left, right, _, root) = nodes(&items);
    let (anchor, state) = logged(anchor_body(root, 5));
    let inner = [&leaves[2].0[..], &leaves[3].0].concat();
    for item in [inner.clone(), [&[1][..], &inner].concat(), right.0.to_vec()] {
        // As a leaf in the place of node (23), one level up: the count says how long a proof is.
        let shorter = AnchoredItem::new(item.clone(), 1, &[left, leaves[4]], anchor.clone(), state.clone());
        failed(&shorter, Check::ItemInclusion);
        let three = logged(anchor_body(root, 3));
        let posed = AnchoredItem::new(item, 1, &[left, leaves[4]], three.0, three.1);
        failed(&posed, Check::ItemInclusion);
    }
}

#[test]
fn a_root_of_one_item_is_that_items_hash_and_nothing_else() {
    let (anchor, state) = logged(anchor_body(leaf_hash(b"only"), 1));
    let only = AnchoredItem::new(b"only".to_vec(), 0, &[], anchor.clone(), state.clone());
    assert_eq!(verdict(&only).verdict, Verdict::Verified);
    for (item, hashes) in [(&b"other"[..], vec![]), (b"only", vec![empty_root()]), (b"", vec![])] {
        let other = AnchoredItem::new(item.to_vec(), 0, &hashes, anchor.clone(), state.clone());
        failed(&other, Check::ItemInclusion);
    }
}

#[test]
fn an_anchor_that_is_unsigned_elsewhere_or_no_anchor_is_refused() {
    let (_, _, _, _, root) = nodes(&items());
    let other = KeyName::new("other.example/log").unwrap();
    let foreign = Entry::Anchor(Signed::sign(anchor_body(root, 5), &other, &secret()).unwrap()).encode();
    for (entry, check) in [(foreign, Check::AnchorSignature), (state(2), Check::Entries)] {
        let log = vec![vec![0], state(1), entry, state(3)];
        let mut item = honest();
        item.anchor = ProvenEntry::new(log[2].clone(), &proof(&log, 2, &signer()));
        item.state = ProvenEntry::new(log[3].clone(), &proof(&log, 3, &signer()));
        failed(&item, check);
    }
}

#[test]
fn a_state_record_dates_only_what_came_before_it() {
    let (_, _, _, _, root) = nodes(&items());
    let origin = KeyName::new(ORIGIN).unwrap();
    let anchor = Entry::Anchor(Signed::sign(anchor_body(root, 5), &origin, &secret()).unwrap()).encode();
    let log = vec![vec![0], state(1), anchor, state(3), state(5)];
    let proven = |at: usize| ProvenEntry::new(log[at].clone(), &proof(&log, at, &signer()));
    let mut item = honest();
    (item.anchor, item.state) = (proven(2), proven(1));
    failed(&item, Check::LogInclusion);
    // At index 4 stands a record that says it is entry 5.
    item.state = proven(4);
    failed(&item, Check::LogInclusion);
    // Two checkpoints may be of two histories.
    item.state = honest().state;
    failed(&item, Check::CheckpointSignature);
    item.state = proven(3);
    assert_eq!(verdict(&item).verdict, Verdict::Verified);
}

#[test]
fn an_item_over_the_limit_is_refused() {
    let mut large = honest();
    large.item = vec![0; MAX_ITEM_BYTES + 1];
    failed(&large, Check::ItemFormat);
    let bytes = vec![b' '; MAX_ANCHORED_ITEM_BYTES + 1];
    assert_eq!(
        AnchoredItem::parse(&bytes),
        Err(AnchoredItemError::TooLong { bytes: bytes.len() })
    );
}
