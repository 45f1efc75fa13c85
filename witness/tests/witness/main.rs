//! The log witness and its client over real sockets: what each promises, and what neither lets a liar do.
#![allow(clippy::unwrap_used, unreachable_pub)]

mod clients;
mod fixture;
mod folders;
mod forks;
mod https;
mod impostor;
mod kills;
mod quorums;
mod refusals;
mod services;
mod wire;
