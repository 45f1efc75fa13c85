//! Field elements with a name, so that a root is never taken for a digest.
//!
//! In scope: construction, canonical bytes, decimal text. Out of scope: meaning; each type's module says what it holds.
//! An attacker who owns this part could make two encodings of one value.

/// Declares a public newtype over a field element with canonical conversions and decimal serde.
macro_rules! field_newtype {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(tradeseal_primitives::Fr);

        impl $name {
            /// Wraps a field element.
            pub const fn from_fr(value: tradeseal_primitives::Fr) -> Self {
                Self(value)
            }

            /// The field element.
            pub const fn to_fr(self) -> tradeseal_primitives::Fr {
                self.0
            }

            /// 32 bytes, big-endian, canonical.
            pub fn to_bytes(self) -> [u8; 32] {
                tradeseal_primitives::field::to_bytes(&self.0)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(&tradeseal_primitives::field::to_decimal(&self.0))
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl core::str::FromStr for $name {
            type Err = tradeseal_primitives::field::FieldError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                tradeseal_primitives::field::from_decimal(text).map(Self)
            }
        }
    };
}

pub(crate) use field_newtype;
