//! Ids as Stripe's are.

use stand_in_kit::Generator;

/// An id of 24 letters and digits under a prefix.
pub(crate) fn id(generator: &mut Generator, prefix: &str) -> String {
    let word = generator.word(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ", 24);
    format!("{prefix}_{word}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_the_length_of_stripes() {
        let id = id(&mut Generator::new(7), "cus");
        assert!(id.starts_with("cus_"));
        assert_eq!(id.len(), 28);
    }
}
