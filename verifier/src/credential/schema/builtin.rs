//! The schemas that come with this version, as data files in `schemas/`.
//!
//! In scope: the list. Out of scope: schemas of others, which are read from their files in the same form.
//! An attacker who changes a file changes the schema's id; a test holds the ids.

use super::Schema;

/// Name and JSON of each schema.
pub const BUILTIN: [(&str, &str); 5] = [
    ("trade-passport", include_str!("../../../schemas/trade-passport.json")),
    (
        "product-identity-card",
        include_str!("../../../schemas/product-identity-card.json"),
    ),
    ("electronic-bill", include_str!("../../../schemas/electronic-bill.json")),
    (
        "certificate-of-origin",
        include_str!("../../../schemas/certificate-of-origin.json"),
    ),
    ("kyc", include_str!("../../../schemas/kyc.json")),
];

/// A schema of this version, by name, with or without `/v1`.
pub fn builtin(name: &str) -> Option<Schema> {
    let schemas = BUILTIN
        .iter()
        .filter_map(|(_, text)| Schema::parse(text.as_bytes()).ok());
    let mut named = schemas.filter(|schema| schema.name() == name || schema.full_name() == name);
    named.next()
}
