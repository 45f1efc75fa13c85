//! The HTTP service: `POST /add-checkpoint` and `GET /health`, in the clear; TLS belongs to a terminator in front.
//!
//! In scope: statuses and content types of C2SP tlog-witness, limits on sizes, times and connections, an orderly end. Out of
//! scope: deciding. An attacker who can connect can take the places for connections, for as long as the time-outs allow.

mod routes;
mod server;

pub use server::{RunningWitness, ServeOptions, serve_until_signal};
