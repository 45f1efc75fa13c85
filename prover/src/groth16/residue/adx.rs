//! Montgomery products with two carry chains, for processors with BMI2 and ADX.
//!
//! In scope: products without a final subtraction. Out of scope: bounds, which are `residue`'s.
//! An attacker who owns this part owns the process: it holds assembly.
//!
//! Each of four rounds adds one row of products, low halves through the overflow flag and high halves through the carry flag,
//! then a multiple of the prime that makes the lowest word 0, and drops that word: 15 to 16 ns a product on the machine measured, where
//! the compiler's code for `wide` takes 18 to 19.
#![allow(unsafe_code)]

use core::arch::asm;

use super::super::modulus::Modulus;

/// The prime and `-1 / p mod 2^64` behind it, where the assembly reads them.
struct Table<M>(core::marker::PhantomData<M>);

impl<M: Modulus> Table<M> {
    const WORDS: &'static [u64; 5] = &[M::WORDS[0], M::WORDS[1], M::WORDS[2], M::WORDS[3], M::NEGATED_INVERSE];
}

/// Adds the row at `$row` times `rdx` to `s0..s4`; `s4` is overwritten by the first row of a round.
macro_rules! first_row {
    ($row:literal) => {
        concat!(
            "xor {t:e}, {t:e}\n",
            "mulx {h}, {l}, qword ptr [{",
            $row,
            "}]\n adox {s0}, {l}\n adcx {s1}, {h}\n",
            "mulx {h}, {l}, qword ptr [{",
            $row,
            "} + 8]\n adox {s1}, {l}\n adcx {s2}, {h}\n",
            "mulx {h}, {l}, qword ptr [{",
            $row,
            "} + 16]\n adox {s2}, {l}\n adcx {s3}, {h}\n",
            "mulx {s4}, {l}, qword ptr [{",
            $row,
            "} + 24]\n adox {s3}, {l}\n adcx {s4}, {t}\n adox {s4}, {t}\n",
        )
    };
}

macro_rules! next_row {
    ($row:literal) => {
        concat!(
            "xor {t:e}, {t:e}\n",
            "mulx {h}, {l}, qword ptr [{",
            $row,
            "}]\n adox {s0}, {l}\n adcx {s1}, {h}\n",
            "mulx {h}, {l}, qword ptr [{",
            $row,
            "} + 8]\n adox {s1}, {l}\n adcx {s2}, {h}\n",
            "mulx {h}, {l}, qword ptr [{",
            $row,
            "} + 16]\n adox {s2}, {l}\n adcx {s3}, {h}\n",
            "mulx {h}, {l}, qword ptr [{",
            $row,
            "} + 24]\n adox {s3}, {l}\n adcx {s4}, {h}\n adox {s4}, {t}\n",
        )
    };
}

macro_rules! reduce {
    () => {
        concat!(
            "mov rdx, qword ptr [{p} + 32]\n imul rdx, {s0}\n",
            next_row!("p"),
            "mov {s0}, {s1}\n mov {s1}, {s2}\n mov {s2}, {s3}\n mov {s3}, {s4}\n",
        )
    };
}

macro_rules! product_round {
    ($offset:literal) => {
        concat!("mov rdx, qword ptr [{b} + ", $offset, "]\n", first_row!("a"), reduce!())
    };
}

macro_rules! sum_round {
    ($offset:literal) => {
        concat!(
            "mov rdx, qword ptr [{b} + ",
            $offset,
            "]\n",
            first_row!("a"),
            "mov rdx, qword ptr [{d} + ",
            $offset,
            "]\n",
            next_row!("c"),
            reduce!(),
        )
    };
}

/// `a * b / 2^256`.
#[inline(always)]
pub(super) fn product<M: Modulus>(a: &[u64; 4], b: &[u64; 4]) -> [u64; 4] {
    let (mut s0, mut s1, mut s2, mut s3) = (0u64, 0u64, 0u64, 0u64);
    // SAFETY: the features are those of the build (see the `cfg` of this module); the pointers are to 32 readable bytes, `p`
    // to 40; nothing is written but the named registers and the flags.
    unsafe {
        asm!(
            product_round!("0"), product_round!("8"), product_round!("16"), product_round!("24"),
            a = in(reg) a.as_ptr(), b = in(reg) b.as_ptr(), p = in(reg) Table::<M>::WORDS.as_ptr(),
            s0 = inout(reg) s0, s1 = inout(reg) s1, s2 = inout(reg) s2, s3 = inout(reg) s3, s4 = out(reg) _,
            t = out(reg) _, h = out(reg) _, l = out(reg) _, out("rdx") _,
            options(pure, readonly, nostack),
        );
    }
    [s0, s1, s2, s3]
}

/// `(a * b + c * d) / 2^256`.
#[inline(always)]
pub(super) fn sum_of_products<M: Modulus>(a: &[u64; 4], b: &[u64; 4], c: &[u64; 4], d: &[u64; 4]) -> [u64; 4] {
    let (mut s0, mut s1, mut s2, mut s3) = (0u64, 0u64, 0u64, 0u64);
    // SAFETY: as in `product`.
    unsafe {
        asm!(
            sum_round!("0"), sum_round!("8"), sum_round!("16"), sum_round!("24"),
            a = in(reg) a.as_ptr(), b = in(reg) b.as_ptr(), c = in(reg) c.as_ptr(), d = in(reg) d.as_ptr(),
            p = in(reg) Table::<M>::WORDS.as_ptr(),
            s0 = inout(reg) s0, s1 = inout(reg) s1, s2 = inout(reg) s2, s3 = inout(reg) s3, s4 = out(reg) _,
            t = out(reg) _, h = out(reg) _, l = out(reg) _, out("rdx") _,
            options(pure, readonly, nostack),
        );
    }
    [s0, s1, s2, s3]
}
