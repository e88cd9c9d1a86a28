//! Choices that repeat: by the hash of a text, and ids of a seeded generator.

use stand_in_kit::Generator;

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

/// An id in the shape of a UUID.
pub(crate) fn uuid(generator: &mut Generator) -> String {
    let (high, low) = (generator.draw(), generator.draw());
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
pub(crate) fn word(generator: &mut Generator) -> String {
    generator.word(b"0123456789abcdefghjkmnpqrstvwxyz", 26)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids_and_another_seed_others() {
        let ids = |seed| {
            let mut generator = Generator::new(seed);
            (uuid(&mut generator), word(&mut generator))
        };
        assert_eq!(ids(7), ids(7));
        assert_ne!(ids(7), ids(8));
        assert_eq!((ids(7).0.len(), ids(7).1.len()), (36, 26));
    }
}
