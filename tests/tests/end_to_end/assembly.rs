//! arkworks' assembly is in the program, on processors that have it. It takes a crate feature and two target features at
//! once, and without either the build succeeds and is merely slow: so the instructions themselves are looked for.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};

use ark_bn254::{Fq, Fr};
use ark_ff::{AdditiveGroup, Field};

/// `adcx` and `adox`, which compilers do not emit by themselves, with the prefix that tells one from the other.
const INSTRUCTIONS: [(&str, u8); 2] = [("adcx", 0x66), ("adox", 0xf3)];

/// How often each of the two stands in machine code, on 64-bit registers: prefix, REX.W, opcode.
fn count(code: &[u8]) -> [(&'static str, usize); 2] {
    INSTRUCTIONS.map(|(name, prefix)| {
        let is_it = |bytes: &&[u8]| bytes[0] == prefix && bytes[1] & 0xf8 == 0x48 && bytes[2..] == [0x0f, 0x38, 0xf6];
        (name, code.windows(5).filter(is_it).count())
    })
}

/// Whether the build is one that must have them; says so if not.
fn expected() -> bool {
    let told = option_env!("RUSTFLAGS").or(option_env!("CARGO_ENCODED_RUSTFLAGS"));
    if !cfg!(target_arch = "x86_64") {
        println!("skipped: this is no x86_64");
        return false;
    }
    if !cfg!(all(target_feature = "adx", target_feature = "bmi2")) {
        assert!(told.is_some(), ".cargo/config.toml must turn on bmi2 and adx");
        println!("skipped: the compiler was told otherwise: {}", told.unwrap_or_default());
        return false;
    }
    true
}

#[test]
fn on_x86_64_the_program_holds_adcx_and_adox() {
    if !expected() {
        return;
    }
    let found = count(&fs::read(env!("CARGO_BIN_EXE_tradeseal-under-test")).unwrap());
    println!("{found:?}");
    // By chance the five bytes stand once in some 2^37 places.
    assert!(found.iter().all(|(_, times)| *times >= 16), "{found:?}");
}

#[inline(never)]
fn product_of_coordinates(a: &mut Fq, b: &Fq) {
    *a *= b;
}

#[inline(never)]
fn product_of_scalars(a: &mut Fr, b: &Fr) {
    *a *= b;
}

/// Other libraries may bring such instructions with them: these two functions are the field's multiplication alone.
#[test]
fn on_x86_64_both_fields_multiply_with_adcx_and_adox() {
    let (mut coordinate, mut scalar) = (Fq::ONE.double(), Fr::ONE.double());
    product_of_coordinates(&mut coordinate, &Fq::ONE);
    product_of_scalars(&mut scalar, &Fr::ONE);
    assert_eq!((coordinate, scalar), (Fq::from(2u64), Fr::from(2u64)));
    if !expected() {
        return;
    }
    let addresses = [
        product_of_coordinates as *const () as usize,
        product_of_scalars as *const () as usize,
    ];
    for address in addresses {
        match machine_code_at(address as u64) {
            Ok(code) => {
                let found = count(&code);
                assert!(
                    found.iter().all(|(_, times)| *times >= 4),
                    "{found:?} in {}",
                    hex::encode(code)
                );
            }
            Err(cause) => println!("skipped: this system does not show a process its own code: {cause}"),
        }
    }
}

/// The first bytes of a function of this process, about as long as a multiplication.
fn machine_code_at(address: u64) -> io::Result<Vec<u8>> {
    let mut memory = File::open("/proc/self/mem")?;
    memory.seek(SeekFrom::Start(address))?;
    let mut code = vec![0; 512];
    memory.read_exact(&mut code)?;
    Ok(code)
}

#[test]
fn the_instructions_are_told_from_their_neighbours() {
    let counts = |code: &[u8]| count(code).map(|(_, times)| times);
    // adcx %rax,%rbx; adox %r8,%r9; adcx %eax,%ebx; crc32 %rbx,%rax, as GNU as encodes them.
    assert_eq!(counts(&[0x66, 0x48, 0x0f, 0x38, 0xf6, 0xd8]), [1, 0]);
    assert_eq!(counts(&[0xf3, 0x4d, 0x0f, 0x38, 0xf6, 0xc8]), [0, 1]);
    assert_eq!(counts(&[0x66, 0x0f, 0x38, 0xf6, 0xd8, 0x90]), [0, 0]);
    assert_eq!(counts(&[0xf2, 0x48, 0x0f, 0x38, 0xf1, 0xc3]), [0, 0]);
}
