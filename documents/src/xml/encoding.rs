//! Bytes to text: UTF-8 only, and only if the document says nothing else.
//!
//! In scope: size, files that are not XML at all, byte-order marks, the encoding declaration. Out of scope: XML itself.
//! An attacker who owns this part could have one file read as two texts by two programs.

use crate::error::InvoiceError;
use crate::quoted::Quoted;

/// Largest document read: 8 MiB. Real invoices are 5 to 500 KB; more is embedded attachments.
pub const MAX_BYTES: usize = 8 << 20;

/// What a file is that merchants plausibly hand over instead of XML, by its first bytes.
const OTHER_FILES: [(&[u8], &str); 6] = [
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"{", "JSON"),
];

/// How UTF-16 and UTF-32 begin, with a byte-order mark or straight with `<`.
const WIDE_ENCODINGS: [(&[u8], &str); 6] = [
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
    (b"<\0", "UTF-16"),
    (b"\0<", "UTF-16"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\0\0\0<", "UTF-32"),
];

/// The text of a document, without a byte-order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, InvoiceError> {
    if bytes.len() > MAX_BYTES {
        return Err(InvoiceError::TooLarge {
            bytes: bytes.len(),
            limit: MAX_BYTES,
        });
    }
    if let Some(found) = starts_as(bytes, &OTHER_FILES) {
        return Err(InvoiceError::OtherFile { found });
    }
    if let Some(found) = starts_as(bytes, &WIDE_ENCODINGS) {
        return Err(InvoiceError::Encoding {
            found: Quoted::new(found),
        });
    }
    let text = str::from_utf8(bytes).map_err(|error| InvoiceError::NotUtf8 {
        offset: error.valid_up_to(),
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match declared_encoding(text) {
        Some(name) if !means_utf8(name, text) => Err(InvoiceError::Encoding {
            found: Quoted::new(name),
        }),
        _ => Ok(text),
    }
}

fn starts_as(bytes: &[u8], kinds: &[(&[u8], &'static str)]) -> Option<&'static str> {
    kinds
        .iter()
        .find(|(start, _)| bytes.starts_with(start))
        .map(|(_, found)| *found)
}

/// The name in the XML declaration's `encoding`, if there is one.
fn declared_encoding(text: &str) -> Option<&str> {
    let declaration = text.strip_prefix("<?xml")?.split("?>").next()?;
    let (_, after) = declaration.split_once("encoding")?;
    let quoted = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    quoted[1..].split(quote).next()
}

/// Whether decoding by the declared name gives the same text: UTF-8 always, and the Western single-byte sets as long as
/// the document keeps to ASCII.
fn means_utf8(name: &str, text: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let ascii_superset = ["US-ASCII", "ISO-8859-", "WINDOWS-125"];
    name == "UTF-8" || (text.is_ascii() && ascii_superset.iter().any(|start| name.starts_with(start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_passes_with_and_without_mark_or_declaration() {
        for text in [
            "<a/>",
            "\u{feff}<a/>",
            "<?xml version=\"1.0\" encoding='utf-8'?><a>é</a>",
        ] {
            assert!(decode(text.as_bytes()).unwrap().ends_with('>'), "{text}");
        }
        let declared = "<?xml version='1.0' encoding = \"ISO-8859-1\" ?><a/>";
        assert_eq!(decode(declared.as_bytes()), Ok(declared));
    }

    #[test]
    fn another_encoding_is_named_and_refused() {
        let utf16: Vec<u8> = "\u{feff}<a/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let unmarked: Vec<u8> = "<a/>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let latin = "<?xml version='1.0' encoding='ISO-8859-15'?><a>é</a>"
            .as_bytes()
            .to_vec();
        let utf7 = b"<?xml version='1.0' encoding='UTF-7'?><a/>".to_vec();
        for (bytes, name) in [
            (utf16, "UTF-16"),
            (unmarked, "UTF-16"),
            (latin, "ISO-8859-15"),
            (utf7, "UTF-7"),
        ] {
            let found = Quoted::new(name);
            assert_eq!(decode(&bytes), Err(InvoiceError::Encoding { found }));
        }
        assert_eq!(decode(b"<a>\xe9</a>"), Err(InvoiceError::NotUtf8 { offset: 3 }));
    }

    #[test]
    fn other_kinds_of_file_are_named() {
        for (bytes, found) in [
            (&b"%PDF-1.7 ..."[..], "a PDF"),
            (b"{\"a\":1}", "JSON"),
            (b"PK\x03\x04..", "a ZIP archive"),
        ] {
            assert_eq!(decode(bytes), Err(InvoiceError::OtherFile { found }));
        }
    }

    #[test]
    fn the_size_limit_is_inclusive() {
        assert!(decode(&vec![b' '; MAX_BYTES]).is_ok());
        let over = vec![b' '; MAX_BYTES + 1];
        assert!(matches!(
            decode(&over),
            Err(InvoiceError::TooLarge { limit: MAX_BYTES, .. })
        ));
    }
}
