//! What parsing may cost, decided before the parser runs.
//!
//! The tree parser compares each attribute of an element with the others, copies the namespaces in scope to every element
//! that declares one, and reserves memory by counting `<` and `=`: all harmless for invoices, quadratic or huge for a file
//! made to hurt. It also takes `a:xmlns` and a second `xmlns` for namespace declarations, which other software does not.
//! In scope: one linear pass that bounds those. Out of scope: whether the file is well-formed; where it is not, this
//! pass stops and lets the parser say so. An attacker who owns this part can exhaust memory and time.

use crate::error::InvoiceError;
use crate::quoted::Quoted;

/// Most `<` (an element has two) and, separately, most `=` (one per attribute).
const MAX_MARKS: usize = 500_000;
/// Most nodes in the tree.
pub(super) const MAX_NODES: u32 = 1_000_000;
/// Deepest nesting of elements. UBL's own schema reaches about 15.
const MAX_DEPTH: usize = 64;
/// Most attributes on one element, namespace declarations included.
const MAX_ATTRIBUTES: usize = 64;
/// Most namespace declarations in scope at once. Real invoices declare up to about 20.
const MAX_NAMESPACES: usize = 40;

/// Refuses text that would be expensive to parse.
pub(super) fn check(text: &str) -> Result<(), InvoiceError> {
    let bytes = text.as_bytes();
    for mark in [b'<', b'='] {
        if bytes.iter().filter(|byte| **byte == mark).count() > MAX_MARKS {
            return Err(too_many_nodes());
        }
    }
    let mut scan = Scan {
        bytes,
        at: 0,
        open: Vec::new(),
    };
    while scan.next_markup()? {}
    Ok(())
}

pub(super) fn too_many_nodes() -> InvoiceError {
    too_complex("elements and attributes", MAX_MARKS)
}

fn too_complex(what: &'static str, limit: usize) -> InvoiceError {
    InvoiceError::TooComplex { what, limit }
}

/// A pass over markup that knows just enough XML to find start tags.
struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    /// For each open element, the namespace declarations in scope inside it.
    open: Vec<usize>,
}

impl<'a> Scan<'a> {
    /// Steps over the next piece of markup; false at the end, or where the text stops being XML.
    fn next_markup(&mut self) -> Result<bool, InvoiceError> {
        let Some(start) = self.bytes[self.at..].iter().position(|byte| *byte == b'<') else {
            return Ok(false);
        };
        self.at += start;
        let rest = &self.bytes[self.at..];
        match rest {
            [b'<', b'!', b'-', b'-', ..] => Ok(self.skip_past(4, b"-->")),
            [b'<', b'!', b'[', ..] => Ok(self.skip_past(9, b"]]>")),
            [b'<', b'!', ..] => Ok(false),
            [b'<', b'?', ..] => Ok(self.skip_past(2, b"?>")),
            [b'<', b'/', ..] => {
                self.open.pop();
                Ok(self.skip_past(2, b">"))
            }
            _ => self.start_tag(),
        }
    }

    fn skip_past(&mut self, from: usize, end: &[u8]) -> bool {
        let Some(rest) = self.bytes.get(self.at + from..) else {
            return false;
        };
        let found = rest.windows(end.len()).position(|window| window == end);
        self.at += found.map_or(0, |position| from + position + end.len());
        found.is_some()
    }

    /// Steps over a start tag, counting its attributes and namespace declarations.
    fn start_tag(&mut self) -> Result<bool, InvoiceError> {
        self.at += 1;
        self.name();
        let (mut attributes, mut namespaces, mut defaults) = (0, self.open.last().copied().unwrap_or(0), 0);
        loop {
            self.spaces();
            match self.bytes.get(self.at) {
                Some(b'>') => return self.opened(namespaces),
                Some(b'/') => {
                    self.at += 1;
                    return Ok(true);
                }
                None => return Ok(false),
                Some(_) => {}
            }
            let Some(name) = self.attribute() else { return Ok(false) };
            attributes += 1;
            namespaces += usize::from(name == b"xmlns" || name.starts_with(b"xmlns:"));
            defaults += usize::from(name == b"xmlns");
            if name.ends_with(b":xmlns") || defaults > 1 {
                return Err(ambiguous_namespace(name));
            }
            if attributes > MAX_ATTRIBUTES {
                return Err(too_complex("attributes on one element", MAX_ATTRIBUTES));
            }
            if namespaces > MAX_NAMESPACES {
                return Err(too_complex("namespaces in scope", MAX_NAMESPACES));
            }
        }
    }

    fn opened(&mut self, namespaces: usize) -> Result<bool, InvoiceError> {
        self.at += 1;
        self.open.push(namespaces);
        if self.open.len() > MAX_DEPTH {
            return Err(too_complex("levels of nesting", MAX_DEPTH));
        }
        Ok(true)
    }

    /// Steps over `name="value"` and gives the name; `None` where that is not what stands there.
    fn attribute(&mut self) -> Option<&'a [u8]> {
        let start = self.at;
        self.name();
        let end = self.at;
        self.spaces();
        self.bytes.get(self.at).filter(|byte| **byte == b'=')?;
        self.at += 1;
        self.spaces();
        let quote = *self.bytes.get(self.at).filter(|byte| matches!(byte, b'"' | b'\''))?;
        self.skip_past(1, &[quote]).then(|| &self.bytes[start..end])
    }

    fn name(&mut self) {
        self.skip_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'/' | b'<'));
    }

    fn spaces(&mut self) {
        self.skip_while(|byte| byte.is_ascii_whitespace());
    }

    fn skip_while(&mut self, keep: impl Fn(u8) -> bool) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|byte| !keep(*byte)).unwrap_or(rest.len());
    }
}

fn ambiguous_namespace(name: &[u8]) -> InvoiceError {
    let name = String::from_utf8_lossy(name);
    InvoiceError::NotWellFormed {
        detail: Quoted::new(&format!("the namespace declaration {name} is ambiguous")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> &'static str {
        match check(text) {
            Err(InvoiceError::TooComplex { what, .. }) => what,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn nesting_is_bounded_and_closed_elements_do_not_count() {
        assert_eq!(refused(&"<a>".repeat(65)), "levels of nesting");
        assert_eq!(check(&"<a>".repeat(64)), Ok(()));
        assert_eq!(
            check(&"<a><!-- <b> --><![CDATA[<b>]]><?p <b> ?><b x='>'/></a>".repeat(100)),
            Ok(())
        );
    }

    #[test]
    fn attributes_of_one_element_are_bounded() {
        let tag = |count: usize| {
            let attributes: String = (0..count).map(|i| format!(" a{i} = 'v>/'")).collect();
            format!("<a{attributes}/>")
        };
        assert_eq!(check(&tag(64)), Ok(()));
        assert_eq!(refused(&tag(65)), "attributes on one element");
    }

    #[test]
    fn namespaces_in_scope_are_bounded_over_nesting() {
        let declare = |level: usize| {
            let names: String = (0..20).map(|i| format!(" xmlns:n{level}x{i}=\"u\"")).collect();
            format!("<a{names}>")
        };
        let nested: String = (0..4).map(declare).collect();
        assert_eq!(refused(&nested), "namespaces in scope");
        let beside: String = (0..4).map(|level| format!("{}</a>", declare(level))).collect();
        assert_eq!(check(&beside), Ok(()));
    }

    #[test]
    fn markup_is_bounded_before_memory_is_reserved() {
        assert_eq!(refused(&"<a/>".repeat(MAX_MARKS + 1)), "elements and attributes");
        assert_eq!(refused(&"=".repeat(MAX_MARKS + 1)), "elements and attributes");
    }

    #[test]
    fn namespace_declarations_that_software_reads_differently_are_refused() {
        for tag in ["<a p:xmlns='u'/>", "<a xmlns='u' xmlns='v'/>"] {
            assert!(matches!(check(tag), Err(InvoiceError::NotWellFormed { .. })), "{tag}");
        }
    }

    #[test]
    fn broken_markup_is_left_to_the_parser() {
        for text in [
            "<",
            "<a",
            "<a b",
            "<a b=",
            "<a b='",
            "<!-- ",
            "<![CDATA[",
            "<!DOCTYPE a>",
            "<?x",
            "</",
            "<a b=c>",
        ] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }
}
