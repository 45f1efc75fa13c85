//! The points that travel: checked where they arrive, so that no later step meets one outside the prime-order subgroup.
//!
//! In scope: parsing and bytes. Out of scope: what is done with them; only a product with a scalar that is not 0 is made into one without a check.
//! An attacker who gets a point of small order past this learns scalars, or evaluates under a key that is none.

use crate::{
    Fr,
    babyjubjub::{self, Point, PointError},
};

macro_rules! checked_point {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// In the prime-order subgroup and not the identity.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub struct $name(pub(super) Point);

        impl $name {
            /// From x and y, 32 bytes each, big-endian.
            ///
            /// # Errors
            /// Names the first check that failed: canonical coordinates, curve, identity, subgroup.
            pub fn from_bytes(bytes: &[u8; 64]) -> Result<Self, PointError> {
                babyjubjub::point_from_bytes(bytes).map(Self)
            }

            /// From coordinates.
            ///
            /// # Errors
            /// Names the first check that failed: curve, identity, subgroup.
            pub fn from_coordinates(x: Fr, y: Fr) -> Result<Self, PointError> {
                babyjubjub::subgroup_point(x, y).map(Self)
            }

            /// x and y, 32 bytes each, big-endian.
            pub fn to_bytes(&self) -> [u8; 64] {
                babyjubjub::point_to_bytes(&self.0)
            }

            /// The point.
            pub const fn point(&self) -> &Point {
                &self.0
            }

            /// Base8, which passes every check: for making circuits, where any point of the right shape will do.
            pub fn base8() -> Self {
                Self(babyjubjub::base8())
            }
        }
    };
}

checked_point! {
    /// B: what a holder sends to the registry. Uniformly random, so it says nothing of the invoice.
    BlindedPoint
}
checked_point! {
    /// E: what the registry answers.
    EvaluatedPoint
}
checked_point! {
    /// K: the registry's public key.
    RegistryPublicKey
}
