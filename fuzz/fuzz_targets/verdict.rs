//! Judges arbitrary bytes as a presentation, alone and in a batch beside a good one: the same report both ways, no verdict of Verified without
//! a ledger, and no proof that holds but the good one's rows'.
#![no_main]

use std::sync::LazyLock;

use ark_std::rand::SeedableRng;
use ark_std::rand::rngs::StdRng;
use libfuzzer_sys::fuzz_target;
use tradeseal_primitives::receivable::UnixSeconds;
use tradeseal_trapdoor::Scenario;
use tradeseal_verifier::batch::{FileKind, FileReport, HandedFile, Questions, verify_all};
use tradeseal_verifier::eligibility::verify_eligibility;
use tradeseal_verifier::groth16::{Provenance, TranscriptDigest};
use tradeseal_verifier::ledger_view::Offline;
use tradeseal_verifier::presentation::Presentation;
use tradeseal_verifier::request::Request;
use tradeseal_verifier::trust::Trust;
use tradeseal_verifier::verdict::{Outcome, Verdict};

const NOW: UnixSeconds = UnixSeconds(1_790_000_100);

struct World {
    request: Request,
    trust: Trust,
    good: Presentation,
}

/// `verifier-corpus` makes seeds of another world; this one's only good presentation is offered to the fuzzer by the empty input.
static WORLD: LazyLock<World> = LazyLock::new(|| {
    let mut rng = StdRng::seed_from_u64(1);
    let scenario = Scenario::new(UnixSeconds(1_790_000_000), &mut rng);
    let request = scenario.signed(scenario.draft(2, &mut rng));
    let transcript = TranscriptDigest([1; 32]);
    World {
        trust: scenario.trust(Provenance::Ceremony { transcript }, false),
        good: scenario.presentation(&request, &mut rng),
        request,
    }
});

/// The good presentation with the input laid over it: two bytes say where.
fn laid_over(input: &[u8]) -> Vec<u8> {
    let mut bytes = WORLD.good.to_json();
    if let Some((at, rest)) = input.split_first_chunk::<2>() {
        let at = usize::from(u16::from_le_bytes(*at)) % bytes.len();
        let end = bytes.len().min(at + rest.len());
        bytes[at..end].copy_from_slice(&rest[..end - at]);
    }
    bytes
}

fuzz_target!(|input: &[u8]| {
    let World { request, trust, good } = &*WORLD;
    let bytes = match input.split_first() {
        Some((0, rest)) => rest.to_vec(),
        Some((_, rest)) => laid_over(rest),
        None => good.to_json(),
    };
    let alone = verify_eligibility(&bytes, request, trust, NOW, &Offline);
    assert_ne!(alone.verdict, Verdict::Verified);
    let proven = alone
        .check("proof")
        .is_some_and(|check| check.outcome == Outcome::Passed);
    if proven {
        let read = Presentation::parse(&bytes).expect("the proof was read");
        assert_eq!(read.rows, good.rows);
    }
    let file = |bytes: Vec<u8>| HandedFile {
        name: String::new(),
        kind: FileKind::Presentation,
        bytes,
    };
    let files = [file(good.to_json()), file(bytes.clone()), file(good.to_json())];
    let together = verify_all(&files, &Questions::new(vec![request.clone()]), trust, NOW, &Offline);
    assert_eq!(together.results[1].outcome, Ok(FileReport::Presentation(alone)));
});
