//! Operations as plain numbers: what the model decides about, and from which entries are built.
//!
//! Two operations are equal exactly if their entries' bytes are.

/// The nullifier that is none.
pub const ZERO: u64 = u64::MAX;

/// A tree whose roots proofs are made against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tree {
    Notes,
    Dilutions,
    Directory,
}

/// One of the roots that the latest state record held after some group of operations, or one that none ever held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Root {
    Seen(usize),
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    Good,
    OfOtherRows,
    OfUnacceptedKey,
}

/// Who signs what a registrar must sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signer {
    Registrar,
    Stranger,
    /// The registrar is named and did not sign.
    Forger,
}

/// An output of a transfer: only the note's number is in the entry, as its commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Output {
    pub note: u64,
    pub amount: u64,
    pub owner: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mint {
    pub note: u64,
    pub amount: u64,
    pub owner: u64,
    pub invoice: u64,
    /// Which dilution key, and so which receivable number.
    pub receivable: u64,
    /// Under which registry keys it is tagged: as the current one, and as the previous one.
    pub keys: (u64, Option<u64>),
    pub issue: (u32, u32),
    pub directory: Root,
    pub proof: Proof,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Transfer {
    /// Notes by their numbers, also those that never were; or [`ZERO`].
    pub inputs: [u64; 2],
    pub outputs: [Output; 4],
    pub notes: Root,
    pub bank: Option<u8>,
    pub signed_by: Option<u8>,
    pub proof: Proof,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lock {
    pub input: u64,
    pub bank: u8,
    pub signed_by: u8,
    pub expires: u64,
    pub lock_until: u64,
    pub notes: Root,
    pub dilutions: Root,
    pub proof: Proof,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    pub input: u64,
    pub bank: u8,
    pub signed_by: u8,
    /// The operation that set the lock, of an earlier group.
    pub lock: usize,
    /// Names the entry after it instead.
    pub misses: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dilute {
    pub receivable: u64,
    pub remaining: u32,
    /// Whose dilution key is named.
    pub key: u64,
    pub signed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rotate {
    pub key: u64,
    pub revision: u64,
    pub signer: Signer,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Party {
    pub party: u64,
    pub revision: u64,
    pub removes: bool,
    pub signer: Signer,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anchor {
    /// Whose root, and how many items.
    pub items: u64,
    pub lot: u64,
    pub signer: u8,
    pub signed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operation {
    Mint(Mint),
    Transfer(Transfer),
    Lock(Lock),
    Release(Release),
    Dilute(Dilute),
    Rotate(Rotate),
    Party(Party),
    /// A commitment by its number: the same numbers as notes, whose commitments they share.
    Deposit(u64),
    Anchor(Anchor),
}

impl Operation {
    /// For the count at the end.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Mint(_) => "mint",
            Self::Transfer(_) => "transfer",
            Self::Lock(_) => "lock",
            Self::Release(_) => "release",
            Self::Dilute(_) => "dilute",
            Self::Rotate(_) => "rotate",
            Self::Deposit(_) => "deposit",
            Self::Anchor(_) => "anchor",
            Self::Party(Party { removes: false, .. }) => "enrol",
            Self::Party(Party { removes: true, .. }) => "remove",
        }
    }
}
