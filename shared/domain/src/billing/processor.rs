//! Who takes the payments, and what a person is told of it before the way leads there.

/// A company on whose pages people pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Processor {
    /// What it is called.
    pub name: &'static str,
    /// Where it says what it reads of a device.
    pub privacy_policy: &'static str,
    /// The standard for data of cards that it is certified to meet.
    pub standard: &'static str,
    /// Where it says so.
    pub standard_source: &'static str,
}

/// The only one. Whoever is sent there sees all of this first.
pub const PROCESSOR: Processor = Processor {
    name: "Stripe",
    privacy_policy: "https://stripe.com/privacy",
    standard: "PCI DSS Level 1",
    standard_source: "https://docs.stripe.com/security",
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{self, DocumentId};

    /// Our own policy, in which lines end anywhere.
    fn policy() -> String {
        let words = documents::current(DocumentId::Privacy)
            .text
            .split_whitespace();
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn p11_who_is_sent_to_stripe_is_shown_the_policy_that_ours_names_for_data_of_the_device() {
        let told = format!(
            "{} may collect device and behaviour data on its pages to prevent fraud, as its own privacy policy describes (<{}>)",
            PROCESSOR.name, PROCESSOR.privacy_policy
        );
        assert!(policy().contains(&told), "{told}");
    }

    #[test]
    fn p12_the_standard_that_is_shown_with_its_source_is_the_one_of_our_policy() {
        let told = format!(
            "Stripe is certified as a {} service provider",
            PROCESSOR.standard
        );
        assert!(policy().contains(&told), "{told}");
        assert!(
            PROCESSOR
                .standard_source
                .starts_with("https://docs.stripe.com/")
        );
    }
}
