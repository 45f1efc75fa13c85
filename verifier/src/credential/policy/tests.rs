use super::*;
use crate::credential::schema::builtin;
use alloc::format;
use alloc::string::ToString;
use tradeseal_primitives::credential::{Attribute, Op, SetKey};

const ISSUERS: &str = r#"[{"name":"Ministry of Trade","x":"5299619240641551281634865583518297030282874472190772894086521144482721001553","y":"16950150798460657717958625567821834550301663161624707787222815936182638968203","from":"2024-01-01","until":"2030-12-31"}]"#;

fn file(conditions: &str) -> String {
    format!(
        r#"{{"schema":"trade-passport","purpose":"customs","trusted_issuers":{ISSUERS},"once_in":"border crossing 4","conditions":[{conditions}]}}"#
    )
}

const CONDITIONS: &str = r#"
    {"slot":"origin","in":["DE","FR","IT"],"list":"allies"},
    {"slot":"licence_until","days_ahead":30},
    {"slot":"hs_code","from":"61","to":"63"},
    {"slot":"category","reveal":true}"#;

fn today() -> Day {
    crate::calendar::parse_day("2026-11-27").unwrap()
}

fn read(text: &str) -> Result<Policy, PolicyError> {
    Policy::from_file(text.as_bytes(), &builtin, today())
}

/// The policy of the other modules' tests.
pub(crate) fn test_policy() -> Policy {
    read(&file(CONDITIONS)).unwrap()
}

fn sentences(policy: &Policy) -> Vec<String> {
    policy.learnt().into_iter().map(|learnt| learnt.sentence).collect()
}

#[test]
fn people_s_terms_become_the_predicates_that_they_mean() {
    let policy = test_policy();
    let forms = policy.forms();
    assert_eq!(forms.map(|form| form.op), [Op::InSet, Op::Range, Op::Range, Op::Reveal]);
    let slots: Vec<u8> = forms.iter().map(|form| form.slot.number()).collect();
    assert_eq!(slots, [0, 9, 3, 4]);
    let schema = builtin("trade-passport").unwrap();
    let key_of =
        |slot: &str, text: &str| SetKey::of(&schema.slot(slot).unwrap().1.encoding.encode(text).unwrap().to_fr());
    let set = policy.set(0).unwrap();
    assert_eq!(forms[0].a, set.root());
    assert!(set.contains(key_of("origin", "FR")) && !set.contains(key_of("origin", "RU")));
    assert_eq!(
        [forms[1].a, forms[1].b],
        [key_of("licence_until", "2026-12-27").to_fr(), SetKey::MAX.to_fr()]
    );
    assert_eq!([forms[2].a, forms[2].b], [610_000u64, 639_999].map(Fr::from));
    assert_eq!(policy.scope(), Scope::named("border crossing 4"));
    assert_eq!(policy.day(), today());
}

#[test]
fn the_holder_reads_what_will_be_learnt() {
    assert_eq!(
        sentences(&test_policy()),
        [
            "you hold a credential \"Trade passport of a consignment\", issued by Ministry of Trade, valid on 2026-11-27 and not revoked",
            "you use it in \"border crossing 4\", by a number that is the same each time you use it there, and nowhere else",
            "Country of origin: it is on the list \"allies\" (one of DE, FR, IT)",
            "Last day of the export licence: it is 2026-12-27 or more",
            "Subheading of the Harmonized System, six digits: it is from 61 to 63",
            "Product category in words: the value itself",
        ]
    );
    assert!(!test_policy().asks_too_much());
}

#[test]
fn what_goes_beyond_the_purpose_is_flagged() {
    let flagged = |purpose: &str, condition: &str| {
        let text = file(condition).replace("\"purpose\":\"customs\"", &format!("\"purpose\":\"{purpose}\""));
        let policy = read(&text).unwrap();
        let excess = policy.learnt().last().unwrap().excess;
        assert_eq!(policy.asks_too_much(), excess.is_some());
        excess
    };
    for (purpose, condition, expected) in [
        ("customs", r#"{"slot":"origin","is":"DE"}"#, None),
        ("transit", r#"{"slot":"origin","in":["DE","FR"]}"#, None),
        (
            "transit",
            r#"{"slot":"origin","is":"DE"}"#,
            Some(Excess::AmountsToRevealing),
        ),
        (
            "transit",
            r#"{"slot":"origin","in":["DE"]}"#,
            Some(Excess::AmountsToRevealing),
        ),
        (
            "transit",
            r#"{"slot":"origin","in":["DE"," DE "]}"#,
            Some(Excess::AmountsToRevealing),
        ),
        (
            "transit",
            r#"{"slot":"licence_until","from":"2027-01-01","to":"2027-01-01"}"#,
            Some(Excess::AmountsToRevealing),
        ),
        ("transit", r#"{"slot":"licence_until","from":"2027-01-01"}"#, None),
        ("transit", r#"{"slot":"origin","reveal":true}"#, Some(Excess::Reveals)),
        ("transit", r#"{"slot":"exporter","is_not":"Acme"}"#, Some(Excess::Asks)),
        ("statistics", r#"{"slot":"origin","reveal":true}"#, None),
        (
            "financing",
            r#"{"slot":"declared_value","reveal":true}"#,
            Some(Excess::Reveals),
        ),
    ] {
        assert_eq!(flagged(purpose, condition), expected, "{purpose}: {condition}");
    }
}

#[test]
fn a_policy_that_cannot_be_is_refused_with_its_reason() {
    for (condition, message) in [
        (r#"{"slot":"colour","reveal":true}"#, "no slot \"colour\""),
        (r#"{"slot":"origin"}"#, "asks 0 things"),
        (r#"{"slot":"origin","reveal":true,"is":"DE"}"#, "asks 2 things"),
        (r#"{"slot":"origin","in":["DE"],"not_in":["FR"]}"#, "asks 2 things"),
        (r#"{"slot":"origin","is":"DE","list":"x"}"#, "asks 1 things"),
        (r#"{"slot":"origin","is":"Germany"}"#, "ISO 3166"),
        (r#"{"slot":"origin","in":[]}"#, "empty"),
        (r#"{"slot":"origin","from":"DE"}"#, "no order"),
        (r#"{"slot":"gross_weight","in":["1"]}"#, "lists"),
        (
            r#"{"slot":"gross_weight","from":"5","to":"4.999"}"#,
            "from is more than to",
        ),
        (r#"{"slot":"gross_weight","days_ahead":3}"#, "days ahead"),
        (r#"{"slot":"licence_until","days_ahead":4294967295}"#, "days ahead"),
        (
            r#"{"slot":"licence_until","days_ahead":3,"from":"2026-01-01"}"#,
            "asks 2 things",
        ),
        (r#"{"slot":"origin","sort":"DE"}"#, "unknown field"),
    ] {
        let error = read(&file(condition)).unwrap_err();
        assert!(error.to_string().contains(message), "{condition}: {error}");
    }
    let five = alloc::vec![r#"{"slot":"origin","reveal":true}"#; 5].join(",");
    assert_eq!(read(&file(&five)), Err(PolicyError::TooManyConditions { count: 5 }));
    for (from, to, message) in [
        ("\"customs\"", "\"war\"", "no purpose \"war\""),
        ("\"trade-passport\"", "\"passport\"", "\"passport\""),
        ("2024-01-01", "2031-01-01", "later day"),
        ("52996192", "52996193", "no public key"),
        ("Ministry of Trade", "", "name"),
        ("border crossing 4", " border", "used once"),
    ] {
        let error = read(&file(CONDITIONS).replacen(from, to, 1)).unwrap_err();
        assert!(error.to_string().contains(message), "{to}: {error}");
    }
    let nobody = file("").replace(ISSUERS, "[]");
    assert_eq!(read(&nobody), Err(PolicyError::NoIssuers));
}

#[test]
fn a_range_of_digits_may_be_cut_short_and_open_ends_have_no_bound() {
    for (range, expected) in [
        (r#""from":"6109","to":"6109""#, [610_900, 610_999]),
        (r#""from":"610910","to":"610910""#, [610_910, 610_910]),
        (r#""from":"01","to":"0101.21""#, [10_000, 10_121]),
        (r#""from":"61""#, [610_000, SetKey::MAX.get()]),
        (r#""to":"05""#, [1, 59_999]),
    ] {
        let policy = read(&file(&format!(r#"{{"slot":"hs_code",{range}}}"#))).unwrap();
        let [least, greatest] = expected.map(|bound: u128| SetKey::new(bound).unwrap().to_fr());
        assert_eq!([policy.forms()[0].a, policy.forms()[0].b], [least, greatest], "{range}");
    }
}

#[test]
fn a_list_of_texts_is_one_of_their_keys() {
    let policy = read(&file(r#"{"slot":"exporter","not_in":["Acme  Ltd","Beta KG"]}"#)).unwrap();
    let set = policy.set(0).unwrap();
    assert!(set.contains(SetKey::of(&Attribute::of_text("Acme Ltd").to_fr())));
    assert!(!set.contains(SetKey::of(&Attribute::of_text("ACME LTD").to_fr())));
}
