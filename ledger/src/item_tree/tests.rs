use super::*;
use tradeseal_verifier::log::{LogHash, leaf_hash, verify_inclusion};

fn leaf(number: u64) -> LogHash {
    leaf_hash(&number.to_be_bytes())
}

fn tree(folder: &Path, count: u64) -> ItemTree {
    let mut writer = ItemTreeWriter::create(folder).unwrap();
    (0..count).for_each(|number| writer.push(leaf(number)).unwrap());
    writer.finish().unwrap()
}

/// Sizes around every border of chunks and levels; the verifier, which knows nothing of chunks, is the judge.
#[test]
fn every_item_is_proven_to_the_root_whatever_the_number_of_items() {
    for count in [
        1, 2, 3, 5, 255, 256, 257, 511, 512, 513, 1000, 65_535, 65_536, 65_537, 70_000,
    ] {
        let folder = tempfile::tempdir().unwrap();
        let made = tree(folder.path(), count);
        let root = made.root().unwrap();
        let tree = ItemTree::open(folder.path()).unwrap();
        let step = usize::try_from(1 + count / 300).unwrap();
        for position in (0..count).step_by(step).chain([count - 1]) {
            let path = tree.prove(position).unwrap();
            assert_eq!(
                verify_inclusion(leaf(position), position, count, &path, &root),
                Ok(()),
                "item {position} of {count}"
            );
            assert!(verify_inclusion(leaf(count), position, count, &path, &root).is_err());
        }
        assert!(matches!(tree.prove(count), Err(ItemTreeError::NoItem { .. })));
    }
}

#[test]
fn an_item_is_found_by_its_hash() {
    let folder = tempfile::tempdir().unwrap();
    let tree = tree(folder.path(), 700);
    for position in [0, 1, 255, 256, 699] {
        assert_eq!(tree.find(&leaf(position)).unwrap(), Some(position));
    }
    assert_eq!(tree.find(&leaf(700)).unwrap(), None);
}

#[test]
fn no_items_make_no_tree_and_a_cut_file_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let writer = ItemTreeWriter::create(folder.path()).unwrap();
    assert!(matches!(writer.finish(), Err(ItemTreeError::Empty)));

    let folder = tempfile::tempdir().unwrap();
    tree(folder.path(), 700);
    assert!(matches!(
        ItemTreeWriter::create(folder.path()),
        Err(ItemTreeError::File { .. })
    ));
    let file = std::fs::OpenOptions::new()
        .write(true)
        .open(folder.path().join("level-0"));
    file.unwrap().set_len(32 * 300).unwrap();
    assert!(matches!(
        ItemTree::open(folder.path()),
        Err(ItemTreeError::Damaged { .. })
    ));
}
