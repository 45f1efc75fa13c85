//! The page that verifies in a browser (`source/`), whole, for whoever serves it.
//!
//! In scope: its bytes. Out of scope: serving it; building it (`make page`).
//! An attacker who owns the page shows its reader what it likes: who must be sure opens a copy that was checked before.

/// `verify.html`, if it had been built when this crate was. It holds everything it needs and may be served with
/// [`CONTENT_SECURITY_POLICY`].
pub const PAGE: Option<&[u8]> = include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// Its media type.
pub const CONTENT_TYPE: &str = "text/html; charset=utf-8";

/// The header beside it. The page itself names the only script and style allowed, by their hashes; this adds what a page cannot say of itself.
pub const CONTENT_SECURITY_POLICY: &str = "frame-ancestors 'none'";
