//! Building blocks shared by statements; each file has its native twin in crate `primitives`.

pub mod dilution;
pub mod duplicate_tag;
pub mod eddsa;
pub mod edwards;
pub mod elligator;
pub mod fixed_base;
pub mod indexed;
pub mod interval;
pub mod low_bits;
pub mod merkle;
pub mod montgomery;
pub mod poseidon;
pub mod range;
pub mod receivable;
pub mod select;
pub mod variable_base;
