//! Outcomes add up to the worst of them, and exit codes are the contract's.

use super::*;

#[test]
fn one_failure_outweighs_everything_and_one_gap_outweighs_success() {
    use Outcome::{Failed, NotChecked, Passed};
    assert_eq!(Verdict::of([Passed, Passed]), Verdict::Verified);
    assert_eq!(Verdict::of([Passed, NotChecked, Passed]), Verdict::Inconclusive);
    assert_eq!(Verdict::of([NotChecked, Failed, Passed]), Verdict::NotVerified);
    assert_eq!(Verdict::of([Failed, NotChecked]), Verdict::NotVerified);
    assert_eq!(Verdict::of([]), Verdict::Inconclusive);
}

#[test]
fn exit_codes_and_json_names_are_the_contracts() {
    for (verdict, code, json) in [
        (Verdict::Verified, 0, "\"verified\""),
        (Verdict::NotVerified, 1, "\"not_verified\""),
        (Verdict::Inconclusive, 3, "\"inconclusive\""),
    ] {
        assert_eq!(verdict.exit_code(), code);
        assert_eq!(serde_json::to_string(&verdict).unwrap(), json);
    }
    for (outcome, json) in [
        (Outcome::Passed, "\"passed\""),
        (Outcome::Failed, "\"failed\""),
        (Outcome::NotChecked, "\"not_checked\""),
    ] {
        assert_eq!(serde_json::to_string(&outcome).unwrap(), json);
    }
}
