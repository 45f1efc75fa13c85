//! Pseudo-random numbers (xorshift64*) from a seed that a failing test prints.

/// A seeded source.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// From a seed other than 0.
    pub fn new(seed: u64) -> Self {
        assert_ne!(seed, 0);
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// Below the bound, which is not 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    /// In so many of a hundred cases.
    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    /// One of these, if there is any.
    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        let length = from.len() as u64;
        (length > 0).then(|| &from[usize::try_from(self.below(length)).unwrap()])
    }
}
