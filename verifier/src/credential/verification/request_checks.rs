//! The request itself: signed by whom it names, valid now, and answered by this presentation with the values asked for.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use tradeseal_primitives::Fr;

use super::{Check, Verification};
use crate::calendar::{format_duration, format_utc};
use crate::credential::presentation::{Presentation, Revealed};
use crate::credential::request::Request;
use crate::encoding::printable;
use crate::verdict::Finding;

impl Verification<'_> {
    pub(super) fn check_request(&mut self) {
        self.checks.record(Check::RequestSignature, self.request_signature());
        self.checks.record(Check::RequestValidity, self.request_validity());
    }

    pub(super) fn check_answer(&mut self, presentation: &Presentation) {
        self.checks.record(Check::Statement, statement(presentation));
        self.checks
            .record(Check::RequestMatch, self.request_match(presentation));
        let shown = self.revealed(presentation);
        self.shown = self.checks.record(Check::Revealed, shown).unwrap_or_default();
        self.checks.record(Check::Scope, self.scope(presentation));
    }

    fn request_signature(&self) -> Finding<()> {
        match self.request.check_signature() {
            Ok(()) => Finding::passed(format!("signed by {}", self.request.verifier_key()), ()),
            Err(cause) => Finding::failed(
                "the request was changed after it was signed, or was not signed by the verifier it names",
                cause,
            ),
        }
    }

    fn request_validity(&self) -> Finding<()> {
        let (issued, expires) = (self.request.draft().issued, self.request.draft().expires);
        let now = format_utc(self.now);
        if self.now < issued {
            return Finding::failed(
                format!("the request is not valid before {}", format_utc(issued)),
                format!("not yet valid: it is {now}"),
            );
        }
        if self.now >= expires {
            let ago = format_duration(self.now.0 - expires.0);
            return Finding::failed(
                format!("the request expired on {}; issue a new one", format_utc(expires)),
                format!("expired {ago} ago: it is {now}"),
            );
        }
        Finding::passed(format!("it is {now}; valid until {}", format_utc(expires)), ())
    }

    fn request_match(&self, presentation: &Presentation) -> Finding<()> {
        let (asked, answered) = (self.request.digest(), presentation.request_digest);
        if asked == answered {
            return Finding::passed("the presentation names this request's digest", ());
        }
        Finding::failed(
            "the presentation answers another request, not this one",
            format!("this request's digest is {asked}, the presentation names {answered}"),
        )
    }

    fn revealed(&self, presentation: &Presentation) -> Finding<Vec<(String, String)>> {
        let digest = presentation.rows.revealed_digest;
        match Revealed::check(self.request.policy(), &presentation.revealed, digest) {
            Ok(shown) => {
                let detail = match shown.len() {
                    0 => "nothing is asked to be shown, and nothing is".to_string(),
                    1 => "1 value".to_string(),
                    count => format!("{count} values"),
                };
                Finding::passed(detail, shown)
            }
            Err(cause) => Finding::failed(
                "the values shown are not the ones that were asked for and proven",
                printable(&cause.to_string()),
            ),
        }
    }

    fn scope(&self, presentation: &Presentation) -> Finding<()> {
        let nullifier = presentation.rows.nullifier.to_fr();
        match (self.request.policy().once_in(), nullifier == Fr::from(0u64)) {
            (None, true) => Finding::passed("the request names no place of use, and there is no number", ()),
            (Some(scope), false) => Finding::passed(format!("a number for {:?}", printable(scope)), ()),
            (None, false) => Finding::failed(
                "the presentation has a number by which it could be recognised, and the request asks for none",
                "the nullifier is not 0",
            ),
            (Some(_), true) => Finding::failed(
                "the presentation lacks the number by which a second use is noticed",
                "the nullifier is 0",
            ),
        }
    }
}

fn statement(presentation: &Presentation) -> Finding<()> {
    let (asked, given) = (Request::STATEMENT, presentation.statement);
    if asked == given {
        return Finding::passed(asked, ());
    }
    Finding::failed(
        "the presentation is of another kind than the request asks for",
        format!("the request asks for {asked}, the presentation is of {given}"),
    )
}
