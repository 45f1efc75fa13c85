//! Reading a policy line by line ("Policy file syntax and structure").
//!
//! Names are unique and refer upwards only, each is a member at most once: so groups form a forest, and each log witness
//! counts in one way only.

use super::super::{CosignerKey, LogKey, decimal};
use super::{Group, Member, PolicyError, PolicyFault, PolicyLog, PolicyWitness, WitnessPolicy};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

/// Longest policy read, in bytes.
pub const MAX_POLICY_BYTES: usize = 128 * 1024;
/// Most logs, log witnesses and groups, each; the specification asks for at least 32.
const MAX_OF_A_KIND: usize = 64;

const NONE: &str = "none";
const LOG_FORM: &str = "log <vkey> [<url>]";
const WITNESS_FORM: &str = "witness <name> <vkey> [<url>]";
const GROUP_FORM: &str = "group <name> all|any|<k> <name>...";
const QUORUM_FORM: &str = "quorum <name>|none";

pub(super) fn parse(text: &str) -> Result<WitnessPolicy, PolicyError> {
    if text.len() > MAX_POLICY_BYTES {
        return Err(PolicyError::TooLong { actual: text.len() });
    }
    let mut parser = Parser::default();
    for (index, line) in text.split_inclusive('\n').enumerate() {
        parser
            .line(line)
            .map_err(|fault| PolicyError::Line { line: index + 1, fault })?;
    }
    let quorum = parser.quorum.ok_or(PolicyError::NoQuorum)?;
    Ok(WitnessPolicy {
        logs: parser.logs,
        witnesses: parser.witnesses,
        groups: parser.groups,
        quorum,
    })
}

#[derive(Default)]
struct Parser {
    logs: Vec<PolicyLog>,
    witnesses: Vec<PolicyWitness>,
    groups: Vec<Group>,
    quorum: Option<Option<Member>>,
}

impl Parser {
    fn line(&mut self, line: &str) -> Result<(), PolicyFault> {
        let line = line.strip_suffix('\n').ok_or(PolicyFault::Unterminated)?;
        if line.contains(|c: char| c.is_ascii_control() && c != '\t') {
            return Err(PolicyFault::ControlCharacter);
        }
        // Space and tab only: other Unicode spaces are part of a word.
        let words: Vec<&str> = line.split([' ', '\t']).filter(|word| !word.is_empty()).collect();
        match words.split_first() {
            None => Ok(()),
            Some((first, _)) if first.starts_with('#') => Ok(()),
            Some((&"log", words)) => self.log(words),
            Some((&"witness", words)) => self.witness(words),
            Some((&"group", words)) => self.group(words),
            Some((&"quorum", words)) => self.quorum(words),
            Some((keyword, _)) => Err(PolicyFault::Keyword(keyword.chars().take(64).collect())),
        }
    }

    fn log(&mut self, words: &[&str]) -> Result<(), PolicyFault> {
        let (key, url) = match words {
            [key] => (key, None),
            [key, url] => (key, Some((*url).to_string())),
            _ => return Err(PolicyFault::Form(LOG_FORM)),
        };
        let key = LogKey::parse(key)?;
        if self.logs.iter().any(|log| log.key.public_key() == key.public_key()) {
            return Err(PolicyFault::DuplicateKey);
        }
        push(&mut self.logs, PolicyLog { key, url })
    }

    fn witness(&mut self, words: &[&str]) -> Result<(), PolicyFault> {
        let (name, key, url) = match words {
            [name, key] => (name, key, None),
            [name, key, url] => (name, key, Some((*url).to_string())),
            _ => return Err(PolicyFault::Form(WITNESS_FORM)),
        };
        let name = self.new_name(name)?;
        let key = CosignerKey::parse(key)?;
        let same_key = |witness: &PolicyWitness| witness.key.public_key() == key.public_key();
        if self.witnesses.iter().any(same_key) {
            return Err(PolicyFault::DuplicateKey);
        }
        push(&mut self.witnesses, PolicyWitness { name, key, url })
    }

    fn group(&mut self, words: &[&str]) -> Result<(), PolicyFault> {
        let [name, threshold, names @ ..] = words else {
            return Err(PolicyFault::Form(GROUP_FORM));
        };
        if names.is_empty() {
            return Err(PolicyFault::Form(GROUP_FORM));
        }
        let name = self.new_name(name)?;
        let mut members = Vec::with_capacity(names.len());
        for member in names {
            let found = self.lookup(member)?;
            let taken = |group: &Group| group.members.contains(&found);
            if members.contains(&found) || self.groups.iter().any(taken) {
                return Err(PolicyFault::MemberTaken((*member).to_string()));
            }
            members.push(found);
        }
        let threshold = parse_threshold(threshold, members.len())?;
        let group = Group {
            name,
            threshold,
            members,
        };
        push(&mut self.groups, group)
    }

    fn quorum(&mut self, words: &[&str]) -> Result<(), PolicyFault> {
        let [name] = words else {
            return Err(PolicyFault::Form(QUORUM_FORM));
        };
        if self.quorum.is_some() {
            return Err(PolicyFault::SecondQuorum);
        }
        let quorum = if *name == NONE { None } else { Some(self.lookup(name)?) };
        self.quorum = Some(quorum);
        Ok(())
    }

    fn new_name(&self, name: &str) -> Result<String, PolicyFault> {
        if name == NONE || self.lookup(name).is_ok() {
            return Err(PolicyFault::NameTaken(name.to_string()));
        }
        Ok(name.to_string())
    }

    fn lookup(&self, name: &str) -> Result<Member, PolicyFault> {
        let witness = self.witnesses.iter().position(|witness| witness.name == name);
        let group = || self.groups.iter().position(|group| group.name == name);
        witness
            .map(Member::Witness)
            .or_else(|| group().map(Member::Group))
            .ok_or_else(|| PolicyFault::UnknownName(name.to_string()))
    }
}

fn push<T>(list: &mut Vec<T>, item: T) -> Result<(), PolicyFault> {
    if list.len() == MAX_OF_A_KIND {
        return Err(PolicyFault::TooMany(MAX_OF_A_KIND));
    }
    list.push(item);
    Ok(())
}

/// `all`, `any`, or 1 <= k <= n in decimal.
fn parse_threshold(text: &str, members: usize) -> Result<usize, PolicyFault> {
    let number = match text {
        "all" => Some(members),
        "any" => Some(1),
        number => decimal::parse("threshold", number)
            .ok()
            .and_then(|k| usize::try_from(k).ok()),
    };
    number
        .filter(|k| (1..=members).contains(k))
        .ok_or_else(|| PolicyFault::Threshold {
            threshold: text.chars().take(24).collect(),
            members,
        })
}
