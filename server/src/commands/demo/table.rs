//! How the demo ended: what each scene came to, and a row for each statement.
//!
//! In scope: the JSON contract of `DESIGN` section 8 and its text. Out of scope: deciding what is expected (`scenes`).
//! An attacker who owns this part prints verdicts that nobody reached.

use std::fmt;

use serde::Serialize;

/// The demo's result. The keys `statements`, `evidence` and `provenance` are a contract.
#[derive(Debug, Serialize)]
pub(super) struct Table {
    pub(super) invoice: InvoiceRow,
    pub(super) scenes: Vec<Scene>,
    pub(super) statements: Vec<StatementRow>,
    /// Evidence files written.
    pub(super) evidence: Vec<String>,
    pub(super) provenance: &'static str,
    /// Other files left in the folder.
    pub(super) files: Vec<String>,
}

/// The invoice, as far as the merchant tells.
#[derive(Debug, Serialize)]
pub(super) struct InvoiceRow {
    pub(super) number: String,
    pub(super) amount: String,
    pub(super) due_date: String,
}

/// One scene.
#[derive(Debug, Serialize)]
pub(super) struct Scene {
    pub(super) title: String,
    /// `done`, `refused`, or a verdict.
    pub(super) outcome: String,
    pub(super) sentence: String,
}

/// One statement's row.
#[derive(Debug, Serialize)]
pub(super) struct StatementRow {
    pub(super) statement: String,
    pub(super) verdict: &'static str,
    pub(super) constraints: usize,
    pub(super) prove_ms: f64,
    pub(super) verify_ms: f64,
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let InvoiceRow {
            number,
            amount,
            due_date,
        } = &self.invoice;
        writeln!(f, "Invoice {number}: {amount}, due {due_date}\n")?;
        for (number, scene) in (1..).zip(&self.scenes) {
            let said = match scene.outcome.as_str() {
                verdict @ ("done" | "refused") => format!("{verdict}: {}", scene.sentence),
                _ => scene.sentence.clone(),
            };
            writeln!(f, "{number}. {}\n   {said}", scene.title)?;
        }
        writeln!(
            f,
            "\n{:<28} {:<14} {:>11} {:>9} {:>10}",
            "statement", "verdict", "constraints", "prove ms", "verify ms"
        )?;
        for row in &self.statements {
            let StatementRow {
                statement,
                verdict,
                constraints,
                prove_ms,
                verify_ms,
            } = row;
            writeln!(
                f,
                "{statement:<28} {verdict:<14} {constraints:>11} {prove_ms:>9.0} {verify_ms:>10.2}"
            )?;
        }
        writeln!(
            f,
            "\nkeys: {} (anyone can forge under development keys; the demo's trust file allows them)",
            self.provenance
        )?;
        writeln!(f, "files: {}", self.files.join(", "))?;
        write!(f, "evidence: {}", self.evidence.join(", "))
    }
}
