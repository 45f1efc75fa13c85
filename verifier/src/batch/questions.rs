//! The requests at hand, found by their digests.

use alloc::vec::Vec;

use super::Unanswered;
use crate::presentation::Presentation;
use crate::request::Request;

/// Requests among which each presentation finds its own.
#[derive(Debug)]
pub struct Questions {
    /// Ascending by digest.
    requests: Vec<Request>,
}

impl Questions {
    /// These requests. The same one twice is one.
    pub fn new(mut requests: Vec<Request>) -> Self {
        requests.sort_by_key(Request::digest);
        requests.dedup_by_key(|request| request.digest());
        Self { requests }
    }

    /// The request that a presentation names. If there is only one request it is that one, whatever the presentation is: a report
    /// then says what is wrong.
    ///
    /// # Errors
    /// `Unanswered`: there is nothing to judge it by.
    pub fn asked(&self, presentation: &[u8]) -> Result<&Request, Unanswered> {
        if let [only] = &self.requests[..] {
            return Ok(only);
        }
        let named = Presentation::parse(presentation)?.request_digest;
        let found = self.requests.binary_search_by_key(&named, Request::digest);
        found.map(|at| &self.requests[at]).map_err(|_| Unanswered::NoRequest)
    }
}
