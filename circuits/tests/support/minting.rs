//! Random invoices, directories and registries for which a mint holds.

use super::{TestRng, scenario::Party};
use ark_ff::UniformRand;
use ark_std::rand::{Rng, SeedableRng};
use tradeseal_circuits::receivable::mint;
use tradeseal_primitives::{
    Fr,
    duplicate_tag::{Blinding, EvaluatedPoint, RegistryKey, blind},
    receivable::{
        Acknowledgment, AmountMinor, CurrencyCode, Day, DilutionRight, DocumentHash, Flags, NoteRandomness,
        ReceivableNumber,
    },
    tree::{self, DIRECTORY_DEPTH, MemoryNodes},
};
use tradeseal_verifier::statement::{DirectoryRoot, EntryDigest};

/// How far the window of issue days reaches at least on both sides.
pub const WINDOW_DAYS: u32 = 2;

/// A mint of an acknowledged or unacknowledged receivable, with the secrets to sign it again after a change.
pub struct MintScenario {
    pub supplier: Party,
    pub debtor: Party,
    /// Another enrolled party, which has a copy of the invoice.
    pub rival: Party,
    pub rival_place: mint::Enrolled,
    /// The registry's current key, and its previous one if it had one.
    pub registry: RegistryKey,
    pub previous_registry: Option<RegistryKey>,
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
    let dilution_key: [u8; 32] = rng.r#gen();
    let private = mint::Private {
        invoice: invoice(&debtor, rng),
        salt: Fr::rand(rng),
        number: ReceivableNumber::of_dilution_key(&dilution_key).unwrap(),
        dilution_right: DilutionRight::derive(&rng.r#gen(), &dilution_key),
        blinding: Blinding::random(rng),
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
    let registry = RegistryKey::generate(rng);
    let previous_registry = rng.r#gen::<bool>().then(|| RegistryKey::generate(rng));
    let root = tree::root::<DIRECTORY_DEPTH, _>(&nodes).unwrap();
    let mut scenario = MintScenario {
        rival_place: enrolled(&rival, &nodes, indices[2]),
        public: public(&private, DirectoryRoot::from_fr(root), &registry, rng),
        supplier,
        debtor,
        rival,
        registry,
        previous_registry,
        private,
    };
    scenario.acknowledge();
    scenario.reseal();
    scenario
}

fn invoice(debtor: &Party, rng: &mut TestRng) -> mint::Invoice {
    mint::Invoice {
        number: Fr::rand(rng),
        issue_day: Day(rng.gen_range(100..u32::MAX - 100)),
        amount: AmountMinor(rng.gen_range(1..=u64::MAX)),
        currency: CurrencyCode(rng.r#gen()),
        due_day: Day(rng.r#gen()),
        debtor: debtor.id,
        document: DocumentHash::from_fr(Fr::rand(rng)),
        other_flags: Flags::from_bits(rng.r#gen::<u16>() & !1),
    }
}

/// Rows that follow from the private inputs but for what [`MintScenario::reseal`] puts there.
fn public(
    private: &mint::Private,
    directory_root: DirectoryRoot,
    registry: &RegistryKey,
    rng: &mut TestRng,
) -> mint::Public {
    let blinded = blind(private.fingerprint(), &private.blinding);
    let (evaluated, _) = registry.evaluate(&blinded, rng);
    let tag = private.tag(&evaluated);
    let issued = private.invoice.issue_day.0;
    mint::Public {
        commitment: private.note().commitment(),
        directory_root,
        acknowledged: private.acknowledged.is_some(),
        duplicate_tag: tag,
        previous_tag: tag,
        blinded,
        evaluated,
        previous_evaluated: evaluated,
        issue_from: Day(issued - rng.gen_range(WINDOW_DAYS..50)),
        issue_to: Day(issued + rng.gen_range(WINDOW_DAYS..50)),
        number: private.number,
        dilution_right: private.dilution_right,
        digest: EntryDigest::from_fr(Fr::rand(rng)),
    }
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
            dilution_right: self.private.dilution_right,
        }
    }

    /// The debtor signs the invoice as it stands.
    pub fn acknowledge(&mut self) {
        let message = self.acknowledgment().message();
        if let Some(acknowledged) = &mut self.private.acknowledged {
            acknowledged.signature = self.debtor.secret.sign(message);
        }
    }

    /// What a key of the registry answers to the blinded point as it stands.
    pub fn evaluation(&self, key: &RegistryKey) -> EvaluatedPoint {
        key.evaluate(&self.public.blinded, &mut TestRng::seed_from_u64(0)).0
    }

    /// The registry evaluates the fingerprint as it stands, under both keys if there are two.
    pub fn retag(&mut self) {
        self.public.blinded = blind(self.private.fingerprint(), &self.private.blinding);
        let previous = self.previous_registry.as_ref().unwrap_or(&self.registry);
        self.public.previous_evaluated = self.evaluation(previous);
        self.public.evaluated = self.evaluation(&self.registry);
        self.public.duplicate_tag = self.private.tag(&self.public.evaluated);
        self.public.previous_tag = self.private.tag(&self.public.previous_evaluated);
    }

    /// Tags, commitment and the supplier's signature follow the private inputs, as an attacking supplier would have them.
    pub fn reseal(&mut self) {
        self.retag();
        self.public.commitment = self.private.note().commitment();
        self.sign();
    }

    /// The supplier signs the entry as it stands.
    pub fn sign(&mut self) {
        let message = mint::signed_message(self.public.digest, self.public.commitment);
        self.private.owner_signature = self.supplier.secret.sign(message);
    }
}
