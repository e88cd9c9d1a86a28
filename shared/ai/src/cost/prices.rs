//! What the vendors ask, as they had published it by the day named. Changed by hand, together with that day.

/// The day until which the table is known to be right.
pub const PRICED_ON: &str = "2026-11-27";

/// Micro US dollars per million tokens.
pub(super) struct Price {
    pub(super) model: &'static str,
    pub(super) input: u64,
    pub(super) cached_input: u64,
    pub(super) output: u64,
    /// From this many tokens of question on, everything costs twice as much.
    pub(super) doubles_from: Option<u64>,
}

pub(super) const PRICES: &[Price] = &[
    Price {
        model: "grok-4.20-0309-non-reasoning",
        input: 1_250_000,
        cached_input: 200_000,
        output: 2_500_000,
        doubles_from: None,
    },
    Price {
        model: "grok-4.3",
        input: 1_250_000,
        cached_input: 200_000,
        output: 2_500_000,
        doubles_from: None,
    },
    Price {
        model: "grok-4.7",
        input: 2_000_000,
        cached_input: 500_000,
        output: 6_000_000,
        doubles_from: Some(200_000),
    },
    Price {
        model: "openai/gpt-oss-120b",
        input: 150_000,
        cached_input: 75_000,
        output: 600_000,
        doubles_from: None,
    },
    Price {
        model: "openai/gpt-oss-20b",
        input: 75_000,
        cached_input: 37_500,
        output: 300_000,
        doubles_from: None,
    },
];
