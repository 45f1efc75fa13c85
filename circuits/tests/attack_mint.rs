//! Attacks on `receivable/mint/v2`: numbers and flags that no honest invoice can express, signed by whoever the attacker controls and tagged by the registry,
//! and everything that follows from the lie recomputed. What is left broken is what stops the attack.
#![allow(clippy::unwrap_used, missing_docs)]

mod attack_forger;
mod support;

use ark_ff::{One, Zero};
use ark_std::rand::SeedableRng;
use attack_forger::{
    Edits, Forged, Forger, PublicRows, decompose, forger, forger_of, freedom::Freedom, minus_one, power_of_two,
};
use support::{
    TestRng,
    minting::{MintScenario, minting},
    scenario::Party,
};
use tradeseal_circuits::{
    gadget::{duplicate_tag as tag, edwards::EdwardsPoint},
    receivable::mint::Mint,
};
use tradeseal_primitives::{
    Fr,
    duplicate_tag::{blind, unblind},
    hash::{Domain, hash},
    receivable::Fingerprint,
};

/// What a supplier would like its invoice to say. `None` leaves the truth.
#[derive(Default, Clone, Copy)]
struct Lie {
    amount: Option<Fr>,
    currency: Option<Fr>,
    issue_day: Option<Fr>,
    due_day: Option<Fr>,
    number: Option<Fr>,
    /// A bit of the flags by number, lowest first, and its value.
    flag: Option<(usize, Fr)>,
}

/// A mint in the attacker's hands: it holds the supplier's and the debtor's keys and writes the public rows.
struct MintAttack {
    scenario: MintScenario,
    forger: Forger,
}

impl MintAttack {
    fn new(seed: u64, acknowledged: bool) -> Self {
        let scenario = minting(seed, acknowledged);
        let forger = forger::<Mint>(PublicRows::Chosen, &scenario.public, &scenario.private);
        Self { scenario, forger }
    }

    /// The section's bits are those of the issue day, the flags, the amount, the currency, the due day and the receivable's number; each integer
    /// follows its bits.
    fn edits(&self, lie: &Lie) -> Edits {
        let bits = self.forger.bits_of("receivable");
        assert_eq!(bits.len(), 32 + 16 + 64 + 16 + 32 + 64);
        let mut edits = Edits::new();
        let integers = [
            (0, 32, lie.issue_day),
            (48, 64, lie.amount),
            (112, 16, lie.currency),
            (128, 32, lie.due_day),
            (160, 64, lie.number),
        ];
        for (at, width, lie) in integers {
            if let Some(value) = lie {
                edits.extend(bits[at..at + width].iter().copied().zip(decompose(value, width)));
            }
        }
        edits.extend(lie.flag.map(|(flag, value)| (bits[32 + flag], value)));
        edits
    }

    fn fingerprint(&self, lie: &Lie) -> Fr {
        let private = &self.scenario.private;
        let issue_day = lie.issue_day.unwrap_or(Fr::from(private.invoice.issue_day.0));
        hash(
            Domain::FINGERPRINT,
            &[
                private.supplier.party.to_fr(),
                private.invoice.number,
                issue_day,
                Fr::one(),
            ],
        )
    }

    /// The registry, asked about another fingerprint: the three last sections as they are then, but for the public rows, which follow.
    fn with_tags(&self, fingerprint: Fr, edits: &mut Edits) {
        let (scenario, blinding) = (&self.scenario, &self.scenario.private.blinding);
        let blinded = blind(Fingerprint::from_fr(fingerprint), blinding);
        let current = &scenario.registry;
        let keys = [current, scenario.previous_registry.as_ref().unwrap_or(current)];
        let answers = keys.map(|key| key.evaluate(&blinded, &mut TestRng::seed_from_u64(0)).0);
        let alone = forger_of(PublicRows::Fixed, |circuit| {
            let fingerprint = circuit.private(fingerprint).unwrap();
            let half = tag::half_blinding(circuit, blinding).unwrap();
            let point = EdwardsPoint::constant(blinded.point());
            tag::enforce_blinded(circuit, &fingerprint, &half, &point).unwrap();
            for answer in answers {
                let eighth = tag::eighth(&unblind(&answer, blinding));
                let point = EdwardsPoint::constant(answer.point());
                tag::tag(circuit, &fingerprint, &half, &point, &eighth).unwrap();
            }
        });
        // The constant one and the fingerprint come before the sections' own values.
        let own = &alone.assigned.values[1 + 1..];
        let end = self.forger.assigned.values.len();
        edits.extend((end - own.len()..end).zip(own.iter().copied()));
    }

    fn acknowledgment(&self, lie: &Lie) -> Fr {
        let private = &self.scenario.private;
        let invoice = &private.invoice;
        hash(
            Domain::ACKNOWLEDGMENT,
            &[
                self.fingerprint(lie),
                lie.amount.unwrap_or(Fr::from(invoice.amount.0)),
                lie.currency.unwrap_or(Fr::from(invoice.currency.0)),
                lie.due_day.unwrap_or(Fr::from(invoice.due_day.0)),
                invoice.debtor.to_fr(),
                private.supplier.address.to_fr(),
                self.other_flags(lie),
                private.dilution_right.to_fr(),
            ],
        )
    }

    /// All flags but the lowest, with the lie about one of them.
    fn other_flags(&self, lie: &Lie) -> Fr {
        let flags = self.scenario.private.flags().bits();
        let honest = Fr::from(flags & !1);
        match lie.flag {
            Some((number, value)) if number > 0 => {
                honest + (value - Fr::from(flags >> number & 1)) * Fr::from(1u64 << number)
            }
            _ => honest,
        }
    }

    /// The lie, with the registry's answers about its fingerprint, the supplier's signature over the commitment that it leads to, and `debtor`'s over the acknowledgment.
    fn tell(&self, lie: &Lie, debtor: &Party) -> Forged {
        let mut edits = self.edits(lie);
        self.with_tags(self.fingerprint(lie), &mut edits);
        let rows = self.forger.propagate(&edits).values;
        let message = hash(Domain::MINT_SIGNATURE, &[rows[16], rows[1]]);
        let supplier = &self.scenario.supplier.secret;
        let signature = supplier.sign(message);
        self.forger
            .with_signature("owner's signature", &supplier.public(), message, &signature, &mut edits);
        let message = self.acknowledgment(lie);
        let signature = debtor.secret.sign(message);
        let section = "debtor's acknowledgment";
        self.forger
            .with_signature(section, &debtor.secret.public(), message, &signature, &mut edits);
        self.forger.propagate(&edits)
    }

    fn broken_by(&self, lie: &Lie) -> Vec<&'static str> {
        let forged = self.tell(lie, &self.scenario.debtor);
        self.forger.broken_sections(&forged)
    }
}

/// The tool itself: a lie within range passes, so a refusal below is the range's and not the tool's.
#[test]
fn a_supplier_and_debtor_who_agree_can_mint_any_amount_in_range() {
    let attack = MintAttack::new(1, true);
    let lie = Lie {
        amount: Some(power_of_two(64) - Fr::one()),
        due_day: Some(Fr::zero()),
        currency: Some(Fr::from(978u64)),
        issue_day: Some(power_of_two(32) - Fr::one()),
        number: Some(power_of_two(64) - Fr::one()),
        flag: None,
    };
    let forged = attack.tell(&lie, &attack.scenario.debtor);
    assert_eq!(attack.forger.broken_sections(&forged), Vec::<&str>::new());
    assert_ne!(forged.values[1], attack.scenario.public.commitment.to_fr());
}

#[test]
fn no_number_outside_its_range_is_minted_even_if_supplier_and_debtor_sign_it() {
    let attack = MintAttack::new(2, true);
    let amount = |value| Lie {
        amount: Some(value),
        ..Lie::default()
    };
    let due = |value| Lie {
        due_day: Some(value),
        ..Lie::default()
    };
    let issued = |value| Lie {
        issue_day: Some(value),
        ..Lie::default()
    };
    let currency = |value| Lie {
        currency: Some(value),
        ..Lie::default()
    };
    let number = |value| Lie {
        number: Some(value),
        ..Lie::default()
    };
    for (what, lie) in [
        ("an amount of 0", amount(Fr::zero())),
        ("an amount of 2^64", amount(power_of_two(64))),
        ("an amount of -1", amount(minus_one())),
        ("an amount of 1/2", amount(-power_of_two(64))),
        ("a due day of 2^32", due(power_of_two(32))),
        ("a due day of -1", due(minus_one())),
        ("an issue day of 2^32", issued(power_of_two(32))),
        ("an issue day of -1", issued(minus_one())),
        ("a currency of 2^16", currency(power_of_two(16))),
        ("a number of 2^64", number(power_of_two(64))),
        ("a number of -1", number(minus_one())),
    ] {
        assert_eq!(attack.broken_by(&lie), ["receivable"], "{what}");
    }
}

/// Flags that are no bits would carry into their neighbours: -1 in bit 1 and a half in bit 0 make one integer of another set.
#[test]
fn no_flag_is_anything_but_a_bit() {
    let attack = MintAttack::new(3, true);
    for (flag, value) in [
        (0, Fr::from(2u64)),
        (1, minus_one()),
        (1, Fr::from(2u64)),
        (15, power_of_two(240)),
    ] {
        let lie = Lie {
            flag: Some((flag, value)),
            ..Lie::default()
        };
        assert_eq!(attack.broken_by(&lie), ["receivable"], "flag {flag} = {value}");
    }
}

/// Of an unacknowledged mint everything about the debtor is free. Raising the flag makes it matter: the supplier signs the
/// acknowledgment itself, and only the directory stands in its way.
#[test]
fn raising_the_acknowledged_flag_needs_the_key_enrolled_for_the_debtor() {
    let attack = MintAttack::new(4, false);
    let lie = Lie {
        flag: Some((0, Fr::one())),
        ..Lie::default()
    };
    let forged = attack.tell(&lie, &attack.scenario.supplier);
    assert_eq!(forged.values[3], Fr::one(), "the public row says acknowledged");
    assert_eq!(attack.forger.broken_sections(&forged), ["debtor enrolled"]);
}

#[test]
fn a_mint_proof_leaves_nothing_open_but_what_the_statement_leaves_open() {
    for acknowledged in [true, false] {
        let scenario = minting(9, acknowledged);
        let forger = forger::<Mint>(PublicRows::Fixed, &scenario.public, &scenario.private);
        let expected = Freedom {
            // creditor, invoice number, salt, debtor, document, rho, r, owner, debtor's address; A and R8 of both; an eighth of N under both keys of
            // the registry; four children a level. Amount, currency, days, flags, number and blinding follow from their bits.
            inputs: 9 + 8 + 4 + 4 * (12 + 12),
            // Six points on the curve; a child on each path; cm, directory root; the supplier's signature and challenge, the second
            // challenge; the fingerprint, by the blinded point; N under both keys. Only an acknowledgment asks for the directory root
            // again and the second signature.
            conditions: 6 + (12 + 12) + 2 + 2 + 1 + 1 + 2 + if acknowledged { 2 } else { 0 },
            // To first order a point on the curve with one x has one y: of each checked signature, of the blinded point and of N twice. The
            // fingerprint is held by either map's root (two) and by the blinded point's x (one of these three is the condition); both tags follow.
            spare: 1 + 2 + 2 + 2 + if acknowledged { 2 } else { 1 },
        };
        assert_eq!(forger.freedom(), expected, "acknowledged: {acknowledged}");
    }
}
