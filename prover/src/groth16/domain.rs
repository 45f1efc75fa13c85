//! The evaluation domain: `n`-th roots of unity, and the coset `g * H` with `g^n = -1`, where the vanishing polynomial is -2.
//!
//! In scope: transforms between values on `H` and on the coset. Out of scope: what the polynomials mean (`quotient`).
//! An attacker who owns this part makes proofs fail, which verification before release notices.

use ark_ff::{FftField, Field, One};
use tradeseal_primitives::Fr;

use super::modulus::Scalar;
use super::residue::Lazy;

type Residue = super::residue::Residue<Scalar>;

/// Below this length a transform is not divided among threads.
const DIVISIBLE: usize = 1 << 11;

/// The roots of one domain, in the orders that the transforms read them.
#[derive(Debug)]
pub(crate) struct Domain {
    size: usize,
    /// For each layer of half-length `h`, at `h..2h`: powers of the `2h`-th root of unity.
    roots: Vec<Fr>,
    /// Their inverses likewise.
    inverse_roots: Vec<Fr>,
    /// `g^k / n` at the bit-reversal of `k`.
    to_coset: Vec<Fr>,
}

impl Domain {
    /// The domain of at least `length` elements, as ark-groth16 chooses it; `None` above the field's 2-adicity.
    pub(crate) fn new(length: usize) -> Option<Self> {
        let size = length.checked_next_power_of_two()?;
        let generator = Fr::get_root_of_unity(2 * size as u64)?;
        let root = generator.square();
        let scale = Fr::from(size as u64).inverse()?;
        let mut to_coset = powers(generator, scale, size);
        reverse_bits(&mut to_coset);
        Some(Self {
            size,
            roots: layered(root, size),
            inverse_roots: layered(root.inverse()?, size),
            to_coset,
        })
    }

    /// Elements.
    pub(crate) fn size(&self) -> usize {
        self.size
    }

    /// The coset's generator `g`, a primitive `2n`-th root of unity.
    pub(crate) fn coset_generator(&self) -> Option<Fr> {
        Fr::get_root_of_unity(2 * self.size as u64)
    }

    /// Powers of the inverse root for a layer of this half-length.
    pub(crate) fn inverse_roots(&self, half: usize) -> &[Fr] {
        &self.inverse_roots[half..2 * half]
    }

    /// From the values at the roots `w^i` to those at `g * w^i`.
    pub(crate) fn move_to_coset(&self, values: &mut [Fr]) {
        self.down(values);
        for (value, factor) in values.iter_mut().zip(&self.to_coset) {
            *value *= factor;
        }
        self.up(values);
    }

    /// Inverse transform, natural order to bit-reversed, without the division by `n`.
    fn down(&self, values: &mut [Fr]) {
        if values.len() < 2 {
            return;
        }
        let half = values.len() / 2;
        let (low, high) = values.split_at_mut(half);
        for ((low, high), root) in low.iter_mut().zip(high.iter_mut()).zip(self.inverse_roots(half)) {
            let (a, b) = (Residue::new(*low), Residue::new(*high));
            *low = a.plus(b).exact();
            *high = a.minus(b).times(Residue::new(*root)).exact();
        }
        both(low, high, |part| self.down(part));
    }

    /// Transform, bit-reversed order to natural.
    fn up(&self, values: &mut [Fr]) {
        if values.len() < 2 {
            return;
        }
        let half = values.len() / 2;
        let (low, high) = values.split_at_mut(half);
        both(low, high, |part| self.up(part));
        for ((low, high), root) in low.iter_mut().zip(high.iter_mut()).zip(&self.roots[half..2 * half]) {
            let (a, b) = (Residue::new(*low), Residue::new(*high).times(Residue::new(*root)));
            *low = a.plus(b).exact();
            *high = a.minus(b).exact();
        }
    }
}

fn both<T: Send>(low: &mut [T], high: &mut [T], apply: impl Fn(&mut [T]) + Sync) {
    if low.len() < DIVISIBLE {
        apply(low);
        apply(high);
    } else {
        rayon::join(|| apply(low), || apply(high));
    }
}

fn powers(base: Fr, first: Fr, count: usize) -> Vec<Fr> {
    core::iter::successors(Some(first), |power| Some(*power * base))
        .take(count)
        .collect()
}

fn layered(root: Fr, size: usize) -> Vec<Fr> {
    let mut roots = vec![Fr::one(); size.max(1)];
    let mut half = size / 2;
    let mut root = root;
    while half > 0 {
        roots[half..2 * half].copy_from_slice(&powers(root, Fr::one(), half));
        root.square_in_place();
        half /= 2;
    }
    roots
}

/// Puts what is at `k` to the bit-reversal of `k`.
pub(super) fn reverse_bits<T>(values: &mut [T]) {
    let unused = values.len().leading_zeros() + 1;
    for index in 0..values.len() {
        let reversed = if values.len() == 1 {
            0
        } else {
            index.reverse_bits() >> unused
        };
        if index < reversed {
            values.swap(index, reversed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ark_ff::{UniformRand, Zero};
    use ark_std::test_rng;

    #[test]
    fn a_polynomial_has_its_own_values_on_the_coset() {
        let mut rng = test_rng();
        for size in [1, 2, 4, 8, 64, 1 << 12] {
            let domain = Domain::new(size).unwrap();
            let polynomial: Vec<Fr> = (0..size.min(40)).map(|_| Fr::rand(&mut rng)).collect();
            let at = |x: Fr| {
                polynomial
                    .iter()
                    .rev()
                    .fold(Fr::zero(), |sum, coefficient| sum * x + coefficient)
            };
            let g = domain.coset_generator().unwrap();
            let mut values: Vec<Fr> = powers(g.square(), Fr::one(), size).into_iter().map(at).collect();
            domain.move_to_coset(&mut values);
            let expected: Vec<Fr> = powers(g.square(), g, size).into_iter().map(at).collect();
            assert!(values == expected, "size {size}");
            assert_eq!(g.pow([size as u64]), -Fr::one());
        }
    }
}
