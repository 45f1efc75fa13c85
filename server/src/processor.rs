//! Whether this processor has the instructions that the build uses.
//!
//! In scope: BMI2 and ADX, which arkworks' assembly needs (`.cargo/config.toml`). Out of scope: choosing code at run time.
//! Without this check an older processor ends the program with an illegal instruction and no word.

use crate::Failure;

/// Refuses to go on where the first multiplication would kill the process.
///
/// # Errors
/// `processor` if an instruction set that this build was made for is missing.
pub(crate) fn require() -> Result<(), Failure> {
    let missing = missing();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        "processor",
        format!(
            "this build needs a processor with {}, which this one lacks",
            missing.join(" and ")
        ),
        "use the portable build: make portable",
    ))
}

#[cfg(all(target_arch = "x86_64", target_feature = "adx", target_feature = "bmi2"))]
fn missing() -> Vec<&'static str> {
    let features = raw_cpuid::CpuId::new().get_extended_feature_info();
    let has = |test: fn(&raw_cpuid::ExtendedFeatures) -> bool| features.as_ref().is_some_and(test);
    let needed = [
        ("BMI2", has(raw_cpuid::ExtendedFeatures::has_bmi2)),
        ("ADX", has(raw_cpuid::ExtendedFeatures::has_adx)),
    ];
    needed
        .iter()
        .filter(|(_, there)| !there)
        .map(|(name, _)| *name)
        .collect()
}

#[cfg(not(all(target_arch = "x86_64", target_feature = "adx", target_feature = "bmi2")))]
fn missing() -> Vec<&'static str> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_processor_that_runs_the_tests_passes() {
        assert_eq!(super::require(), Ok(()));
    }
}
