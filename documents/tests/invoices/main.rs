//! What reading an invoice promises: the shipped samples, each attribute, each party rule, hostile files, real documents.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod attributes;
mod credit_notes;
mod hostile_files;
mod parties;
mod real_documents;
mod sample;
mod shared_data;
mod shipped_samples;
