//! `tradeseal keys import-zkey`: the key that a ceremony made, believed only after every check.
//!
//! In scope: reading, checking, trying and keeping it, and saying what was not checked. Out of scope: running the ceremony (`docs/ceremony.md`).
//! An attacker who owns this part has its user prove and verify under a key that it can forge with.

use std::fmt;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use ark_std::rand::rngs::OsRng;
use clap::Args;
use serde::Serialize;
use tradeseal_circuits::pins;
use tradeseal_prover::files::{CheckedZkey, Contribution, Powers, ZkeyError};
use tradeseal_prover::keys::KeyRecord;
use tradeseal_verifier::groth16::Provenance;
use tradeseal_verifier::statement::StatementId;

use crate::statements::Provable;
use crate::{ConsoleProgress, Context, Failure, Outcome, files};

pub(super) const EXAMPLES: &str = "\
Examples:
  tradeseal keys import-zkey disclosure_final.zkey --ptau pot14_final.ptau
  tradeseal keys import-zkey mint_final.zkey --statement receivable/mint --ptau pot16_final.ptau --beacon 0a1b...

With --ptau the key is held to the powers of tau that its set-up began with, which is the only full check. Without it, run
`snarkjs zkey verify` with circuit and powers of tau yourself. --beacon is the value that was announced for the last
contribution before it existed; another or none is refused.";

/// Longest key file read: several times that of the largest statement.
const MAX_ZKEY_BYTES: u64 = 1 << 30;

const NOT_BOUND: &str = "warning: without --ptau parts of this key were only tried, not checked: that the input points and L are those of this circuit, and H those of its powers of tau. Import it again with --ptau, or run: snarkjs zkey verify";

/// Arguments of `keys import-zkey`.
#[derive(Debug, Args)]
pub struct ImportZkey {
    /// The .zkey file that the last contribution left
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The statement that it is for; found by its circuit if not given
    #[arg(long, value_name = "STATEMENT", value_parser = StatementId::from_typed)]
    statement: Option<StatementId>,
    /// The .ptau file that its set-up began with
    #[arg(long, value_name = "FILE")]
    ptau: Option<PathBuf>,
    /// The announced beacon, in hexadecimal, that the last contribution must be made from
    #[arg(long, value_name = "HEX")]
    beacon: Option<String>,
}

#[derive(Debug, Serialize)]
struct Imported {
    statement: &'static str,
    key_id: String,
    provenance: Provenance,
    constraints: usize,
    bound_to_powers_of_tau: bool,
    contributions: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    name: Option<String>,
    hash: String,
    beacon: Option<Beacon>,
}

#[derive(Debug, Serialize)]
struct Beacon {
    value: String,
    iterations_exponent: u8,
}

impl From<&Contribution> for Line {
    fn from(one: &Contribution) -> Self {
        Self {
            name: one.name.clone(),
            hash: hex::encode(one.hash),
            beacon: one.beacon.as_ref().map(|beacon| Beacon {
                value: hex::encode(&beacon.value),
                iterations_exponent: beacon.exponent,
            }),
        }
    }
}

impl fmt::Display for Imported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "statement    {}", self.statement)?;
        writeln!(f, "key id       {}", self.key_id)?;
        writeln!(f, "constraints  {}", self.constraints)?;
        if let Provenance::Ceremony { transcript } = self.provenance {
            writeln!(f, "transcript   {}", hex::encode(transcript.0))?;
        }
        let bound = if self.bound_to_powers_of_tau {
            "checked"
        } else {
            "not checked"
        };
        writeln!(f, "powers       {bound}")?;
        for (number, one) in (1..).zip(&self.contributions) {
            let name = one.name.as_deref().unwrap_or("(no name)");
            writeln!(f, "\n{number}. {name}\n   {}", one.hash)?;
            if let Some(beacon) = &one.beacon {
                writeln!(
                    f,
                    "   beacon {}, 2^{} iterations",
                    beacon.value, beacon.iterations_exponent
                )?;
            }
        }
        Ok(())
    }
}

impl ImportZkey {
    pub(super) fn run(&self, context: &Context) -> Result<Outcome, Failure> {
        let bytes = files::read(&self.file, MAX_ZKEY_BYTES)?;
        let mut progress = ConsoleProgress::new(context.console());
        let (provable, checked) = self.checked(&bytes, &mut progress)?;
        self.require_beacon(&checked)?;
        let contributions = checked.contributions().iter().map(Line::from).collect();
        let bound_to_powers_of_tau = checked.is_bound_to_powers();
        let key = (provable.import)(&context.key_registry(), checked, &mut progress)?;
        drop(progress);
        if !bound_to_powers_of_tau {
            context.console().notice(NOT_BOUND);
        }
        let KeyRecord {
            statement,
            key_id,
            provenance,
            constraints,
            ..
        } = key.record();
        context.console().print(&Imported {
            statement: statement.as_str(),
            key_id: key_id.to_string(),
            provenance: *provenance,
            constraints: *constraints,
            bound_to_powers_of_tau,
            contributions,
        })?;
        Ok(Outcome::Done)
    }

    /// Checks the key for the statement named, or for the one whose circuit it has.
    fn checked(&self, bytes: &[u8], progress: &mut ConsoleProgress<'_>) -> Result<(Provable, CheckedZkey), Failure> {
        let provable = match self.statement {
            Some(statement) => Provable::by_id(statement)?,
            None => statement_of(bytes, progress)?,
        };
        let powers = self.powers(provable)?;
        Ok((provable, (provable.check_zkey)(bytes, powers.as_ref(), progress)?))
    }

    fn powers(&self, provable: Provable) -> Result<Option<Powers>, Failure> {
        let Some(path) = &self.ptau else {
            return Ok(None);
        };
        let pin = pins::pin(provable.statement);
        let domain = pin
            .map_or(1, |pin| pin.constraints + provable.statement.row_count() + 1)
            .next_power_of_two();
        let file = File::open(path).map_err(|cause| Failure::file("read", path, &cause))?;
        read_powers(file, domain, path).map(Some)
    }

    fn require_beacon(&self, checked: &CheckedZkey) -> Result<(), Failure> {
        let Some(announced) = &self.beacon else {
            return Ok(());
        };
        let last = checked.contributions().last().and_then(|one| one.beacon.as_ref());
        if last.is_some_and(|beacon| hex::encode(&beacon.value) == announced.to_ascii_lowercase()) {
            return Ok(());
        }
        Err(Failure::new(
            "key_refused",
            "the last contribution is not made from the announced beacon",
            "ask for the file that was made after the beacon, or compare the announcement: keys import-zkey shows the beacon if --beacon is left out",
        ))
    }
}

/// The statement whose circuit a key has.
fn statement_of(bytes: &[u8], progress: &mut ConsoleProgress<'_>) -> Result<Provable, Failure> {
    for provable in Provable::ALL {
        match (provable.check_zkey)(bytes, None, progress) {
            Err(ZkeyError::Size { .. } | ZkeyError::Coefficients { .. }) => {}
            Err(refused) => return Err(refused.into()),
            Ok(_) => return Ok(provable),
        }
    }
    Err(Failure::new(
        "key_refused",
        "the key is for none of this program's circuits",
        "name the statement to see what differs: --statement; a ceremony begins with: tradeseal keys export-r1cs",
    ))
}

fn read_powers(file: File, domain: usize, path: &Path) -> Result<Powers, Failure> {
    Powers::read(&mut BufReader::new(file), domain, &mut OsRng).map_err(|refused| {
        Failure::new(
            "powers_refused",
            format!("{}: {refused}", path.display()),
            "take a prepared file of the published powers of tau, and compare its hash with the published one",
        )
    })
}
