//! arkworks' assembly is in the program, on processors that have it. It takes a crate feature and two target features at
//! once, and without either the build succeeds and is merely slow: so the instructions themselves are looked for.

use std::fs;

/// `adcx` and `adox`, which no compiler emits by itself: prefix, then REX.W, then the opcode. Other prefixes than the one
/// that selects the instruction may not stand between.
const INSTRUCTIONS: [(&str, u8); 2] = [("adcx", 0x66), ("adox", 0xf3)];

/// How often an instruction on 64-bit registers stands in machine code.
fn count(code: &[u8], prefix: u8) -> usize {
    let matches = |bytes: &&[u8]| bytes[0] == prefix && bytes[1] & 0xf8 == 0x48 && bytes[2..] == [0x0f, 0x38, 0xf6];
    code.windows(5).filter(matches).count()
}

#[test]
fn on_x86_64_the_program_multiplies_with_adcx_and_adox() {
    let switched_off = option_env!("RUSTFLAGS").or(option_env!("CARGO_ENCODED_RUSTFLAGS"));
    if !cfg!(target_arch = "x86_64") {
        println!("skipped: this is no x86_64");
        return;
    }
    if !cfg!(all(target_feature = "adx", target_feature = "bmi2")) {
        assert!(switched_off.is_some(), ".cargo/config.toml must turn on bmi2 and adx");
        println!(
            "skipped: the compiler was told otherwise: {}",
            switched_off.unwrap_or_default()
        );
        return;
    }
    let program = fs::read(env!("CARGO_BIN_EXE_tradeseal-under-test")).unwrap();
    let found = INSTRUCTIONS.map(|(name, prefix)| (name, count(&program, prefix)));
    println!("{found:?}");
    // By chance the five bytes stand once in some 2^37 places.
    assert!(
        found.iter().all(|(_, times)| *times >= 16),
        "{found:?}: the field's multiplication is not arkworks' assembly"
    );
}

#[test]
fn the_instructions_are_told_from_their_neighbours() {
    // As objdump prints them: adcx %rax,%rbx; adox %r8,%r9; adcx on 32 bits; the carry-less crc32.
    assert_eq!(count(&[0x66, 0x48, 0x0f, 0x38, 0xf6, 0xd8], 0x66), 1);
    assert_eq!(count(&[0xf3, 0x4d, 0x0f, 0x38, 0xf6, 0xc8], 0xf3), 1);
    assert_eq!(count(&[0x66, 0x0f, 0x38, 0xf6, 0xd8, 0x90], 0x66), 0);
    assert_eq!(count(&[0xf2, 0x48, 0x0f, 0x38, 0xf1, 0xc3], 0x66), 0);
}
