//! Eight 64-bit words in one register, and the dozen instructions that the arithmetic needs.
//!
//! In scope: every vector intrinsic of the crate. Out of scope: what the words mean (`modular`).
//! An attacker who owns this part owns the process: here, and in mapping files, unsafe code is allowed.
//!
//! A [`Word8`] can only be made from a [`Processor`], and a `Processor` only where the instructions were found, so the
//! operations on words are sound to call. They are all `inline(always)`: they become single instructions inside a
//! function that is compiled for these features, such as the ones that [`Processor::run`] calls.
#![allow(unsafe_code)]

use core::arch::x86_64::*;

/// The evidence that this processor has the instructions used here.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Processor(());

/// A computation to be compiled for the instructions used here.
pub(crate) trait Compiled {
    /// What it gives.
    type Output;
    /// The computation: `inline(always)`, so that [`Processor::run`] compiles it for the right processor.
    fn compute(self, processor: Processor) -> Self::Output;
}

impl Processor {
    /// The evidence, if the processor has AVX-512 with 52-bit multiply-add.
    pub(crate) fn detect() -> Option<Self> {
        let found = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("avx512ifma");
        found.then_some(Self(()))
    }

    /// Runs a computation compiled for these instructions.
    pub(crate) fn run<C: Compiled>(self, computation: C) -> C::Output {
        #[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512ifma,bmi2,adx")]
        fn compiled<C: Compiled>(computation: C, processor: Processor) -> C::Output {
            computation.compute(processor)
        }
        // SAFETY: `self` exists only where `detect` found the features (bmi2 and adx come with every such processor).
        unsafe { compiled(computation, self) }
    }
}

/// Eight words of 64 bits.
#[derive(Clone, Copy)]
pub(crate) struct Word8(__m512i);

/// One bit for each of eight words.
pub(crate) type Mask = u8;

// SAFETY, for every block below: a `Word8` exists only where a `Processor` was, which proves the features.
impl Word8 {
    #[inline(always)]
    pub(crate) fn splat(_: Processor, word: u64) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_set1_epi64(word.cast_signed()) })
    }

    #[inline(always)]
    pub(crate) fn load(_: Processor, words: &[u64; 8]) -> Self {
        // SAFETY: as above, and the pointer is to 64 readable bytes; no alignment is asked for.
        Self(unsafe { _mm512_loadu_si512(words.as_ptr().cast()) })
    }

    #[inline(always)]
    pub(crate) fn store(self, words: &mut [u64; 8]) {
        // SAFETY: as above, and the pointer is to 64 writable bytes; no alignment is asked for.
        unsafe { _mm512_storeu_si512(words.as_mut_ptr().cast(), self.0) }
    }

    #[inline(always)]
    pub(crate) fn add(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_add_epi64(self.0, other.0) })
    }

    #[inline(always)]
    pub(crate) fn sub(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_sub_epi64(self.0, other.0) })
    }

    #[inline(always)]
    pub(crate) fn and(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_and_si512(self.0, other.0) })
    }

    #[inline(always)]
    pub(crate) fn or(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_or_si512(self.0, other.0) })
    }

    #[inline(always)]
    pub(crate) fn shift_left<const BITS: u32>(self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_slli_epi64::<BITS>(self.0) })
    }

    #[inline(always)]
    pub(crate) fn shift_right<const BITS: u32>(self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_srli_epi64::<BITS>(self.0) })
    }

    /// Keeps the sign.
    #[inline(always)]
    pub(crate) fn shift_right_signed<const BITS: u32>(self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_srai_epi64::<BITS>(self.0) })
    }

    /// `self` plus the low 52 bits of the product of the low 52 bits.
    #[inline(always)]
    pub(crate) fn add_product_low(self, a: Self, b: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_madd52lo_epu64(self.0, a.0, b.0) })
    }

    /// `self` plus the high 52 bits of the product of the low 52 bits.
    #[inline(always)]
    pub(crate) fn add_product_high(self, a: Self, b: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_madd52hi_epu64(self.0, a.0, b.0) })
    }

    /// Where the words are equal.
    #[inline(always)]
    pub(crate) fn equal(self, other: Self) -> Mask {
        // SAFETY: see above.
        unsafe { _mm512_cmpeq_epi64_mask(self.0, other.0) }
    }

    /// Where the words, read as signed, are negative.
    #[inline(always)]
    pub(crate) fn negative(self) -> Mask {
        // SAFETY: see above.
        unsafe { _mm512_movepi64_mask(self.0) }
    }

    /// `other` where the mask is set, `self` elsewhere.
    #[inline(always)]
    pub(crate) fn replaced_where(self, mask: Mask, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_mask_blend_epi64(mask, self.0, other.0) })
    }

    #[inline(always)]
    fn even_words(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_unpacklo_epi64(self.0, other.0) })
    }

    #[inline(always)]
    fn odd_words(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_unpackhi_epi64(self.0, other.0) })
    }

    #[inline(always)]
    fn even_quarters(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_shuffle_i64x2::<0x88>(self.0, other.0) })
    }

    #[inline(always)]
    fn odd_quarters(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_shuffle_i64x2::<0xdd>(self.0, other.0) })
    }

    /// The transpose of an 8 by 8 matrix of words.
    #[inline(always)]
    pub(crate) fn transpose(rows: [Self; 8]) -> [Self; 8] {
        let [r0, r1, r2, r3, r4, r5, r6, r7] = rows;
        let (a0, a1) = (r0.even_words(r1), r0.odd_words(r1));
        let (a2, a3) = (r2.even_words(r3), r2.odd_words(r3));
        let (a4, a5) = (r4.even_words(r5), r4.odd_words(r5));
        let (a6, a7) = (r6.even_words(r7), r6.odd_words(r7));
        // Each quarter holds one column's words of two rows; gather four rows, then eight.
        let (b0, b1, b2, b3) = (
            a0.even_quarters(a2),
            a1.even_quarters(a3),
            a0.odd_quarters(a2),
            a1.odd_quarters(a3),
        );
        let (b4, b5, b6, b7) = (
            a4.even_quarters(a6),
            a5.even_quarters(a7),
            a4.odd_quarters(a6),
            a5.odd_quarters(a7),
        );
        [
            b0.even_quarters(b4),
            b1.even_quarters(b5),
            b2.even_quarters(b6),
            b3.even_quarters(b7),
            b0.odd_quarters(b4),
            b1.odd_quarters(b5),
            b2.odd_quarters(b6),
            b3.odd_quarters(b7),
        ]
    }
}

/// Asks for a cache line that will be read soon.
#[inline(always)]
pub(crate) fn prefetch<T>(value: &T) {
    // SAFETY: a prefetch reads nothing that the program can see, and every x86-64 processor has it.
    unsafe { _mm_prefetch::<_MM_HINT_T0>(core::ptr::from_ref(value).cast()) }
}
