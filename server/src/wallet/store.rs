//! The wallet's folder: one sealed file per item, under a name that says nothing.
//!
//! In scope: putting, getting, listing. Out of scope: items' contents (`items`), opening the wallet (`header`).
//! An attacker who copies a sealed file to another place or kind finds that it does not open there.

use std::fmt;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use tradeseal_prover::durable_file::{self, Readers};
use zeroize::Zeroizing;

use super::header::{self, Header, WalletKeys, keyed_hash};
use super::seal::{self, OVERHEAD};
use super::{ItemName, Secret, WalletError, WalletItem};

/// Longest plaintext of an item with its name.
const MAX_ITEM_BYTES: usize = 16 * 1024;
/// Most items of one kind that are listed.
const MAX_ITEMS: usize = 1 << 20;

/// An open wallet.
pub struct Wallet {
    folder: PathBuf,
    keys: WalletKeys,
}

/// Something its user should know about a wallet that was just opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WalletNotice {
    /// A key file was made, because no passphrase was given.
    KeyFileMade {
        /// Where.
        path: PathBuf,
    },
}

impl fmt::Display for WalletNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::KeyFileMade { path } = self;
        write!(
            f,
            "note: this wallet is sealed under {}; for a passphrase instead, set TRADESEAL_PASSPHRASE_FILE before first use",
            path.display()
        )
    }
}

fn header_path(dir: &Path) -> PathBuf {
    dir.join("wallet").join("header.json")
}

fn key_path(dir: &Path) -> PathBuf {
    dir.join("wallet.key")
}

impl Wallet {
    /// Whether `dir` has a wallet.
    pub fn exists(dir: &Path) -> bool {
        header_path(dir).exists()
    }

    /// Opens the wallet in `dir`.
    ///
    /// # Errors
    /// If the secret does not open it, or a file is missing or damaged.
    pub fn open(dir: &Path, secret: &Secret) -> Result<Self, WalletError> {
        let path = header_path(dir);
        let keys = Header::read(&path)?.open(secret, &path, &key_path(dir))?;
        Ok(Self {
            folder: dir.join("wallet"),
            keys,
        })
    }

    /// Opens the wallet in `dir`, making it if there is none.
    ///
    /// # Errors
    /// As [`Wallet::open`].
    pub fn open_or_create(dir: &Path, secret: &Secret) -> Result<(Self, Option<WalletNotice>), WalletError> {
        if Self::exists(dir) {
            return Self::open(dir, secret).map(|wallet| (wallet, None));
        }
        let folder = dir.join("wallet");
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&folder)
            .map_err(WalletError::files("make", &folder))?;
        let (header, keys, key_file_made) = header::make(secret, &key_path(dir))?;
        let path = header_path(dir);
        match durable_file::create(&path, &header.to_json(), Readers::Owner) {
            // Another process was first: its master key is the wallet's.
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => {
                return Self::open(dir, secret).map(|wallet| (wallet, None));
            }
            made => made.map_err(WalletError::files("write", &path))?,
        }
        let notice = key_file_made.then(|| WalletNotice::KeyFileMade { path: key_path(dir) });
        Ok((Self { folder, keys }, notice))
    }

    /// Keeps a new item.
    ///
    /// # Errors
    /// `Taken` if there is one of this kind and name.
    pub fn add<T: WalletItem>(&self, name: &ItemName, item: &T) -> Result<(), WalletError> {
        let (path, sealed) = self.sealed(name, item)?;
        match durable_file::create(&path, &sealed, Readers::Owner) {
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => Err(WalletError::Taken {
                kind: T::KIND,
                name: name.clone(),
            }),
            written => written.map_err(WalletError::files("write", &path)),
        }
    }

    /// Keeps an item in place of the one of its kind and name, if there is one.
    ///
    /// # Errors
    /// Of the file system.
    pub fn replace<T: WalletItem>(&self, name: &ItemName, item: &T) -> Result<(), WalletError> {
        let (path, sealed) = self.sealed(name, item)?;
        durable_file::replace(&path, &sealed, Readers::Owner).map_err(WalletError::files("write", &path))
    }

    /// The item of this name.
    ///
    /// # Errors
    /// `Unknown` if there is none, `Damaged` if its file does not open.
    pub fn get<T: WalletItem>(&self, name: &ItemName) -> Result<T, WalletError> {
        self.find(name)?.ok_or_else(|| WalletError::Unknown {
            kind: T::KIND,
            name: name.clone(),
        })
    }

    /// The item of this name, if there is one.
    ///
    /// # Errors
    /// `Damaged` if its file does not open.
    pub fn find<T: WalletItem>(&self, name: &ItemName) -> Result<Option<T>, WalletError> {
        let path = self.path::<T>(name);
        if !path.exists() {
            return Ok(None);
        }
        self.unsealed::<T>(&path).map(|(_, item)| Some(item))
    }

    /// Forgets an item, if there is one of this kind and name.
    ///
    /// # Errors
    /// Of the file system.
    pub fn remove<T: WalletItem>(&self, name: &ItemName) -> Result<(), WalletError> {
        let path = self.path::<T>(name);
        match fs::remove_file(&path) {
            Err(cause) if cause.kind() != io::ErrorKind::NotFound => Err(WalletError::files("delete", &path)(cause)),
            _ => Ok(()),
        }
    }

    /// The item of this name, made and kept now if there is none; says whether it was made.
    ///
    /// # Errors
    /// Of making, sealing or the file system.
    pub fn get_or_make<T: WalletItem>(
        &self,
        name: &ItemName,
        make: impl FnOnce() -> Result<T, WalletError>,
    ) -> Result<(T, bool), WalletError> {
        if let Some(item) = self.find(name)? {
            return Ok((item, false));
        }
        let item = make()?;
        match self.add(name, &item) {
            Err(WalletError::Taken { .. }) => self.get(name).map(|item| (item, false)),
            added => added.map(|()| (item, true)),
        }
    }

    /// All items of a kind, by name.
    ///
    /// # Errors
    /// `Damaged` if a file does not open.
    pub fn list<T: WalletItem>(&self) -> Result<Vec<(ItemName, T)>, WalletError> {
        let folder = self.folder.join(T::KIND.as_str());
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(cause) => return Err(WalletError::files("list", &folder)(cause)),
        };
        let mut items = Vec::new();
        for entry in entries.take(MAX_ITEMS) {
            let path = entry.map_err(WalletError::files("list", &folder))?.path();
            // A crash may leave a file that was still being written; it has no such extension.
            if path.extension().is_some_and(|extension| extension == "sealed") {
                items.push(self.unsealed(&path)?);
            }
        }
        items.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(items)
    }

    /// `<kind>/<keyed hash of kind and name>.sealed`: a disk's finder learns no names.
    fn path<T: WalletItem>(&self, name: &ItemName) -> PathBuf {
        let kind = T::KIND.as_str();
        let blinded = keyed_hash(&self.keys.naming[..], format!("{kind}\n{name}").as_bytes());
        self.folder
            .join(kind)
            .join(format!("{}.sealed", hex::encode(&blinded[..16])))
    }

    fn sealed<T: WalletItem>(&self, name: &ItemName, item: &T) -> Result<(PathBuf, Vec<u8>), WalletError> {
        let path = self.path::<T>(name);
        let content = item.to_plaintext().map_err(|why| WalletError::damaged(&path, why))?;
        let mut plaintext = Zeroizing::new(Vec::with_capacity(MAX_ITEM_BYTES));
        plaintext.push(u8::try_from(name.as_str().len()).unwrap_or(u8::MAX));
        plaintext.extend_from_slice(name.as_str().as_bytes());
        plaintext.extend_from_slice(&content);
        if plaintext.len() > MAX_ITEM_BYTES {
            return Err(WalletError::damaged(
                &path,
                format!("the item has more than {MAX_ITEM_BYTES} bytes"),
            ));
        }
        let sealed = seal::seal(&self.keys.sealing, &context::<T>(), &plaintext)?;
        Ok((path, sealed))
    }

    fn unsealed<T: WalletItem>(&self, path: &Path) -> Result<(ItemName, T), WalletError> {
        let max_bytes = (MAX_ITEM_BYTES + OVERHEAD) as u64;
        let sealed = durable_file::read_bounded(path, max_bytes).map_err(WalletError::files("read", path))?;
        let damaged = |why: &str| WalletError::damaged(path, why);
        let plaintext = seal::open(&self.keys.sealing, &context::<T>(), &sealed)
            .ok_or_else(|| damaged("it does not open with this wallet's key"))?;
        let (name, content) = split_name(&plaintext).ok_or_else(|| damaged("it names no item"))?;
        if self.path::<T>(&name) != path {
            return Err(damaged("it holds an item of another name"));
        }
        let item = T::from_plaintext(content).map_err(|why| damaged(&why))?;
        Ok((name, item))
    }
}

/// What an item's seal binds besides its content; its name is inside, and its file name depends on it.
fn context<T: WalletItem>() -> Vec<u8> {
    format!("tradeseal/wallet-item/v1\n{}", T::KIND.as_str()).into_bytes()
}

fn split_name(plaintext: &[u8]) -> Option<(ItemName, &[u8])> {
    let (&length, rest) = plaintext.split_first()?;
    let (name, content) = rest.split_at_checked(usize::from(length))?;
    Some((std::str::from_utf8(name).ok()?.parse().ok()?, content))
}

impl fmt::Debug for Wallet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wallet")
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}
