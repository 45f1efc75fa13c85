//! The page for a judge: whole, self-contained, and without a word that a file could have smuggled in.

use alloc::string::String;

use super::scenario::*;
use crate::evidence::html::{Repeat, page};
use crate::request::Request;

fn page_of(report: &EvidenceReport) -> String {
    page(
        report,
        &Repeat {
            file: "acme's <evidence>.json",
            trust: "trust.json",
            trust_sha256: &"ab".repeat(32),
            program: "tradeseal 0",
        },
    )
}

#[test]
fn it_holds_everything_in_the_order_that_a_reader_expects() {
    let report = report_on(good());
    let html = page_of(&report);
    let parts = [
        "1. The result",
        "the presenter owned a receivable",
        "2. Who asked",
        "Bank A",
        "nobody vouches for it",
        "3. What was asked",
        "at least 1000.00 EUR",
        "4. Every check",
        "log_history",
        "5. What this does not establish",
        "6. What it rests on",
        "both: all of (court, notaries: 1 of (notary, notary-b))",
        "court: 2026-09-21 14:21:50 UTC",
        "7. The file, and how to repeat this",
        &report.file.sha256,
        "tradeseal evidence verify &#39;acme&#39;\\&#39;&#39;s &lt;evidence&gt;.json&#39; --trust trust.json",
        "8. Terms",
    ];
    let mut from = 0;
    for part in parts {
        let at = html[from..].find(part);
        from += at.unwrap_or_else(|| panic!("no {part:?} after byte {from}"));
    }
    for check in &report.checks {
        assert!(html.contains(check.name), "{}", check.name);
    }
    for limit in &report.not_established {
        assert!(html.contains(&limit.replace('\'', "&#39;")), "{limit}");
    }
}

#[test]
fn it_fetches_and_runs_nothing() {
    let html = page_of(&report_on(good()));
    for forbidden in [
        "<script",
        "<link",
        "<img",
        "<iframe",
        "<form",
        "url(",
        "@import",
        "http:",
        "https:",
        "javascript:",
        " on",
    ] {
        let tags = html
            .split('<')
            .skip(1)
            .filter_map(|tag| tag.split_once('>'))
            .map(|(tag, _)| tag);
        match forbidden {
            " on" => assert!(!tags.clone().any(|tag| tag.contains(" on")), "an event handler"),
            _ => assert!(!html.contains(forbidden), "{forbidden}"),
        }
    }
    assert!(html.contains("default-src 'none'"));
}

#[test]
fn text_out_of_a_file_is_shown_and_does_nothing() {
    let mut hostile = draft();
    hostile.verifier_name = "</td><script>alert('&')</script>\"".parse().unwrap();
    let world = World::of(Request::sign(hostile, &bank(7)).unwrap(), 0);
    let html = page_of(&report_on(&world.evidence()));
    assert!(html.contains("&lt;/td&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;&quot;"));
    assert!(!html.contains("<script"));
}

#[test]
fn a_file_that_cannot_be_read_makes_a_page_that_says_so() {
    let html = page_of(&verdict_on(b"\x1b[2J<b>"));
    assert!(html.contains("Not verified") && html.contains("not an intact evidence file"));
    assert!(!html.contains('\u{1b}') && !html.contains("<b>"));
}
