//! Days in elements, and the one due day (BT-9) from however many elements state one.
//!
//! In scope: agreeing dates are one, differing dates are refused: a note has one due day, and neither the first nor the
//! last instalment's is the day of the whole. Out of scope: payment terms in words. An attacker who owns this part could
//! have a long debt pass for a short one.

use tradeseal_primitives::receivable::Day;

use crate::date::DateProblem;
use crate::error::InvoiceError;
use crate::quoted::Quoted;
use crate::xml::Element;

/// The day in an element, by the reader of its form.
pub(super) fn read(element: &Element<'_>, form: fn(&str) -> Result<Day, DateProblem>) -> Result<Day, InvoiceError> {
    let value = element.text()?;
    form(&value).map_err(|problem| InvoiceError::Date {
        path: element.path().clone(),
        value: Quoted::new(&value),
        problem,
    })
}

/// The one due day of several elements; `None` if there are no elements.
pub(super) fn one(
    elements: &[Element<'_>],
    read: impl Fn(&Element<'_>) -> Result<Day, InvoiceError>,
) -> Result<Option<Day>, InvoiceError> {
    let Some((first, others)) = elements.split_first() else {
        return Ok(None);
    };
    let day = read(first)?;
    for other in others {
        if read(other)? != day {
            return Err(InvoiceError::SeveralDueDates {
                path: other.path().clone(),
                first: Quoted::new(&first.text()?),
                second: Quoted::new(&other.text()?),
            });
        }
    }
    Ok(Some(day))
}
