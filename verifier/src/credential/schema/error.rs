//! Why a schema, or a value for one of its slots, was refused, and what to do about it.

use alloc::string::String;
use alloc::vec::Vec;

use super::{MAX_SCHEMA_BYTES, MAX_TEXT_BYTES};

/// Why bytes are no schema.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// Over the limit.
    #[error("the schema has {bytes} bytes; at most {max} are read", max = MAX_SCHEMA_BYTES)]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Not JSON of the right shape.
    #[error("the schema cannot be read: {cause}")]
    Json {
        /// What and where.
        cause: String,
    },
    /// No name for machines.
    #[error("{name:?} is no name: 1 to 32 of a-z, 0-9, _ and -, a letter first")]
    Name {
        /// The name.
        name: String,
    },
    /// No title for people.
    #[error("{title:?} is no title: 1 to 200 bytes without control or invisible characters")]
    Title {
        /// The title.
        title: String,
    },
    /// No slot, or more than a credential has.
    #[error("a schema has 1 to 16 slots, this one has {count}")]
    SlotCount {
        /// How many.
        count: usize,
    },
    /// Too many purposes.
    #[error("a schema has at most 16 purposes, this one has {count}")]
    PurposeCount {
        /// How many.
        count: usize,
    },
    /// Two slots or purposes of one name.
    #[error("the name {name:?} is given twice")]
    Repeated {
        /// The name.
        name: String,
    },
    /// A slot refers to a purpose that is not listed.
    #[error("slot {slot} is for the purpose {purpose:?}, which the schema does not list")]
    UnknownPurpose {
        /// The slot.
        slot: String,
        /// The purpose.
        purpose: String,
    },
    /// An encoding that cannot hold.
    #[error("slot {slot}: {problem}")]
    Encoding {
        /// The slot.
        slot: String,
        /// What is wrong with it.
        problem: &'static str,
    },
}

/// Why text is no value of a slot. The value itself is named by whoever knows where it stood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// Nothing there.
    #[error("it is empty")]
    Empty,
    /// 0 stands for an absent value.
    #[error("it is 0, which stands for an absent value")]
    Zero,
    /// Not a decimal number.
    #[error("it is not a decimal number with at most {scale} decimals")]
    NotADecimal {
        /// Decimals that the slot keeps.
        scale: u8,
    },
    /// Does not fit 120 bits.
    #[error("it is more than can be kept (2^120 - 1)")]
    TooLarge,
    /// Not a day.
    #[error("it is not a day such as 2026-12-31")]
    NotADay,
    /// Not so many digits.
    #[error("it does not have exactly {length} digits")]
    NotDigits {
        /// How many.
        length: u8,
    },
    /// No GTIN.
    #[error("it is not a GTIN of 8, 12, 13 or 14 digits with a right check digit")]
    NotAGtin,
    /// Not a short code.
    #[error("it is not a code of 1 to 15 visible ASCII characters")]
    NotACode,
    /// A code that is not on its list.
    #[error("it is not on the list {list}")]
    NotOnList {
        /// Which list.
        list: &'static str,
    },
    /// Too long a text.
    #[error("it is longer than {max} bytes", max = MAX_TEXT_BYTES)]
    TooLong,
    /// A character that cannot be seen.
    #[error("it holds a control or invisible character")]
    Invisible,
}

impl ValueError {
    /// What to do about it.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Empty | Self::Zero => "leave the value out if there is none",
            Self::NotADecimal { .. } => "write it as 1234.5, without separators, sign or exponent, in the slot's unit",
            Self::TooLarge | Self::TooLong => "shorten it, or check the unit",
            Self::NotADay => "write it as 2026-12-31",
            Self::NotDigits { .. } => "give the code at the length that the schema says; dots and spaces do not matter",
            Self::NotAGtin => "copy it from the product's barcode or digital link",
            Self::NotACode => "give the code, not its name",
            Self::NotOnList { .. } => "give the code as its standard writes it, such as DE and not Germany",
            Self::Invisible => "type it again without pasted formatting",
        }
    }
}

/// Why a schema's values do not make attributes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ValuesError {
    /// The schema has no such slot.
    #[error("the schema {schema} has no slot {slot:?}")]
    UnknownSlot {
        /// Which schema.
        schema: String,
        /// The name given.
        slot: String,
    },
    /// A value is none of its slot.
    #[error("{slot}: {problem}")]
    Value {
        /// Which slot.
        slot: String,
        /// Why.
        problem: ValueError,
    },
    /// Required slots without a value.
    #[error("the schema {schema} requires {}", slots.join(", "))]
    Missing {
        /// Which schema.
        schema: String,
        /// Which slots.
        slots: Vec<String>,
    },
}
