//! Attacks on what values stand for: one signature for two debts, one note with two nullifiers, one hash with two readings.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use ark_ff::{One, UniformRand, Zero};
use ark_std::rand::SeedableRng;
use support::{TestRng, agree, minting::minting, scenario::eligible};
use tradeseal_circuits::{
    Statement,
    receivable::{
        eligibility::Eligibility,
        mint::{Mint, Violation},
    },
};
use tradeseal_primitives::{
    Fr,
    eddsa::PrivateKey,
    hash::{Domain, hash},
    party::{Address, Country, NullifierKey, PartyId, PartyIdentifier, directory_leaf},
    poseidon,
    receivable::{Commitment, RemainingPpb, UnixSeconds, normalise_invoice_number},
    tree::{self, DIRECTORY_DEPTH, IndexedLeaf, MemoryNodes, SetTree, dilution::DilutionLeaf},
};
use tradeseal_verifier::statement::DirectoryRoot;

/// One company is often enrolled under several ids (VAT number, GLN) with one key. An acknowledgment names the id it was given for.
#[test]
fn an_acknowledgment_under_one_id_of_a_debtor_does_not_serve_under_another() {
    let mut scenario = minting(1, true);
    let other_id = PartyId::from_fr(Fr::from(31_337u64));
    let acknowledged = scenario.private.acknowledged.as_mut().unwrap();
    acknowledged.debtor.party = other_id;
    let debtor = directory_leaf(other_id, &acknowledged.debtor.key, acknowledged.debtor.address);
    let supplier = scenario.supplier.leaf();
    let mut nodes = MemoryNodes::default();
    let places = [
        (scenario.private.supplier.path.index(), supplier),
        (acknowledged.debtor.path.index(), debtor),
    ];
    for (index, leaf) in places {
        tree::set_leaf::<DIRECTORY_DEPTH, _>(&mut nodes, index, leaf).unwrap();
    }
    acknowledged.debtor.path = tree::path(&nodes, places[1].0).unwrap();
    scenario.private.supplier.path = tree::path(&nodes, places[0].0).unwrap();
    let root = tree::root::<DIRECTORY_DEPTH, _>(&nodes).unwrap();
    scenario.public.directory_root = DirectoryRoot::from_fr(root);
    scenario.private.invoice.debtor = other_id;
    scenario.reseal();
    assert!(!agree::<Mint>(
        "another id of the debtor",
        &scenario.public,
        &scenario.private
    ));
    let found = Mint::check(&scenario.public, &scenario.private).unwrap_err();
    assert_eq!(found, Violation::Acknowledgment);
    scenario.acknowledge();
    assert!(agree::<Mint>(
        "acknowledged under it",
        &scenario.public,
        &scenario.private
    ));
}

/// Were a commitment in the tree twice, at two times, both leaves would be one note to the ledger: the time is not in the nullifier.
#[test]
fn a_commitment_has_one_nullifier_wherever_and_whenever_its_leaf_is() {
    let mut scenario = eligible(2);
    let first = scenario.public;
    scenario.private.entry_time = UnixSeconds(scenario.private.entry_time.0 ^ 0xffff);
    scenario.index ^= 0xff_00;
    scenario.reseal();
    assert!(agree::<Eligibility>(
        "a second leaf",
        &scenario.public,
        &scenario.private
    ));
    assert_ne!(scenario.public.note_root, first.note_root);
    assert_eq!(scenario.public.nullifier, first.nullifier);
}

/// A second nullifier for a note needs a second nk under its owner's address, and the address is a hash of nk.
#[test]
fn another_nullifier_key_is_another_owner() {
    let mut scenario = eligible(3);
    let key = NullifierKey::from_fr(scenario.private.nullifier_key.expose() + Fr::one());
    let commitment = scenario.private.note().commitment();
    scenario.private.nullifier_key = key.clone();
    scenario.public.nullifier = commitment.nullifier(&key);
    scenario.sign();
    assert!(!agree::<Eligibility>(
        "two nullifiers of a note",
        &scenario.public,
        &scenario.private
    ));
}

/// An untagged node is `P` of four inputs, and so is a tagged hash of three: an address has the shape of a node. Nothing that is ever put
/// at the bottom of a tree has: leaves of notes, parties and sets take another number of inputs or begin with a tag that no leaf equals.
#[test]
fn no_leaf_can_be_read_as_a_node() {
    let rng = &mut TestRng::seed_from_u64(4);
    let [a, b, c, d] = core::array::from_fn(|_| Fr::rand(rng));
    let key = PrivateKey::from_bytes([7; 32]).public();
    let address = Address::derive(&key, &NullifierKey::from_fr(c)).to_fr();
    assert_eq!(address, poseidon::node(&[Domain::ADDRESS.tag(), key.x(), key.y(), c]));
    let dilution = DilutionLeaf {
        number: 5,
        next: 7,
        remaining: RemainingPpb::new(9).unwrap(),
    };
    let arities = [
        (
            Domain::NOTE_LEAF,
            Commitment::from_fr(a).leaf(UnixSeconds(7)),
            vec![a, Fr::from(7u64)],
        ),
        (
            Domain::DIRECTORY_LEAF,
            directory_leaf(PartyId::from_fr(a), &key, Address::from_fr(d)),
            vec![a, key.x(), key.y(), d],
        ),
        (Domain::SET_MEMBER, SetTree::leaf(b), vec![b]),
        (
            Domain::INDEXED_LEAF,
            IndexedLeaf { value: a, next: b }.hash(),
            vec![a, b],
        ),
        (
            Domain::DILUTION_LEAF,
            dilution.hash(),
            vec![Fr::from(5u64), Fr::from(7u64 << 30 | 9)],
        ),
    ];
    for (domain, leaf, inputs) in arities {
        assert_eq!(leaf, hash(domain, &inputs), "{}", domain.text());
        assert_ne!(
            inputs.len() + 1,
            tree::ARITY,
            "{} would have the shape of a node",
            domain.text()
        );
    }
}

#[test]
fn a_trailing_zero_or_another_domain_is_another_hash() {
    let rng = &mut TestRng::seed_from_u64(5);
    let inputs: Vec<Fr> = (0..8).map(|_| Fr::rand(rng)).collect();
    for n in 1..inputs.len() {
        let mut longer = inputs[..n].to_vec();
        longer.push(Fr::zero());
        assert_ne!(
            hash(Domain::TERMS, &inputs[..n]),
            hash(Domain::TERMS, &longer),
            "{n} inputs"
        );
    }
    let mut seen: Vec<Fr> = Domain::ALL.iter().map(|domain| hash(*domain, &inputs)).collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), Domain::ALL.len());
}

/// Every character that has a mapping in Unicode: planes 0 and 1, and the compatibility ideographs.
fn characters() -> impl Iterator<Item = char> {
    (char::MIN..='\u{1ffff}').chain('\u{2f800}'..='\u{2fa1f}')
}

/// Who normalises twice must not get another id: over every character that Unicode changes, alone and among others.
#[test]
fn normalising_twice_changes_nothing() {
    let germany = Country::from_alpha2("DE");
    for c in characters() {
        for text in [format!("A{c}"), format!("{c} A"), format!("\u{3b1}{c}\u{1161}")] {
            let number = normalise_invoice_number(&text);
            assert_eq!(normalise_invoice_number(&number), number, "{text:?}");
            let written = [
                ("EM", &*text),
                ("LEGAL-DE", &text),
                ("TAX-DE", &text),
                ("FRVAT", &text),
                (&text, "DE1"),
            ];
            let found = written.map(|(scheme, value)| PartyIdentifier::new(scheme, value));
            let stated = [("LEGAL", &*text), ("VA", &text), (&text, "1")];
            let read = stated.map(|(scheme, value)| PartyIdentifier::in_country(scheme, value, germany));
            for id in found.into_iter().chain(read).flatten() {
                assert_eq!(PartyIdentifier::new(id.scheme(), id.value()), Ok(id), "{text:?}");
            }
        }
    }
}

/// Upper-casing merges letters: the capital of a dotless i is I, that of a sharp s is SS. (Over every character: `primitives`.)
#[test]
fn no_letter_is_taken_for_another() {
    for (scheme, value, honest) in [
        ("EM", "ceo@\u{131}bm.com", "ceo@ibm.com"),
        ("EM", "info@straße.de", "info@strasse.de"),
        ("LEGAL-DE", "straße 1", "STRASSE 1"),
        ("LEGAL-TR", "\u{131}1", "I1"),
        ("LEGAL-TR", "\u{130}1", "I1"),
        ("LEGAL-GR", "ς1", "Σ1"),
        ("LEGAL-DE", "x\u{301}1", "X1"),
        ("VAT", "DE\u{131}1", "DEI1"),
        ("TAX-DE", "ß", "SS"),
        ("ve\u{131}-DE", "1", "1"),
    ] {
        assert!(PartyIdentifier::new(scheme, value).is_err(), "{scheme} {value}");
        assert!(
            PartyIdentifier::new(&scheme.replace('\u{131}', "i"), honest).is_ok(),
            "{honest}"
        );
    }
}

#[test]
fn a_number_of_one_country_is_not_that_of_another() {
    let id = |scheme: &str| PartyIdentifier::new(scheme, "123456789").map(|id| id.id());
    let mut seen = Vec::new();
    for scheme in [
        "DE:VAT",
        "FRVAT",
        "GR:VAT",
        "TAX-DE",
        "TAX-FR",
        "LEGAL-DE",
        "LEGAL-FR",
        "CVR-DK",
        "CVR-DE",
        "PRIVAT-DE",
        "REG-NO-DE",
        "REG-NO",
        "GLN",
        "LEI",
        "0060",
        "EM",
    ] {
        seen.push(id(scheme).unwrap_or_else(|error| panic!("{scheme}: {error}")));
    }
    let count = seen.len();
    seen.sort_unstable_by_key(|id| id.to_bytes());
    seen.dedup();
    assert_eq!(seen.len(), count);
    for scheme in [
        "VAT", "VA", "TAX", "FC", "LEGAL", "CVR", "PRIVAT", "VAT-DE", "GLN-DE", "QQVAT", "TAX-QQ",
    ] {
        assert!(id(scheme).is_err(), "{scheme}");
    }
    assert!(PartyIdentifier::new("DE:VAT", "FR123456789").is_err());
    assert_eq!(
        PartyIdentifier::new("GR:VAT", "123456789"),
        PartyIdentifier::new("VAT", "EL 123 456 789")
    );
    assert_eq!(
        PartyIdentifier::new("VAT", "GR123"),
        PartyIdentifier::new("VAT", "EL123")
    );
}

/// A document's scheme that ends like a country is not that country's.
#[test]
fn a_scheme_on_a_document_cannot_name_the_country_of_a_national_number() {
    let stated = |scheme, country| PartyIdentifier::in_country(scheme, "123", Country::from_alpha2(country)).unwrap();
    for scheme in ["REG-NO", "LEGAL-NO", "TAX-NO", "LEGAL", "FC"] {
        assert_ne!(stated(scheme, "DE").id(), stated(scheme, "FR").id(), "{scheme}");
        assert_ne!(stated(scheme, "DE"), PartyIdentifier::new("REG-NO", "123").unwrap());
    }
    assert_ne!(stated("LEGAL-NO", "DE").id(), stated("LEGAL", "NO").id());
}
