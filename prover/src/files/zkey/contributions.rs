//! The contributions to a key, section 10: each multiplied delta by a secret that it proves to have known.
//!
//! In scope: the chain from the generator to the key's delta, and beacons. Out of scope: who contributed; names are what contributors
//! called themselves.
//! An attacker who owns this part has a key believed whose delta it knows.

use ark_bn254::{Bn254, G1Affine, G2Affine};
use ark_ec::AffineRepr;
use ark_ec::pairing::Pairing;
use ark_ff::{BigInteger, One, PrimeField};
use blake2::{Blake2b512, Digest};

use super::snarkjs_random::Stream;
use super::{ContributionError, ZkeyError, ZkeyPart};
use crate::files::montgomery::{G1_BYTES, G2_BYTES, PointRefused, read_g1, read_g2};

/// Most contributions read.
const MOST: u32 = 4096;
/// Longest beacon checked: a few seconds of hashing.
const MOST_BEACON_EXPONENT: u8 = 24;

/// One contribution, as the file tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contribution {
    /// What its maker called itself. Nothing proves it.
    pub name: Option<String>,
    /// What snarkjs shows its maker as the contribution's hash, for comparison with what was published.
    pub hash: [u8; 64],
    /// The public randomness that it was made from, if it is a beacon.
    pub beacon: Option<Beacon>,
}

/// A beacon: public randomness that nobody could know before the other contributions were made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beacon {
    /// Its value.
    pub value: Vec<u8>,
    /// It was hashed `2^exponent` times.
    pub exponent: u8,
}

/// A contribution's numbers.
pub(super) struct Parsed {
    points: Points,
    /// The points and the transcript, as their hash is over them.
    hashed: Vec<u8>,
    transcript: [u8; 64],
    name: Option<String>,
    beacon: Option<Beacon>,
}

struct Points {
    delta_after: G1Affine,
    s: G1Affine,
    sx: G1Affine,
    spx: G2Affine,
}

/// The circuit's hash and the contributions of a section 10.
pub(super) fn parse(section: &[u8]) -> Result<([u8; 64], Vec<Parsed>), ZkeyError> {
    let mut reader = Reader {
        rest: section,
        index: 0,
    };
    let circuit_hash = *reader.take::<64>()?;
    let found = u32::from_le_bytes(*reader.take()?);
    if found > MOST {
        return Err(ContributionError::TooMany { found, most: MOST }.into());
    }
    let mut contributions = Vec::new();
    for index in 1..=found as usize {
        reader.index = index;
        contributions.push(reader.contribution()?);
    }
    if reader.rest.is_empty() {
        Ok((circuit_hash, contributions))
    } else {
        Err(reader.malformed())
    }
}

/// Checks every contribution, and that the last one left `delta`.
pub(super) fn check(section: &[u8], delta: &G1Affine) -> Result<Vec<Contribution>, ZkeyError> {
    let (circuit_hash, contributions) = parse(section)?;
    if contributions.is_empty() {
        return Err(ContributionError::None.into());
    }
    let mut before = Blake2b512::new_with_prefix(circuit_hash);
    let mut current = G1Affine::generator();
    let mut checked = Vec::new();
    for (index, contribution) in (1..).zip(contributions) {
        check_one(&contribution, index, &before, &current)?;
        before.update(&contribution.hashed);
        current = contribution.points.delta_after;
        checked.push(Contribution {
            name: contribution.name,
            hash: Blake2b512::digest(&contribution.hashed).into(),
            beacon: contribution.beacon,
        });
    }
    if current == *delta {
        Ok(checked)
    } else {
        Err(ContributionError::OtherKey.into())
    }
}

fn check_one(one: &Parsed, index: usize, before: &Blake2b512, current: &G1Affine) -> Result<(), ContributionError> {
    let Points {
        delta_after,
        s,
        sx,
        spx,
    } = &one.points;
    let challenge: [u8; 64] = before
        .clone()
        .chain_update(&one.hashed[G1_BYTES..3 * G1_BYTES])
        .finalize()
        .into();
    if challenge != one.transcript {
        return Err(ContributionError::Transcript { index });
    }
    let (seed, _) = challenge.split_at(32);
    let base = Stream::of_hash(&seed.try_into().unwrap_or_default()).g2();
    if !same_ratio(s, sx, &base, spx) {
        return Err(ContributionError::Knowledge { index });
    }
    if !same_ratio(current, delta_after, &base, spx) {
        return Err(ContributionError::Delta { index });
    }
    let Some(Beacon { value, exponent }) = &one.beacon else {
        return Ok(());
    };
    let mut stream = Stream::of_beacon(value, *exponent);
    let secret = stream.scalar();
    let expected = stream.g1();
    if *s == expected && *sx == expected * secret {
        Ok(())
    } else {
        Err(ContributionError::Beacon { index })
    }
}

/// Whether `to1 / from1 = to2 / from2`; never for the identity.
fn same_ratio(from1: &G1Affine, to1: &G1Affine, from2: &G2Affine, to2: &G2Affine) -> bool {
    let identity = from1.is_zero() || to1.is_zero() || from2.is_zero() || to2.is_zero();
    !identity && Bn254::multi_pairing([*from1, -*to1], [*to2, *from2]).0.is_one()
}

struct Reader<'a> {
    rest: &'a [u8],
    index: usize,
}

impl<'a> Reader<'a> {
    fn malformed(&self) -> ZkeyError {
        ContributionError::Malformed { index: self.index }.into()
    }

    fn take<const N: usize>(&mut self) -> Result<&'a [u8; N], ZkeyError> {
        let (head, rest) = self.rest.split_first_chunk().ok_or_else(|| self.malformed())?;
        self.rest = rest;
        Ok(head)
    }

    fn slice(&mut self, length: usize) -> Result<&'a [u8], ZkeyError> {
        let (head, rest) = self.rest.split_at_checked(length).ok_or_else(|| self.malformed())?;
        self.rest = rest;
        Ok(head)
    }

    fn g1(&mut self) -> Result<G1Affine, ZkeyError> {
        read_g1(self.take::<G1_BYTES>()?).map_err(|cause| self.point(cause))
    }

    fn g2(&mut self) -> Result<G2Affine, ZkeyError> {
        read_g2(self.take::<G2_BYTES>()?).map_err(|cause| self.point(cause))
    }

    fn point(&self, cause: PointRefused) -> ZkeyError {
        ZkeyError::Point {
            part: ZkeyPart::Contribution,
            index: self.index,
            cause,
        }
    }

    fn contribution(&mut self) -> Result<Parsed, ZkeyError> {
        let points = Points {
            delta_after: self.g1()?,
            s: self.g1()?,
            sx: self.g1()?,
            spx: self.g2()?,
        };
        let transcript = *self.take::<64>()?;
        let is_beacon = match u32::from_le_bytes(*self.take()?) {
            0 => false,
            1 => true,
            _ => return Err(self.malformed()),
        };
        let length = u32::from_le_bytes(*self.take()?) as usize;
        let parameters = self.slice(length)?;
        let (name, beacon) = self.parameters(parameters, is_beacon)?;
        let mut hashed = Vec::new();
        for point in [&points.delta_after, &points.s, &points.sx] {
            hash_g1(point, &mut hashed);
        }
        hash_g2(&points.spx, &mut hashed);
        hashed.extend_from_slice(&transcript);
        Ok(Parsed {
            points,
            hashed,
            transcript,
            name,
            beacon,
        })
    }

    /// Parameters are a type, ascending, and a value: 1 a name, 2 a beacon's exponent, 3 a beacon's value.
    fn parameters(&self, bytes: &'a [u8], is_beacon: bool) -> Result<(Option<String>, Option<Beacon>), ZkeyError> {
        let mut parameters = Reader {
            rest: bytes,
            index: self.index,
        };
        let (mut name, mut exponent, mut value, mut last) = (None, None, None, 0);
        while let Some((kind, rest)) = parameters.rest.split_first() {
            parameters.rest = rest;
            let [length] = *parameters.take::<1>()?;
            match kind {
                kind if *kind <= last => return Err(self.malformed()),
                1 => name = Some(shown(parameters.slice(length.into())?)),
                2 => exponent = Some(length),
                3 => value = Some(parameters.slice(length.into())?.to_vec()),
                _ => return Err(self.malformed()),
            }
            last = *kind;
        }
        let beacon = match (is_beacon, exponent, value) {
            (false, None, None) => None,
            (true, Some(exponent), Some(value)) if exponent <= MOST_BEACON_EXPONENT => Some(Beacon { value, exponent }),
            (true, Some(exponent), Some(_)) => {
                return Err(ContributionError::BeaconTooLong {
                    index: self.index,
                    exponent,
                    most: MOST_BEACON_EXPONENT,
                }
                .into());
            }
            _ => return Err(self.malformed()),
        };
        Ok((name, beacon))
    }
}

/// A name as it can be shown: whoever contributed chose it, and might have chosen a terminal's control sequences.
fn shown(name: &[u8]) -> String {
    let text = String::from_utf8_lossy(name);
    let visible = |letter: char| {
        if letter.is_control() {
            char::REPLACEMENT_CHARACTER
        } else {
            letter
        }
    };
    text.chars().map(visible).collect()
}

/// As snarkjs hashes points: uncompressed, big-endian, imaginary parts first.
pub(super) fn hash_g1(point: &G1Affine, out: &mut Vec<u8>) {
    let (x, y) = point.xy().unwrap_or_default();
    [x, y]
        .iter()
        .for_each(|value| out.extend(value.into_bigint().to_bytes_be()));
}

pub(super) fn hash_g2(point: &G2Affine, out: &mut Vec<u8>) {
    let (x, y) = point.xy().unwrap_or_default();
    let parts = [x.c1, x.c0, y.c1, y.c0];
    parts
        .iter()
        .for_each(|value| out.extend(value.into_bigint().to_bytes_be()));
}
