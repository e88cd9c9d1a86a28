//! Choices that repeat: a hash, a seeded generator, ids made of both.

/// FNV-1a: the same text gives the same number in every run and on every machine.
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// One of `choices`, by the hash of `text`.
pub(crate) fn pick<'a, T>(choices: &'a [T], text: &str) -> Option<&'a T> {
    let count = u64::try_from(choices.len()).ok().filter(|n| *n > 0)?;
    choices.get(usize::try_from(hash(text) % count).ok()?)
}

/// A seeded generator (SplitMix64).
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

    /// An id in the shape of a UUID.
    pub(crate) fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xffff,
            low >> 48,
            low & 0xffff_ffff_ffff
        )
    }

    /// An id of 26 lower-case letters and digits.
    pub(crate) fn word(&mut self) -> String {
        const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let (mut bits, mut word) = (0, String::with_capacity(26));
        for place in 0..26 {
            if place % 12 == 0 {
                bits = self.next();
            }
            word.push(char::from(LETTERS[(bits & 31) as usize]));
            bits >>= 5;
        }
        word
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids_and_another_seed_others() {
        let ids = |seed| {
            let mut generator = Generator::new(seed);
            (generator.uuid(), generator.word())
        };
        assert_eq!(ids(7), ids(7));
        assert_ne!(ids(7), ids(8));
        assert_eq!((ids(7).0.len(), ids(7).1.len()), (36, 26));
    }

    #[test]
    fn fractions_spread_over_zero_to_one() {
        let mut generator = Generator::new(1);
        let all: Vec<f64> = (0..1_000).map(|_| generator.fraction()).collect();
        assert!(all.iter().all(|fraction| (0.0..1.0).contains(fraction)));
        let below_half = all.iter().filter(|fraction| **fraction < 0.5).count();
        assert!((400..600).contains(&below_half), "{below_half}");
    }
}
