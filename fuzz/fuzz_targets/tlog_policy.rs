//! Reads arbitrary text as a policy of log witnesses: what is refused names its line, what is read never takes an unsigned checkpoint.
#![no_main]

use std::sync::LazyLock;

use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;
use libfuzzer_sys::fuzz_target;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_trapdoor::Scenario;
use tradeseal_verifier::log::{SignedCheckpoint, TlogProof, WitnessPolicy};

/// Signed by one log, cosigned by nobody.
static CHECKPOINT: LazyLock<SignedCheckpoint> = LazyLock::new(|| {
    let mut rng = StdRng::seed_from_u64(1);
    let scenario = Scenario::new(UnixSeconds(1_790_000_000), &mut rng);
    let request = scenario.signed(scenario.draft(1, &mut rng));
    let anchor = scenario.presentation(&request, &mut rng).anchor;
    TlogProof::parse(&anchor.tlog_proof)
        .expect("our own")
        .checkpoint()
        .clone()
});

fuzz_target!(|text: &str| {
    match WitnessPolicy::parse(text) {
        Ok(policy) => {
            let report = policy.evaluate(&CHECKPOINT);
            let seen = report.is_ok_and(|report| !report.cosigned.is_empty());
            assert!(!seen, "nobody cosigned");
        }
        Err(refused) => assert!(refused.to_string().len() < 4096),
    }
});
