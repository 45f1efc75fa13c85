//! The constraints of the statement.
//!
//! In scope: every condition that `check` names. Out of scope: one predicate (`predicate`).
//! An attacker who finds one missing forges.

use ark_ff::{Field, Zero};
use ark_relations::gr1cs::SynthesisError;
use tradeseal_primitives::{Fr, credential::SLOTS, hash::Domain};

use super::{
    Private, Public,
    predicate::{self, PredicateWires},
};
use crate::{
    circuit::{Circuit, Wire},
    gadget::{eddsa, edwards::EdwardsPoint, indexed, low_bits, merkle, poseidon, range, receivable::DAY_BITS},
};

struct Rows {
    revocation_root: Wire,
    nullifier: Wire,
    revealed_digest: Wire,
    request_digest: Wire,
}

/// The credential's parts that other conditions are about.
struct CredentialWires {
    schema: Wire,
    attributes: [Wire; SLOTS],
    valid_from: Wire,
    valid_until: Wire,
    revocation_id: Wire,
    hash: Wire,
}

pub(super) fn constrain(circuit: &mut Circuit, public: &Public, private: &Private) -> Result<(), SynthesisError> {
    circuit.section("public rows");
    let rows = Rows {
        revocation_root: circuit.public(public.revocation_root.to_fr())?,
        nullifier: circuit.public(public.nullifier.to_fr())?,
        revealed_digest: circuit.public(public.revealed_digest.to_fr())?,
        request_digest: circuit.public(public.request_digest.to_fr())?,
    };
    circuit.section("holder");
    let holder_key = eddsa::private_key_point(circuit, &private.holder_key)?;
    let nullifier_key = circuit.private(private.nullifier_key.expose())?;
    let holder = poseidon::hash(
        circuit,
        Domain::ADDRESS,
        &[&holder_key.x, &holder_key.y, &nullifier_key],
    )?;
    let credential = constrain_credential(circuit, private, &holder)?;
    let issuers_root = circuit.private(private.request.query.trusted_issuers_root)?;
    let issuer_key = constrain_issuer(circuit, private, &credential, &issuers_root)?;
    let handle = constrain_revocation(circuit, private, &credential, [&issuer_key.x, &issuer_key.y], &rows)?;
    let predicates = constrain_predicates(circuit, private, &credential, &rows)?;
    let scope = constrain_request(circuit, private, &credential, &issuers_root, &predicates, &rows)?;
    constrain_nullifier(circuit, [&nullifier_key, &scope, &handle], &rows.nullifier)?;
    circuit.section("holder's signature");
    let message = poseidon::hash(
        circuit,
        Domain::PRESENTATION_SIGNATURE,
        &[
            &rows.request_digest,
            &rows.nullifier,
            &rows.revealed_digest,
            &credential.hash,
        ],
    )?;
    eddsa::verify(circuit, &holder_key, &message, &private.signature)
}

/// What the issuer signed, issued to `holder`. valid_from has 32 bits.
fn constrain_credential(
    circuit: &mut Circuit,
    private: &Private,
    holder: &Wire,
) -> Result<CredentialWires, SynthesisError> {
    circuit.section("credential");
    let schema = circuit.private(private.schema.to_fr())?;
    let attributes = private
        .attributes
        .values()
        .iter()
        .map(|value| circuit.private(*value))
        .collect::<Result<Vec<_>, _>>()?;
    let attributes_digest = poseidon::untagged(circuit, &attributes.iter().collect::<Vec<_>>())?;
    let valid_from = circuit.private(Fr::from(private.valid_from.0))?;
    let valid_until = circuit.private(Fr::from(private.valid_until.0))?;
    let revocation_id = circuit.private(private.revocation_id.to_fr())?;
    range::bits_le(circuit, &valid_from, DAY_BITS)?;
    let hash = poseidon::hash(
        circuit,
        Domain::CREDENTIAL,
        &[
            &schema,
            holder,
            &attributes_digest,
            &valid_from,
            &valid_until,
            &revocation_id,
        ],
    )?;
    let attributes = attributes.try_into().map_err(|_| SynthesisError::Unsatisfiable)?;
    Ok(CredentialWires {
        schema,
        attributes,
        valid_from,
        valid_until,
        revocation_id,
        hash,
    })
}

/// A trusted issuer, trusted on the day on which the credential begins, signed it. Returns its key.
fn constrain_issuer(
    circuit: &mut Circuit,
    private: &Private,
    credential: &CredentialWires,
    trusted_root: &Wire,
) -> Result<EdwardsPoint, SynthesisError> {
    circuit.section("trusted issuer");
    let key = eddsa::private_key_point(circuit, &private.issuer.key)?;
    let from = circuit.private(Fr::from(private.issuer.from.0))?;
    let until = circuit.private(Fr::from(private.issuer.until.0))?;
    let member = poseidon::hash(circuit, Domain::TRUSTED_ISSUER, &[&key.x, &key.y, &from, &until])?;
    let leaf = poseidon::hash(circuit, Domain::SET_MEMBER, &[&member])?;
    let root = merkle::root(circuit, &leaf, &private.issuer_path)?;
    circuit.equal(&root, trusted_root)?;
    range::at_most(circuit, &from, &credential.valid_from, DAY_BITS)?;
    range::at_most(circuit, &credential.valid_from, &until, DAY_BITS)?;
    circuit.section("issuer's signature");
    eddsa::verify(circuit, &key, &credential.hash, &private.issuer_signature)?;
    Ok(key)
}

/// The credential's revocation is in no tree of the root. Returns what names it.
fn constrain_revocation(
    circuit: &mut Circuit,
    private: &Private,
    credential: &CredentialWires,
    [issuer_x, issuer_y]: [&Wire; 2],
    rows: &Rows,
) -> Result<Wire, SynthesisError> {
    circuit.section("not revoked");
    let handle = poseidon::hash(
        circuit,
        Domain::REVOCATION,
        &[issuer_x, issuer_y, &credential.revocation_id],
    )?;
    let key = low_bits::split(circuit, &handle)?.key;
    indexed::enforce_absent(circuit, &key, &rows.revocation_root, &private.not_revoked)?;
    Ok(handle)
}

/// Every predicate holds, and what they reveal is in the digest. Returns their digest.
fn constrain_predicates(
    circuit: &mut Circuit,
    private: &Private,
    credential: &CredentialWires,
    rows: &Rows,
) -> Result<Wire, SynthesisError> {
    let forms = private.request.query.predicates.iter();
    let wires = forms
        .zip(&private.set_proofs)
        .map(|(form, proof)| predicate::constrain(circuit, form, &credential.attributes, proof))
        .collect::<Result<Vec<PredicateWires>, _>>()?;
    circuit.section("revealed values");
    let revealed: Vec<&Wire> = wires.iter().map(|wires| &wires.revealed).collect();
    let digest = poseidon::hash(circuit, Domain::REVEALED, &revealed)?;
    circuit.equal(&digest, &rows.revealed_digest)?;
    circuit.section("predicates' digest");
    let asked: Vec<&Wire> = wires.iter().flat_map(|p| [&p.packed, &p.a, &p.b]).collect();
    poseidon::hash(circuit, Domain::PREDICATES, &asked)
}

/// The query is the request's, and the credential is of its schema and valid on its day. Returns the scope.
fn constrain_request(
    circuit: &mut Circuit,
    private: &Private,
    credential: &CredentialWires,
    issuers_root: &Wire,
    predicates: &Wire,
    rows: &Rows,
) -> Result<Wire, SynthesisError> {
    circuit.section("request");
    let request = &private.request;
    let schema = circuit.private(request.query.schema.to_fr())?;
    circuit.equal(&schema, &credential.schema)?;
    let day = circuit.private(Fr::from(request.query.day.0))?;
    let scope = circuit.private(request.query.scope.to_fr())?;
    let context = circuit.private(request.query.context)?;
    let query = poseidon::hash(
        circuit,
        Domain::QUERY,
        &[&schema, issuers_root, &day, &scope, predicates, &context],
    )?;
    let verifier_key = circuit.private(request.verifier_key)?;
    let claim_until = circuit.private(Fr::from(request.claim_until.0))?;
    let digest = poseidon::hash(circuit, Domain::REQUEST, &[&verifier_key, &query, &claim_until])?;
    circuit.equal(&digest, &rows.request_digest)?;
    circuit.section("valid on the day");
    range::at_most(circuit, &credential.valid_from, &day, DAY_BITS)?;
    range::at_most(circuit, &day, &credential.valid_until, DAY_BITS)?;
    Ok(scope)
}

/// `nullifier = 0` if the scope is 0, else `H(scope-nullifier; nk, scope, handle)`.
///
/// `none = 1 - scope * inverse` and `scope * none = 0`: it is 1 exactly if the scope is 0. `inverse * none = 0` leaves the inverse one value.
fn constrain_nullifier(
    circuit: &mut Circuit,
    [nullifier_key, scope, handle]: [&Wire; 3],
    nullifier: &Wire,
) -> Result<(), SynthesisError> {
    circuit.section("nullifier");
    let inverse = circuit.private(scope.value().inverse().unwrap_or_default())?;
    let none = circuit.private(Fr::from(u64::from(scope.value().is_zero())))?;
    circuit.enforce(scope, &inverse, &none.not())?;
    circuit.enforce(scope, &none, &Wire::zero())?;
    circuit.enforce(&inverse, &none, &Wire::zero())?;
    let hash = poseidon::hash(circuit, Domain::SCOPE_NULLIFIER, &[nullifier_key, scope, handle])?;
    circuit.enforce(&hash, &none.not(), nullifier)
}
