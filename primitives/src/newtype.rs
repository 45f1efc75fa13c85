//! One way to wrap a field element in a type of its own, so that a commitment is never taken for a nullifier.
//!
//! In scope: construction, canonical bytes, decimal text. Out of scope: meaning; each type's module says what it holds.
//! An attacker who owns this part could make two encodings of one value, and so alias identities.

/// Declares a public newtype over a field element with canonical conversions. Other crates of the workspace use it too.
#[macro_export]
macro_rules! field_newtype {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name($crate::Fr);

        impl $name {
            /// Wraps a field element.
            pub const fn from_fr(value: $crate::Fr) -> Self {
                Self(value)
            }

            /// The field element.
            pub const fn to_fr(self) -> $crate::Fr {
                self.0
            }

            /// 32 bytes, big-endian, canonical.
            pub fn to_bytes(self) -> [u8; 32] {
                $crate::field::to_bytes(&self.0)
            }

            /// From 32 canonical big-endian bytes.
            ///
            /// # Errors
            /// `NotCanonical` if the integer is not below the modulus.
            pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, $crate::field::FieldError> {
                $crate::field::from_bytes(bytes).map(Self)
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(&$crate::field::to_decimal(&self.0))
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::field::FieldError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::field::from_decimal(text).map(Self)
            }
        }
    };
}

pub(crate) use field_newtype;
