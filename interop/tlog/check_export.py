"""Reads an exported log with aics-tlog, another implementation of the C2SP specifications, and nothing of ours.

Checks the checkpoint's signature and cosignatures, every tile and entry bundle against its root, and an inclusion and a
consistency proof made from the tiles. Prints one line of JSON; exits with 1 and the reason if anything does not hold.
"""

import argparse
import json
import pathlib
import sys

import aics_tlog as tlog


def check(folder, log_key, witness_keys):
    note = tlog.parse_note((folder / "checkpoint").read_text())
    keys = [tlog.parse_vkey(key) for key in witness_keys]
    policy = tlog.WitnessPolicy(quorum=len(keys), witnesses=tuple(keys)) if keys else None
    verdict = tlog.verify_checkpoint(note, tlog.parse_vkey(log_key), policy=policy)
    if not verdict.ok:
        raise ValueError(f"checkpoint: {verdict.error}")
    checkpoint = tlog.parse_checkpoint(note.text)
    size, root = checkpoint.size, checkpoint.root
    files = tlog.FileSystemTileReader(folder)
    tlog.audit_tiles(files, size, root, entries=True)
    reader = tlog.VerifiedTileReader(files, size, root)
    middle = size // 2
    leaf = tlog.leaf_hash(tlog.read_entry(reader, middle, size))
    inclusion = tlog.inclusion_proof_from_tiles(reader, middle, size)
    if not tlog.verify_inclusion(leaf, middle, size, inclusion, root):
        raise ValueError(f"entry {middle} has no inclusion proof")
    old_root = tlog.tree_root_from_tiles(reader, middle, size)
    consistency = tlog.consistency_proof_from_tiles(reader, middle, size)
    if not tlog.verify_consistency(middle, size, old_root, root, consistency):
        raise ValueError(f"sizes {middle} and {size} are not consistent")
    return {"origin": checkpoint.origin, "size": size, "root": root.hex(), "cosigned": len(keys)}


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--log", required=True, help="verifier key of the log")
    arguments.add_argument("--witness", action="append", default=[], help="verifier key of a log witness that must have cosigned")
    given = arguments.parse_args()
    try:
        print(json.dumps(check(given.folder, given.log, given.witness)))
    except (ValueError, OSError, tlog.TileMissingError, tlog.TileVerificationError) as cause:
        sys.exit(f"{type(cause).__name__}: {cause}")


if __name__ == "__main__":
    main()
