//! The body's values as JSON, for types that have no JSON of their own.
//!
//! In scope: one text for each value, bounds of each on its own. Out of scope: bounds between values (`Disclosure`).
//! An attacker who owns this part could give one disclosure two forms.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use tradeseal_primitives::Fr;
use tradeseal_primitives::party::Address;
use tradeseal_primitives::receivable::{AmountMinor, NoteRandomness, RemainingPpb};
use tradeseal_primitives::tree::{AbsenceProof, DilutionLeaf, DilutionProof, IndexedLeaf, MerklePath};

use crate::encoding;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Opening {
    #[serde(with = "encoding::decimal_u64")]
    amount_minor: u64,
    #[serde(with = "encoding::text")]
    owner: Address,
    #[serde(with = "encoding::field_element")]
    rho: Fr,
    #[serde(with = "encoding::field_element")]
    r: Fr,
}

impl From<super::Opening> for Opening {
    fn from(opening: super::Opening) -> Self {
        Self {
            amount_minor: opening.amount.0,
            owner: opening.owner,
            rho: opening.randomness.rho,
            r: opening.randomness.r,
        }
    }
}

impl From<Opening> for super::Opening {
    fn from(wire: Opening) -> Self {
        Self {
            amount: AmountMinor(wire.amount_minor),
            owner: wire.owner,
            randomness: NoteRandomness {
                rho: wire.rho,
                r: wire.r,
            },
        }
    }
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(transparent)]
struct Element(#[serde(with = "encoding::field_element")] Fr);

/// A Merkle path, leaf level first.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Path {
    index: u64,
    siblings: Vec<[Element; 3]>,
}

impl Path {
    fn of<const DEPTH: usize>(path: &MerklePath<DEPTH>) -> Self {
        Self {
            index: path.index(),
            siblings: path.siblings().iter().map(|level| level.map(Element)).collect(),
        }
    }

    fn read<const DEPTH: usize>(self) -> Result<MerklePath<DEPTH>, String> {
        let levels: Vec<[Fr; 3]> = self
            .siblings
            .iter()
            .map(|level| level.map(|element| element.0))
            .collect();
        let siblings: Result<[[Fr; 3]; DEPTH], _> = levels.try_into();
        siblings
            .ok()
            .and_then(|siblings| MerklePath::new(self.index, siblings))
            .ok_or_else(|| alloc::format!("a path has {DEPTH} levels and an index below 4^{DEPTH}"))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unspent {
    state: u64,
    #[serde(with = "encoding::field_element")]
    value: Fr,
    #[serde(with = "encoding::field_element")]
    next: Fr,
    path: Path,
}

impl From<super::Unspent> for Unspent {
    fn from(unspent: super::Unspent) -> Self {
        Self {
            state: unspent.state,
            value: unspent.absence.low.value,
            next: unspent.absence.low.next,
            path: Path::of(&unspent.absence.path),
        }
    }
}

impl TryFrom<Unspent> for super::Unspent {
    type Error = String;

    fn try_from(wire: Unspent) -> Result<Self, String> {
        let absence = AbsenceProof {
            low: IndexedLeaf {
                value: wire.value,
                next: wire.next,
            },
            path: wire.path.read()?,
        };
        Ok(Self {
            state: wire.state,
            absence,
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Remaining {
    state: u64,
    #[serde(with = "encoding::decimal_u64")]
    number: u64,
    #[serde(with = "encoding::decimal_u64")]
    next: u64,
    remaining_ppb: u32,
    path: Path,
}

impl From<super::Remaining> for Remaining {
    fn from(remaining: super::Remaining) -> Self {
        let leaf = remaining.proof.leaf;
        Self {
            state: remaining.state,
            number: leaf.number,
            next: leaf.next,
            remaining_ppb: leaf.remaining.get(),
            path: Path::of(&remaining.proof.path),
        }
    }
}

impl TryFrom<Remaining> for super::Remaining {
    type Error = String;

    fn try_from(wire: Remaining) -> Result<Self, String> {
        let leaf = DilutionLeaf {
            number: wire.number,
            next: wire.next,
            remaining: RemainingPpb::new(wire.remaining_ppb).ok_or("more than 1000000000 billionths remain")?,
        };
        let path = wire.path.read()?;
        Ok(Self {
            state: wire.state,
            proof: DilutionProof { leaf, path },
        })
    }
}

/// serde: unix seconds.
pub(super) mod seconds {
    use serde::{Deserialize, Deserializer, Serializer};
    use tradeseal_primitives::receivable::UnixSeconds;

    pub(in super::super) fn serialize<S: Serializer>(time: &UnixSeconds, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_u64(time.0)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<UnixSeconds, D::Error> {
        u64::deserialize(input).map(UnixSeconds)
    }
}

/// serde: days since 1970-01-01.
pub(super) mod day {
    use serde::{Deserialize, Deserializer, Serializer};
    use tradeseal_primitives::receivable::Day;

    pub(in super::super) fn serialize<S: Serializer>(day: &Day, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_u32(day.0)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Day, D::Error> {
        u32::deserialize(input).map(Day)
    }
}

/// serde: a party's identifier, already normalised, or null.
pub(super) mod identifier {
    use alloc::string::String;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
    use tradeseal_primitives::party::PartyIdentifier;

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Identifier<T> {
        scheme: T,
        id: T,
    }

    pub(in super::super) fn serialize<S: Serializer>(
        party: &Option<PartyIdentifier>,
        out: S,
    ) -> Result<S::Ok, S::Error> {
        let identifier = party.as_ref().map(|party| Identifier {
            scheme: party.scheme(),
            id: party.value(),
        });
        identifier.serialize(out)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        input: D,
    ) -> Result<Option<PartyIdentifier>, D::Error> {
        let identifier = Option::<Identifier<String>>::deserialize(input)?;
        identifier
            .map(|given| PartyIdentifier::new(&given.scheme, &given.id).map_err(D::Error::custom))
            .transpose()
    }
}

/// serde: a receivable's terms. Currency and flags are numbers: a note may hold such as have no name.
pub(super) mod terms {
    use super::encoding;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
    use tradeseal_primitives::party::PartyId;
    use tradeseal_primitives::receivable::{
        CurrencyCode, Day, DocumentHash, Flags, ReceivableNumber, SaltedFingerprint, Terms as Typed,
    };

    #[derive(Serialize, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Terms {
        currency: u16,
        due_day: u32,
        #[serde(with = "encoding::text")]
        debtor: PartyId,
        #[serde(with = "encoding::text")]
        creditor: PartyId,
        #[serde(with = "encoding::text")]
        document: DocumentHash,
        #[serde(with = "encoding::text")]
        receivable: SaltedFingerprint,
        flags: u16,
        #[serde(with = "encoding::decimal_u64")]
        number: u64,
    }

    pub(in super::super) fn serialize<S: Serializer>(terms: &Typed, out: S) -> Result<S::Ok, S::Error> {
        let wire = Terms {
            currency: terms.currency.0,
            due_day: terms.due_day.0,
            debtor: terms.debtor,
            creditor: terms.creditor,
            document: terms.document,
            receivable: terms.receivable,
            flags: terms.flags.bits(),
            number: terms.number.get(),
        };
        wire.serialize(out)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Typed, D::Error> {
        let wire = Terms::deserialize(input)?;
        Ok(Typed {
            currency: CurrencyCode(wire.currency),
            due_day: Day(wire.due_day),
            debtor: wire.debtor,
            creditor: wire.creditor,
            document: wire.document,
            receivable: wire.receivable,
            flags: Flags::from_bits(wire.flags),
            number: ReceivableNumber::new(wire.number)
                .ok_or_else(|| D::Error::custom("a receivable's number is not 0"))?,
        })
    }
}
