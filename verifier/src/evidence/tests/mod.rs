//! Evidence holds offline, as of its own time; nothing in it is free; and whatever it lacks is said.

mod attacks;
mod bytes;
mod disclosures;
mod later;
mod log;
mod pages;
mod scenario;
mod verdicts;
