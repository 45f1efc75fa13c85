//! The table of refusals in `docs/verifier.md` names tests that exist.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_test_that_the_table_of_refusals_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let page = fs::read_to_string(root.join("docs/verifier.md")).unwrap();
    let section = page.split("## What is refused").nth(1).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let mut source = String::new();
    for folder in ["verifier/src", "tests/tests"] {
        read(&root.join(folder), &mut source);
    }
    let rows = section
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains('`'));
    let tests: Vec<&str> = rows
        .flat_map(|row| row.split(" | ").last().unwrap().split('`').skip(1).step_by(2))
        .collect();
    assert!(tests.len() > 20, "{tests:?}");
    for test in tests {
        assert!(source.contains(&format!("fn {test}(")), "no test is called {test}");
    }
}

fn read(folder: &Path, source: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        if path.is_dir() {
            read(&path, source);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            source.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}
