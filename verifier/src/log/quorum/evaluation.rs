//! Whether a quorum is met, who cosigned, and what is missing.

use super::{Member, PolicyWitness, WitnessPolicy};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use tradeseal_primitives::receivable::UnixSeconds;

/// What a checkpoint's cosignatures amount to under a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuorumReport {
    /// The policy's name of each log witness that cosigned, with the time it stated.
    pub cosigned: Vec<(String, UnixSeconds)>,
    /// What the quorum lacks; `None` when it is met.
    pub shortfall: Option<Shortfall>,
}

impl QuorumReport {
    /// Whether the quorum is met.
    pub fn is_met(&self) -> bool {
        self.shortfall.is_none()
    }
}

/// What a quorum lacks. Its `Display` is one line, such as `courts: 0 of 1 (missing court-a, court-b)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shortfall {
    /// This log witness has not cosigned.
    Witness(String),
    /// Too few members of this group have.
    Group {
        /// The group's name in the policy.
        name: String,
        /// Members needed.
        needed: usize,
        /// Members that have.
        have: usize,
        /// The others; `needed - have` of them would do.
        missing: Vec<Shortfall>,
    },
}

impl Shortfall {
    /// The log witnesses whose cosignatures could help, in the policy's order of groups.
    pub fn witnesses(&self) -> Vec<&str> {
        match self {
            Self::Witness(name) => alloc::vec![name],
            Self::Group { missing, .. } => missing.iter().flat_map(Self::witnesses).collect(),
        }
    }
}

impl fmt::Display for Shortfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Witness(name) => f.write_str(name),
            Self::Group {
                name,
                needed,
                have,
                missing,
            } => {
                write!(f, "{name}: {have} of {needed} (missing ")?;
                for (index, shortfall) in missing.iter().enumerate() {
                    let separator = if index == 0 { "" } else { ", " };
                    write!(f, "{separator}{shortfall}")?;
                }
                f.write_str(")")
            }
        }
    }
}

/// `time` tells when a log witness cosigned, if it did.
pub(super) fn report(policy: &WitnessPolicy, time: impl Fn(&PolicyWitness) -> Option<UnixSeconds>) -> QuorumReport {
    let times: Vec<Option<UnixSeconds>> = policy.witnesses.iter().map(time).collect();
    let cosigned = policy.witnesses.iter().zip(&times);
    QuorumReport {
        cosigned: cosigned
            .filter_map(|(witness, time)| time.map(|time| (witness.name.clone(), time)))
            .collect(),
        shortfall: policy.quorum.and_then(|quorum| shortfall(policy, quorum, &times)),
    }
}

/// Recursion ends: a member is always defined above its group.
fn shortfall(policy: &WitnessPolicy, member: Member, times: &[Option<UnixSeconds>]) -> Option<Shortfall> {
    match member {
        Member::Witness(index) if times[index].is_some() => None,
        Member::Witness(index) => Some(Shortfall::Witness(policy.witnesses[index].name.clone())),
        Member::Group(index) => {
            let group = &policy.groups[index];
            let members = group.members.iter();
            let missing: Vec<Shortfall> = members.filter_map(|member| shortfall(policy, *member, times)).collect();
            let have = group.members.len() - missing.len();
            (have < group.threshold).then(|| Shortfall::Group {
                name: group.name.clone(),
                needed: group.threshold,
                have,
                missing,
            })
        }
    }
}

pub(super) fn requirement(policy: &WitnessPolicy, member: Member) -> String {
    match member {
        Member::Witness(index) => policy.witnesses[index].name.clone(),
        Member::Group(index) => {
            let group = &policy.groups[index];
            let members: Vec<String> = group
                .members
                .iter()
                .map(|member| requirement(policy, *member))
                .collect();
            let needed = if group.threshold == members.len() {
                String::from("all")
            } else {
                format!("{}", group.threshold)
            };
            format!("{}: {needed} of ({})", group.name, members.join(", "))
        }
    }
}
