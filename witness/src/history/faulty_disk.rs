//! A disk in memory that fails at a chosen call, and loses at a power cut what was not synced.

use redb::StorageBackend;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

/// Shared with the store that works on it.
#[derive(Debug, Clone, Default)]
pub(crate) struct FaultyDisk(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// What reads show: the page cache.
    seen: Vec<u8>,
    /// What a power cut surely leaves.
    synced: Vec<u8>,
    /// Changes since the last sync, in order.
    unsynced: Vec<Change>,
    calls: usize,
    fault: Option<Fault>,
    failed: bool,
}

#[derive(Debug, Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Length(usize),
}

/// When calls fail.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fault {
    /// The first call that fails, counted from 0.
    pub(crate) at: usize,
    /// Whether all later ones fail too, as on a disk that is full or gone.
    pub(crate) for_good: bool,
}

impl FaultyDisk {
    /// A disk that holds these bytes, all synced.
    pub(crate) fn holding(bytes: Vec<u8>) -> Self {
        let state = State {
            seen: bytes.clone(),
            synced: bytes,
            ..State::default()
        };
        Self(Arc::new(Mutex::new(state)))
    }

    pub(crate) fn fail(&self, fault: Fault) {
        self.lock().fault = Some(fault);
    }

    pub(crate) fn calls(&self) -> usize {
        self.lock().calls
    }

    /// What another process would read now.
    pub(crate) fn seen(&self) -> Vec<u8> {
        self.lock().seen.clone()
    }

    /// What is left after a power cut: what was synced, and any part of the rest, writes torn in the middle too.
    pub(crate) fn after_power_cut(&self, mut random: impl FnMut() -> u64) -> Vec<u8> {
        let state = self.lock();
        let mut left = state.synced.clone();
        for change in &state.unsynced {
            match random() % 4 {
                0 => {}
                1 => change.torn(random()).apply(&mut left),
                _ => change.apply(&mut left),
            }
        }
        left
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Length(length) => bytes.resize(*length, 0),
            Self::Write(at, data) => {
                // A lost change of length leaves a hole.
                bytes.resize(bytes.len().max(at + data.len()), 0);
                bytes[*at..at + data.len()].copy_from_slice(data);
            }
        }
    }

    fn torn(&self, random: u64) -> Self {
        match self {
            Self::Length(length) => Self::Length(*length),
            Self::Write(at, data) => {
                let kept = usize::try_from(random).unwrap() % (data.len() + 1);
                Self::Write(*at, data[..kept].to_vec())
            }
        }
    }
}

impl State {
    /// Counts a call; `Err` if it is to fail.
    fn call(&mut self) -> Result<(), io::Error> {
        let call = self.calls;
        self.calls += 1;
        let fails = self
            .fault
            .is_some_and(|fault| call == fault.at || (fault.for_good && call > fault.at));
        if fails {
            self.failed = true;
            return Err(io::Error::other("injected"));
        }
        Ok(())
    }

    fn change(&mut self, change: Change) -> Result<(), io::Error> {
        let outcome = self.call();
        // A failed write may have written something.
        let done = if outcome.is_ok() {
            change
        } else {
            change.torn(self.calls as u64 * 977)
        };
        done.apply(&mut self.seen);
        self.unsynced.push(done);
        outcome
    }
}

impl StorageBackend for FaultyDisk {
    fn len(&self) -> Result<u64, io::Error> {
        let mut state = self.lock();
        state.call()?;
        Ok(state.seen.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> Result<(), io::Error> {
        let mut state = self.lock();
        state.call()?;
        let at = usize::try_from(offset).unwrap();
        let Some(bytes) = state.seen.get(at..at + out.len()) else {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
        };
        out.copy_from_slice(bytes);
        Ok(())
    }

    fn set_len(&self, len: u64) -> Result<(), io::Error> {
        let mut state = self.lock();
        if state.call().is_err() {
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        let change = Change::Length(usize::try_from(len).unwrap());
        change.apply(&mut state.seen);
        state.unsynced.push(change);
        Ok(())
    }

    /// After a failed sync the page cache goes on showing what the disk may have lost.
    fn sync_data(&self) -> Result<(), io::Error> {
        let mut state = self.lock();
        state.call()?;
        if !state.failed {
            state.synced = state.seen.clone();
            state.unsynced.clear();
        }
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> Result<(), io::Error> {
        let at = usize::try_from(offset).unwrap();
        self.lock().change(Change::Write(at, data.to_vec()))
    }
}
