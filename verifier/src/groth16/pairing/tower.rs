//! Arithmetic in the tower Fe6, Fe12 above Fe2.
//!
//! In scope: the products and squares that a pairing spends its time in. Out of scope: inversion and Frobenius maps, for which
//! arkworks' types are used. The tower is arkworks': `Fe2 = Fe[u]/(u^2 + 1)`, `Fe6 = Fe2[v]/(v^3 - xi)`,
//! `Fe12 = Fe6[w]/(w^2 - v)` with `xi = 9 + u`.
//! An attacker who owns this part can have any false statement accepted.

use core::ops::{Add, Sub};

use ark_bn254::{Fq6, Fq12};

use super::quadratic::{Fe2, sum2, sum3};

/// `c0 + c1 v + c2 v^2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Fe6 {
    c0: Fe2,
    c1: Fe2,
    c2: Fe2,
}

/// `c0 + c1 w`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::groth16) struct Fe12 {
    c0: Fe6,
    c1: Fe6,
}

impl Fe6 {
    const fn from_fq6(value: Fq6) -> Self {
        Self {
            c0: Fe2::from_fq2(value.c0),
            c1: Fe2::from_fq2(value.c1),
            c2: Fe2::from_fq2(value.c2),
        }
    }

    const fn to_fq6(self) -> Fq6 {
        Fq6::new(self.c0.to_fq2(), self.c1.to_fq2(), self.c2.to_fq2())
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn map2(self, other: Self, f: impl Fn(Fe2, Fe2) -> Fe2) -> Self {
        Self {
            c0: f(self.c0, other.c0),
            c1: f(self.c1, other.c1),
            c2: f(self.c2, other.c2),
        }
    }

    #[inline]
    fn multiply(&self, other: &Self) -> Self {
        let (a, b) = (self, other);
        let (xi_b1, xi_b2) = (b.c1.times_xi(), b.c2.times_xi());
        Self {
            c0: sum3((a.c0, b.c0), (a.c1, xi_b2), (a.c2, xi_b1)),
            c1: sum3((a.c0, b.c1), (a.c1, b.c0), (a.c2, xi_b2)),
            c2: sum3((a.c0, b.c2), (a.c1, b.c1), (a.c2, b.c0)),
        }
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn times_v(&self) -> Self {
        Self {
            c0: self.c2.times_xi(),
            c1: self.c0,
            c2: self.c1,
        }
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn plus(&self, other: &Self) -> Self {
        self.map2(*other, Add::add)
    }

    #[cfg_attr(not(target_arch = "wasm32"), inline(always))]
    fn minus(&self, other: &Self) -> Self {
        self.map2(*other, Sub::sub)
    }
}

impl Fe12 {
    pub(in crate::groth16) const ONE: Self = Self {
        c0: Fe6 {
            c0: Fe2::ONE,
            c1: Fe2::ZERO,
            c2: Fe2::ZERO,
        },
        c1: Fe6 {
            c0: Fe2::ZERO,
            c1: Fe2::ZERO,
            c2: Fe2::ZERO,
        },
    };

    pub(in crate::groth16) const fn from_fq12(value: Fq12) -> Self {
        Self {
            c0: Fe6::from_fq6(value.c0),
            c1: Fe6::from_fq6(value.c1),
        }
    }

    pub(super) const fn to_fq12(self) -> Fq12 {
        Fq12::new(self.c0.to_fq6(), self.c1.to_fq6())
    }

    pub(in crate::groth16) fn multiply(&self, other: &Self) -> Self {
        let low = self.c0.multiply(&other.c0);
        let high = self.c1.multiply(&other.c1);
        let cross = self.c0.plus(&self.c1).multiply(&other.c0.plus(&other.c1));
        Self {
            c0: low.plus(&high.times_v()),
            c1: cross.minus(&low).minus(&high),
        }
    }

    pub(super) fn square(&self) -> Self {
        let product = self.c0.multiply(&self.c1);
        let both = self.c0.plus(&self.c1).multiply(&self.c0.plus(&self.c1.times_v()));
        Self {
            c0: both.minus(&product).minus(&product.times_v()),
            c1: product.plus(&product),
        }
    }

    /// `self * (1 + (b0 + b1 v) w)`: a line scaled so that its constant is 1.
    #[inline]
    pub(super) fn times_unit_line(&self, b0: Fe2, b1: Fe2) -> Self {
        let (a, d) = (&self.c0, &self.c1);
        let (xi_b0, xi_b1) = (b0.times_xi(), b1.times_xi());
        Self {
            c0: Fe6 {
                c0: a.c0 + sum2((d.c1, xi_b1), (d.c2, xi_b0)),
                c1: a.c1 + sum2((d.c0, b0), (d.c2, xi_b1)),
                c2: a.c2 + sum2((d.c0, b1), (d.c1, b0)),
            },
            c1: Fe6 {
                c0: d.c0 + sum2((a.c0, b0), (a.c2, xi_b1)),
                c1: d.c1 + sum2((a.c0, b1), (a.c1, b0)),
                c2: d.c2 + sum2((a.c1, b1), (a.c2, b0)),
            },
        }
    }

    /// `self * (c + (b0 + b1 v) w)`: a line of any constant.
    #[inline]
    pub(super) fn times_line(&self, c: Fe2, b0: Fe2, b1: Fe2) -> Self {
        let (a, d) = (&self.c0, &self.c1);
        let (xi_b0, xi_b1) = (b0.times_xi(), b1.times_xi());
        Self {
            c0: Fe6 {
                c0: sum3((a.c0, c), (d.c1, xi_b1), (d.c2, xi_b0)),
                c1: sum3((a.c1, c), (d.c0, b0), (d.c2, xi_b1)),
                c2: sum3((a.c2, c), (d.c0, b1), (d.c1, b0)),
            },
            c1: Fe6 {
                c0: sum3((d.c0, c), (a.c0, b0), (a.c2, xi_b1)),
                c1: sum3((d.c1, c), (a.c0, b1), (a.c1, b0)),
                c2: sum3((d.c2, c), (a.c1, b1), (a.c2, b0)),
            },
        }
    }

    /// The inverse, in the cyclotomic subgroup.
    pub(super) fn conjugate(&self) -> Self {
        Self {
            c0: self.c0,
            c1: Fe6 {
                c0: -self.c1.c0,
                c1: -self.c1.c1,
                c2: -self.c1.c2,
            },
        }
    }

    /// The square of an element of the cyclotomic subgroup (Granger and Scott, "Faster squaring in the cyclotomic subgroup of
    /// sixth degree extensions"): nine squares in Fe2.
    pub(super) fn cyclotomic_square(&self) -> Self {
        let (a, d) = (&self.c0, &self.c1);
        let (t0, t1) = square4(a.c0, d.c1);
        let (t2, t3) = square4(d.c0, a.c2);
        let (t4, t5) = square4(a.c1, d.c2);
        let minus = |t: Fe2, z: Fe2| (t - z).double() + t;
        let plus = |t: Fe2, z: Fe2| (t + z).double() + t;
        Self {
            c0: Fe6 {
                c0: minus(t0, a.c0),
                c1: minus(t2, a.c1),
                c2: minus(t4, a.c2),
            },
            c1: Fe6 {
                c0: plus(t5.times_xi(), d.c0),
                c1: plus(t1, d.c1),
                c2: plus(t3, d.c2),
            },
        }
    }
}

/// `(a + b y)^2` in `Fe2[y]/(y^2 - xi)`.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
fn square4(a: Fe2, b: Fe2) -> (Fe2, Fe2) {
    let (a2, b2) = (a.square(), b.square());
    (a2 + b2.times_xi(), (a + b).square() - a2 - b2)
}

#[cfg(test)]
mod tests {
    use ark_bn254::Fq2;
    use ark_ff::{AdditiveGroup, CyclotomicMultSubgroup, Field, UniformRand};
    use ark_std::rand::SeedableRng;
    use ark_std::rand::rngs::StdRng;

    use super::*;

    #[test]
    fn products_and_squares_are_arkworks_own() {
        let mut rng = StdRng::seed_from_u64(12);
        for _ in 0..50 {
            let (x, y) = (Fq2::rand(&mut rng), Fq2::rand(&mut rng));
            let (a, b) = (Fe2::from_fq2(x), Fe2::from_fq2(y));
            assert_eq!((a * b).to_fq2(), x * y);
            assert_eq!(a.square().to_fq2(), x.square());
            assert_eq!(a.triple().to_fq2(), x.double() + x);
            let (x, y) = (Fq12::rand(&mut rng), Fq12::rand(&mut rng));
            let (a, b) = (Fe12::from_fq12(x), Fe12::from_fq12(y));
            assert_eq!(a.multiply(&b).to_fq12(), x * y);
            assert_eq!(a.square().to_fq12(), x.square());
        }
        assert_eq!(Fe12::ONE.to_fq12(), Fq12::ONE);
    }

    #[test]
    fn sparse_products_are_whole_products_by_the_same_element() {
        let mut rng = StdRng::seed_from_u64(13);
        for _ in 0..20 {
            let value = Fq12::rand(&mut rng);
            let [c, b0, b1] = core::array::from_fn(|_| Fq2::rand(&mut rng));
            let line = |c: Fq2| Fq12::new(Fq6::new(c, Fq2::ZERO, Fq2::ZERO), Fq6::new(b0, b1, Fq2::ZERO));
            let ours = Fe12::from_fq12(value);
            let [fe_c, fe_b0, fe_b1] = [c, b0, b1].map(Fe2::from_fq2);
            assert_eq!(ours.times_line(fe_c, fe_b0, fe_b1).to_fq12(), value * line(c));
            assert_eq!(ours.times_unit_line(fe_b0, fe_b1).to_fq12(), value * line(Fq2::ONE));
        }
    }

    #[test]
    fn cyclotomic_squares_and_inverses_are_arkworks_own() {
        let mut rng = StdRng::seed_from_u64(14);
        for _ in 0..20 {
            let value = Fq12::rand(&mut rng);
            // To the power (q^6 - 1)(q^2 + 1).
            let easy = value.frobenius_map(6) * value.inverse().unwrap();
            let member = easy.frobenius_map(2) * easy;
            let ours = Fe12::from_fq12(member);
            assert_eq!(ours.cyclotomic_square().to_fq12(), member.cyclotomic_square());
            assert_eq!(ours.conjugate().to_fq12(), member.inverse().unwrap());
        }
    }
}
