//! `receivable/eligibility/v2`: one note in the tree, one request that it meets, one signed answer.

use ark_ff::UniformRand;
use ark_std::rand::Rng;
use tradeseal_primitives::{
    Fr,
    party::PartyId,
    receivable::{
        AmountMinor, CurrencyCode, Day, DocumentHash, Flags, ReceivableNumber, RemainingPpb, SaltedFingerprint, Terms,
        UnixSeconds,
    },
    tree::{
        self, MemoryNodes, NOTE_DEPTH, SetTree,
        dilution::{self, MemoryDilutions},
    },
};
use tradeseal_verifier::statement::{DilutionRoot, NoteRoot};

use super::{Party, SampleRng, Sampled, note_randomness};
use crate::receivable::eligibility::{Eligibility, Private, Public, RequestInputs, signed_message};

const EUR: CurrencyCode = CurrencyCode(978);

impl Sampled for Eligibility {
    fn sample(rng: &mut SampleRng) -> (Public, Private) {
        eligible_note(rng)
    }
}

fn eligible_note(rng: &mut SampleRng) -> (Public, Private) {
    let (owner, debtor) = (Party::random(rng), PartyId::from_fr(Fr::rand(rng)));
    let approved = SetTree::new([debtor.to_fr(), Fr::rand(rng)]).expect("two random ids differ");
    let terms = terms(debtor, rng);
    let dilutions = diluted_by_a_tenth(&terms, rng);
    let request = RequestInputs {
        currency: EUR,
        min_amount: AmountMinor(80_000_000),
        due_from: Day(20_000),
        due_to: Day(21_000),
        approved_debtors_root: approved.root(),
        required_flags: Flags::ACKNOWLEDGED,
        forbidden_flags: Flags::OTHER_PAYEE_NAMED,
        context: Fr::rand(rng),
        verifier_key: Fr::rand(rng),
        lock_until: UnixSeconds(1_800_000_000),
    };
    let mut private = Private {
        amount: AmountMinor(100_000_000),
        terms,
        randomness: note_randomness(rng),
        owner_key: owner.spending_key.public(),
        nullifier_key: owner.nullifier_key.clone(),
        entry_time: UnixSeconds(1_790_000_000),
        note_path: tree::path::<NOTE_DEPTH, _>(&MemoryNodes::default(), 1).expect("memory can be read"),
        dilution: dilution::lookup(&dilutions, terms.number).expect("memory can be read"),
        request,
        debtor_path: approved.path(debtor.to_fr()).expect("the debtor is a member"),
        signature: owner.spending_key.sign(Fr::from(0u64)),
    };
    let commitment = private.note().commitment();
    let mut notes = MemoryNodes::default();
    tree::set_leaf::<NOTE_DEPTH, _>(&mut notes, 0, Fr::rand(rng)).expect("memory can be written");
    let root = tree::set_leaf::<NOTE_DEPTH, _>(&mut notes, 1, commitment.leaf(private.entry_time));
    private.note_path = tree::path::<NOTE_DEPTH, _>(&notes, 1).expect("memory can be read");
    let public = Public {
        note_root: NoteRoot::from_fr(root.expect("memory can be written")),
        dilution_root: DilutionRoot::from_fr(dilutions.root()),
        nullifier: commitment.nullifier(&owner.nullifier_key),
        request_digest: private.request.digest(),
    };
    private.signature = owner
        .spending_key
        .sign(signed_message(public.request_digest, public.nullifier));
    (public, private)
}

fn terms(debtor: PartyId, rng: &mut SampleRng) -> Terms {
    Terms {
        currency: EUR,
        due_day: Day(20_500),
        debtor,
        creditor: PartyId::from_fr(Fr::rand(rng)),
        document: DocumentHash::from_fr(Fr::rand(rng)),
        receivable: SaltedFingerprint::from_fr(Fr::rand(rng)),
        flags: Flags::ACKNOWLEDGED,
        number: random_number(rng),
    }
}

fn random_number(rng: &mut SampleRng) -> ReceivableNumber {
    ReceivableNumber::new(rng.r#gen::<u64>() | 1).expect("an odd number is not 0")
}

/// A tree of this receivable's dilution and another's.
fn diluted_by_a_tenth(terms: &Terms, rng: &mut SampleRng) -> MemoryDilutions {
    let mut tree = MemoryDilutions::default();
    let remaining = RemainingPpb::new(900_000_000).expect("nine tenths");
    for number in [random_number(rng), terms.number] {
        dilution::lower(&mut tree, number, remaining).expect("two random numbers differ");
    }
    tree
}
