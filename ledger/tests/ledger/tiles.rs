//! Tiles, entry bundles and the export, read the way a client of tlog-tiles reads them.

use crate::fixture::*;
use std::path::Path;
use tradeseal_ledger::log_tree::{TileCoordinate, TileError, TileKind, tiles_of};
use tradeseal_ledger::view::QueryError;
use tradeseal_verifier::log::{LogHash, SignedCheckpoint, leaf_hash, node_hash};

/// 2 + 300 entries: one full tile, then a partial one.
fn world_of_two_tiles() -> World {
    let world = World::new();
    std::thread::scope(|scope| {
        for thread in 0..4u64 {
            let ledger = &world.ledger;
            scope.spawn(move || (0..75).for_each(|n| drop(ledger.submit(enrol(thread * 100 + n, 0)).unwrap())));
        }
    });
    world
}

/// The entries of a bundle.
fn unbundle(mut bundle: &[u8]) -> Vec<Vec<u8>> {
    let mut entries = vec![];
    while let Some((length, rest)) = bundle.split_first_chunk::<2>() {
        let (entry, rest) = rest.split_at(usize::from(u16::from_be_bytes(*length)));
        entries.push(entry.to_vec());
        bundle = rest;
    }
    entries
}

fn root(hashes: &[LogHash]) -> LogHash {
    match hashes {
        [hash] => *hash,
        _ => {
            let (left, right) = hashes.split_at(hashes.len().next_power_of_two() / 2);
            node_hash(&root(left), &root(right))
        }
    }
}

/// Reads an exported log with nothing but its files: checkpoint, bundles, tiles.
fn read_export(directory: &Path, world: &World) -> Vec<Vec<u8>> {
    let text = std::fs::read_to_string(directory.join("checkpoint")).unwrap();
    let checkpoint = SignedCheckpoint::parse(&text)
        .unwrap()
        .verify(&world.keys())
        .unwrap()
        .clone();
    let size = checkpoint.size();
    let (mut entries, mut leaves) = (vec![], vec![]);
    for index in 0..size.div_ceil(256) {
        let width = 256.min(size - 256 * index);
        let suffix = if width < 256 {
            format!("{index:03}.p/{width}")
        } else {
            format!("{index:03}")
        };
        entries.extend(unbundle(
            &std::fs::read(directory.join("tile/entries").join(&suffix)).unwrap(),
        ));
        let tile = std::fs::read(directory.join("tile/0").join(&suffix)).unwrap();
        leaves.extend(tile.chunks(32).map(|hash| LogHash(hash.try_into().unwrap())));
    }
    assert_eq!(leaves, entries.iter().map(|entry| leaf_hash(entry)).collect::<Vec<_>>());
    assert_eq!(root(&leaves), *checkpoint.root());
    let full = usize::try_from(size / 256).unwrap();
    let level1 = std::fs::read(directory.join(format!("tile/1/000.p/{full}"))).unwrap();
    assert_eq!(level1.len(), 32 * full);
    assert_eq!(level1[..32], root(&leaves[..256]).0);
    entries
}

#[test]
fn an_exported_log_is_whole_and_agrees_with_its_checkpoint() {
    let world = world_of_two_tiles();
    let directory = world.directory.path().join("export");
    let view = world.ledger.view().unwrap();
    assert!(view.size() > 300);
    view.export(&directory).unwrap();
    let entries = read_export(&directory, &world);
    assert_eq!(entries.len() as u64, view.size());
    assert!(
        (0..)
            .zip(&entries)
            .all(|(index, entry)| view.entry(index).unwrap().bytes == *entry)
    );

    assert_eq!(
        view.export(&directory).unwrap(),
        1,
        "only the checkpoint is written again"
    );
    world.accept(enrol(999, 0));
    world.ledger.view().unwrap().export(&directory).unwrap();
    assert_eq!(read_export(&directory, &world).len(), entries.len() + 2);
}

#[test]
fn an_export_never_replaces_a_tile_by_another_logs() {
    let (world, other) = (World::new(), World::new());
    let directory = world.directory.path().join("export");
    world.accept(enrol(1, 0));
    other.accept(enrol(2, 0));
    world.ledger.view().unwrap().export(&directory).unwrap();
    let refused = other.ledger.view().unwrap().export(&directory);
    assert!(matches!(refused, Err(QueryError::ExportDiffers { .. })), "{refused:?}");
    read_small_export(&directory, &world);
}

fn read_small_export(directory: &Path, world: &World) {
    let text = std::fs::read_to_string(directory.join("checkpoint")).unwrap();
    assert_eq!(text, world.ledger.view().unwrap().checkpoint().to_string());
}

#[test]
fn a_tile_beyond_the_log_is_absent() {
    let world = World::new();
    let view = world.ledger.view().unwrap();
    let tile = |path: &str| view.tile(&path.parse().unwrap());
    assert_eq!(tile("tile/0/000.p/2").unwrap().len(), 64);
    assert_eq!(tile("tile/0/000.p/1").unwrap(), tile("tile/0/000.p/2").unwrap()[..32]);
    for path in [
        "tile/0/000.p/3",
        "tile/0/000",
        "tile/0/001.p/1",
        "tile/1/000.p/1",
        "tile/entries/000.p/3",
    ] {
        assert_eq!(
            tile(path),
            Err(QueryError::Tile(TileError::Absent { size: 2 })),
            "{path}"
        );
    }
}

#[test]
fn a_log_of_70000_entries_has_the_tiles_that_the_specification_says() {
    let hashes: Vec<String> = tiles_of(0, 70_000)
        .filter(|tile| matches!(tile.kind(), TileKind::Hashes { .. }))
        .map(|tile| tile.to_string())
        .collect();
    let level = |level: u32| {
        hashes
            .iter()
            .filter(|path| path.starts_with(&format!("tile/{level}/")))
            .collect::<Vec<_>>()
    };
    assert_eq!(level(0).len(), 274);
    assert_eq!(level(0)[272..], ["tile/0/272", "tile/0/273.p/112"]);
    assert_eq!(level(1), ["tile/1/000", "tile/1/001.p/17"]);
    assert_eq!(level(2), ["tile/2/000.p/1"]);
    assert!(level(3).is_empty());
    let paths = |old, new| tiles_of(old, new).map(|tile| tile.to_string()).collect::<Vec<_>>();
    assert_eq!(paths(0, 256), ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]);
    assert_eq!(paths(256, 258), ["tile/0/001.p/2", "tile/entries/001.p/2"]);
    assert_eq!(paths(258, 512), ["tile/0/001", "tile/1/000.p/2", "tile/entries/001"]);
    assert!(paths(512, 512).is_empty());
}

#[test]
fn a_tile_has_one_path() {
    for (path, index) in [
        ("tile/0/000", 0),
        ("tile/3/x001/x234/067", 1_234_067),
        ("tile/0/x001/000", 1000),
    ] {
        let tile: TileCoordinate = path.parse().unwrap();
        assert_eq!(tile.to_string(), path);
        assert_eq!(tile.positions(), 256 * index..256 * index + 256);
    }
    assert_eq!(
        "tile/entries/001.p/9".parse::<TileCoordinate>().unwrap().positions(),
        256..265
    );
    for path in [
        "",
        "tile/0",
        "tile/0/0",
        "tile/00/000",
        "tile/8/000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/1000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/-1/000",
        "/tile/0/000",
        "tile/data/000",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
    ] {
        assert_eq!(path.parse::<TileCoordinate>(), Err(TileError::Path), "{path}");
    }
}
