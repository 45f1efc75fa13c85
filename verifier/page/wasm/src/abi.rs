//! The functions that the page calls, in plain C manner: lengths and addresses in the module's own memory.
//!
//! In scope: handing bytes over. A caller writes each input into what [`input`] gives it, calls [`verify`] or [`verify_evidence_file`], reads [`output_length`]
//! bytes from where `verify` says, and does all that again for the next verification. Inputs and output live in three places that
//! keep their memory between calls, so nothing is freed by hand and nothing can be freed twice.
#![allow(
    unsafe_code,
    reason = "a function has no other way out of a WebAssembly module than by an unmangled name"
)]

use std::cell::RefCell;

use crate::{verify_evidence, verify_presentation};

/// Most bytes taken for one input; the verifier's own bounds are lower.
const MAX_INPUT_BYTES: usize = 16 * 1024 * 1024;

/// Presentation or evidence, request, trust file.
const INPUTS: usize = 3;

thread_local! {
    static BUFFERS: RefCell<([Vec<u8>; INPUTS], Vec<u8>)> = const { RefCell::new(([const { Vec::new() }; INPUTS], Vec::new())) };
}

/// Where to write `length` bytes of input `which`: 0 presentation or evidence, 1 request, 2 trust file. Null if there is no such input or it is
/// too long. Valid until the next call of this function for the same input.
#[unsafe(no_mangle)]
pub extern "C" fn input(which: usize, length: usize) -> *mut u8 {
    BUFFERS.with_borrow_mut(|(inputs, _)| match inputs.get_mut(which) {
        Some(buffer) if length <= MAX_INPUT_BYTES => {
            buffer.clear();
            buffer.resize(length, 0);
            buffer.as_mut_ptr()
        }
        _ => std::ptr::null_mut(),
    })
}

/// Verifies the inputs at `now`, unix seconds. Where the JSON answer stands until the next call.
#[unsafe(no_mangle)]
pub extern "C" fn verify(now: u64) -> *const u8 {
    BUFFERS.with_borrow_mut(|(inputs, output)| {
        let [presentation, request, trust] = &*inputs;
        *output = verify_presentation(presentation, request, trust, now);
        output.as_ptr()
    })
}

/// Verifies input 0 as evidence, by input 2, at `now`, unix seconds. Where the JSON answer stands until the next call.
#[unsafe(no_mangle)]
pub extern "C" fn verify_evidence_file(now: u64) -> *const u8 {
    BUFFERS.with_borrow_mut(|(inputs, output)| {
        let [evidence, _, trust] = &*inputs;
        *output = verify_evidence(evidence, trust, now);
        output.as_ptr()
    })
}

/// Length of the last answer.
#[unsafe(no_mangle)]
pub extern "C" fn output_length() -> usize {
    BUFFERS.with_borrow(|(_, output)| output.len())
}
