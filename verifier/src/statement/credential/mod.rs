//! Statements about credentials (`docs/protocol.md` section 8).

pub mod presentation;
