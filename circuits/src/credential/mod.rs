//! Statements about credentials: a holder shows a verifier that what an issuer signed for it satisfies a query.

pub mod presentation;
