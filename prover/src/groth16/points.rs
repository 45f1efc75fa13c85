//! Points as the multi-scalar multiplications keep them: affine coordinates side by side, a cache line for G1, two for G2.
//!
//! In scope: the packed form and its bridge to arkworks. Out of scope: arithmetic (`sums`), files (`tables`).
//! An attacker who owns this part makes proofs fail, which verification before release notices.
//!
//! The point at infinity is `(0, 0)`, which is on neither curve.

use ark_bn254::{Fq, Fq2};
use ark_ec::AffineRepr;
use ark_ec::short_weierstrass::{Affine, SWCurveConfig};
use ark_ff::{BigInt, Field};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout};
use zeroize::DefaultIsZeroes;

use super::modulus::Base;
use super::residue::{Lazy, Quadratic, Residue};

/// A point of G1: `x`, `y` in arkworks' Montgomery form, little-endian words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C, align(64))]
pub(crate) struct G1Point(pub(super) [u64; 8]);

/// A point of G2: `x.c0`, `x.c1`, `y.c0`, `y.c1` likewise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C, align(64))]
pub(crate) struct G2Point(pub(super) [[u64; 8]; 2]);

impl DefaultIsZeroes for G1Point {}
impl DefaultIsZeroes for G2Point {}

/// A packed point of one of the two groups.
pub(crate) trait Point:
    Copy + Default + PartialEq + Send + Sync + FromBytes + IntoBytes + Immutable + KnownLayout + DefaultIsZeroes + 'static
{
    /// The coordinates' field.
    type Field: Field;
    /// The curve, as arkworks has it.
    type Curve: SWCurveConfig<BaseField = Self::Field, ScalarField = ark_bn254::Fr>;

    /// The same field for inner loops.
    type Lazy: Lazy<Exact = Self::Field>;

    /// From coordinates.
    fn from_coordinates(x: Self::Field, y: Self::Field) -> Self;

    /// Both coordinates; `(0, 0)` for infinity.
    fn coordinates(&self) -> (Self::Field, Self::Field);

    /// The first coordinate.
    fn x(&self) -> Self::Field {
        self.coordinates().0
    }

    /// Both coordinates for inner loops.
    #[inline(always)]
    fn lazy_coordinates(&self) -> [Self::Lazy; 2] {
        let (x, y) = self.coordinates();
        [Lazy::new(x), Lazy::new(y)]
    }

    /// From arkworks' affine point.
    fn from_affine(point: &Affine<Self::Curve>) -> Self {
        point
            .xy()
            .map_or_else(Self::default, |(x, y)| Self::from_coordinates(x, y))
    }

    /// To arkworks' affine point.
    fn to_affine(&self) -> Affine<Self::Curve> {
        if *self == Self::default() {
            return Affine::identity();
        }
        let (x, y) = self.coordinates();
        Affine::new_unchecked(x, y)
    }
}

#[inline(always)]
fn fq(words: &[u64]) -> Fq {
    let mut four = [0; 4];
    four.copy_from_slice(words);
    Fq::new_unchecked(BigInt(four))
}

impl Point for G1Point {
    type Field = Fq;
    type Lazy = Residue<Base>;
    type Curve = ark_bn254::g1::Config;

    #[inline(always)]
    fn from_coordinates(x: Fq, y: Fq) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (x.0.0, y.0.0);
        Self([a, b, c, d, e, f, g, h])
    }

    #[inline(always)]
    fn coordinates(&self) -> (Fq, Fq) {
        (fq(&self.0[..4]), fq(&self.0[4..]))
    }

    #[inline(always)]
    fn x(&self) -> Fq {
        fq(&self.0[..4])
    }
}

impl Point for G2Point {
    type Field = Fq2;
    type Lazy = Quadratic;
    type Curve = ark_bn254::g2::Config;

    #[inline(always)]
    fn from_coordinates(x: Fq2, y: Fq2) -> Self {
        let side = |value: Fq2| {
            let ([a, b, c, d], [e, f, g, h]) = (value.c0.0.0, value.c1.0.0);
            [a, b, c, d, e, f, g, h]
        };
        Self([side(x), side(y)])
    }

    #[inline(always)]
    fn coordinates(&self) -> (Fq2, Fq2) {
        let side = |words: &[u64; 8]| Fq2::new(fq(&words[..4]), fq(&words[4..]));
        (side(&self.0[0]), side(&self.0[1]))
    }

    #[inline(always)]
    fn x(&self) -> Fq2 {
        Fq2::new(fq(&self.0[0][..4]), fq(&self.0[0][4..]))
    }
}
