//! The request itself: signed by whom it names, valid now, and answered by this presentation.

use alloc::format;

use super::{Check, Verification};
use crate::calendar::{format_duration, format_utc};
use crate::presentation::Presentation;
use crate::verdict::Finding;

impl Verification<'_> {
    pub(super) fn check_request(&mut self) {
        self.checks.record(Check::RequestSignature, self.request_signature());
        self.checks.record(Check::RequestValidity, self.request_validity());
    }

    pub(super) fn check_answer(&mut self, presentation: &Presentation) {
        self.checks.record(Check::Statement, self.statement(presentation));
        self.checks
            .record(Check::RequestMatch, self.request_match(presentation));
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

    fn statement(&self, presentation: &Presentation) -> Finding<()> {
        let (asked, given) = (self.request.draft().statement, presentation.statement);
        if asked == given {
            return Finding::passed(asked, ());
        }
        Finding::failed(
            "the presentation is of another kind than the request asks for",
            format!("the request asks for {asked}, the presentation is of {given}"),
        )
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
}
