//! What a verifier learns from an answer, as sentences for its holder, and what it asks beyond its purpose.
//!
//! In scope: both, for every condition. Out of scope: showing them.
//! An attacker who owns this part has a holder show more than it believes.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Ask, Condition, List, Policy};
use crate::calendar::format_day;
use crate::credential::schema::SlotDefinition;

/// One thing that a verifier learns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learnt {
    /// A sentence without its full stop, such as `your country of origin is one of DE, FR`.
    pub sentence: String,
    /// Why it goes beyond the purpose, if it does.
    pub excess: Option<Excess>,
}

/// How a condition goes beyond its purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Excess {
    /// The schema does not let this purpose see the value.
    #[error("the schema does not let this purpose see the value")]
    Reveals,
    /// So narrow a condition shows the value, which this purpose may not see.
    #[error(
        "the condition leaves one value only, so it shows the value, which the schema does not let this purpose see"
    )]
    AmountsToRevealing,
    /// The schema does not let this purpose ask about it.
    #[error("the schema does not let this purpose ask about it")]
    Asks,
}

/// Members of a list that a sentence names.
const NAMED_MEMBERS: usize = 6;

impl Policy {
    /// Everything that the verifier learns from an answer, beginning with what every answer shows.
    pub fn learnt(&self) -> Vec<Learnt> {
        let mut all = self.always();
        all.extend(self.conditions().iter().map(|condition| Learnt {
            sentence: self.sentence(condition),
            excess: self.excess(condition),
        }));
        all
    }

    /// Whether anything is asked beyond the stated purpose.
    pub fn asks_too_much(&self) -> bool {
        self.conditions()
            .iter()
            .any(|condition| self.excess(condition).is_some())
    }

    fn always(&self) -> Vec<Learnt> {
        let issuers = match self.issuers().list() {
            [one] => format!("by {}", one.name),
            many => format!("by one of {} issuers, and not by which", many.len()),
        };
        let day = format_day(self.day());
        let mut sentences = alloc::vec![format!(
            "you hold a credential \"{}\", issued {issuers}, valid on {day} and not revoked",
            self.schema().title(),
        )];
        sentences.push(match self.once_in() {
            Some(scope) => format!(
                "you use it in \"{scope}\", by a number that is the same each time you use it there, and nowhere else"
            ),
            None => "nothing by which two of your answers could be told to be one credential's".to_string(),
        });
        let without_excess = |sentence| Learnt { sentence, excess: None };
        sentences.into_iter().map(without_excess).collect()
    }

    fn definition(&self, condition: &Condition) -> Option<&SlotDefinition> {
        self.schema().slot(&condition.slot).map(|(_, definition)| definition)
    }

    /// One condition in words.
    pub(crate) fn sentence(&self, condition: &Condition) -> String {
        let definition = self.definition(condition);
        let title = definition.map_or(condition.slot.as_str(), |definition| definition.title.as_str());
        let unit = match definition.map(|definition| definition.encoding.unit()) {
            None | Some("") => String::new(),
            Some(unit) => format!(" {unit}"),
        };
        match &condition.ask {
            Ask::Reveal => format!("{title}: the value itself"),
            Ask::Is(value) => format!("{title}: it is {value}{unit}"),
            Ask::IsNot(value) => format!("{title}: it is not {value}{unit}"),
            Ask::Between { from, to } => match (from, to) {
                (Some(from), Some(to)) => format!("{title}: it is from {from} to {to}{unit}"),
                (Some(from), None) => format!("{title}: it is {from}{unit} or more"),
                (None, Some(to)) => format!("{title}: it is {to}{unit} or less"),
                (None, None) => format!("{title}: nothing"),
            },
            Ask::In(list) => format!("{title}: it is {}", one_of(list)),
            Ask::NotIn(list) => format!("{title}: it is not {}", one_of(list)),
        }
    }

    fn excess(&self, condition: &Condition) -> Option<Excess> {
        let definition = self.definition(condition)?;
        let named = |purposes: &[String]| purposes.iter().any(|purpose| purpose == self.purpose());
        let (may_ask, may_reveal) = (named(&definition.ask_for), named(&definition.reveal_for));
        match &condition.ask {
            Ask::Reveal => (!may_reveal).then_some(Excess::Reveals),
            _ if !may_ask && !may_reveal => Some(Excess::Asks),
            ask if leaves_one_value(ask, definition) && !may_reveal => Some(Excess::AmountsToRevealing),
            _ => None,
        }
    }
}

/// Where the condition holds, the verifier knows the value.
fn leaves_one_value(ask: &Ask, definition: &SlotDefinition) -> bool {
    let encode = |text: &String| definition.encoding.encode(text).ok();
    match ask {
        Ask::Reveal | Ask::Is(_) => true,
        Ask::In(list) => {
            let mut values: Vec<_> = list.members.iter().map(encode).collect();
            values.dedup();
            values.len() == 1
        }
        Ask::Between {
            from: Some(from),
            to: Some(to),
        } => from.trim() == to.trim() || encode(from) == encode(to) && encode(from).is_some(),
        Ask::IsNot(_) | Ask::NotIn(_) | Ask::Between { .. } => false,
    }
}

fn one_of(list: &List) -> String {
    let count = list.members.len();
    let members = if count > NAMED_MEMBERS {
        format!("one of {count} values")
    } else {
        let joined = list.members.join(", ");
        if count == 1 { joined } else { format!("one of {joined}") }
    };
    match &list.name {
        Some(name) => format!("on the list \"{name}\" ({members})"),
        None => members,
    }
}
