//! `receivable/transfer/v1`: the owner of one or two notes of a receivable replaces them by four of the same sum.
//!
//! In scope: `docs/protocol.md` section 3.3: split, join, payment, settlement. Out of scope: that the inputs are unspent and unlocked, and that
//! recipients learn of their notes; the ledger's entry does both.
//! An attacker who finds a gap here makes money.

use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{
    Fr,
    eddsa::{PublicKey, Signature},
    hash::Domain,
    party::{Address, NullifierKey},
    receivable::{AmountMinor, Commitment, Note, NoteRandomness, Nullifier, TermsHash, UnixSeconds},
    tree::{MerklePath, NOTE_DEPTH, Siblings},
};
use tradeseal_verifier::statement::{EntryDigest, NoteRoot, StatementId, receivable::transfer};

use super::mint::{blank_key, blank_signature};
use crate::{
    circuit::{Circuit, Wire},
    gadget::{
        eddsa, merkle, poseidon, range,
        receivable::{self as formula, AMOUNT_BITS},
    },
    statement::{Statement, ensure},
};

pub use transfer::Public;

/// The statement.
#[derive(Debug)]
pub struct Transfer;

/// An input: a note of the owner's, or a dummy of amount 0.
pub struct Input {
    /// Amount; 0 makes it a dummy, whose path and time mean nothing.
    pub amount: AmountMinor,
    /// What hides the note.
    pub randomness: NoteRandomness,
    /// The ledger's time of the note's entry.
    pub entry_time: UnixSeconds,
    /// Where the note is.
    pub path: MerklePath<NOTE_DEPTH>,
}

/// An output: a note for someone, perhaps of amount 0.
pub struct Output {
    /// Amount.
    pub amount: AmountMinor,
    /// For whom.
    pub owner: Address,
    /// What hides the note.
    pub randomness: NoteRandomness,
}

/// Private inputs; secrets are wiped when dropped, and nothing of this is ever printed.
pub struct Private {
    /// The receivable that all notes belong to.
    pub terms: TermsHash,
    /// The inputs' owner.
    pub owner_key: PublicKey,
    /// The owner's nullifier key.
    pub nullifier_key: NullifierKey,
    /// The inputs.
    pub inputs: [Input; 2],
    /// The outputs.
    pub outputs: [Output; 4],
    /// The owner's signature over the digest.
    pub signature: Signature,
}

/// Which condition of the native check fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// A real input is in no such tree.
    #[error("input {input} is not in the tree of the note root")]
    InputNotInTree {
        /// 1 or 2.
        input: usize,
    },
    /// A nullifier is another note's.
    #[error("nullifier {input} is not that of its input")]
    Nullifier {
        /// 1 or 2.
        input: usize,
    },
    /// One note as both inputs.
    #[error("both inputs are the same note")]
    SameInput,
    /// A commitment is another note's.
    #[error("commitment {output} is not that of its output")]
    Commitment {
        /// 1 to 4.
        output: usize,
    },
    /// Value was made or lost.
    #[error("the outputs' sum is not the inputs'")]
    Unbalanced,
    /// The owner did not sign this.
    #[error("the owner's signature does not verify for this transfer")]
    Signature,
}

impl Private {
    /// The owner's address.
    pub fn owner(&self) -> Address {
        Address::derive(&self.owner_key, &self.nullifier_key)
    }

    /// The inputs' commitments.
    pub fn input_commitments(&self) -> [Commitment; 2] {
        let owner = self.owner();
        self.inputs.each_ref().map(|input| {
            let randomness = input.randomness.clone();
            Note {
                amount: input.amount,
                terms: self.terms,
                owner,
                randomness,
            }
            .commitment()
        })
    }

    /// The outputs' commitments.
    pub fn output_commitments(&self) -> [Commitment; 4] {
        self.outputs.each_ref().map(|output| {
            let (owner, randomness) = (output.owner, output.randomness.clone());
            Note {
                amount: output.amount,
                terms: self.terms,
                owner,
                randomness,
            }
            .commitment()
        })
    }

    /// The nullifiers.
    pub fn nullifiers(&self) -> [Nullifier; 2] {
        self.input_commitments()
            .map(|commitment| commitment.nullifier(&self.nullifier_key))
    }

    fn is_balanced(&self) -> bool {
        let sum = |amounts: &mut dyn Iterator<Item = AmountMinor>| amounts.map(|a| u128::from(a.0)).sum::<u128>();
        sum(&mut self.inputs.iter().map(|input| input.amount))
            == sum(&mut self.outputs.iter().map(|output| output.amount))
    }
}

impl Statement for Transfer {
    const ID: StatementId = StatementId::RECEIVABLE_TRANSFER_V1;
    type Public = Public;
    type Private = Private;
    type Violation = Violation;

    fn rows(public: &Public) -> Vec<Fr> {
        public.rows().to_vec()
    }

    fn check(public: &Public, private: &Private) -> Result<(), Violation> {
        let commitments = private.input_commitments();
        for ((number, input), commitment) in (1..).zip(&private.inputs).zip(commitments) {
            let root = input.path.root(commitment.leaf(input.entry_time));
            let known = input.amount.0 == 0 || root == public.note_root.to_fr();
            ensure(known, Violation::InputNotInTree { input: number })?;
        }
        for ((input, given), own) in (1..).zip(public.nullifiers).zip(private.nullifiers()) {
            ensure(given == own, Violation::Nullifier { input })?;
        }
        ensure(public.nullifiers[0] != public.nullifiers[1], Violation::SameInput)?;
        for ((output, given), own) in (1..).zip(public.commitments).zip(private.output_commitments()) {
            ensure(given == own, Violation::Commitment { output })?;
        }
        ensure(private.is_balanced(), Violation::Unbalanced)?;
        private
            .owner_key
            .verify(public.digest.to_fr(), &private.signature)
            .map_err(|_| Violation::Signature)
    }

    fn blank() -> (Public, Private) {
        let zero = Fr::from(0u64);
        let public = Public {
            note_root: NoteRoot::from_fr(zero),
            nullifiers: [Nullifier::from_fr(zero); 2],
            commitments: [Commitment::from_fr(zero); 4],
            digest: EntryDigest::from_fr(zero),
        };
        (public, blank_private())
    }

    fn constrain(circuit: &mut Circuit, public: &Public, private: &Private) -> Result<(), SynthesisError> {
        circuit.section("public rows");
        let rows = Transfer::rows(public)
            .into_iter()
            .map(|row| circuit.public(row))
            .collect::<Result<Vec<_>, SynthesisError>>()?;
        let (root, nullifiers, commitments, digest) = (&rows[0], &rows[1..3], &rows[3..7], &rows[7]);
        circuit.section("owner");
        let terms = circuit.private(private.terms.to_fr())?;
        let key = eddsa::private_key_point(circuit, &private.owner_key)?;
        let nullifier_key = circuit.private(private.nullifier_key.expose())?;
        let owner = poseidon::hash(circuit, Domain::ADDRESS, &[&key.x, &key.y, &nullifier_key])?;
        let mut balance = Wire::zero();
        for (input, nullifier) in private.inputs.iter().zip(nullifiers) {
            circuit.section("input");
            let amount = constrain_input(circuit, input, [&terms, &owner, &nullifier_key, nullifier, root])?;
            balance = &balance + &amount;
        }
        circuit.nonzero(&(&nullifiers[0] - &nullifiers[1]))?;
        for (output, commitment) in private.outputs.iter().zip(commitments) {
            circuit.section("output");
            let amount = constrain_output(circuit, output, [&terms, commitment])?;
            balance = &balance - &amount;
        }
        circuit.section("balance");
        circuit.equal(&balance, &Wire::zero())?;
        circuit.section("owner's signature");
        eddsa::verify(circuit, &key, digest, &private.signature)
    }
}

/// The input's commitment, in the tree unless its amount is 0, and its nullifier. Returns the amount, which needs no range check here: a
/// note with a positive amount is in the tree, and what put it there checked.
fn constrain_input(
    circuit: &mut Circuit,
    input: &Input,
    [terms, owner, nullifier_key, nullifier, root]: [&Wire; 5],
) -> Result<Wire, SynthesisError> {
    let amount = circuit.private(Fr::from(input.amount.0))?;
    let commitment = formula::commitment(circuit, &amount, terms, owner, &input.randomness)?;
    let computed = poseidon::hash(circuit, Domain::NULLIFIER, &[nullifier_key, &commitment])?;
    circuit.equal(&computed, nullifier)?;
    let entry_time = circuit.private(Fr::from(input.entry_time.0))?;
    let leaf = poseidon::hash(circuit, Domain::NOTE_LEAF, &[&commitment, &entry_time])?;
    let path_root = merkle::root(circuit, &leaf, &input.path)?;
    circuit.enforce(&(&path_root - root), &amount, &Wire::zero())?;
    Ok(amount)
}

/// The output's commitment, of an amount of 64 bits: four of them cannot wrap the field. Returns the amount.
fn constrain_output(
    circuit: &mut Circuit,
    output: &Output,
    [terms, commitment]: [&Wire; 2],
) -> Result<Wire, SynthesisError> {
    let amount = circuit.private(Fr::from(output.amount.0))?;
    range::bits_le(circuit, &amount, AMOUNT_BITS)?;
    let owner = circuit.private(output.owner.to_fr())?;
    let computed = formula::commitment(circuit, &amount, terms, &owner, &output.randomness)?;
    circuit.equal(&computed, commitment)?;
    Ok(amount)
}

fn blank_private() -> Private {
    let zero = Fr::from(0u64);
    let input = || {
        let Some(path) = MerklePath::new(0, [Siblings::default(); NOTE_DEPTH]) else {
            unreachable!("index 0 is in every tree")
        };
        let randomness = NoteRandomness { rho: zero, r: zero };
        Input {
            amount: AmountMinor(0),
            randomness,
            entry_time: UnixSeconds(0),
            path,
        }
    };
    let output = || Output {
        amount: AmountMinor(0),
        owner: Address::from_fr(zero),
        randomness: NoteRandomness { rho: zero, r: zero },
    };
    Private {
        terms: TermsHash::from_fr(zero),
        owner_key: blank_key(),
        nullifier_key: NullifierKey::from_fr(zero),
        inputs: [input(), input()],
        outputs: [output(), output(), output(), output()],
        signature: blank_signature(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_std::rand::{Rng, SeedableRng, rngs::StdRng};

    fn set_amounts(private: &mut Private, inputs: [u64; 2], outputs: [u64; 4]) {
        for (input, amount) in private.inputs.iter_mut().zip(inputs) {
            input.amount = AmountMinor(amount);
        }
        for (output, amount) in private.outputs.iter_mut().zip(outputs) {
            output.amount = AmountMinor(amount);
        }
    }

    /// The circuit's balance: one equation in the field.
    fn balances_in_the_field(inputs: [u64; 2], outputs: [u64; 4]) -> bool {
        inputs.map(Fr::from).iter().sum::<Fr>() == outputs.map(Fr::from).iter().sum::<Fr>()
    }

    #[test]
    fn integers_of_64_bits_balance_exactly_where_they_do_in_the_field() {
        let rng = &mut StdRng::seed_from_u64(1);
        let (mut private, mut balanced) = (blank_private(), 0);
        for case in 0..100_000 {
            let near_border = |rng: &mut StdRng| match rng.gen_range(0..4) {
                0 => u64::MAX - rng.gen_range(0..4),
                1 => rng.gen_range(0..4),
                2 => (1 << 63) - 2 + rng.gen_range(0..4),
                _ => rng.r#gen::<u64>() >> rng.gen_range(0..64),
            };
            let mut outputs = [0; 4].map(|_: u64| near_border(rng));
            let total: u128 = outputs.iter().map(|a| u128::from(*a)).sum();
            let most = u128::from(u64::MAX);
            let largest = total.min(most);
            let first = if rng.r#gen() {
                largest
            } else {
                rng.gen_range(0..=largest)
            };
            let narrow = |amount: u128| u64::try_from(amount.min(most)).unwrap();
            let inputs = [narrow(first), narrow(total - first)];
            if case % 2 == 0 {
                let output = &mut outputs[rng.gen_range(0..4)];
                *output = output.wrapping_add(1 << rng.gen_range(0..64));
            }
            set_amounts(&mut private, inputs, outputs);
            assert_eq!(
                private.is_balanced(),
                balances_in_the_field(inputs, outputs),
                "{inputs:?} into {outputs:?}"
            );
            balanced += usize::from(private.is_balanced());
        }
        assert!((10_000..60_000).contains(&balanced), "{balanced} of either kind");
    }
}
