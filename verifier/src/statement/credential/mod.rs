//! Statements about credentials (`docs/protocol.md` section 7).

pub mod presentation;
