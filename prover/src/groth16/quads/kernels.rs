//! Products of four residues at once, and sums of two products, in assembly.
//!
//! In scope: columns of products, and their reduction as `modular` describes it. Out of scope: bounds, which are `modular`'s.
//! An attacker who owns this part owns the process: it holds assembly.
//!
//! Why assembly: the compiler turns some products of 32 bits into products of 64, which take three, and spills a third of all
//! operands. Here three columns grow at a time, so that a limb is read once for three products and no sum waits for another:
//! a single running sum takes 1.3 cycles a product on Zen 3, four of them 0.8. And a function of its own leaves the
//! loops that call it small enough for the cache of decoded instructions.
#![allow(unsafe_code)]

use core::arch::naked_asm;

use super::modular::{LIMBS, Residue4, Table};

/// Adds to column `10 + $column` (a register) the product of the limb in `ymm9` and the limb of `a` in `ymm$limb`.
macro_rules! grow {
    ($column:literal by $limb:literal) => {
        concat!("vpmuludq ymm1", $column, ", ymm9, ymm", $limb, "\n",)
    };
    ($column:literal, $sum:literal, $limb:literal) => {
        concat!(
            "vpmuludq ymm1",
            $column,
            ", ymm9, ymm",
            $limb,
            "\n",
            "vpaddq ymm1",
            $sum,
            ", ymm1",
            $sum,
            ", ymm1",
            $column,
            "\n",
        )
    };
}

/// The first products of three columns: `$b` times three limbs of `a`.
macro_rules! first {
    ($source:literal, $b:literal; $x:literal $y:literal $z:literal) => {
        concat!(
            "vmovdqu ymm9, ymmword ptr [", $source, " + 32*", $b, "]\n",
            grow!("0" by $x), grow!("1" by $y), grow!("2" by $z),
        )
    };
}

/// More products of these columns; `_` where a column has none.
macro_rules! more {
    ($source:literal, $b:literal; $($terms:tt)*) => {
        concat!("vmovdqu ymm9, ymmword ptr [", $source, " + 32*", $b, "]\n", more!(@ $($terms)*))
    };
    (@ _ _ $z:literal) => { grow!("5", "2", $z) };
    (@ _ $y:literal $z:literal) => { concat!(grow!("4", "1", $y), grow!("5", "2", $z)) };
    (@ $x:literal _ _) => { grow!("3", "0", $x) };
    (@ $x:literal $y:literal _) => { concat!(grow!("3", "0", $x), grow!("4", "1", $y)) };
    (@ $x:literal $y:literal $z:literal) => { concat!(grow!("3", "0", $x), grow!("4", "1", $y), grow!("5", "2", $z)) };
}

/// Writes the columns from `$first` on; or adds them to what is there.
macro_rules! done {
    (set $first:literal) => {
        concat!(
            "vmovdqa ymmword ptr [rsp + 32*", $first, "], ymm10\n",
            "vmovdqa ymmword ptr [rsp + 32*", $first, " + 32], ymm11\n",
            "vmovdqa ymmword ptr [rsp + 32*", $first, " + 64], ymm12\n",
        )
    };
    (add $first:literal) => {
        concat!(
            "vpaddq ymm10, ymm10, ymmword ptr [rsp + 32*", $first, "]\n",
            "vpaddq ymm11, ymm11, ymmword ptr [rsp + 32*", $first, " + 32]\n",
            "vpaddq ymm12, ymm12, ymmword ptr [rsp + 32*", $first, " + 64]\n",
            done!(set $first),
        )
    };
}

/// All 17 columns of a product (an eighteenth is written beside them), set or added.
macro_rules! columns {
    ($how:tt, $a:literal, $b:literal) => {
        concat!(
            "vmovdqu ymm0, ymmword ptr [", $a, "]\n",
            "vmovdqu ymm1, ymmword ptr [", $a, " + 32]\n",
            "vmovdqu ymm2, ymmword ptr [", $a, " + 64]\n",
            first!($b, "0"; "0" "1" "2"), more!($b, "1"; _ "0" "1"), more!($b, "2"; _ _ "0"),
            done!($how "0"),
            "vmovdqu ymm3, ymmword ptr [", $a, " + 96]\n",
            "vmovdqu ymm4, ymmword ptr [", $a, " + 128]\n",
            "vmovdqu ymm5, ymmword ptr [", $a, " + 160]\n",
            first!($b, "0"; "3" "4" "5"), more!($b, "1"; "2" "3" "4"), more!($b, "2"; "1" "2" "3"),
            more!($b, "3"; "0" "1" "2"), more!($b, "4"; _ "0" "1"), more!($b, "5"; _ _ "0"),
            done!($how "3"),
            "vmovdqu ymm6, ymmword ptr [", $a, " + 192]\n",
            "vmovdqu ymm7, ymmword ptr [", $a, " + 224]\n",
            "vmovdqu ymm8, ymmword ptr [", $a, " + 256]\n",
            first!($b, "0"; "6" "7" "8"), more!($b, "1"; "5" "6" "7"), more!($b, "2"; "4" "5" "6"),
            more!($b, "3"; "3" "4" "5"), more!($b, "4"; "2" "3" "4"), more!($b, "5"; "1" "2" "3"),
            more!($b, "6"; "0" "1" "2"), more!($b, "7"; _ "0" "1"), more!($b, "8"; _ _ "0"),
            done!($how "6"),
            first!($b, "8"; "1" "2" "3"), more!($b, "7"; "2" "3" "4"), more!($b, "6"; "3" "4" "5"),
            more!($b, "5"; "4" "5" "6"), more!($b, "4"; "5" "6" "7"), more!($b, "3"; "6" "7" "8"),
            more!($b, "2"; "7" "8" _), more!($b, "1"; "8" _ _),
            done!($how "9"),
            first!($b, "8"; "4" "5" "6"), more!($b, "7"; "5" "6" "7"), more!($b, "6"; "6" "7" "8"),
            more!($b, "5"; "7" "8" _), more!($b, "4"; "8" _ _),
            done!($how "12"),
            // The third column is nothing: whatever a register holds is written where nobody reads.
            first!($b, "8"; "7" "8" "8"), more!($b, "7"; "8" _ _),
            done!($how "15"),
        )
    };
}

/// Takes column `$column` for folding into `ymm$column`, less what goes to the next in `ymm9`.
macro_rules! take {
    ($column:literal) => {
        concat!(
            "vpaddq ymm",
            $column,
            ", ymm9, ymmword ptr [rsp + 32*",
            $column,
            "]\n",
            "vpsrlq ymm9, ymm",
            $column,
            ", 29\n",
            "vpand ymm",
            $column,
            ", ymm",
            $column,
            ", ymm15\n",
        )
    };
}

/// Adds the folds of column `ymm$column` to limbs `$limb`, .. in `ymm$sum`, ...
macro_rules! fold {
    ($column:literal; $($sum:literal $temporary:literal $limb:literal),*) => {
        concat!($(
            "vpmuludq ymm", $temporary, ", ymm", $column, ", ymmword ptr [r9 + {folds} + 288*", $column, " + 32*", $limb, "]\n",
            "vpaddq ymm", $sum, ", ymm", $sum, ", ymm", $temporary, "\n",
        )*)
    };
}

macro_rules! fold_all {
    ($($terms:tt)*) => {
        concat!(
            fold!("0"; $($terms)*), fold!("1"; $($terms)*), fold!("2"; $($terms)*), fold!("3"; $($terms)*),
            fold!("4"; $($terms)*), fold!("5"; $($terms)*), fold!("6"; $($terms)*),
        )
    };
}

/// Adds `ymm$quotient` times limb `$limb` of the prime to `ymm$sum`.
macro_rules! cancel {
    ($($sum:literal $quotient:literal $limb:literal),*) => {
        concat!($(
            "vpmuludq ymm13, ymm", $quotient, ", ymmword ptr [r9 + 32*", $limb, "]\n",
            "vpaddq ymm", $sum, ", ymm", $sum, ", ymm13\n",
        )*)
    };
}

/// The quotient in `ymm$quotient` that makes the limb in `ymm$sum` vanish.
macro_rules! quotient {
    ($quotient:literal $sum:literal) => {
        concat!(
            "vpmuludq ymm",
            $quotient,
            ", ymm",
            $sum,
            ", ymmword ptr [r9 + {inverse}]\n",
            "vpand ymm",
            $quotient,
            ", ymm",
            $quotient,
            ", ymm15\n",
        )
    };
}

/// What is above 29 bits of `ymm$sum` goes to `ymm$next`.
macro_rules! carry {
    ($sum:literal $next:literal) => {
        concat!(
            "vpsrlq ymm",
            $sum,
            ", ymm",
            $sum,
            ", 29\n",
            "vpaddq ymm",
            $next,
            ", ymm",
            $next,
            ", ymm",
            $sum,
            "\n",
        )
    };
}

/// Writes limb `$limb` of the result.
macro_rules! limb {
    ($limb:literal $sum:literal) => {
        concat!(
            "vpand ymm13, ymm",
            $sum,
            ", ymm15\n",
            "vmovdqu ymmword ptr [rdi + 32*",
            $limb,
            "], ymm13\n",
        )
    };
}

/// Seven columns folded into ten, two quotients, and carries to the end.
macro_rules! reduce {
    () => {
        concat!(
            "vmovdqa ymm15, ymmword ptr [r9 + {mask}]\n",
            "vpxor xmm9, xmm9, xmm9\n",
            take!("0"), take!("1"), take!("2"), take!("3"), take!("4"), take!("5"), take!("6"),
            "vpaddq ymm9, ymm9, ymmword ptr [rsp + 32*7]\n",
            "vmovdqa ymm10, ymmword ptr [rsp + 32*8]\n",
            "vmovdqa ymm11, ymmword ptr [rsp + 32*9]\n",
            "vmovdqa ymm12, ymmword ptr [rsp + 32*10]\n",
            fold_all!("9" "13" "0", "10" "14" "1", "11" "7" "2", "12" "8" "3"),
            quotient!("7" "9"),
            cancel!("9" "7" "0", "10" "7" "1", "11" "7" "2", "12" "7" "3"),
            carry!("9" "10"),
            quotient!("8" "10"),
            cancel!("10" "8" "0", "11" "8" "1", "12" "8" "2"),
            carry!("10" "11"),
            limb!("0" "11"), carry!("11" "12"),
            limb!("1" "12"), "vpsrlq ymm9, ymm12, 29\n",
            "vpaddq ymm10, ymm9, ymmword ptr [rsp + 32*11]\n",
            "vmovdqa ymm11, ymmword ptr [rsp + 32*12]\n",
            "vmovdqa ymm12, ymmword ptr [rsp + 32*13]\n",
            fold_all!("10" "13" "4", "11" "14" "5", "12" "9" "6"),
            cancel!("10" "7" "4", "11" "7" "5", "12" "7" "6", "10" "8" "3", "11" "8" "4", "12" "8" "5"),
            limb!("2" "10"), carry!("10" "11"),
            limb!("3" "11"), carry!("11" "12"),
            limb!("4" "12"), "vpsrlq ymm9, ymm12, 29\n",
            "vpaddq ymm10, ymm9, ymmword ptr [rsp + 32*14]\n",
            "vmovdqa ymm11, ymmword ptr [rsp + 32*15]\n",
            "vmovdqa ymm12, ymmword ptr [rsp + 32*16]\n",
            fold_all!("10" "13" "7", "11" "14" "8"),
            cancel!("10" "7" "7", "11" "7" "8", "10" "8" "6", "11" "8" "7", "12" "8" "8"),
            limb!("5" "10"), carry!("10" "11"),
            limb!("6" "11"), carry!("11" "12"),
            limb!("7" "12"), "vpsrlq ymm12, ymm12, 29\n",
            "vmovdqu ymmword ptr [rdi + 32*8], ymm12\n",
        )
    };
}

/// Room for 18 columns on the stack, aligned; `rsi` and the other arguments stay where they are.
macro_rules! framed {
    ($($text:expr),*) => {
        concat!("mov r11, rsp\n sub rsp, 608\n and rsp, -32\n", $($text,)* "mov rsp, r11\n mov rax, rdi\n ret\n")
    };
}

const _: () = assert!(size_of::<Residue4>() == 32 * LIMBS);

/// `a * b / 2^261`.
///
/// # Safety
/// The processor has AVX2.
#[unsafe(naked)]
#[allow(improper_ctypes_definitions)] // the result is known by its place alone, to both sides
pub(super) unsafe extern "sysv64" fn product(a: &Residue4, b: &Residue4, table: &Table) -> Residue4 {
    // The result's place comes first, in `rdi`.
    naked_asm!(
        framed!("mov r9, rcx\n", columns!(set, "rsi", "rdx"), reduce!()),
        folds = const Table::FOLDS, inverse = const Table::NEGATED_INVERSE, mask = const Table::MASK,
    )
}

/// `(a * b + c * d) / 2^261`.
///
/// # Safety
/// The processor has AVX2.
#[unsafe(naked)]
#[allow(improper_ctypes_definitions)] // the result is known by its place alone, to both sides
pub(super) unsafe extern "sysv64" fn sum_of_products(
    a: &Residue4,
    b: &Residue4,
    c: &Residue4,
    d: &Residue4,
    table: &Table,
) -> Residue4 {
    naked_asm!(
        framed!(columns!(set, "rsi", "rdx"), columns!(add, "rcx", "r8"), reduce!()),
        folds = const Table::FOLDS, inverse = const Table::NEGATED_INVERSE, mask = const Table::MASK,
    )
}
