//! Names that Stripe gave to its objects: checked, bounded, and therefore safe in keys, queues and logs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

use crate::ids::ParseIdError;

/// The longest name that is taken. Stripe's own have fewer than 70 characters; with this bound one fits the group of a queue.
pub const MAX_STRIPE_ID: usize = 100;

macro_rules! stripe_ids {
    ($($(#[$doc:meta])* $name:ident => $prefix:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// What precedes the first underscore.
            pub const PREFIX: &'static str = $prefix;

            /// As Stripe writes it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                is_named(text, $prefix)
                    .then(|| Self(text.to_owned()))
                    .ok_or(ParseIdError { kind: $prefix })
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

stripe_ids! {
    /// A visit of the page on which a subscription is bought.
    CheckoutId => "cs";
    /// Who pays: one a workspace.
    CustomerId => "cus";
    /// Something that happened.
    EventId => "evt";
    /// A bill.
    InvoiceId => "in";
    /// What was bought.
    SubscriptionId => "sub";
}

/// `<prefix>_` and then letters, digits and underscores.
fn is_named(text: &str, prefix: &str) -> bool {
    let rest = text
        .strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('_'));
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    text.len() <= MAX_STRIPE_ID
        && rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(is_plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_stripes_reads_back_what_it_prints() {
        let id: CustomerId = "cus_NffrFeUfNV2Hib".parse().expect("an id");
        assert_eq!(id.to_string(), "cus_NffrFeUfNV2Hib");
        let stored = serde_json::to_string(&id).expect("a text");
        assert_eq!(serde_json::from_str::<CustomerId>(&stored).ok(), Some(id));
        let session = "cs_test_a1b2".parse::<CheckoutId>();
        assert_eq!(
            session.map(|id| id.to_string()),
            Ok("cs_test_a1b2".to_owned())
        );
    }

    #[test]
    fn a_name_of_another_kind_or_one_that_could_break_a_key_is_refused() {
        let long = format!("cus_{}", "x".repeat(MAX_STRIPE_ID));
        for text in [
            "",
            "cus",
            "cus_",
            "cusx_1",
            "sub_1",
            "cus_a#b",
            "cus_a b",
            "cus_\u{e4}",
            " cus_1",
            "cus_1-2",
            &long,
        ] {
            assert_eq!(
                text.parse::<CustomerId>(),
                Err(ParseIdError { kind: "cus" }),
                "{text:?}"
            );
        }
    }
}
