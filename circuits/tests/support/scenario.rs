//! Random parties, directories, notes and requests for which both statements hold.

use super::TestRng;
use ark_ff::UniformRand;
use ark_std::rand::{Rng, SeedableRng};
use tradeseal_circuits::receivable::{eligibility, mint, transfer};
use tradeseal_primitives::{
    Fr,
    eddsa::PrivateKey,
    party::{Address, NullifierKey, PartyId, directory_leaf},
    receivable::{
        Acknowledgment, AmountMinor, CurrencyCode, Day, DocumentHash, Flags, NoteRandomness, SaltedFingerprint, Terms,
        TermsHash, UnixSeconds,
    },
    tree::{self, DIRECTORY_DEPTH, MemoryNodes, NOTE_DEPTH, SetTree},
};
use tradeseal_verifier::statement::{DirectoryRoot, EntryDigest, NoteRoot};

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

/// A mint of an acknowledged or unacknowledged receivable, with the secrets to sign it again after a change.
pub struct MintScenario {
    pub supplier: Party,
    pub debtor: Party,
    /// Another enrolled party, which has a copy of the invoice.
    pub rival: Party,
    pub rival_place: mint::Enrolled,
    pub public: mint::Public,
    pub private: mint::Private,
}

fn enrolled(party: &Party, nodes: &MemoryNodes, index: u64) -> mint::Enrolled {
    mint::Enrolled {
        party: party.id,
        key: party.secret.public(),
        address: party.address(),
        path: tree::path::<DIRECTORY_DEPTH, _>(nodes, index).unwrap(),
    }
}

pub fn minting(seed: u64, acknowledged: bool) -> MintScenario {
    let rng = &mut TestRng::seed_from_u64(seed);
    let (supplier, debtor, rival) = (Party::random(rng), Party::random(rng), Party::random(rng));
    let mut nodes = MemoryNodes::default();
    let indices: [u64; 3] = [
        rng.gen_range(0..1000),
        rng.gen_range(1000..2000),
        rng.gen_range(2000..3000),
    ];
    for (party, index) in [&supplier, &debtor, &rival].into_iter().zip(indices) {
        tree::set_leaf::<DIRECTORY_DEPTH, _>(&mut nodes, index, party.leaf()).unwrap();
    }
    let private = mint::Private {
        invoice: mint::Invoice {
            number: Fr::rand(rng),
            issue_day: Day(rng.r#gen()),
            amount: AmountMinor(rng.gen_range(1..=u64::MAX)),
            currency: CurrencyCode(rng.r#gen()),
            due_day: Day(rng.r#gen()),
            debtor: debtor.id,
            document: DocumentHash::from_fr(Fr::rand(rng)),
            other_flags: Flags::from_bits(rng.r#gen::<u16>() & !1),
        },
        salt: Fr::rand(rng),
        randomness: NoteRandomness {
            rho: Fr::rand(rng),
            r: Fr::rand(rng),
        },
        supplier: enrolled(&supplier, &nodes, indices[0]),
        owner_signature: supplier.secret.sign(Fr::rand(rng)),
        acknowledged: acknowledged.then(|| mint::Acknowledged {
            debtor: enrolled(&debtor, &nodes, indices[1]),
            signature: debtor.secret.sign(Fr::rand(rng)),
        }),
    };
    let public = mint::Public {
        commitment: private.note().commitment(),
        directory_root: DirectoryRoot::from_fr(tree::root::<DIRECTORY_DEPTH, _>(&nodes).unwrap()),
        acknowledged,
        digest: EntryDigest::from_fr(Fr::rand(rng)),
    };
    let mut scenario = MintScenario {
        rival_place: enrolled(&rival, &nodes, indices[2]),
        supplier,
        debtor,
        rival,
        public,
        private,
    };
    scenario.acknowledge();
    scenario.reseal();
    scenario
}

impl MintScenario {
    /// What the debtor would sign for the present private inputs.
    pub fn acknowledgment(&self) -> Acknowledgment {
        let invoice = &self.private.invoice;
        Acknowledgment {
            fingerprint: self.private.fingerprint(),
            amount: invoice.amount,
            currency: invoice.currency,
            due_day: invoice.due_day,
            debtor: invoice.debtor,
            first_owner: self.private.supplier.address,
            other_flags: Flags::from_bits(self.private.flags().bits() & !Flags::ACKNOWLEDGED.bits()),
        }
    }

    /// The debtor signs the invoice as it stands.
    pub fn acknowledge(&mut self) {
        let message = self.acknowledgment().message();
        if let Some(acknowledged) = &mut self.private.acknowledged {
            acknowledged.signature = self.debtor.secret.sign(message);
        }
    }

    /// The commitment and the supplier's signature follow the private inputs, as an attacking supplier would have them.
    pub fn reseal(&mut self) {
        self.public.commitment = self.private.note().commitment();
        let message = mint::signed_message(self.public.digest, self.public.commitment);
        self.private.owner_signature = self.supplier.secret.sign(message);
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
}

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
        },
        randomness: NoteRandomness {
            rho: Fr::rand(rng),
            r: Fr::rand(rng),
        },
        owner_key: owner.secret.public(),
        nullifier_key: owner.nullifier_key.clone(),
        entry_time: UnixSeconds(rng.r#gen()),
        note_path: tree::path::<NOTE_DEPTH, _>(&nodes, index).unwrap(),
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
