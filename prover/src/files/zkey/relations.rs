//! What must hold between the parts of a key, and between a key, its circuit and the powers of tau.
//!
//! In scope: pairings over random combinations. Out of scope: single points (`read`), contributions.
//! An attacker who owns this part has a key believed that proves another circuit.
//!
//! Without the powers of tau nothing in a key tells `[C_j(tau)]` of its circuit, nor which powers H holds. What is checked without them is
//! [`among_themselves`]; with them, everything ([`with_powers`]): then the key is the one that its circuit has at these powers, under this delta.

use ark_bn254::{G1Affine, G2Affine};
use ark_ec::{AffineRepr, CurveGroup};
use ark_poly::{EvaluationDomain, Radix2EvaluationDomain};
use ark_std::Zero;
use ark_std::rand::{CryptoRng, RngCore};
use tradeseal_primitives::Fr;

use super::read::RawZkey;
use super::{Relation, ZkeyError, ZkeyPart};
use crate::files::layout::Layout;
use crate::files::pairings::{pairings_agree, weighted, weights};
use crate::files::ptau::Powers;
use crate::groth16::SparseMatrix;

fn require(holds: bool, relation: Relation) -> Result<(), ZkeyError> {
    if holds {
        Ok(())
    } else {
        Err(ZkeyError::Relation(relation))
    }
}

/// Which wires each matrix uses; `A` with its rows that bind the constant and the public rows.
struct Used {
    a: Vec<bool>,
    b: Vec<bool>,
    c: Vec<bool>,
}

impl Used {
    fn by(layout: &Layout) -> Self {
        let columns = |matrix: &SparseMatrix| {
            let mut used = vec![false; layout.wires];
            for row in 0..matrix.rows() {
                matrix.row(row).for_each(|(wire, _)| used[wire] = true);
            }
            used
        };
        let mut a = columns(&layout.matrices.a);
        a[..=layout.public_rows].fill(true);
        let (b, c) = (columns(&layout.matrices.b), columns(&layout.matrices.c));
        Self { a, b, c }
    }
}

/// Holds points to be the identity exactly where the circuit does not use their variable.
pub(super) fn check_identities(raw: &RawZkey<'_>, layout: &Layout) -> Result<(), ZkeyError> {
    let used = Used::by(layout);
    let anywhere = (0..layout.wires).map(|wire| used.a[wire] || used.b[wire] || used.c[wire]);
    let private: Vec<bool> = anywhere.skip(layout.public_rows + 1).collect();
    let every = vec![true; raw.h.len()];
    identities(ZkeyPart::A, &raw.a, &used.a)?;
    identities(ZkeyPart::B1, &raw.b1, &used.b)?;
    identities(ZkeyPart::B2, &raw.b2, &used.b)?;
    identities(ZkeyPart::L, &raw.l, &private)?;
    identities(ZkeyPart::H, &raw.h, &every)
}

fn identities<P: AffineRepr>(part: ZkeyPart, points: &[P], used: &[bool]) -> Result<(), ZkeyError> {
    let wrong = points
        .iter()
        .zip(used)
        .position(|(point, used)| point.is_zero() == *used);
    wrong.map_or(Ok(()), |index| {
        let found = points[index].is_zero();
        Err(ZkeyError::Identity { part, index, found })
    })
}

/// Checks what the parts of a key say of each other.
pub(super) fn among_themselves(
    raw: &RawZkey<'_>,
    layout: &Layout,
    rng: &mut (impl RngCore + CryptoRng),
) -> Result<(), ZkeyError> {
    let (g1, g2) = (G1Affine::generator(), G2Affine::generator());
    require(pairings_agree(&[(raw.beta1, g2)], &[(g1, raw.beta2)]), Relation::Beta)?;
    require(
        pairings_agree(&[(raw.delta1, g2)], &[(g1, raw.delta2)]),
        Relation::Delta,
    )?;
    let random = weights(layout.wires, rng);
    let both = [(weighted(&raw.b1, &random), g2)];
    require(
        pairings_agree(&both, &[(g1, weighted(&raw.b2, &random))]),
        Relation::BothB,
    )?;

    let used = Used::by(layout);
    let without_c: Vec<Fr> = random
        .iter()
        .zip(&used.c)
        .map(|(weight, used)| if *used { Fr::zero() } else { *weight })
        .collect();
    let (public, private) = without_c.split_at(layout.public_rows + 1);
    let left = [
        (weighted(&raw.l, private), raw.delta2),
        (weighted(&raw.inputs, public), raw.gamma2),
    ];
    let right = [
        (weighted(&raw.a, &without_c), raw.beta2),
        (raw.alpha1, weighted(&raw.b2, &without_c)),
    ];
    require(pairings_agree(&left, &right), Relation::InputsAndL)
}

/// Checks that the key is the circuit's at these powers of tau, under its delta. `quotient` is H as powers.
pub(super) fn with_powers(
    raw: &RawZkey<'_>,
    quotient: &[G1Affine],
    layout: &Layout,
    powers: &Powers,
    rng: &mut (impl RngCore + CryptoRng),
) -> Result<(), ZkeyError> {
    let g2 = G2Affine::generator();
    let size = layout.domain_size();
    let needed = size.ilog2();
    if powers.alpha.len() < size {
        let power = powers.alpha.len().ilog2();
        return Err(ZkeyError::Powers { power, needed });
    }
    let same = [powers.alpha[0], powers.beta[0]] == [raw.alpha1, raw.beta1] && powers.beta2 == raw.beta2;
    require(same, Relation::PowersAlphaBeta)?;

    let random = weights(layout.wires, rng);
    let (public, private) = random.split_at(layout.public_rows + 1);
    let all = Polynomials::of(layout, &random);
    require(
        weighted(&raw.a, &random) == weighted(&powers.tau, &all.a),
        Relation::PowersA,
    )?;
    require(
        weighted(&raw.b1, &random) == weighted(&powers.tau, &all.b),
        Relation::PowersB,
    )?;
    let zeros = |count| vec![Fr::zero(); count];
    let of_inputs = Polynomials::of(layout, &[public, &zeros(private.len())].concat()).combined(powers);
    require(weighted(&raw.inputs, public) == of_inputs, Relation::PowersInputs)?;
    let of_l = Polynomials::of(layout, &[&zeros(public.len()), private].concat()).combined(powers);
    let l = weighted(&raw.l, private);
    require(pairings_agree(&[(l, raw.delta2)], &[(of_l, g2)]), Relation::PowersL)?;

    let random = weights(size - 1, rng);
    let above = weighted(&powers.tau[size..], &random) - weighted(&powers.tau, &random);
    let h = weighted(quotient, &random);
    require(
        pairings_agree(&[(h, raw.delta2)], &[(above.into_affine(), g2)]),
        Relation::PowersH,
    )
}

/// Coefficients of the circuit's polynomials, summed over all wires with weights.
struct Polynomials {
    a: Vec<Fr>,
    b: Vec<Fr>,
    c: Vec<Fr>,
}

impl Polynomials {
    fn of(layout: &Layout, weights: &[Fr]) -> Self {
        let rows = |matrix: &SparseMatrix| -> Vec<Fr> {
            (0..matrix.rows()).map(|row| matrix.row_value(row, weights)).collect()
        };
        let mut a = rows(&layout.matrices.a);
        a.extend_from_slice(&weights[..=layout.public_rows]);
        Self {
            a: interpolated(&a, layout),
            b: interpolated(&rows(&layout.matrices.b), layout),
            c: interpolated(&rows(&layout.matrices.c), layout),
        }
    }

    /// `beta a + alpha b + c` at tau.
    fn combined(&self, powers: &Powers) -> G1Affine {
        let parts = [
            weighted(&powers.beta, &self.a),
            weighted(&powers.alpha, &self.b),
            weighted(&powers.tau, &self.c),
        ];
        (parts[0] + parts[1] + parts[2]).into_affine()
    }
}

/// From the values at the roots of unity to coefficients.
fn interpolated(values: &[Fr], layout: &Layout) -> Vec<Fr> {
    // A circuit too large for the field has no key, and was refused before.
    Radix2EvaluationDomain::<Fr>::new(layout.domain_size()).map_or_else(Vec::new, |domain| domain.ifft(values))
}
