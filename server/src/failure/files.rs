//! Files that cannot be read or written.
//!
//! In scope: codes and remedies for the file system's errors. Out of scope: what the files hold.
//! An attacker who owns this part hides which file was meant.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::Failure;

impl Failure {
    /// A file that could not be read, written or listed (`doing`).
    pub(crate) fn file(doing: &str, path: &Path, cause: &io::Error) -> Self {
        let shown = path.display();
        let message = format!("cannot {doing} {shown}: {cause}");
        match cause.kind() {
            ErrorKind::NotFound => Self::new("file_missing", message, "check the path, or make the file first"),
            ErrorKind::PermissionDenied => Self::new(
                "file_permission",
                message,
                format!("give this user access, for example: ls -ld {shown}"),
            ),
            ErrorKind::AlreadyExists => {
                Self::new("file_exists", message, "choose another name, or move that file away")
            }
            ErrorKind::FileTooLarge => Self::new("file_too_large", message, "check that this is the file you meant"),
            ErrorKind::StorageFull => {
                Self::new("disk_full", message, "free some space on that disk, then run it again")
            }
            _ => Self::new("file_error", message, "check the disk and the path, then run it again"),
        }
    }
}
