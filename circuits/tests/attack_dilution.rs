//! Attacks on the dilution tree's leaf in circuit by an owner who signs anything and, unless said otherwise, writes the ledger too: showing more
//! of a receivable than is left. Everything that follows from the lie is recomputed; what is left broken is what stops it.
#![allow(clippy::unwrap_used, missing_docs)]

mod attack_forger;
mod support;

use ark_ff::{Field, One, PrimeField, Zero};
use attack_forger::{Edits, Forger, PublicRows, decompose, forger, minus_one, power_of_two};
use support::{
    dilution::{number, ppb},
    scenario::{EligibilityScenario, eligible},
};
use tradeseal_circuits::receivable::eligibility::Eligibility;
use tradeseal_primitives::{
    Fr,
    hash::{Domain, hash},
    receivable::AmountMinor,
};

const OWN: u64 = 1 << 40;
const NEXT: u64 = OWN + 9;
const WHOLE: u64 = 1_000_000_000;

/// What the assignment says of the leaf.
#[derive(Clone, Copy)]
struct Claim {
    number: Fr,
    low: Fr,
    next: Fr,
    recorded: Fr,
    own: Fr,
    last: Fr,
}

/// A receivable of which a tenth is left, and a request that asks for that tenth of the note.
struct Attack {
    scenario: EligibilityScenario,
    forger: Forger,
    truth: Claim,
}

impl Attack {
    fn new(rows: PublicRows) -> Self {
        let mut scenario = eligible(1);
        scenario.private.terms.number = number(OWN);
        scenario.private.amount = AmountMinor(5_000);
        scenario.private.request.min_amount = AmountMinor(500);
        scenario.dilutions = tradeseal_primitives::tree::dilution::MemoryDilutions::default();
        support::dilution::record(&mut scenario.dilutions, number(NEXT), ppb(7));
        scenario.dilute(ppb(100_000_000));
        let forger = forger::<Eligibility>(rows, &scenario.public, &scenario.private);
        let truth = Claim {
            number: Fr::from(OWN),
            low: Fr::from(OWN),
            next: Fr::from(NEXT),
            recorded: Fr::from(100_000_000u64),
            own: Fr::one(),
            last: Fr::zero(),
        };
        Self {
            scenario,
            forger,
            truth,
        }
    }

    /// The claim in every bit that speaks of it, with the amount that would remain; the two comparisons' differences are off by `slack`.
    fn edits(&self, claim: &Claim, slack: [Fr; 2]) -> Edits {
        let whole = Fr::from(WHOLE);
        let least = claim.low + Fr::one() - claim.own;
        let end = claim.next + claim.last * power_of_two(64);
        let leaf_bits = [
            decompose(claim.low, 64),
            decompose(claim.next, 64),
            decompose(whole - claim.recorded, 30),
            vec![claim.own],
            decompose(claim.number - least + slack[0], 64),
            vec![claim.last],
            decompose(end - claim.number - Fr::one() + slack[1], 64),
        ]
        .concat();
        let columns = self.forger.bits_of("what remains");
        assert_eq!(columns.len(), leaf_bits.len());
        let mut edits: Edits = columns.into_iter().zip(leaf_bits).collect();

        let remaining = whole - claim.own * (whole - claim.recorded);
        let remains = Fr::from(5_000u64) * remaining - Fr::from(500 * WHOLE);
        let columns = self.forger.bits_of("amount and due day");
        assert_eq!(columns.len(), 64 + 94 + 3 * 32);
        edits.extend(columns[64..64 + 94].iter().copied().zip(decompose(remains, 94)));
        edits.insert(self.forger.column_of(self.truth.number), claim.number);
        edits
    }

    fn broken_by(&self, claim: &Claim) -> Vec<&'static str> {
        self.broken_with(claim, [Fr::zero(); 2])
    }

    /// The least that is broken however the differences are written, as if either comparison were less strict.
    fn broken_at_best(&self, claim: &Claim) -> Vec<&'static str> {
        let (none, one) = (Fr::zero(), Fr::one());
        let slacks = [[none, none], [one, none], [none, one]];
        let tries = slacks.map(|slack| self.broken_with(claim, slack));
        tries.into_iter().min_by_key(Vec::len).unwrap()
    }

    fn broken_with(&self, claim: &Claim, slack: [Fr; 2]) -> Vec<&'static str> {
        let mut edits = self.edits(claim, slack);
        let rows = self.forger.propagate(&edits).values;
        let message = hash(Domain::ELIGIBILITY_SIGNATURE, &[rows[4], rows[3]]);
        let owner = &self.scenario.owner.secret;
        let signature = owner.sign(message);
        self.forger
            .with_signature("owner's signature", &owner.public(), message, &signature, &mut edits);
        self.forger.broken_sections(&self.forger.propagate(&edits))
    }
}

/// The tool itself: claims that a ledger could hold pass, so a refusal below is the constraint's and not the tool's.
#[test]
fn who_writes_the_ledger_writes_what_remains() {
    let attack = Attack::new(PublicRows::Chosen);
    let t = attack.truth;
    let zero = Fr::zero();
    for (what, claim) in [
        ("the truth", t),
        (
            "all of it",
            Claim {
                recorded: Fr::from(WHOLE),
                ..t
            },
        ),
        (
            "a leaf that brackets",
            Claim {
                low: Fr::from(OWN - 1),
                own: zero,
                ..t
            },
        ),
        (
            "the first and only leaf",
            Claim {
                low: zero,
                next: zero,
                own: zero,
                last: Fr::one(),
                ..t
            },
        ),
        (
            "the largest number there is",
            Claim {
                number: power_of_two(64) - Fr::one(),
                low: power_of_two(64) - Fr::from(2u64),
                next: zero,
                own: zero,
                last: Fr::one(),
                ..t
            },
        ),
    ] {
        assert_eq!(attack.broken_by(&claim), Vec::<&str>::new(), "{what}");
    }
}

/// The choice between the leaf's remainder and all of it is the prover's bit, and the bit's value is not.
#[test]
fn the_own_leaf_cannot_pass_for_one_that_brackets() {
    let attack = Attack::new(PublicRows::Chosen);
    let t = attack.truth;
    let half = Fr::from(2u64).inverse().unwrap();
    for (what, own) in [
        ("not its own", Fr::zero()),
        ("half its own", half),
        ("less than not its own", minus_one()),
    ] {
        assert_eq!(attack.broken_at_best(&Claim { own, ..t }), ["what remains"], "{what}");
    }
    // And the other way round, with a leaf of somebody else's receivable that has more left.
    let lower = Claim {
        low: Fr::from(OWN - 1),
        recorded: Fr::from(WHOLE),
        ..t
    };
    assert_eq!(
        attack.broken_at_best(&lower),
        ["what remains"],
        "another's leaf as its own"
    );
}

#[test]
fn a_leaf_whose_numbers_are_elsewhere_does_not_bracket() {
    let attack = Attack::new(PublicRows::Chosen);
    let bracket = Claim {
        low: Fr::from(OWN - 1),
        own: Fr::zero(),
        ..attack.truth
    };
    for (what, claim) in [
        (
            "low above",
            Claim {
                low: Fr::from(OWN + 1),
                ..bracket
            },
        ),
        (
            "next at the number",
            Claim {
                next: Fr::from(OWN),
                ..bracket
            },
        ),
        (
            "next below",
            Claim {
                next: Fr::from(OWN - 1),
                ..bracket
            },
        ),
        (
            "next 0 without saying so",
            Claim {
                next: Fr::zero(),
                ..bracket
            },
        ),
        (
            "the last leaf with a next",
            Claim {
                next: Fr::from(OWN - 1),
                last: Fr::one(),
                ..bracket
            },
        ),
        (
            "a little of the last leaf",
            Claim {
                next: Fr::zero(),
                last: Fr::from(OWN + 5) * power_of_two(64).inverse().unwrap(),
                ..bracket
            },
        ),
    ] {
        assert_eq!(attack.broken_at_best(&claim), ["what remains"], "{what}");
    }
}

/// Also in the hands of a ledger that lies: nothing passes that is no integer of its range.
#[test]
fn no_number_outside_its_range_stands_in_a_leaf() {
    let attack = Attack::new(PublicRows::Chosen);
    let bracket = Claim {
        low: Fr::from(OWN - 1),
        own: Fr::zero(),
        ..attack.truth
    };
    let top = power_of_two(64);
    for (what, claim) in [
        (
            "a low of -1",
            Claim {
                low: minus_one(),
                ..bracket
            },
        ),
        ("a next of 2^64", Claim { next: top, ..bracket }),
        (
            "a number of 2^64",
            Claim {
                number: top,
                next: Fr::zero(),
                last: Fr::one(),
                ..bracket
            },
        ),
        (
            "a number of 2^64 in its own leaf",
            Claim {
                number: top,
                low: top,
                next: top + Fr::one(),
                own: Fr::one(),
                ..bracket
            },
        ),
        (
            "a number of -1",
            Claim {
                number: minus_one(),
                low: Fr::zero(),
                ..bracket
            },
        ),
    ] {
        assert_eq!(attack.broken_by(&claim), ["what remains"], "{what}");
    }
    for recorded in [Fr::from(WHOLE + 1), Fr::from((1u64 << 30) - 1), power_of_two(64)] {
        let more = Claim {
            recorded,
            ..attack.truth
        };
        assert_eq!(attack.broken_by(&more), ["what remains"], "{recorded} billionths");
    }
}

/// The ledger is honest here: its root is fixed. One leaf must not be read as two.
#[test]
fn a_packed_leaf_has_one_reading() {
    let attack = Attack::new(PublicRows::Fixed);
    let t = attack.truth;
    let unit = power_of_two(30);
    for shift in [Fr::one(), minus_one(), Fr::from(WHOLE), power_of_two(224)] {
        let claim = Claim {
            next: t.next - shift,
            recorded: t.recorded + shift * unit,
            ..t
        };
        let broken = attack.broken_by(&claim);
        assert!(broken.contains(&"what remains"), "{shift}: {broken:?}");
        assert!(!broken.contains(&"dilution leaf in the tree"), "{shift}: {broken:?}");
    }
}

/// Below 0 there is room for 73,741,823 values that no ledger writes. They prove less than nothing.
#[test]
fn less_than_nothing_is_refused_by_the_amount() {
    let attack = Attack::new(PublicRows::Chosen);
    for recorded in [-1i64, -73_741_823] {
        let less = Claim {
            recorded: Fr::from(recorded),
            ..attack.truth
        };
        assert_eq!(attack.broken_by(&less), ["amount and due day"], "{recorded}");
    }
    let below = Claim {
        recorded: Fr::from(-73_741_824i64),
        ..attack.truth
    };
    assert_eq!(attack.broken_by(&below), ["what remains", "amount and due day"]);
    assert!(Fr::from(-1i64).into_bigint() > Fr::from(1u64).into_bigint());
}
