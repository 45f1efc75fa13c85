//! Random parties, notes and requests for which statements about existing notes hold.

use super::{TestRng, dilution};
use ark_ff::UniformRand;
use ark_std::rand::{Rng, SeedableRng};
use tradeseal_circuits::receivable::{eligibility, transfer};
use tradeseal_primitives::{
    Fr,
    eddsa::PrivateKey,
    party::{Address, NullifierKey, PartyId, directory_leaf},
    receivable::{
        AmountMinor, CurrencyCode, Day, DocumentHash, Flags, NoteRandomness, SaltedFingerprint, Terms, TermsHash,
        UnixSeconds,
    },
    tree::{
        self, MemoryNodes, NOTE_DEPTH, SetTree,
        dilution::{MemoryDilutions, lookup},
    },
};
use tradeseal_verifier::statement::{DilutionRoot, EntryDigest, NoteRoot};

pub struct Party {
    pub secret: PrivateKey,
    pub nullifier_key: NullifierKey,
    pub id: PartyId,
}

impl Party {
    pub fn random(rng: &mut TestRng) -> Self {
        Self {
            secret: PrivateKey::from_bytes(rng.r#gen()),
            nullifier_key: NullifierKey::from_fr(Fr::rand(rng)),
            id: PartyId::from_fr(Fr::rand(rng)),
        }
    }

    pub fn address(&self) -> Address {
        Address::derive(&self.secret.public(), &self.nullifier_key)
    }

    pub fn leaf(&self) -> Fr {
        directory_leaf(self.id, &self.secret.public(), self.address())
    }
}

/// An eligible note with its owner and a request that it meets.
pub struct EligibilityScenario {
    pub owner: Party,
    pub approved: SetTree,
    pub public: eligibility::Public,
    pub private: eligibility::Private,
    pub nodes: MemoryNodes,
    pub index: u64,
    pub dilutions: MemoryDilutions,
}

/// Nothing of the receivable is diluted.
pub fn eligible(seed: u64) -> EligibilityScenario {
    let rng = &mut TestRng::seed_from_u64(seed);
    let owner = Party::random(rng);
    let debtor = PartyId::from_fr(Fr::rand(rng));
    let mut members: Vec<Fr> = (0..rng.gen_range(0..30)).map(|_| Fr::rand(rng)).collect();
    members.push(debtor.to_fr());
    let approved = SetTree::new(members).unwrap();
    let (due, min) = (rng.gen_range(10..u32::MAX - 10), rng.gen_range(1..u64::MAX));
    let currency = CurrencyCode(rng.r#gen());
    let flags: u16 = rng.r#gen();
    let mut nodes = MemoryNodes::default();
    let index = rng.gen_range(0..1 << 32);
    tree::set_leaf::<NOTE_DEPTH, _>(&mut nodes, index ^ 1, Fr::rand(rng)).unwrap();
    let number = dilution::number(rng.r#gen());
    let dilutions = dilution::dilutions_of_others(rng, number);
    let private = eligibility::Private {
        amount: AmountMinor(rng.gen_range(min..=u64::MAX)),
        terms: Terms {
            currency,
            due_day: Day(due),
            debtor,
            creditor: PartyId::from_fr(Fr::rand(rng)),
            document: DocumentHash::from_fr(Fr::rand(rng)),
            receivable: SaltedFingerprint::from_fr(Fr::rand(rng)),
            flags: Flags::from_bits(flags),
            number,
        },
        randomness: NoteRandomness {
            rho: Fr::rand(rng),
            r: Fr::rand(rng),
        },
        owner_key: owner.secret.public(),
        nullifier_key: owner.nullifier_key.clone(),
        entry_time: UnixSeconds(rng.r#gen()),
        note_path: tree::path::<NOTE_DEPTH, _>(&nodes, index).unwrap(),
        dilution: lookup(&dilutions, number).unwrap(),
        request: eligibility::RequestInputs {
            currency,
            min_amount: AmountMinor(min),
            due_from: Day(due - rng.gen_range(0..10)),
            due_to: Day(due + rng.gen_range(0..10)),
            approved_debtors_root: approved.root(),
            required_flags: Flags::from_bits(flags & rng.r#gen::<u16>()),
            forbidden_flags: Flags::from_bits(!flags & rng.r#gen::<u16>()),
            context: Fr::rand(rng),
            verifier_key: Fr::rand(rng),
            lock_until: UnixSeconds(rng.r#gen()),
        },
        debtor_path: approved.path(debtor.to_fr()).unwrap(),
        signature: owner.secret.sign(Fr::rand(rng)),
    };
    let public = eligibility::Public {
        note_root: NoteRoot::from_fr(Fr::rand(rng)),
        dilution_root: DilutionRoot::from_fr(dilutions.root()),
        nullifier: private.note().commitment().nullifier(&owner.nullifier_key),
        request_digest: private.request.digest(),
    };
    let mut scenario = EligibilityScenario {
        owner,
        approved,
        public,
        private,
        nodes,
        index,
        dilutions,
    };
    scenario.reseal();
    scenario
}

impl EligibilityScenario {
    /// The note is minted as it stands, the request asked as it stands, and the owner signs: what an honest ledger and owner would do.
    pub fn reseal(&mut self) {
        let commitment = self.private.note().commitment();
        let leaf = commitment.leaf(self.private.entry_time);
        let root = tree::set_leaf::<NOTE_DEPTH, _>(&mut self.nodes, self.index, leaf).unwrap();
        self.private.note_path = tree::path::<NOTE_DEPTH, _>(&self.nodes, self.index).unwrap();
        self.public.note_root = NoteRoot::from_fr(root);
        self.private.dilution = lookup(&self.dilutions, self.private.terms.number).unwrap();
        self.public.dilution_root = DilutionRoot::from_fr(self.dilutions.root());
        self.public.nullifier = commitment.nullifier(&self.private.nullifier_key);
        self.public.request_digest = self.private.request.digest();
        self.sign();
    }

    /// The owner signs the public rows as they stand.
    pub fn sign(&mut self) {
        let message = eligibility::signed_message(self.public.request_digest, self.public.nullifier);
        self.private.signature = self.owner.secret.sign(message);
    }
}

/// A transfer of one or two notes into four, with what is needed to seal it again after a change.
pub struct TransferScenario {
    pub owner: Party,
    pub public: transfer::Public,
    pub private: transfer::Private,
    pub nodes: MemoryNodes,
    pub indices: [u64; 2],
}

fn randomness(rng: &mut TestRng) -> NoteRandomness {
    NoteRandomness {
        rho: Fr::rand(rng),
        r: Fr::rand(rng),
    }
}

/// Inputs of these amounts (0 is a dummy) split at random.
pub fn transferring(seed: u64, amounts: [u64; 2]) -> TransferScenario {
    let rng = &mut TestRng::seed_from_u64(seed);
    let owner = Party::random(rng);
    let nodes = MemoryNodes::default();
    let indices = [rng.gen_range(0..1 << 31), rng.gen_range(1 << 31..1 << 32)];
    let total = u128::from(amounts[0]) + u128::from(amounts[1]);
    let most = |left: u128| u64::try_from(left).unwrap_or(u64::MAX);
    let first = rng.gen_range(0..=most(total / 2));
    let second = most((total - u128::from(first)) / 2);
    let third = most(total - u128::from(first) - u128::from(second));
    let fourth = most(total - u128::from(first) - u128::from(second) - u128::from(third));
    let private = transfer::Private {
        terms: TermsHash::from_fr(Fr::rand(rng)),
        owner_key: owner.secret.public(),
        nullifier_key: owner.nullifier_key.clone(),
        inputs: [0, 1].map(|i| transfer::Input {
            amount: AmountMinor(amounts[i]),
            randomness: randomness(rng),
            entry_time: UnixSeconds(rng.r#gen()),
            path: tree::path::<NOTE_DEPTH, _>(&nodes, indices[i]).unwrap(),
        }),
        outputs: [first, second, third, fourth].map(|amount| transfer::Output {
            amount: AmountMinor(amount),
            owner: Party::random(rng).address(),
            randomness: randomness(rng),
        }),
        signature: owner.secret.sign(Fr::rand(rng)),
    };
    let public = transfer::Public {
        note_root: NoteRoot::from_fr(Fr::rand(rng)),
        nullifiers: private.nullifiers(),
        commitments: private.output_commitments(),
        digest: EntryDigest::from_fr(Fr::rand(rng)),
    };
    let mut scenario = TransferScenario {
        owner,
        public,
        private,
        nodes,
        indices,
    };
    scenario.reseal();
    scenario
}

impl TransferScenario {
    /// The inputs with an amount are on the ledger, the rows follow the private inputs, and the owner signs.
    pub fn reseal(&mut self) {
        let commitments = self.private.input_commitments();
        for ((input, commitment), index) in self.private.inputs.iter().zip(commitments).zip(self.indices) {
            if input.amount.0 > 0 {
                let leaf = commitment.leaf(input.entry_time);
                tree::set_leaf::<NOTE_DEPTH, _>(&mut self.nodes, index, leaf).unwrap();
            }
        }
        for (input, index) in self.private.inputs.iter_mut().zip(self.indices) {
            input.path = tree::path::<NOTE_DEPTH, _>(&self.nodes, index).unwrap();
        }
        self.public.note_root = NoteRoot::from_fr(tree::root::<NOTE_DEPTH, _>(&self.nodes).unwrap());
        self.public.nullifiers = self.private.nullifiers();
        self.public.commitments = self.private.output_commitments();
        self.private.signature = self.owner.secret.sign(self.public.digest.to_fr());
    }
}
