//! GS1 EPCIS 2.0 events into a product identity card.
//!
//! In scope: which events are about a product, in which order, and what they say of it. Out of scope: sensor data, extensions.
//! An attacker who owns this part gives one item the history of another. Source: GS1 EPCIS 2.0, JSON/JSON-LD binding.
//!
//! Events that were declared erroneous are left out: their corrections are events of their own.

use tradeseal_primitives::receivable::{Day, UnixSeconds};
use tradeseal_verifier::calendar::{format_day, parse_day};
use tradeseal_verifier::credential::schema::{Schema, SlotDefinition};

use super::custody::{CustodyStep, custody_digest};
use super::imported::Imported;
use super::json::Json;
use super::path::values;
use super::problem::{ImportError, ProblemCause};
use super::product::Product;
use crate::quoted::Quoted;

/// The type of documents read.
pub(super) const DOCUMENT: &str = "EPCISDocument";
/// The schema they are read into.
pub(super) const SCHEMA: &str = "product-identity-card";

/// Where events name products.
const PRODUCT_PATHS: [&str; 9] = [
    "epcList[]",
    "parentID",
    "childEPCs[]",
    "inputEPCList[]",
    "outputEPCList[]",
    "quantityList[].epcClass",
    "childQuantityList[].epcClass",
    "inputQuantityList[].epcClass",
    "outputQuantityList[].epcClass",
];

/// Products that an error names.
const NAMED_PRODUCTS: usize = 5;

pub(super) fn read(document: &Json, schema: &Schema, product: Option<&str>) -> Result<Imported, ImportError> {
    let events: Vec<&Json> = values(document, "epcisBody.eventList[]")
        .into_iter()
        .chain(values(document, "epcisBody.event"))
        .filter(|event| event.member("errorDeclaration").is_none())
        .collect();
    let item = choose(&events, product)?;
    let about: Vec<&Json> = events
        .into_iter()
        .filter(|event| products(event).iter().any(|named| named.covers(&item)))
        .collect();
    let mut custody = about.iter().map(|event| step(event)).collect::<Result<Vec<_>, _>>()?;
    custody.sort();
    let mut imported = Imported::empty(schema);
    for (_, definition) in schema.slots() {
        imported.record(schema, definition, slot(definition, &item, &about, &custody));
    }
    imported.custody = custody;
    imported.finish()
}

fn products(event: &Json) -> Vec<Product> {
    let named = PRODUCT_PATHS.iter().flat_map(|path| values(event, path));
    named.filter_map(|uri| Product::parse(uri.scalar()?)).collect()
}

/// The product that is meant: the one named, or the only one with a serial number.
fn choose(events: &[&Json], product: Option<&str>) -> Result<Product, ImportError> {
    let mut all: Vec<Product> = events.iter().flat_map(|event| products(event)).collect();
    all.sort();
    all.dedup();
    let with_serial: Vec<&Product> = all.iter().filter(|product| product.serial.is_some()).collect();
    let meant = product.map(|uri| Product::parse(uri).filter(|item| all.iter().any(|named| named.covers(item))));
    match (meant, with_serial.as_slice(), all.as_slice()) {
        (Some(Some(item)), ..) => Ok(item),
        (None, [only], _) => Ok((*only).clone()),
        // A class without items: the card will say that the serial number is missing.
        (None, [], [only]) => Ok(only.clone()),
        _ => Err(ImportError::WhichProduct {
            count: all.len(),
            named: all
                .iter()
                .take(NAMED_PRODUCTS)
                .map(|item| Quoted::new(&item.to_string()))
                .collect(),
        }),
    }
}

fn step(event: &Json) -> Result<CustodyStep, ImportError> {
    let text = |path: &str| {
        values(event, path)
            .first()
            .and_then(|value| value.scalar())
            .unwrap_or_default()
    };
    let written = text("eventTime");
    let time = instant(written).ok_or_else(|| ImportError::Day {
        path: "eventTime".to_string(),
        value: Quoted::new(written),
    })?;
    let bare = |uri: &str| uri.rsplit_once("BizStep-").map_or(uri, |(_, step)| step).to_string();
    Ok(CustodyStep {
        time,
        kind: text("type").to_string(),
        action: text("action").to_string(),
        step: bare(text("bizStep")),
        read_point: text("readPoint.id").to_string(),
        location: text("bizLocation.id").to_string(),
    })
}

/// The slot's value, as the events have it.
fn slot(
    definition: &SlotDefinition,
    item: &Product,
    events: &[&Json],
    custody: &[CustodyStep],
) -> Result<String, ProblemCause> {
    let missing = |path: &str| ProblemCause::Missing {
        looked_for: vec![path.to_string()],
    };
    let last = custody.last();
    let text = |value: Option<&String>, path: &str| {
        value
            .filter(|text| !text.is_empty())
            .cloned()
            .ok_or_else(|| missing(path))
    };
    match definition.name.as_str() {
        "gtin" => Ok(item.gtin.clone()),
        "serial" => text(item.serial.as_ref(), "a serial number in the product's URI"),
        "batch" => match &item.lot {
            Some(lot) => Ok(lot.clone()),
            None => master_data(events, &["lotNumber", "batch"]),
        },
        "origin" => master_data(events, &["countryOfOrigin"]),
        "expiry_day" => master_data(events, &["itemExpirationDate", "expirationDate"]),
        "made_day" => master_data(events, &["productionDate", "manufacturingDate"]),
        "custody_digest" => Ok(custody_digest(custody)),
        "custody_events" => Ok(custody.len().to_string()),
        "last_event_day" => last
            .map(|step| format_day(day_of(step.time)))
            .ok_or_else(|| missing("eventTime")),
        "last_step" => text(last.map(|step| &step.step), "bizStep"),
        "holder_location" => {
            let place = last.map(|step| {
                if step.location.is_empty() {
                    &step.read_point
                } else {
                    &step.location
                }
            });
            text(place, "bizLocation.id")
        }
        _ => Err(missing("events, which do not say it")),
    }
}

/// One value of the item's master data (`ilmd`), whatever prefix its name has.
fn master_data(events: &[&Json], names: &[&str]) -> Result<String, ProblemCause> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    for event in events {
        let Some(Json::Object(members)) = event.member("ilmd") else {
            continue;
        };
        for (name, value) in members {
            let bare = name
                .rsplit_once([':', '#', '/'])
                .map_or(name.as_str(), |(_, bare)| bare);
            if let Some(text) = value.scalar().filter(|_| names.contains(&bare)) {
                found.push((name, text));
            }
        }
    }
    found.sort_by_key(|(_, text)| *text);
    found.dedup_by_key(|(_, text)| *text);
    match found.as_slice() {
        [] => Err(ProblemCause::Missing {
            looked_for: names.iter().map(|name| format!("ilmd.{name}")).collect(),
        }),
        [(_, only)] => Ok((*only).to_string()),
        [(path, first), (_, second), ..] => Err(ProblemCause::Several {
            path: format!("ilmd.{path}"),
            first: Quoted::new(first),
            second: Quoted::new(second),
            count: found.len(),
        }),
    }
}

fn day_of(time: UnixSeconds) -> Day {
    Day(u32::try_from(time.0 / 86_400).unwrap_or(u32::MAX))
}

/// `2005-04-03T20:33:31.116-06:00` as an instant; fractions of a second do not count. `None` for anything else, and before 1970.
fn instant(text: &str) -> Option<UnixSeconds> {
    let (date, rest) = text.split_once('T')?;
    let day = u64::from(parse_day(date).ok()?.0);
    let zone_at = rest.find(['Z', '+', '-'])?;
    let (clock, zone) = rest.split_at(zone_at);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let mut parts = clock.split(':').map(two_digits);
    let (hours, minutes, seconds) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    let in_range = hours < 24 && minutes < 60 && seconds < 61 && parts.next().is_none();
    if !in_range || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let local = day * 86_400 + hours * 3600 + minutes * 60 + seconds;
    let offset = match zone {
        "Z" => 0,
        _ => {
            let (hours, minutes) = zone.get(1..)?.split_once(':')?;
            let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
            if hours > 14 || minutes > 59 {
                return None;
            }
            hours * 3600 + minutes * 60
        }
    };
    let time = if zone.starts_with('+') {
        local.checked_sub(offset)?
    } else {
        local + offset
    };
    Some(UnixSeconds(time))
}

fn two_digits(text: &str) -> Option<u64> {
    let good = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    good.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_instants_whatever_their_zone() {
        let utc = instant("2005-04-04T02:33:31Z").unwrap();
        for text in [
            "2005-04-03T20:33:31.116000-06:00",
            "2005-04-04T04:03:31+01:30",
            "2005-04-04T02:33:31.999Z",
        ] {
            assert_eq!(instant(text), Some(utc), "{text}");
        }
        assert_eq!(instant("2022-03-01T12:54Z"), instant("2022-03-01T12:54:00Z"));
        for text in [
            "",
            "2005-04-04",
            "2005-04-04T25:00:00Z",
            "2005-04-04T02:33:31",
            "2005-04-04T2:33:31Z",
            "2005-02-30T02:33:31Z",
            "2005-04-04T02:33:31+1:00",
            "2005-04-04T02:33:31.x Z",
            "1970-01-01T00:00:00+01:00",
        ] {
            assert_eq!(instant(text), None, "{text:?}");
        }
    }
}
