//! Takes the page in where `make page` has built it. Building it needs a second compiler and a browser's tools, which a build of the
//! service must not.
#![allow(missing_docs, clippy::print_stdout)]

use std::path::Path;
use std::{env, fs};

fn main() {
    let page = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("dist/verify.html");
    // The folder is there before the page is.
    println!("cargo::rerun-if-changed=dist");
    let constant = if page.is_file() {
        format!("Some(include_bytes!({:?}))", page.display().to_string())
    } else {
        "None".to_owned()
    };
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("page.rs");
    fs::write(out, constant).expect("cargo's own folder can be written");
}
