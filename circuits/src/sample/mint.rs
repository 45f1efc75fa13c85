//! `receivable/mint/v2`: supplier and debtor enrolled, the debtor's acknowledgment given, both tags under one registry's two keys, the entry signed.

use ark_ff::UniformRand;
use ark_std::rand::RngCore;
use tradeseal_primitives::{
    Fr,
    duplicate_tag::{Blinding, RegistryKey, blind},
    receivable::{
        Acknowledgment, AmountMinor, CurrencyCode, Day, DilutionRight, DocumentHash, Flags, ReceivableNumber,
    },
    tree::{self, DIRECTORY_DEPTH, MemoryNodes},
};
use tradeseal_verifier::statement::{DirectoryRoot, EntryDigest};

use super::{Party, SampleRng, Sampled, note_randomness};
use crate::receivable::mint::{Acknowledged, Enrolled, Invoice, Mint, Private, Public, signed_message};

impl Sampled for Mint {
    fn sample(rng: &mut SampleRng) -> (Public, Private) {
        mintable_invoice(rng)
    }
}

fn mintable_invoice(rng: &mut SampleRng) -> (Public, Private) {
    let (supplier, debtor) = (Party::random(rng), Party::random(rng));
    let mut directory = MemoryNodes::default();
    for (index, party) in (0..).zip([&supplier, &debtor]) {
        tree::set_leaf::<DIRECTORY_DEPTH, _>(&mut directory, index, party.directory_leaf())
            .expect("memory can be written");
    }
    let unsigned = Fr::from(0u64);
    let (mut dilution_key, mut ledger_id) = ([0; 32], [0; 32]);
    rng.fill_bytes(&mut dilution_key);
    rng.fill_bytes(&mut ledger_id);
    let mut private = Private {
        invoice: Invoice {
            number: Fr::rand(rng),
            issue_day: Day(20_400),
            amount: AmountMinor(100_000_000),
            currency: CurrencyCode(978),
            due_day: Day(20_500),
            debtor: debtor.id,
            document: DocumentHash::from_fr(Fr::rand(rng)),
            other_flags: Flags::NONE,
        },
        salt: Fr::rand(rng),
        number: ReceivableNumber::of_dilution_key(&dilution_key).expect("a number that is not 0"),
        dilution_right: DilutionRight::derive(&ledger_id, &dilution_key),
        blinding: Blinding::random(rng),
        randomness: note_randomness(rng),
        supplier: enrolled(&supplier, &directory, 0),
        owner_signature: supplier.spending_key.sign(unsigned),
        acknowledged: None,
    };
    let signature = debtor.spending_key.sign(acknowledgment(&private).message());
    let debtor = enrolled(&debtor, &directory, 1);
    private.acknowledged = Some(Acknowledged { debtor, signature });
    let root = tree::root::<DIRECTORY_DEPTH, _>(&directory).expect("memory can be read");
    let public = public(&private, DirectoryRoot::from_fr(root), rng);
    private.owner_signature = supplier
        .spending_key
        .sign(signed_message(public.digest, public.commitment));
    (public, private)
}

/// The rows, with the answers of a registry that has two keys.
fn public(private: &Private, directory_root: DirectoryRoot, rng: &mut SampleRng) -> Public {
    let blinded = blind(private.fingerprint(), &private.blinding);
    let [evaluated, previous_evaluated] = [(); 2].map(|()| RegistryKey::generate(rng).evaluate(&blinded, rng).0);
    Public {
        commitment: private.note().commitment(),
        directory_root,
        acknowledged: true,
        duplicate_tag: private.tag(&evaluated),
        previous_tag: private.tag(&previous_evaluated),
        blinded,
        evaluated,
        previous_evaluated,
        issue_from: private.invoice.issue_day,
        issue_to: private.invoice.issue_day,
        number: private.number,
        dilution_right: private.dilution_right,
        digest: EntryDigest::from_fr(Fr::rand(rng)),
    }
}

fn enrolled(party: &Party, directory: &MemoryNodes, index: u64) -> Enrolled {
    Enrolled {
        party: party.id,
        key: party.spending_key.public(),
        address: party.address(),
        path: tree::path::<DIRECTORY_DEPTH, _>(directory, index).expect("memory can be read"),
    }
}

fn acknowledgment(private: &Private) -> Acknowledgment {
    let invoice = &private.invoice;
    Acknowledgment {
        fingerprint: private.fingerprint(),
        amount: invoice.amount,
        currency: invoice.currency,
        due_day: invoice.due_day,
        debtor: invoice.debtor,
        first_owner: private.supplier.address,
        other_flags: invoice.other_flags,
        dilution_right: private.dilution_right,
    }
}
