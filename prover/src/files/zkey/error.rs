//! Why a `.zkey` is not believed.
//!
//! In scope: the causes, each naming its part. Out of scope: remedies for users (crate `server`).
//! An attacker who owns this part misleads an operator about a key.

use tradeseal_verifier::groth16::KeyError;

use crate::files::layout::ExportError;
use crate::files::montgomery::PointRefused;
use crate::files::sections::SectionError;

/// A part of a `.zkey`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZkeyPart {
    /// alpha in G1.
    Alpha1,
    /// beta in G1.
    Beta1,
    /// beta in G2.
    Beta2,
    /// gamma in G2.
    Gamma2,
    /// delta in G1.
    Delta1,
    /// delta in G2.
    Delta2,
    /// Points of the constant and the public rows (section 3).
    Inputs,
    /// Points of `A` (section 5).
    A,
    /// Points of `B` in G1 (section 6).
    B1,
    /// Points of `B` in G2 (section 7).
    B2,
    /// Points of the private variables (section 8).
    L,
    /// Points of the quotient (section 9).
    H,
    /// A point of a contribution (section 10).
    Contribution,
}

impl std::fmt::Display for ZkeyPart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Alpha1 => "alpha in G1",
            Self::Beta1 => "beta in G1",
            Self::Beta2 => "beta in G2",
            Self::Gamma2 => "gamma in G2",
            Self::Delta1 => "delta in G1",
            Self::Delta2 => "delta in G2",
            Self::Inputs => "input points (section 3)",
            Self::A => "A (section 5)",
            Self::B1 => "B in G1 (section 6)",
            Self::B2 => "B in G2 (section 7)",
            Self::L => "L (section 8)",
            Self::H => "H (section 9)",
            Self::Contribution => "a contribution (section 10)",
        })
    }
}

/// What must hold between parts of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// beta is one number in both groups.
    Beta,
    /// delta is one number in both groups.
    Delta,
    /// `B` is the same in both groups.
    BothB,
    /// Where `C` is empty, L and input points are `beta A + alpha B` over delta and gamma.
    InputsAndL,
    /// alpha, beta: those of the powers of tau.
    PowersAlphaBeta,
    /// `A` is the circuit's at tau.
    PowersA,
    /// `B` is the circuit's at tau.
    PowersB,
    /// Input points are `beta A + alpha B + C` at tau.
    PowersInputs,
    /// L is `(beta A + alpha B + C) / delta` at tau.
    PowersL,
    /// H is `tau^k Z(tau) / delta`.
    PowersH,
}

impl std::fmt::Display for Relation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Beta => "beta in G1 and beta in G2 are different numbers",
            Self::Delta => "delta in G1 and delta in G2 are different numbers",
            Self::BothB => "B in G1 (section 6) and B in G2 (section 7) are different numbers",
            Self::InputsAndL => "L (section 8) or the input points (section 3) do not follow from A, B, alpha and beta",
            Self::PowersAlphaBeta => "alpha or beta is not that of the powers of tau",
            Self::PowersA => "A (section 5) is not the circuit's at these powers of tau",
            Self::PowersB => "B (section 6) is not the circuit's at these powers of tau",
            Self::PowersInputs => "the input points (section 3) are not the circuit's at these powers of tau",
            Self::PowersL => "L (section 8) is not the circuit's at these powers of tau under this delta",
            Self::PowersH => "H (section 9) is not that of these powers of tau under this delta",
        })
    }
}

/// Why a contribution, or the list of them, was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ContributionError {
    /// Nobody contributed, so anyone can forge.
    #[error("nobody contributed to this key, so anyone can forge proofs under it")]
    None,
    /// More than are read.
    #[error("says that it has {found} contributions; {most} are the most")]
    TooMany {
        /// In the file.
        found: u32,
        /// Read.
        most: u32,
    },
    /// Cut short, or bytes left over, or parameters of unknown form.
    #[error("section 10 is malformed at contribution {index}")]
    Malformed {
        /// Which one, from 1.
        index: usize,
    },
    /// A beacon of so many iterations that checking takes too long.
    #[error("contribution {index} is a beacon of 2^{exponent} iterations; 2^{most} are the most that are checked")]
    BeaconTooLong {
        /// Which one, from 1.
        index: usize,
        /// In the file.
        exponent: u8,
        /// Checked.
        most: u8,
    },
    /// Its challenge does not cover what came before it.
    #[error("contribution {index} does not follow those before it: its transcript hash is another")]
    Transcript {
        /// Which one, from 1.
        index: usize,
    },
    /// It does not prove that its maker knew its secret.
    #[error("contribution {index} does not prove knowledge of its secret")]
    Knowledge {
        /// Which one, from 1.
        index: usize,
    },
    /// Delta after it is not delta before it times its secret.
    #[error("delta after contribution {index} does not follow from its secret")]
    Delta {
        /// Which one, from 1.
        index: usize,
    },
    /// A beacon's secret is not what its hash gives.
    #[error("contribution {index} calls itself a beacon, but its secret does not follow from the beacon's hash")]
    Beacon {
        /// Which one, from 1.
        index: usize,
    },
    /// The last delta is not the key's.
    #[error("the key's delta is not that of its last contribution: the transcript belongs to another key")]
    OtherKey,
}

/// Why a `.zkey` is not believed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ZkeyError {
    /// Its frame.
    #[error("the file {0}")]
    Frame(#[from] SectionError),
    /// For another protocol.
    #[error("the file is a key for protocol {found}, where Groth16 (1) is read")]
    Protocol {
        /// Its number.
        found: u32,
    },
    /// Over another curve.
    #[error("the file is a key over another curve than BN254")]
    Curve,
    /// Its sizes are not those of the circuit.
    #[error("the key has {found} {what}, this program's circuit of the statement has {expected}")]
    Size {
        /// What is counted.
        what: &'static str,
        /// In the file.
        found: u32,
        /// In the circuit.
        expected: usize,
    },
    /// Made for another circuit.
    #[error("the key was made for another circuit: coefficient {entry} of section 4 is not this program's")]
    Coefficients {
        /// The first entry that differs, from 0.
        entry: usize,
    },
    /// This program's own circuit is not the pinned one.
    #[error("this build's circuit is not the pinned one: rebuild it")]
    Pin,
    /// A point.
    #[error("point {index} of {part}: {cause}")]
    Point {
        /// Where.
        part: ZkeyPart,
        /// Which, from 0.
        index: usize,
        /// Why.
        cause: PointRefused,
    },
    /// The identity where none can be, or a point where the circuit has none.
    #[error("point {index} of {part} is {}", if *.found { "the identity, where the circuit uses its variable" } else { "not the identity, where the circuit does not use its variable" })]
    Identity {
        /// Where.
        part: ZkeyPart,
        /// Which, from 0.
        index: usize,
        /// Whether the identity was found.
        found: bool,
    },
    /// gamma is not the generator. No ceremony changes it, so somebody chose it, and may know its ratio to delta.
    #[error("gamma is not the group's generator: somebody chose it, and may be able to forge proofs under this key")]
    Gamma,
    /// The verifying key is refused: gamma = delta, delta = generator, and the like.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// A contribution.
    #[error("{0}")]
    Contribution(#[from] ContributionError),
    /// Parts that do not belong together.
    #[error("{0}")]
    Relation(Relation),
    /// Powers of tau for smaller circuits.
    #[error("the powers of tau reach to 2^{power}; this circuit needs 2^{needed}")]
    Powers {
        /// Of the file.
        power: u32,
        /// Of the circuit.
        needed: u32,
    },
    /// The circuit cannot be laid out.
    #[error(transparent)]
    Circuit(#[from] ExportError),
}
