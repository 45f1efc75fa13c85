//! "One court and two notaries", asked at once: met, missing, slow, lying, gone.

use crate::fixture::*;
use crate::impostor::{Impostor, Silent, answer, nobody};
use std::sync::Arc;
use std::time::Duration;
use tradeseal_verifier::log::{CosignerKey, WitnessPolicy};
use tradeseal_witness::client::{Answer, ClientOptions, ConsistencyProofs, QuorumOutcome, Standing, WitnessSet};

/// One court and two notaries of three, each with its key and URL.
fn policy(log: &Log, witnesses: [(&CosignerKey, Option<String>); 4]) -> WitnessPolicy {
    let names = ["court", "notary-a", "notary-b", "notary-c"];
    let lines: String = names
        .iter()
        .zip(witnesses)
        .map(|(name, (key, url))| format!("witness {name} {key} {}\n", url.unwrap_or_default()))
        .collect();
    WitnessPolicy::parse(&format!(
        "log {}\n{lines}group notaries 2 notary-a notary-b notary-c\ngroup quorum all court notaries\nquorum quorum\n",
        log.signer.key()
    ))
    .unwrap()
}

fn start(policy: WitnessPolicy, log: &Arc<Log>, options: &ClientOptions) -> WitnessSet {
    let proofs: Arc<dyn ConsistencyProofs> = log.clone();
    WitnessSet::start(policy, &proofs, options).unwrap()
}

fn served() -> [Served; 4] {
    ["court", "notary-a", "notary-b", "notary-c"].map(Served::named)
}

fn standings(outcome: &QuorumOutcome) -> Vec<Standing> {
    outcome.said.iter().map(|said| said.answer.standing()).collect()
}

/// A server in front of an honest log witness that answers when the gate opens.
fn behind_gate(served: &Served) -> (Impostor, std::sync::mpsc::Sender<()>) {
    let witness = served.witness.clone();
    Impostor::gated(move |request| match witness.add_checkpoint(request.as_bytes()) {
        Ok(line) => answer(200, "text/plain", &format!("{line}\n")),
        Err(refusal) => answer(refusal.status(), "text/plain", &refusal.to_string()),
    })
}

#[test]
fn a_growing_log_gets_its_quorum_each_time_and_the_note_verifies_under_the_policy() {
    let (served, log) = (served(), Arc::new(Log::of(200)));
    let policy = policy(
        &log,
        served
            .each_ref()
            .map(|served| (served.witness.key(), Some(served.url()))),
    );
    let set = start(policy.clone(), &log, &client_options());
    for size in [1, 2, 3, 50, 51, 128, 200, 200] {
        let outcome = set.collect(&log.checkpoint(size)).unwrap();
        assert!(outcome.is_met(), "{outcome}");
        assert!(policy.verify(&outcome.checkpoint).unwrap().is_met());
        assert!(outcome.times().len() >= 3);
        assert!(
            outcome
                .stragglers
                .wait()
                .iter()
                .all(|said| said.answer.standing() == Standing::Cosigned)
        );
    }
}

#[test]
fn a_met_quorum_waits_for_nobody_and_stragglers_cosign_in_the_background() {
    let (served, log) = (served(), Arc::new(Log::of(20)));
    let (slow, gate) = behind_gate(&served[3]);
    let urls = [served[0].url(), served[1].url(), served[2].url(), slow.url()];
    let mut urls = urls.into_iter();
    let policy = policy(
        &log,
        served.each_ref().map(|served| (served.witness.key(), urls.next())),
    );
    let set = start(policy, &log, &client_options());
    let outcome = set.collect(&log.checkpoint(5)).unwrap();
    assert!(outcome.is_met(), "{outcome}");
    assert_eq!(outcome.said[3].answer, Answer::Pending);

    // While the slow one is at 5, 7 comes and then 9: it goes on with 9.
    let seventh = set.collect(&log.checkpoint(7)).unwrap();
    let ninth = set.collect(&log.checkpoint(9)).unwrap();
    assert!(seventh.is_met() && ninth.is_met());
    let said = seventh.stragglers.wait();
    assert_eq!(
        (said[0].witness.as_str(), &said[0].answer),
        ("notary-c", &Answer::Superseded)
    );
    gate.send(()).unwrap();
    let said = outcome.stragglers.wait();
    assert!(matches!(said[0].answer, Answer::Cosigned { .. }), "{}", said[0]);
    gate.send(()).unwrap();
    let said = ninth.stragglers.wait();
    assert!(matches!(said[0].answer, Answer::Cosigned { .. }), "{}", said[0]);
    assert_eq!(served[3].witness.logs().unwrap()[0].1.as_ref().unwrap().size, 9);
}

#[test]
fn a_missing_quorum_says_who_is_slow_lying_gone_or_refusing_and_keeps_what_came() {
    let (served, log) = (served(), Arc::new(Log::of(20)));
    let silent = Silent::new();
    let liar = Impostor::saying(200, "text/plain", |_| "— x AAAAAAAA\n".into());
    let urls = [silent.url(), liar.url(), nobody(), served[3].url()];
    let mut urls = urls.into_iter();
    let policy_text = policy(
        &log,
        served.each_ref().map(|served| (served.witness.key(), urls.next())),
    );
    let options = ClientOptions {
        timeout: Duration::from_secs(2),
        ..client_options()
    };
    let set = start(policy_text, &log, &options);
    let outcome = set.collect(&log.checkpoint(5)).unwrap();
    assert!(!outcome.is_met());
    let expected = [
        Standing::Slow,
        Standing::Lying,
        Standing::Unreachable,
        Standing::Cosigned,
    ];
    assert_eq!(standings(&outcome), expected, "{outcome}");
    let told = outcome.to_string();
    assert!(
        told.starts_with(
            "the quorum is missing: quorum: 0 of 2 (missing court, notaries: 1 of 2 (missing notary-a, notary-b))"
        ),
        "{told}"
    );
    let notary = std::slice::from_ref(served[3].witness.key());
    assert_eq!(outcome.checkpoint.cosignatures(notary).unwrap().len(), 1);
}

#[test]
fn what_was_missing_is_asked_again_and_what_came_is_not() {
    let (served, log) = (served(), Arc::new(Log::of(20)));
    let urls = |down: bool| {
        let court = if down { nobody() } else { served[0].url() };
        [court, served[1].url(), served[2].url(), served[3].url()]
    };
    let with = |urls: [String; 4]| {
        let mut urls = urls.into_iter();
        policy(
            &log,
            served.each_ref().map(|served| (served.witness.key(), urls.next())),
        )
    };
    let first = start(with(urls(true)), &log, &client_options())
        .collect(&log.checkpoint(5))
        .unwrap();
    assert_eq!(first.missing.as_ref().unwrap().witnesses(), ["court"]);
    // The notaries are gone by now; their cosignatures are not.
    let second = [served[0].url(), nobody(), nobody(), nobody()];
    let second = start(with(second), &log, &client_options())
        .collect(&first.checkpoint)
        .unwrap();
    assert!(second.is_met(), "{second}");
    assert_eq!(standings(&second), [Standing::Cosigned; 4]);
}

#[test]
fn a_forked_log_gets_no_quorum_from_witnesses_that_remember() {
    let (served, log, fork) = (served(), Arc::new(Log::of(20)), Arc::new(Log::new(20, 5, 1)));
    let policy = policy(
        &log,
        served
            .each_ref()
            .map(|served| (served.witness.key(), Some(served.url()))),
    );
    let first = start(policy.clone(), &log, &client_options())
        .collect(&log.checkpoint(9))
        .unwrap();
    assert!(first.is_met());
    first.stragglers.wait();
    for size in [9, 20] {
        let forked = start(policy.clone(), &fork, &client_options())
            .collect(&fork.checkpoint(size))
            .unwrap();
        assert_eq!(standings(&forked), [Standing::Refusing; 4], "{forked}");
        assert_eq!(forked.checkpoint, fork.checkpoint(size));
    }
}

#[test]
fn a_witness_without_a_url_is_not_asked_and_a_policy_without_witnesses_is_met() {
    let (served, log) = (served(), Arc::new(Log::of(20)));
    let keys = served.each_ref().map(|served| (served.witness.key(), None));
    let outcome = start(policy(&log, keys), &log, &client_options())
        .collect(&log.checkpoint(5))
        .unwrap();
    assert_eq!(standings(&outcome), [Standing::NotAsked; 4]);
    let none = WitnessPolicy::parse("quorum none\n").unwrap();
    assert!(
        start(none, &log, &client_options())
            .collect(&log.checkpoint(5))
            .unwrap()
            .is_met()
    );
}
