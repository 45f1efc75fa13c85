//! Arithmetic in Fe2 = `Fe[u]/(u^2 + 1)`.
//!
//! In scope: sums, differences, products and sums of products. Out of scope: inversion (`affine`).
//! An attacker who owns this part can have any false statement accepted.

use core::ops::{Add, Mul, Neg, Sub};

use ark_bn254::Fq2;

use super::field::{Fe, sum_of_products};

/// `c0 + c1 u`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::groth16) struct Fe2 {
    pub(super) c0: Fe,
    pub(super) c1: Fe,
}

impl Fe2 {
    pub(super) const ZERO: Self = Self {
        c0: Fe::ZERO,
        c1: Fe::ZERO,
    };
    pub(super) const ONE: Self = Self {
        c0: Fe::ONE,
        c1: Fe::ZERO,
    };

    pub(super) const fn from_fq2(value: Fq2) -> Self {
        Self {
            c0: Fe::from_fq(value.c0),
            c1: Fe::from_fq(value.c1),
        }
    }

    pub(super) const fn to_fq2(self) -> Fq2 {
        Fq2::new(self.c0.to_fq(), self.c1.to_fq())
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn double(self) -> Self {
        self + self
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn triple(self) -> Self {
        self.double() + self
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn conjugate(self) -> Self {
        Self {
            c0: self.c0,
            c1: -self.c1,
        }
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn square(self) -> Self {
        Self {
            c0: (self.c0 + self.c1) * (self.c0 - self.c1),
            c1: self.c0.double() * self.c1,
        }
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn scale(self, by: Fe) -> Self {
        Self {
            c0: self.c0 * by,
            c1: self.c1 * by,
        }
    }

    /// `(9 + u) * self`.
    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    pub(super) fn times_xi(self) -> Self {
        Self {
            c0: self.c0.nine_times_plus(-self.c1),
            c1: self.c1.nine_times_plus(self.c0),
        }
    }
}

impl Add for Fe2 {
    type Output = Self;

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn add(self, other: Self) -> Self {
        Self {
            c0: self.c0 + other.c0,
            c1: self.c1 + other.c1,
        }
    }
}

impl Sub for Fe2 {
    type Output = Self;

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn sub(self, other: Self) -> Self {
        Self {
            c0: self.c0 - other.c0,
            c1: self.c1 - other.c1,
        }
    }
}

impl Neg for Fe2 {
    type Output = Self;

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn neg(self) -> Self {
        Self {
            c0: -self.c0,
            c1: -self.c1,
        }
    }
}

impl Mul for Fe2 {
    type Output = Self;

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn mul(self, other: Self) -> Self {
        sum1((self, other))
    }
}

/// `a b`.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn sum1((a, b): (Fe2, Fe2)) -> Fe2 {
    Fe2 {
        c0: sum_of_products([(a.c0, b.c0), (-a.c1, b.c1)]),
        c1: sum_of_products([(a.c0, b.c1), (a.c1, b.c0)]),
    }
}

/// `a b + c d`.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(super) fn sum2((a, b): (Fe2, Fe2), (c, d): (Fe2, Fe2)) -> Fe2 {
    Fe2 {
        c0: sum_of_products([(a.c0, b.c0), (-a.c1, b.c1), (c.c0, d.c0), (-c.c1, d.c1)]),
        c1: sum_of_products([(a.c0, b.c1), (a.c1, b.c0), (c.c0, d.c1), (c.c1, d.c0)]),
    }
}

/// `a b + c d + e f`.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
pub(super) fn sum3((a, b): (Fe2, Fe2), (c, d): (Fe2, Fe2), (e, f): (Fe2, Fe2)) -> Fe2 {
    let real = [
        (a.c0, b.c0),
        (-a.c1, b.c1),
        (c.c0, d.c0),
        (-c.c1, d.c1),
        (e.c0, f.c0),
        (-e.c1, f.c1),
    ];
    let imaginary = [
        (a.c0, b.c1),
        (a.c1, b.c0),
        (c.c0, d.c1),
        (c.c1, d.c0),
        (e.c0, f.c1),
        (e.c1, f.c0),
    ];
    Fe2 {
        c0: sum_of_products(real),
        c1: sum_of_products(imaginary),
    }
}
