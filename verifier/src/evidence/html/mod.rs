//! The report as one page to print and to keep with the file: for a judge.
//!
//! In scope: one self-contained HTML document, without scripts or anything to fetch, that prints on A4 in black and white. Out of scope: any
//! judgement, which is the report's. Every text from a file is escaped; what nobody vouches for is labelled so.
//! An attacker who owns this part prints what it likes above a court's signature.

mod words;

use alloc::format;
use alloc::string::String;

use tradeseal_primitives::receivable::UnixSeconds;

use super::report::{EvidenceReport, Moment, SeenCheckpoint};
use crate::calendar::format_utc;
use crate::encoding::is_plain;
use crate::groth16::Provenance;
use crate::verdict::{Asked, CheckResult, Outcome, Verdict};

const STYLE: &str = include_str!("style.css");

/// How a reader repeats the verification: names as they are to stand in the commands.
#[derive(Debug, Clone, Copy)]
pub struct Repeat<'a> {
    /// The evidence file's name.
    pub file: &'a str,
    /// The trust file's name.
    pub trust: &'a str,
    /// SHA-256 of the trust file, hexadecimal: whoever reads the report must know whom it believes.
    pub trust_sha256: &'a str,
    /// The program that made the report, with its version.
    pub program: &'a str,
}

/// The page.
pub fn page(report: &EvidenceReport, repeat: &Repeat<'_>) -> String {
    let mut page = Page(String::new());
    page.head(report);
    page.result(report);
    page.asked(report);
    page.claims(report);
    page.checks(report);
    page.limits(report);
    page.basis(report);
    page.repeat(report, repeat);
    page.terms();
    page.signing();
    page.raw("</td></tr></tbody></table>\n</body>\n</html>\n");
    page.0
}

/// The document as it grows.
struct Page(String);

impl Page {
    fn raw(&mut self, html: &str) {
        self.0.push_str(html);
    }

    /// Text, escaped.
    fn text(&mut self, text: &str) {
        self.0.push_str(&escaped(text));
    }

    fn heading(&mut self, text: &str) {
        self.raw(&format!("<h2>{}</h2>\n", escaped(text)));
    }

    fn fact(&mut self, name: &str, html: &str) {
        self.raw(&format!(
            "<tr><th scope=\"row\">{}</th><td>{html}</td></tr>\n",
            escaped(name)
        ));
    }

    fn head(&mut self, report: &EvidenceReport) {
        self.raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        self.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        self.raw(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
        );
        self.raw("<meta name=\"referrer\" content=\"no-referrer\">\n<title>Evidence report: ");
        self.text(report.verdict.label());
        self.raw(&format!(
            "</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<table class=\"sheet\" role=\"presentation\">\n"
        ));
        self.raw("<thead><tr><td><div class=\"running\">Report on the evidence file with SHA-256<br>");
        self.raw(&format!(
            "<span class=\"mono\">{}</span></div></td></tr></thead>\n",
            escaped(&report.file.sha256)
        ));
        self.raw("<tbody><tr><td>\n<h1>Report on an evidence file</h1>\n");
        let checked = format_utc(UnixSeconds(report.checked));
        self.raw(&format!(
            "<p class=\"sub\">Checked on {checked}, by the clock of the machine that checked it.</p>\n"
        ));
    }

    fn result(&mut self, report: &EvidenceReport) {
        let (label, sentence) = (report.verdict.label(), &report.sentence);
        let said = sentence.strip_prefix(label).and_then(|rest| rest.strip_prefix(": "));
        self.heading("1. The result");
        self.raw(&format!(
            "<div class=\"verdict {}\"><strong>{label}</strong><p>",
            class(report.verdict)
        ));
        self.text(&capitalised(said.unwrap_or(sentence)));
        self.raw("</p></div>\n");
    }

    fn asked(&mut self, report: &EvidenceReport) {
        self.heading("2. Who asked, for what, and when");
        self.raw("<table class=\"facts\">\n");
        match &report.asked {
            Some(asked) => self.request(asked),
            None if report.made_for.is_empty() => self.fact("Asked", "nothing that could be read"),
            None => {}
        }
        for made_for in &report.made_for {
            let made = format_utc(UnixSeconds(made_for.made));
            let html = format!(
                "{} <span class=\"untrusted\">(as the discloser wrote it)</span>, on {made} by its maker's clock",
                escaped(&made_for.name)
            );
            self.fact("Disclosed for", &html);
        }
        if let Some(statement) = report.statement {
            self.fact(
                "Statement",
                &format!("<span class=\"mono\">{}</span>", escaped(statement)),
            );
        }
        if let Some(made) = report.made {
            let made = format_utc(UnixSeconds(made));
            let html = format!("{made} <span class=\"untrusted\">(its maker's word: nobody vouches for it)</span>");
            self.fact("Evidence file made", &html);
        }
        self.raw("</table>\n");
    }

    fn request(&mut self, asked: &Asked) {
        let name = format!(
            "{} <span class=\"untrusted\">(the name as the request gives it: nobody vouches for it)</span>",
            escaped(&asked.by)
        );
        self.fact("Asked by", &name);
        let word = if asked.authenticated {
            "the request is signed with this key"
        } else {
            "NOT AUTHENTICATED: the request's signature does not verify"
        };
        let key = format!("<span class=\"mono\">{}</span><br>{word}", escaped(&asked.key));
        self.fact("Its key (Ed25519)", &key);
        let (issued, expires) = (UnixSeconds(asked.issued), UnixSeconds(asked.expires));
        let valid = format!("{} to {}", format_utc(issued), format_utc(expires));
        self.fact("Request valid", &valid);
    }

    fn claims(&mut self, report: &EvidenceReport) {
        self.heading("3. What was asked or said, and what is proven of it");
        if report.claims.is_empty() {
            return self.raw("<p>Nothing that could be read.</p>\n");
        }
        self.raw("<table class=\"grid\"><thead><tr><th class=\"name\">Subject</th><th>Asked or said</th><th>Proven</th></tr></thead><tbody>\n");
        for claim in &report.claims {
            let proven = match claim.proven.as_deref() {
                Some(proven) if proven == claim.requested => "as said".into(),
                Some(proven) => escaped(proven),
                None => "<span class=\"unproven\">not proven</span>".into(),
            };
            let (name, requested) = (escaped(&words::claim(claim.name)), escaped(&claim.requested));
            self.raw(&format!(
                "<tr><td class=\"name\">{name}</td><td>{requested}</td><td>{proven}</td></tr>\n"
            ));
        }
        self.raw("</tbody></table>\n");
    }

    fn checks(&mut self, report: &EvidenceReport) {
        self.heading("4. Every check, and what it found");
        self.raw("<table class=\"grid\"><thead><tr><th class=\"no\">No.</th><th>Question</th><th class=\"outcome\">Answer</th><th>What was found</th></tr></thead><tbody>\n");
        for (number, check) in (1..).zip(&report.checks) {
            self.check(number, check);
        }
        self.raw("</tbody></table>\n");
    }

    fn check(&mut self, number: usize, check: &CheckResult) {
        let (class, answer) = match check.outcome {
            Outcome::Passed => ("passed", "yes"),
            Outcome::Failed => ("failed", "NO"),
            Outcome::NotChecked => ("not_checked", "not checked"),
        };
        let question = escaped(words::question(check.name));
        let (name, detail) = (escaped(check.name), escaped(&check.detail));
        self.raw(&format!(
            "<tr><td class=\"no\">{number}</td><td>{question}<br><span class=\"mono\">{name}</span></td>\
             <td class=\"outcome\"><span class=\"{class}\">{answer}</span></td><td class=\"small\">{detail}</td></tr>\n"
        ));
    }

    fn limits(&mut self, report: &EvidenceReport) {
        self.heading("5. What this does not establish");
        if report.not_established.is_empty() {
            return self.raw("<p>Anything: the file could not be read.</p>\n");
        }
        self.raw("<ul>\n");
        for limit in &report.not_established {
            self.raw(&format!("<li>{}</li>\n", escaped(limit)));
        }
        self.raw("</ul>\n");
    }

    fn basis(&mut self, report: &EvidenceReport) {
        let basis = &report.basis;
        self.heading("6. What it rests on");
        self.raw("<table class=\"facts\">\n");
        for key in &basis.keys {
            let provenance = match key.provenance {
                None => "the trust file does not name it".into(),
                Some(Provenance::InsecureDev) => {
                    "DEVELOPMENT KEY: whoever made it can forge proofs; it is for trying things out".into()
                }
                Some(Provenance::Ceremony { transcript }) => format!(
                    "made in the ceremony of transcript <span class=\"mono\">{}</span>",
                    hex::encode(transcript.0)
                ),
            };
            self.fact(
                "Verification key",
                &format!("<span class=\"mono\">{}</span><br>{provenance}", key.key_id),
            );
        }
        match &basis.log {
            Some(log) => self.fact(
                "Log of the ledger",
                &format!("<span class=\"mono\">{}</span>", escaped(log)),
            ),
            None => self.fact("Log of the ledger", "none whose signature could be checked"),
        }
        for key in &basis.log_keys {
            self.fact("Its key", &format!("<span class=\"mono\">{}</span>", escaped(key)));
        }
        if let Some(moment) = &basis.moment {
            self.moment(moment);
        }
        let required = basis.required.as_deref().map_or_else(
            || "nobody: the trust file names no log witnesses for this log".into(),
            |required| {
                format!(
                    "{} (by the trust file, of {} named)",
                    escaped(required),
                    basis.log_witnesses
                )
            },
        );
        self.fact("Log witnesses required", &required);
        self.raw("</table>\n");
        self.checkpoints(&basis.checkpoints);
    }

    fn moment(&mut self, moment: &Moment) {
        let time = |time: Option<u64>| time.map_or_else(|| "not stated".into(), |time| format_utc(UnixSeconds(time)));
        self.fact(
            "Holds as of",
            &format!("entry {} of the log, the ledger's state", moment.index),
        );
        self.fact("Its time, by the ledger", &time(Some(moment.time)));
        self.fact("Log witnesses without it", &time(moment.not_before));
        self.fact("Log witnesses with it by", &time(moment.by));
    }

    fn checkpoints(&mut self, checkpoints: &[SeenCheckpoint]) {
        if checkpoints.is_empty() {
            return;
        }
        self.raw("<table class=\"grid\"><thead><tr><th>Entries</th><th>Root of the log (SHA-256, base64)</th><th>Cosigned by, on</th></tr></thead><tbody>\n");
        for checkpoint in checkpoints {
            let mut cosigned = String::new();
            for by in &checkpoint.cosigned {
                let time = format_utc(UnixSeconds(by.time));
                cosigned.push_str(&format!("{}: {time}<br>", escaped(&by.name)));
            }
            if cosigned.is_empty() {
                cosigned.push_str("nobody that counts");
            }
            let (size, root) = (checkpoint.size, escaped(&checkpoint.root));
            self.raw(&format!(
                "<tr><td>{size}</td><td class=\"mono\">{root}</td><td class=\"small\">{cosigned}</td></tr>\n"
            ));
        }
        self.raw("</tbody></table>\n");
    }

    fn repeat(&mut self, report: &EvidenceReport, repeat: &Repeat<'_>) {
        self.heading("7. The file, and how to repeat this");
        self.raw("<table class=\"facts\">\n");
        self.fact(
            "Evidence file",
            &format!("{}, {} bytes", escaped(repeat.file), report.file.bytes),
        );
        self.fact(
            "Its SHA-256",
            &format!("<span class=\"mono\">{}</span>", escaped(&report.file.sha256)),
        );
        let trust = format!(
            "{}, SHA-256 <span class=\"mono\">{}</span><br>Whom the check believes. It must come from somebody whom the court trusts, not with the evidence.",
            escaped(repeat.trust),
            escaped(repeat.trust_sha256)
        );
        self.fact("Trust file", &trust);
        self.fact("Checked with", &escaped(repeat.program));
        self.raw("</table>\n<p>Anybody can repeat the check without a network, with the two files alone:</p>\n<pre>");
        let (file, trust) = (quoted(repeat.file), quoted(repeat.trust));
        self.text(&format!(
            "sha256sum {file}\ntradeseal evidence verify {file} --trust {trust}"
        ));
        self.raw("</pre>\n");
    }

    fn terms(&mut self) {
        self.heading("8. Terms");
        self.raw(TERMS);
    }

    fn signing(&mut self) {
        self.raw("<table class=\"signing\"><tr><td><span>Checked by</span></td><td><span>Place and date</span></td><td><span>Signature</span></td></tr></table>\n");
    }
}

const TERMS: &str = "<table class=\"facts small\">\n\
<tr><th scope=\"row\">Verified</th><td>Every check was made and passed.</td></tr>\n\
<tr><th scope=\"row\">Inconclusive</th><td>No check failed, but something needed could not be checked. It is not a refusal.</td></tr>\n\
<tr><th scope=\"row\">Not verified</th><td>At least one check failed: the file does not show what it claims.</td></tr>\n\
<tr><th scope=\"row\">Log, checkpoint</th><td>The ledger writes every entry into a log that can only grow. A checkpoint is its signature over all entries so far; changing any of them changes the root.</td></tr>\n\
<tr><th scope=\"row\">Log witness</th><td>An independent body (a court, a notary) that cosigns a checkpoint only if it continues what it saw before, and states the time.</td></tr>\n\
<tr><th scope=\"row\">Proof</th><td>A zero-knowledge proof: it shows that a statement about hidden values is true, and nothing else about them.</td></tr>\n\
<tr><th scope=\"row\">Trust file</th><td>Names the logs, log witnesses and verification keys that whoever checks believes.</td></tr>\n\
</table>\n";

fn class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Verified => "verified",
        Verdict::Inconclusive => "inconclusive",
        Verdict::NotVerified => "not_verified",
    }
}

/// Text for an HTML element or a quoted attribute. Characters that are invisible or turn the direction of writing are shown as such.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\n' => html.push('\n'),
            c if is_plain(c) => html.push(c),
            _ => html.push('\u{fffd}'),
        }
    }
    html
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A file's name as a shell takes it.
fn quoted(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || "./_-".contains(c);
    if !name.is_empty() && !name.starts_with('-') && name.chars().all(bare) {
        return name.into();
    }
    format!("'{}'", name.replace('\'', r"'\''"))
}
