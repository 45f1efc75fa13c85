//! `receivable/transfer/v1`: two notes of one owner in the tree, made into four.

use ark_ff::UniformRand;
use ark_std::rand::RngCore;
use tradeseal_primitives::{
    Fr,
    receivable::{AmountMinor, TermsHash, UnixSeconds},
    tree::{self, MemoryNodes, NOTE_DEPTH},
};
use tradeseal_verifier::statement::{EntryDigest, NoteRoot};

use super::{Party, SampleRng, Sampled, note_randomness};
use crate::receivable::transfer::{Input, Output, Private, Public, Transfer};

const INPUTS: [u64; 2] = [70_000_000, 30_000_000];
const OUTPUTS: [u64; 4] = [60_000_000, 25_000_000, 15_000_000, 0];

impl Sampled for Transfer {
    fn sample(rng: &mut SampleRng) -> (Public, Private) {
        let owner = Party::random(rng);
        let mut notes = MemoryNodes::default();
        let no_path = tree::path::<NOTE_DEPTH, _>(&notes, 0).expect("memory can be read");
        let mut private = Private {
            terms: TermsHash::from_fr(Fr::rand(rng)),
            owner_key: owner.spending_key.public(),
            nullifier_key: owner.nullifier_key.clone(),
            inputs: INPUTS.map(|amount| Input {
                amount: AmountMinor(amount),
                randomness: note_randomness(rng),
                entry_time: UnixSeconds(rng.next_u64()),
                path: no_path.clone(),
            }),
            outputs: OUTPUTS.map(|amount| Output {
                amount: AmountMinor(amount),
                owner: Party::random(rng).address(),
                randomness: note_randomness(rng),
            }),
            signature: owner.spending_key.sign(Fr::from(0u64)),
        };
        for ((index, commitment), input) in (0..).zip(private.input_commitments()).zip(&private.inputs) {
            let leaf = commitment.leaf(input.entry_time);
            tree::set_leaf::<NOTE_DEPTH, _>(&mut notes, index, leaf).expect("memory can be written");
        }
        for (index, input) in (0..).zip(&mut private.inputs) {
            input.path = tree::path::<NOTE_DEPTH, _>(&notes, index).expect("memory can be read");
        }
        let root = tree::root::<NOTE_DEPTH, _>(&notes).expect("memory can be read");
        let public = Public {
            note_root: NoteRoot::from_fr(root),
            nullifiers: private.nullifiers(),
            commitments: private.output_commitments(),
            digest: EntryDigest::from_fr(Fr::rand(rng)),
        };
        private.signature = owner.spending_key.sign(public.digest.to_fr());
        (public, private)
    }
}
