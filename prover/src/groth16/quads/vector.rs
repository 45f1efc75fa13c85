//! Four 64-bit words in one register, and the dozen instructions that the arithmetic needs.
//!
//! In scope: every intrinsic of AVX2 that the crate uses. Out of scope: what the words mean (`modular`).
//! An attacker who owns this part owns the process: unsafe code is allowed here.
//!
//! A [`Word4`] can only be made from a [`Processor`], and a `Processor` only where AVX2 was found, so the operations on words
//! are sound to call. They are all `inline(always)`: they become single instructions inside a function that is compiled
//! for AVX2, such as the ones that [`Processor::run`] calls.
#![allow(unsafe_code)]

use core::arch::x86_64::*;

use super::kernels;
use super::modular::{Residue4, Table};

/// The evidence that this processor has AVX2.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Processor(());

/// A computation to be compiled for AVX2.
pub(crate) trait Compiled {
    /// What it gives.
    type Output;
    /// The computation: `inline(always)`, so that [`Processor::run`] compiles it for the right processor.
    fn compute(self, processor: Processor) -> Self::Output;
}

impl Processor {
    /// The evidence, if the processor has AVX2.
    pub(crate) fn detect() -> Option<Self> {
        is_x86_feature_detected!("avx2").then_some(Self(()))
    }

    /// Runs a computation compiled for AVX2.
    pub(crate) fn run<C: Compiled>(self, computation: C) -> C::Output {
        #[target_feature(enable = "avx2")]
        fn compiled<C: Compiled>(computation: C, processor: Processor) -> C::Output {
            computation.compute(processor)
        }
        // SAFETY: `self` exists only where `detect` found the feature.
        unsafe { compiled(computation, self) }
    }
}

impl Processor {
    /// `a * b / 2^261`.
    #[inline(always)]
    pub(super) fn product(self, table: &Table, a: &Residue4, b: &Residue4) -> Residue4 {
        // SAFETY: `self` is the evidence of AVX2.
        unsafe { kernels::product(a, b, table) }
    }

    /// `(a * b + c * d) / 2^261`.
    #[inline(always)]
    pub(super) fn sum_of_products(self, table: &Table, [a, b]: [&Residue4; 2], [c, d]: [&Residue4; 2]) -> Residue4 {
        // SAFETY: as above.
        unsafe { kernels::sum_of_products(a, b, c, d, table) }
    }
}

/// Four words of 64 bits.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(crate) struct Word4(__m256i);

/// One bit for each of four words.
pub(crate) type Mask = u8;

// SAFETY, for every block below: a `Word4` exists only where a `Processor` was, which proves the feature.
impl Word4 {
    #[inline(always)]
    pub(crate) fn splat(_: Processor, word: u64) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm256_set1_epi64x(word.cast_signed()) })
    }

    #[inline(always)]
    pub(crate) fn load(_: Processor, words: &[u64; 4]) -> Self {
        // SAFETY: as above, and the pointer is to 32 readable bytes; no alignment is asked for.
        Self(unsafe { _mm256_loadu_si256(words.as_ptr().cast()) })
    }

    /// The first or the last four.
    #[inline(always)]
    pub(crate) fn load_half<const HIGH: bool>(_: Processor, words: &[u64; 8]) -> Self {
        // SAFETY: as above, and the pointer is to 32 readable bytes of the 64; no alignment is asked for.
        Self(unsafe { _mm256_loadu_si256(words.as_ptr().add(if HIGH { 4 } else { 0 }).cast()) })
    }

    #[inline(always)]
    pub(crate) fn store(self, words: &mut [u64; 4]) {
        // SAFETY: as above, and the pointer is to 32 writable bytes; no alignment is asked for.
        unsafe { _mm256_storeu_si256(words.as_mut_ptr().cast(), self.0) }
    }

    /// To the first or the last four.
    #[inline(always)]
    pub(crate) fn store_half<const HIGH: bool>(self, words: &mut [u64; 8]) {
        // SAFETY: as above, and the pointer is to 32 writable bytes of the 64; no alignment is asked for.
        unsafe { _mm256_storeu_si256(words.as_mut_ptr().add(if HIGH { 4 } else { 0 }).cast(), self.0) }
    }

    #[inline(always)]
    pub(crate) fn add(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm256_add_epi64(self.0, other.0) })
    }

    #[inline(always)]
    pub(crate) fn sub(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm256_sub_epi64(self.0, other.0) })
    }

    #[inline(always)]
    pub(crate) fn and(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm256_and_si256(self.0, other.0) })
    }

    #[inline(always)]
    pub(crate) fn or(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm256_or_si256(self.0, other.0) })
    }

    #[inline(always)]
    pub(crate) fn xor(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm256_xor_si256(self.0, other.0) })
    }

    #[inline(always)]
    pub(crate) fn shift_left<const BITS: i32>(self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm256_slli_epi64::<BITS>(self.0) })
    }

    #[inline(always)]
    pub(crate) fn shift_right<const BITS: i32>(self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm256_srli_epi64::<BITS>(self.0) })
    }

    /// The product of the low 32 bits.
    #[inline(always)]
    pub(crate) fn product(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm256_mul_epu32(self.0, other.0) })
    }

    /// All ones where the words are equal, else 0.
    #[inline(always)]
    pub(crate) fn equal(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm256_cmpeq_epi64(self.0, other.0) })
    }

    /// All ones where `self`, read as signed, is greater, else 0.
    #[inline(always)]
    pub(crate) fn greater(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm256_cmpgt_epi64(self.0, other.0) })
    }

    /// The words' highest bits.
    #[inline(always)]
    #[allow(clippy::cast_possible_truncation)] // four bits are set at most
    pub(crate) fn mask(self) -> Mask {
        // SAFETY: see above.
        (unsafe { _mm256_movemask_pd(_mm256_castsi256_pd(self.0)) }) as Mask
    }

    /// `other` where the highest bit of `choice` is set, `self` elsewhere.
    #[inline(always)]
    pub(crate) fn replaced_where(self, choice: Self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe {
            _mm256_castpd_si256(_mm256_blendv_pd(
                _mm256_castsi256_pd(self.0),
                _mm256_castsi256_pd(other.0),
                _mm256_castsi256_pd(choice.0),
            ))
        })
    }

    /// The transpose of a 4 by 4 matrix of words.
    #[inline(always)]
    pub(crate) fn transpose([a, b, c, d]: [Self; 4]) -> [Self; 4] {
        // SAFETY: see above.
        unsafe {
            let (even_ab, odd_ab) = (_mm256_unpacklo_epi64(a.0, b.0), _mm256_unpackhi_epi64(a.0, b.0));
            let (even_cd, odd_cd) = (_mm256_unpacklo_epi64(c.0, d.0), _mm256_unpackhi_epi64(c.0, d.0));
            [
                Self(_mm256_permute2x128_si256::<0x20>(even_ab, even_cd)),
                Self(_mm256_permute2x128_si256::<0x20>(odd_ab, odd_cd)),
                Self(_mm256_permute2x128_si256::<0x31>(even_ab, even_cd)),
                Self(_mm256_permute2x128_si256::<0x31>(odd_ab, odd_cd)),
            ]
        }
    }
}
