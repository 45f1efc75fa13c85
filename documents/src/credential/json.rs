//! JSON from anybody: bounded, and read one way only.
//!
//! In scope: size, depth, number of values, names given twice. Out of scope: what the values mean.
//! An attacker who owns this part shows an issuer one value and signs another: of two values under one name, readers differ on which counts,
//! so such a document is refused.
//!
//! Numbers are what JSON's own readers make of them (RFC 8259 section 6): integers of 64 bits exactly, others as IEEE doubles in their shortest form.

use core::cell::Cell;
use core::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::quoted::Quoted;

/// Largest document read.
pub const MAX_JSON_BYTES: usize = 4 * 1024 * 1024;
/// Deepest nesting read.
const MAX_DEPTH: usize = 48;
/// Most values read, those inside others included.
const MAX_VALUES: usize = 200_000;

/// Why bytes are no JSON that is read here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// Over the limit.
    #[error("the document has {bytes} bytes; at most {max} are read", max = MAX_JSON_BYTES)]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Not JSON, or not within the bounds.
    #[error("the document cannot be read as JSON: {}", cause.as_str())]
    Malformed {
        /// What and where.
        cause: Quoted,
    },
}

/// A value of a document.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json {
    Null,
    Bool(bool),
    /// A number in its decimal form.
    Number(String),
    Text(String),
    List(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Json {
    /// Reads a document.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, JsonError> {
        if bytes.len() > MAX_JSON_BYTES {
            return Err(JsonError::TooLong { bytes: bytes.len() });
        }
        let left = Cell::new(MAX_VALUES);
        let mut reader = serde_json::Deserializer::from_slice(bytes);
        let value = Reader { depth: 0, left: &left }.deserialize(&mut reader);
        value
            .and_then(|value| reader.end().map(|()| value))
            .map_err(|cause| JsonError::Malformed {
                cause: Quoted::message(&cause.to_string()),
            })
    }

    /// The member of an object.
    pub(super) fn member(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(known, _)| known == name).map(|(_, value)| value),
            _ => None,
        }
    }

    /// A text or number as text; nothing for `null`.
    pub(super) fn scalar(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of a list, or the one value that stands without one, as JSON-LD allows.
    pub(super) fn elements(&self) -> &[Self] {
        match self {
            Self::List(elements) => elements,
            Self::Null => &[],
            one => core::slice::from_ref(one),
        }
    }
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    depth: usize,
    left: &'a Cell<usize>,
}

impl Reader<'_> {
    fn inside<E: Error>(self) -> Result<Self, E> {
        if self.depth == MAX_DEPTH {
            return Err(E::custom(format_args!("more than {MAX_DEPTH} levels of nesting")));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self
        })
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Json, D::Error> {
        match self.left.get().checked_sub(1) {
            Some(left) => self.left.set(left),
            None => return Err(D::Error::custom(format_args!("more than {MAX_VALUES} values"))),
        }
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_string()))
    }

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<Json, A::Error> {
        let inside = self.inside()?;
        let mut elements = Vec::new();
        while let Some(element) = input.next_element_seed(inside)? {
            elements.push(element);
        }
        Ok(Json::List(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<Json, A::Error> {
        let inside = self.inside()?;
        let mut names = std::collections::HashSet::new();
        let mut members = Vec::new();
        while let Some(name) = input.next_key::<String>()? {
            if !names.insert(name.clone()) {
                return Err(A::Error::custom(format_args!(
                    "the name {} is given twice",
                    Quoted::new(&name)
                )));
            }
            members.push((name, input.next_value_seed(inside)?));
        }
        Ok(Json::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(text: &str) -> String {
        Json::parse(text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_name_given_twice_is_refused_at_any_depth() {
        assert!(refused(r#"{"a":1,"a":1}"#).contains("given twice"));
        assert!(refused(r#"[{"x":{"a":1,"b":2,"\u0061":3}}]"#).contains("given twice"));
        assert!(Json::parse(br#"{"a":{"a":1},"b":{"a":1}}"#).is_ok());
    }

    #[test]
    fn depth_number_and_size_are_bounded() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(Json::parse(nested(MAX_DEPTH).as_bytes()).is_ok());
        assert!(refused(&nested(MAX_DEPTH + 1)).contains("levels"));
        let many = |count: usize| format!("[{}0]", "0,".repeat(count - 2));
        assert!(Json::parse(many(MAX_VALUES).as_bytes()).is_ok());
        assert!(refused(&many(MAX_VALUES + 1)).contains("values"));
        let bytes = MAX_JSON_BYTES + 1;
        assert_eq!(Json::parse(&vec![b' '; bytes]), Err(JsonError::TooLong { bytes }));
    }

    #[test]
    fn numbers_keep_their_decimals() {
        for (text, expected) in [
            ("66.96", "66.96"),
            ("16500", "16500"),
            ("-1", "-1"),
            ("18446744073709551615", "18446744073709551615"),
        ] {
            assert_eq!(Json::parse(text.as_bytes()), Ok(Json::Number(expected.to_string())));
        }
        for text in ["", "{", "1 2", "{\"a\":}", "nul", "\"\\ud800\"", "\u{feff}{}"] {
            assert!(Json::parse(text.as_bytes()).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Json::parse(&bytes);
        }
    }
}
