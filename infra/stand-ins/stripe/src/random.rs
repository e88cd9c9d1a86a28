//! Choices that repeat: a seeded generator, and ids made by it.

use serde::{Deserialize, Serialize};

/// A seeded generator (SplitMix64).
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Generator(u64);

impl Generator {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below 1.
    pub(crate) fn fraction(&mut self) -> f64 {
        // 53 bits are what a float holds exactly.
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number below `limit`; 0 when that is 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let drawn = self.next();
        u64::try_from(limit)
            .ok()
            .and_then(|limit| drawn.checked_rem(limit))
            .and_then(|place| usize::try_from(place).ok())
            .unwrap_or(0)
    }

    /// An id of 24 letters and digits under a prefix, as Stripe's are.
    pub(crate) fn id(&mut self, prefix: &str) -> String {
        const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let (mut bits, mut id) = (0, format!("{prefix}_"));
        for place in 0..24 {
            if place % 12 == 0 {
                bits = self.next();
            }
            id.push(char::from(LETTERS[(bits & 31) as usize]));
            bits >>= 5;
        }
        id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids_and_another_seed_others() {
        let id = |seed| Generator::new(seed).id("cus");
        assert_eq!(id(7), id(7));
        assert_ne!(id(7), id(8));
        assert_eq!(id(7).len(), 28);
    }

    #[test]
    fn a_number_below_nothing_is_nothing() {
        let mut generator = Generator::new(1);
        assert_eq!(generator.below(0), 0);
        assert!((0..100).all(|_| generator.below(3) < 3));
    }
}
