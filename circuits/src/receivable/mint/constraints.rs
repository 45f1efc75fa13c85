//! The constraints of a mint, section by section.
//!
//! In scope: `docs/protocol.md` section 3.1. Out of scope: formulas and curve arithmetic (`gadget`).
//! An attacker who finds a gap here makes receivables of nothing, or one twice.

use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{Fr, duplicate_tag, hash::Domain};

use super::{Private, Public};
use crate::{
    circuit::{Circuit, Wire},
    gadget::{
        duplicate_tag as tag, eddsa,
        edwards::EdwardsPoint,
        merkle, poseidon, range,
        receivable::{self as formula, CURRENCY_BITS, DAY_BITS, NUMBER_BITS, TermsWires},
    },
};

/// The public rows.
struct Rows {
    commitment: Wire,
    directory_root: Wire,
    acknowledged: Wire,
    duplicate_tag: Wire,
    previous_tag: Wire,
    blinded: EdwardsPoint,
    evaluated: EdwardsPoint,
    previous_evaluated: EdwardsPoint,
    issue_from: Wire,
    issue_to: Wire,
    number: Wire,
    dilution_right: Wire,
    digest: Wire,
}

impl Rows {
    fn allocate(circuit: &mut Circuit, public: &Public) -> Result<Self, SynthesisError> {
        let mut row = public.rows().into_iter();
        let mut next = || circuit.public(row.next().unwrap_or_default());
        Ok(Self {
            commitment: next()?,
            directory_root: next()?,
            acknowledged: next()?,
            duplicate_tag: next()?,
            previous_tag: next()?,
            blinded: EdwardsPoint { x: next()?, y: next()? },
            evaluated: EdwardsPoint { x: next()?, y: next()? },
            previous_evaluated: EdwardsPoint { x: next()?, y: next()? },
            issue_from: next()?,
            issue_to: next()?,
            number: next()?,
            dilution_right: next()?,
            digest: next()?,
        })
    }
}

/// Everything; the rows first.
pub(super) fn constrain(circuit: &mut Circuit, public: &Public, private: &Private) -> Result<(), SynthesisError> {
    circuit.section("public rows");
    let rows = Rows::allocate(circuit, public)?;
    let receivable = constrain_receivable(circuit, private, &rows)?;
    circuit.section("note");
    let terms = receivable.terms.hash(circuit)?;
    let owner = circuit.private(private.supplier.address.to_fr())?;
    let cm = formula::commitment(circuit, &receivable.amount, &terms, &owner, &private.randomness)?;
    circuit.equal(&cm, &rows.commitment)?;
    constrain_owner(circuit, private, &receivable, &owner, &rows)?;
    constrain_debtor(circuit, private, &receivable, &owner, &rows)?;
    constrain_issue_day(circuit, &receivable, &rows)?;
    constrain_tags(circuit, public, private, &receivable, &rows)
}

/// What both signatures are about.
struct Receivable {
    terms: TermsWires,
    amount: Wire,
    fingerprint: Wire,
    other_flags: Wire,
    issue_day: Wire,
}

/// Fingerprint, terms and amount, with the ranges of everything that native types bound.
fn constrain_receivable(circuit: &mut Circuit, private: &Private, rows: &Rows) -> Result<Receivable, SynthesisError> {
    circuit.section("receivable");
    let invoice = &private.invoice;
    let creditor = circuit.private(private.supplier.party.to_fr())?;
    let number = circuit.private(invoice.number)?;
    let issue_day = circuit.private(Fr::from(invoice.issue_day.0))?;
    range::bits_le(circuit, &issue_day, DAY_BITS)?;
    let fingerprint = formula::fingerprint(circuit, &creditor, &number, &issue_day)?;
    let salt = circuit.private(private.salt)?;
    let receivable = poseidon::hash(circuit, Domain::RECEIVABLE, &[&fingerprint, &salt])?;
    let (flag_bits, flags) = formula::flag_bits(circuit, private.flags())?;
    circuit.equal(&flag_bits[0], &rows.acknowledged)?;
    let other_flags = &flags - &flag_bits[0];
    let amount = circuit.private(Fr::from(invoice.amount.0))?;
    formula::positive_amount(circuit, &amount)?;
    let currency = circuit.private(Fr::from(invoice.currency.0))?;
    range::bits_le(circuit, &currency, CURRENCY_BITS)?;
    let due_day = circuit.private(Fr::from(invoice.due_day.0))?;
    range::bits_le(circuit, &due_day, DAY_BITS)?;
    let debtor = circuit.private(invoice.debtor.to_fr())?;
    circuit.nonzero(&(&debtor - &creditor))?;
    let document = circuit.private(invoice.document.to_fr())?;
    let receivable_number = circuit.private(private.number.to_fr())?;
    range::bits_le(circuit, &receivable_number, NUMBER_BITS)?;
    circuit.equal(&receivable_number, &rows.number)?;
    let terms = TermsWires {
        currency,
        due_day,
        debtor,
        creditor,
        document,
        receivable,
        flags,
        number: receivable_number,
    };
    Ok(Receivable {
        terms,
        amount,
        fingerprint,
        other_flags,
        issue_day,
    })
}

/// The issue day lies in the entry's window. The rows are integers of 32 bits, as the ledger's type for a day is.
fn constrain_issue_day(circuit: &mut Circuit, receivable: &Receivable, rows: &Rows) -> Result<(), SynthesisError> {
    circuit.section("issue day");
    range::at_most(circuit, &rows.issue_from, &receivable.issue_day, DAY_BITS)?;
    range::at_most(circuit, &receivable.issue_day, &rows.issue_to, DAY_BITS)
}

/// Both tags are the fingerprint's, under the points that the registry answered to one blinded point.
fn constrain_tags(
    circuit: &mut Circuit,
    public: &Public,
    private: &Private,
    receivable: &Receivable,
    rows: &Rows,
) -> Result<(), SynthesisError> {
    circuit.section("blinded point");
    let fingerprint = &receivable.fingerprint;
    let half_blinding = tag::half_blinding(circuit, &private.blinding)?;
    tag::enforce_blinded(circuit, fingerprint, &half_blinding, &rows.blinded)?;
    let evaluations = [
        ("duplicate tag", public.evaluated, &rows.evaluated, &rows.duplicate_tag),
        (
            "previous tag",
            public.previous_evaluated,
            &rows.previous_evaluated,
            &rows.previous_tag,
        ),
    ];
    for (section, answer, evaluated, row) in evaluations {
        circuit.section(section);
        let eighth = tag::eighth(&duplicate_tag::unblind(&answer, &private.blinding));
        let computed = tag::tag(circuit, fingerprint, &half_blinding, evaluated, &eighth)?;
        circuit.equal(&computed, row)?;
    }
    Ok(())
}

/// The owner is the enrolled supplier and signed this entry.
fn constrain_owner(
    circuit: &mut Circuit,
    private: &Private,
    receivable: &Receivable,
    owner: &Wire,
    rows: &Rows,
) -> Result<(), SynthesisError> {
    circuit.section("supplier enrolled");
    let key = eddsa::private_key_point(circuit, &private.supplier.key)?;
    let leaf = formula::directory_leaf(circuit, &receivable.terms.creditor, &key, owner)?;
    let root = merkle::root(circuit, &leaf, &private.supplier.path)?;
    circuit.equal(&root, &rows.directory_root)?;
    circuit.section("owner's signature");
    let message = poseidon::hash(circuit, Domain::MINT_SIGNATURE, &[&rows.digest, &rows.commitment])?;
    eddsa::verify(circuit, &key, &message, &private.owner_signature)
}

/// Where acknowledged: the debtor named in the terms is enrolled and signed this invoice for this owner.
fn constrain_debtor(
    circuit: &mut Circuit,
    private: &Private,
    receivable: &Receivable,
    owner: &Wire,
    rows: &Rows,
) -> Result<(), SynthesisError> {
    circuit.section("debtor enrolled");
    let (debtor, signature) = private.debtor_or_filler();
    let key = eddsa::private_key_point(circuit, &debtor.key)?;
    let address = circuit.private(debtor.address.to_fr())?;
    let terms = &receivable.terms;
    let leaf = formula::directory_leaf(circuit, &terms.debtor, &key, &address)?;
    let root = merkle::root(circuit, &leaf, &debtor.path)?;
    circuit.equal_if(&rows.acknowledged, &root, &rows.directory_root)?;
    circuit.section("debtor's acknowledgment");
    let dilution_right = circuit.private(private.dilution_right.to_fr())?;
    circuit.equal(&dilution_right, &rows.dilution_right)?;
    let message = poseidon::hash(
        circuit,
        Domain::ACKNOWLEDGMENT,
        &[
            &receivable.fingerprint,
            &receivable.amount,
            &terms.currency,
            &terms.due_day,
            &terms.debtor,
            owner,
            &receivable.other_flags,
            &dilution_right,
        ],
    )?;
    eddsa::verify_if(circuit, &rows.acknowledged, &key, &message, signature)
}
