//! What a call costs: at most before it is made, exactly after.

mod prices;

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

use serde::{Deserialize, Serialize};

pub use prices::PRICED_ON;
use prices::{PRICES, Price};

use crate::reply::{Usage, schema};
use crate::request::Request;
use crate::tokens::estimated_tokens;

/// Tokens that a vendor's format adds around a message.
const TOKENS_PER_MESSAGE: u64 = 8;
/// Tokens that a vendor adds around a request, such as a preamble of its own.
const TOKENS_PER_REQUEST: u64 = 200;

/// Millionths of a US dollar. Sums stop at the largest number instead of starting again.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct MicroUsd(pub u64);

impl Add for MicroUsd {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        MicroUsd(self.0.saturating_add(other.0))
    }
}

impl Sum for MicroUsd {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(MicroUsd::default(), Add::add)
    }
}

impl fmt::Display for MicroUsd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "${}.{:06}", self.0 / 1_000_000, self.0 % 1_000_000)
    }
}

/// What a call was billed, rounded up to a millionth. A model without a known price costs what the dearest known one
/// would: an unknown name must never be free.
pub fn cost(model: &str, usage: Usage) -> MicroUsd {
    match PRICES.iter().find(|price| price.model == model) {
        Some(price) => price.of(usage),
        None => PRICES
            .iter()
            .map(|price| price.of(usage))
            .max()
            .unwrap_or_default(),
    }
}

/// The most that one call can be billed, for reserving a budget before it is made.
///
/// Counts every token as uncached and the whole output as written. Where several vendors may be asked, reserve the
/// sum: a vendor whose answer was unreadable bills as well.
pub fn estimate(model: &str, request: &Request) -> MicroUsd {
    cost(
        model,
        Usage {
            input: question_tokens(request),
            cached_input: 0,
            output: u64::from(request.max_output_tokens),
        },
    )
}

/// At most this many tokens of question, schema and format included.
pub fn question_tokens(request: &Request) -> u64 {
    let messages: u64 = request
        .messages
        .iter()
        .map(|message| estimated_tokens(&message.text) + TOKENS_PER_MESSAGE)
        .sum();
    estimated_tokens(&request.instructions)
        + estimated_tokens(&schema().to_string())
        + messages
        + TOKENS_PER_REQUEST
}

impl Price {
    fn of(&self, usage: Usage) -> MicroUsd {
        let cached = usage.cached_input.min(usage.input);
        let fresh = usage.input - cached;
        let times = match self.doubles_from {
            Some(from) if usage.input >= from => 2,
            _ => 1,
        };
        let part = |tokens: u64, price: u64| u128::from(tokens) * u128::from(price);
        let total = part(fresh, self.input)
            + part(cached, self.cached_input)
            + part(usage.output, self.output);
        let micro = (total * times).div_ceil(1_000_000);
        MicroUsd(u64::try_from(micro).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::request::{Message, Role, Versions};
    use crate::vendor::{Models, Vendor};

    fn usage(input: u64, cached_input: u64, output: u64) -> Usage {
        Usage {
            input,
            cached_input,
            output,
        }
    }

    fn request(text: &str) -> Request {
        Request {
            instructions: "rules".to_owned(),
            messages: vec![Message {
                role: Role::User,
                text: text.to_owned(),
            }],
            max_output_tokens: 600,
            cache_key: String::new(),
            versions: Versions {
                rules: "1",
                persona: 1,
            },
        }
    }

    #[test]
    fn a_call_costs_what_the_price_page_says() {
        let million = 1_000_000;
        let grok = "grok-4.20-0309-non-reasoning";
        assert_eq!(cost(grok, usage(million, 0, 0)), MicroUsd(1_250_000));
        assert_eq!(cost(grok, usage(million, million, 0)), MicroUsd(200_000));
        assert_eq!(cost(grok, usage(0, 0, million)), MicroUsd(2_500_000));
        assert_eq!(
            cost("openai/gpt-oss-120b", usage(2000, 1000, 200)),
            MicroUsd(150 + 75 + 120)
        );
    }

    #[test]
    fn a_long_question_costs_twice_where_the_vendor_says_so() {
        assert_eq!(
            cost("grok-4.7", usage(200_000, 0, 0)),
            MicroUsd(2 * 400_000)
        );
        assert_eq!(cost("grok-4.7", usage(199_999, 0, 0)), MicroUsd(399_998));
    }

    #[test]
    fn a_single_token_is_not_free() {
        assert_eq!(cost("openai/gpt-oss-20b", usage(1, 0, 0)), MicroUsd(1));
    }

    #[test]
    fn both_default_models_have_a_price_of_their_own() {
        let models = Models::default();
        for vendor in Vendor::IN_ORDER {
            assert!(
                PRICES.iter().any(|price| price.model == models.of(vendor)),
                "{vendor}"
            );
        }
    }

    #[test]
    fn money_prints_in_dollars() {
        assert_eq!(MicroUsd(1_250_001).to_string(), "$1.250001");
    }

    proptest! {
        #[test]
        fn an_unknown_model_is_never_cheaper_than_a_known_one(
            input in 0..2_000_000_u64, cached in 0..2_000_000_u64, output in 0..200_000_u64
        ) {
            let usage = usage(input, cached, output);
            for price in PRICES {
                prop_assert!(cost("grok-99", usage) >= cost(price.model, usage));
            }
        }

        #[test]
        fn no_numbers_of_a_vendor_overflow(input: u64, cached: u64, output: u64) {
            prop_assert!(cost("grok-4.7", usage(input, cached, output)) >= cost("grok-4.3", usage(0, 0, output)));
        }

        #[test]
        fn the_estimate_is_an_upper_bound_of_what_a_call_can_cost(
            text in ".{0,400}", cached in 0..50_u64, output in 0..=600_u64
        ) {
            let request = request(&text);
            // A third of the characters is what we promise to assume at least.
            let tokens = u64::try_from(text.chars().count().div_ceil(3)).expect("a small number");
            for price in PRICES {
                prop_assert!(
                    estimate(price.model, &request) >= cost(price.model, usage(tokens, cached.min(tokens), output))
                );
            }
        }
    }
}
