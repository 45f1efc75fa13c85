use super::super::{
    Cosigner, KeyName, LogError, NoteSignature, PolicyError, PolicyFault, SignedCheckpoint, WitnessPolicy,
};
use super::{ORIGIN, entries, signed_checkpoint, signer};
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use ed25519_dalek::SigningKey;
use tradeseal_primitives::receivable::UnixSeconds;

const NAMES: [&str; 6] = ["court-a", "court-b", "notary-a", "notary-b", "notary-c", "outsider"];

fn cosigner(index: usize) -> Cosigner {
    let name = KeyName::new(&format!("witness.example/{}", NAMES[index])).unwrap();
    Cosigner::new(name, SigningKey::from_bytes(&[u8::try_from(index + 100).unwrap(); 32])).unwrap()
}

fn witness_line(index: usize) -> String {
    format!("witness {} {}\n", NAMES[index], cosigner(index).key())
}

fn log_line() -> String {
    format!("log {} https://ledger.example/\n", signer(ORIGIN, 1).key())
}

/// One court and two notaries.
fn policy_text() -> String {
    let witnesses: String = (0..5).map(witness_line).collect();
    format!(
        "# who must have seen a receipt's checkpoint\n{}{witnesses}\n\
         group courts any court-a court-b\n\t group  notaries\t2 notary-a notary-b notary-c \n\
         group both all courts notaries\nquorum both\n",
        log_line()
    )
}

fn cosigned_by(indexes: &[usize]) -> SignedCheckpoint {
    let checkpoint = signed_checkpoint(&entries(5), &signer(ORIGIN, 1));
    indexes.iter().fold(checkpoint, |note, index| {
        let time = UnixSeconds(1_000 + *index as u64);
        let line = cosigner(*index).cosign(note.unchecked_checkpoint(), time).unwrap();
        note.with_signature(line).unwrap()
    })
}

/// The fault of the last line, when everything above it is right.
fn fault(text: &str) -> PolicyFault {
    match WitnessPolicy::parse(text) {
        Err(PolicyError::Line { line, fault }) => {
            assert_eq!(line, text.split_inclusive('\n').count(), "{text}");
            fault
        }
        other => panic!("{other:?} for {text}"),
    }
}

#[test]
fn one_court_and_two_notaries_is_met_by_exactly_the_sets_that_hold_them() {
    let policy = WitnessPolicy::parse(&policy_text()).unwrap();
    for set in 0..1u32 << NAMES.len() {
        let members: Vec<usize> = (0..NAMES.len()).filter(|index| set >> index & 1 == 1).collect();
        let count = |range: core::ops::Range<usize>| members.iter().filter(|m| range.contains(m)).count();
        let expected = count(0..2) >= 1 && count(2..5) >= 2;
        let report = policy.verify(&cosigned_by(&members)).unwrap();
        assert_eq!(report.is_met(), expected, "{members:?}");
        let cosigned: Vec<(String, UnixSeconds)> = members
            .iter()
            .filter(|m| **m < 5)
            .map(|m| (NAMES[*m].to_string(), UnixSeconds(1_000 + *m as u64)))
            .collect();
        assert_eq!(report.cosigned, cosigned);
    }
}

#[test]
fn what_is_missing_is_named() {
    let policy = WitnessPolicy::parse(&policy_text()).unwrap();
    let missing = |indexes: &[usize]| policy.evaluate(&cosigned_by(indexes)).unwrap().shortfall.unwrap();
    assert_eq!(
        missing(&[]).to_string(),
        "both: 0 of 2 (missing courts: 0 of 1 (missing court-a, court-b), \
         notaries: 0 of 2 (missing notary-a, notary-b, notary-c))"
    );
    let one_notary_short = missing(&[1, 4]);
    assert_eq!(
        one_notary_short.to_string(),
        "both: 1 of 2 (missing notaries: 1 of 2 (missing notary-a, notary-b))"
    );
    assert_eq!(one_notary_short.witnesses(), ["notary-a", "notary-b"]);
    assert_eq!(
        missing(&[2, 3, 4]).to_string(),
        "both: 1 of 2 (missing courts: 0 of 1 (missing court-a, court-b))"
    );
}

#[test]
fn a_single_witness_or_nobody_can_be_the_quorum() {
    let single = WitnessPolicy::parse(&format!("{}{}quorum court-b\n", witness_line(0), witness_line(1))).unwrap();
    assert!(single.evaluate(&cosigned_by(&[1])).unwrap().is_met());
    let report = single.evaluate(&cosigned_by(&[0])).unwrap();
    assert_eq!(report.shortfall.unwrap().to_string(), "court-b");
    let none = WitnessPolicy::parse("quorum none\n").unwrap();
    assert!(none.evaluate(&cosigned_by(&[])).unwrap().is_met());
    // But no listed log signed.
    assert!(matches!(
        none.verify(&cosigned_by(&[])),
        Err(LogError::NoTrustedSignature { .. })
    ));
}

#[test]
fn a_checkpoint_of_another_log_or_with_a_false_cosignature_is_an_error_and_no_shortfall() {
    let policy = WitnessPolicy::parse(&policy_text()).unwrap();
    let foreign = signed_checkpoint(&entries(5), &signer("other.example/log", 2));
    assert!(matches!(
        policy.verify(&foreign),
        Err(LogError::NoTrustedSignature { .. })
    ));
    let key = cosigner(0).key().clone();
    let forged = NoteSignature::new(key.name().clone(), key.id(), [0; 72].to_vec()).unwrap();
    let forged = cosigned_by(&[1, 2, 3]).with_signature(forged).unwrap();
    assert!(matches!(policy.evaluate(&forged), Err(LogError::Signature { .. })));
}

#[test]
fn a_policy_is_read_with_its_urls_comments_tabs_and_blank_lines() {
    let text = format!(
        " \t\n  # a comment, ünïcode too\n{}witness ﬁrst\u{a0}name {} https://w.example/x\n\tquorum\tﬁrst\u{a0}name \n",
        log_line(),
        cosigner(0).key()
    );
    let policy = WitnessPolicy::parse(&text).unwrap();
    assert_eq!(policy.logs()[0].url.as_deref(), Some("https://ledger.example/"));
    assert_eq!(policy.logs()[0].key, *signer(ORIGIN, 1).key());
    let witness = &policy.witnesses()[0];
    // Only space and tab separate words; names are opaque.
    assert_eq!(
        (witness.name.as_str(), witness.url.as_deref()),
        ("ﬁrst\u{a0}name", Some("https://w.example/x"))
    );
    assert_eq!(witness.key, *cosigner(0).key());
}

#[test]
fn every_rule_of_the_policy_text_is_kept_and_the_refusal_names_the_line() {
    let (a, b) = (witness_line(0), witness_line(1));
    let group = format!("{a}{b}group g any court-a\n");
    let cases: [(String, PolicyFault); 21] = [
        ("quorum none".into(), PolicyFault::Unterminated),
        ("# a\u{7}\n".into(), PolicyFault::ControlCharacter),
        ("quorum none\r\n".into(), PolicyFault::ControlCharacter),
        ("Quorum none\n".into(), PolicyFault::Keyword("Quorum".into())),
        ("log\n".into(), PolicyFault::Form("log <vkey> [<url>]")),
        ("log a b c\n".into(), PolicyFault::Form("log <vkey> [<url>]")),
        ("witness a\n".into(), PolicyFault::Form("witness <name> <vkey> [<url>]")),
        (
            "group g any\n".into(),
            PolicyFault::Form("group <name> all|any|<k> <name>..."),
        ),
        ("quorum\n".into(), PolicyFault::Form("quorum <name>|none")),
        ("quorum none none\n".into(), PolicyFault::Form("quorum <name>|none")),
        (format!("{0}{0}", log_line()), PolicyFault::DuplicateKey),
        (format!("{a}{}", a.replace("court-a ", "x ")), PolicyFault::DuplicateKey),
        (
            format!("{a}{}", b.replace("court-b ", "court-a ")),
            PolicyFault::NameTaken("court-a".into()),
        ),
        (a.replace("court-a ", "none "), PolicyFault::NameTaken("none".into())),
        (
            format!("{a}group court-a any court-a\n"),
            PolicyFault::NameTaken("court-a".into()),
        ),
        (format!("{a}group g any g\n"), PolicyFault::UnknownName("g".into())),
        (
            format!("{a}group g any none\n"),
            PolicyFault::UnknownName("none".into()),
        ),
        (
            format!("{a}group g any court-a court-a\n"),
            PolicyFault::MemberTaken("court-a".into()),
        ),
        (
            format!("{group}group h all court-b court-a\n"),
            PolicyFault::MemberTaken("court-a".into()),
        ),
        ("quorum court-a\n".into(), PolicyFault::UnknownName("court-a".into())),
        ("quorum none\nquorum none\n".into(), PolicyFault::SecondQuorum),
    ];
    for (text, expected) in cases {
        assert_eq!(fault(&text), expected, "{text}");
    }
    for threshold in ["0", "3", "01", "+1", "-1", "ANY", "18446744073709551616"] {
        let refused = fault(&format!("{a}{b}group g {threshold} court-a court-b\n"));
        assert!(
            matches!(refused, PolicyFault::Threshold { members: 2, .. }),
            "{refused}"
        );
    }
    assert!(matches!(fault("log nonsense\n"), PolicyFault::Key(_)));
    let log_key_as_witness = format!("witness w {}\n", signer(ORIGIN, 1).key());
    assert!(matches!(
        fault(&log_key_as_witness),
        PolicyFault::Key(LogError::KeyType { .. })
    ));
    assert_eq!(WitnessPolicy::parse(""), Err(PolicyError::NoQuorum));
    assert_eq!(WitnessPolicy::parse(&a), Err(PolicyError::NoQuorum));
    let long = "#".repeat(200_000);
    assert_eq!(
        WitnessPolicy::parse(&long),
        Err(PolicyError::TooLong { actual: 200_000 })
    );
}

#[test]
fn thirty_two_logs_witnesses_and_groups_are_read_and_sixty_five_witnesses_are_not() {
    let log = |i: u8| format!("log {}\n", signer(&format!("log{i}.example"), i).key());
    let witness = |i: u8| {
        let name = KeyName::new(&format!("witness{i}.example")).unwrap();
        format!(
            "witness w{i} {}\n",
            Cosigner::new(name, SigningKey::from_bytes(&[i; 32])).unwrap().key()
        )
    };
    let group = |i: u8| {
        if i == 0 {
            "group g0 any w0\n".into()
        } else {
            format!("group g{i} all g{} w{i}\n", i - 1)
        }
    };
    let logs: String = (0..32).map(log).collect();
    let witnesses: String = (0..32).map(witness).collect();
    let groups: String = (0..32).map(group).collect();
    let policy = WitnessPolicy::parse(&format!("{logs}{witnesses}{groups}quorum g31\n")).unwrap();
    assert_eq!((policy.logs().len(), policy.witnesses().len()), (32, 32));
    // All 32 are needed, through 32 nested groups.
    let report = policy.evaluate(&cosigned_by(&[])).unwrap();
    assert_eq!(report.shortfall.unwrap().witnesses().len(), 32);
    let many: String = (0..65).map(witness).collect();
    assert_eq!(fault(&many), PolicyFault::TooMany(64));
}
