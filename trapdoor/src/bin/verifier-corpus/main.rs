//! `verifier-corpus FOLDER`: writes good and bad inputs for verifiers, one folder a case, and `corpus.json`, their list.
//!
//! In scope: inputs of which it is known beforehand what each verifier must say. Out of scope: asking one.
//! Each case holds `presentation.json`, `request.json` and `trust.json`; the list gives its name, its verdict, whether the pairing
//! equation alone holds for the presentation as it stands, and the time at which to ask.
#![allow(clippy::print_stderr)]

mod cases;
mod damage;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, fs};

use cases::Case;
use tradeseal_primitives::receivable::UnixSeconds;

fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1) else {
        eprintln!("usage: verifier-corpus FOLDER");
        return ExitCode::from(2);
    };
    match write(Path::new(&folder)) {
        Ok(count) => {
            eprintln!("wrote {count} cases");
            ExitCode::SUCCESS
        }
        Err(cause) => {
            eprintln!("error: {cause}");
            ExitCode::from(2)
        }
    }
}

fn write(folder: &Path) -> Result<usize, Box<dyn Error>> {
    let now = UnixSeconds(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs());
    let cases = cases::all(now);
    for case in &cases {
        let folder = folder.join(&case.name);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("presentation.json"), &case.presentation)?;
        fs::write(folder.join("request.json"), &case.request)?;
        fs::write(folder.join("trust.json"), &case.trust)?;
    }
    let list: Vec<_> = cases.iter().map(Case::listed).collect();
    fs::write(folder.join("corpus.json"), serde_json::to_vec_pretty(&list)?)?;
    Ok(cases.len())
}
