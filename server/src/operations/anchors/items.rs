//! Where items come from: the lines of a file, or the files of a folder.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use tradeseal_verifier::anchored::MAX_ITEM_BYTES;

use crate::{Failure, files};

/// The items of one anchor.
#[derive(Debug, Clone)]
pub(crate) enum Items {
    /// Each line is an item, without its end (LF, or CR LF).
    Lines(PathBuf),
    /// Each file is an item, in the order of their names, folders below it not looked into.
    Folder(PathBuf),
}

/// Gives each item's bytes, in order.
pub(crate) fn each_item(items: &Items, take: impl FnMut(&[u8]) -> Result<(), Failure>) -> Result<(), Failure> {
    match items {
        Items::Lines(path) => each_line(path, take),
        Items::Folder(path) => each_file(path, take),
    }
}

fn each_line(path: &Path, mut take: impl FnMut(&[u8]) -> Result<(), Failure>) -> Result<(), Failure> {
    let unreadable = |cause: &std::io::Error| Failure::file("read", path, cause);
    let mut file = BufReader::with_capacity(1 << 20, File::open(path).map_err(|cause| unreadable(&cause))?);
    let (mut line, mut number) = (Vec::new(), 0u64);
    loop {
        line.clear();
        number += 1;
        // One byte more than an item and its end, so that a longer line is noticed, not cut.
        let bound = MAX_ITEM_BYTES as u64 + 3;
        let read = file.by_ref().take(bound).read_until(b'\n', &mut line);
        if read.map_err(|cause| unreadable(&cause))? == 0 {
            return Ok(());
        }
        let item = without_end(&line);
        match item.len() {
            0 => return Err(empty(&format!("line {number} of {}", path.display()))),
            length if length > MAX_ITEM_BYTES => return Err(too_long(&format!("line {number} of {}", path.display()))),
            _ => take(item)?,
        }
    }
}

/// A line without LF or CR LF at its end.
fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

fn each_file(folder: &Path, mut take: impl FnMut(&[u8]) -> Result<(), Failure>) -> Result<(), Failure> {
    let unreadable = |cause: &std::io::Error| Failure::file("read", folder, cause);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|cause| unreadable(&cause))? {
        let path = entry.map_err(|cause| unreadable(&cause))?.path();
        if path.is_file() {
            paths.push(path);
        }
    }
    paths.sort_unstable();
    for path in paths {
        take(&files::read(&path, MAX_ITEM_BYTES as u64)?)?;
    }
    Ok(())
}

fn empty(what: &str) -> Failure {
    let message = format!("{what} is empty");
    Failure::new(
        "item_empty",
        message,
        "remove empty lines: an item has at least one byte",
    )
}

fn too_long(what: &str) -> Failure {
    let message = format!("{what} is longer than an item may be ({MAX_ITEM_BYTES} bytes)");
    Failure::new("item_too_long", message, "anchor the SHA-256 of such items instead")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(content: &[u8]) -> Result<Vec<Vec<u8>>, Failure> {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), content).unwrap();
        let mut items = vec![];
        let taken = |item: &[u8]| {
            items.push(item.to_vec());
            Ok(())
        };
        each_item(&Items::Lines(file.path().to_path_buf()), taken)?;
        Ok(items)
    }

    #[test]
    fn an_item_is_a_line_without_its_end() {
        let expected = [b"a".to_vec(), b" b".to_vec(), b"c\rd".to_vec()];
        for content in [&b"a\n b\nc\rd\n"[..], b"a\r\n b\nc\rd", b"a\n b\r\nc\rd\r\n"] {
            assert_eq!(lines(content).unwrap(), expected);
        }
        assert!(lines(b"").unwrap().is_empty());
    }

    #[test]
    fn an_empty_and_an_overlong_line_are_refused_by_their_number() {
        for content in [&b"a\n\nb\n"[..], b"a\n\r\n"] {
            let failure = lines(content).unwrap_err();
            assert_eq!(failure.code(), "item_empty");
            assert!(failure.message().starts_with("line 2 of "), "{failure}");
        }
        let longest = vec![b'x'; MAX_ITEM_BYTES];
        assert_eq!(lines(&longest).unwrap(), std::slice::from_ref(&longest));
        for end in [&b"x"[..], b"x\n", b"xy\r\n", b"xxxx\n"] {
            let failure = lines(&[&longest[..], end].concat()).unwrap_err();
            assert_eq!(failure.code(), "item_too_long");
        }
    }

    #[test]
    fn files_are_items_in_the_order_of_their_names() {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in [("b", "second"), ("a", "first"), ("c", "third")] {
            fs::write(folder.path().join(name), content).unwrap();
        }
        fs::create_dir(folder.path().join("aa")).unwrap();
        let mut items = vec![];
        each_item(&Items::Folder(folder.path().to_path_buf()), |item| {
            items.push(String::from_utf8_lossy(item).into_owned());
            Ok(())
        })
        .unwrap();
        assert_eq!(items, ["first", "second", "third"]);
    }
}
