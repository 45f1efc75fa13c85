//! The optimal ate pairing over BN254, as far as verification needs it.
//!
//! In scope: Miller loops with fixed points' lines at hand, the final exponentiation. Out of scope: what is paired with what.
//! Values agree with arkworks' exactly; tests hold each part to that. An attacker who owns this part can have any false
//! statement accepted.

mod affine;
mod exponentiation;
mod field;
mod lines;
mod many;
mod miller;
mod quadratic;
mod tower;

pub(super) use affine::{Affine, Lockstep};
pub(super) use exponentiation::{X_DIGITS, final_exponentiation};
pub(super) use field::Fe;
pub(super) use lines::{Evaluated, FixedLines, TwistPoint};
pub(super) use many::{ManyPairs, miller_loop_fixed, miller_loop_many};
pub(super) use miller::miller_loop;
pub(super) use tower::Fe12;
