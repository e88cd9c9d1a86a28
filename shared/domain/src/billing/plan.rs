//! What is sold: one table, from which prices at Stripe, pages and limits are made.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The currency of every price, as Stripe writes it.
pub const CURRENCY: &str = "eur";

/// What a workspace has.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    /// Nothing was bought yet.
    Trial,
    /// For one creator.
    Creator,
    /// For a creator with a team.
    Studio,
    /// For those who work for many creators.
    Agency,
}

/// How often is paid.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Interval {
    /// Each month.
    Month,
    /// Each year.
    Year,
}

/// What a plan lets a workspace have. Fans are counted to be shown and asked about: no fan is ever turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entitlements {
    /// Bots that are connected.
    pub bots: u64,
    /// Members.
    pub seats: u64,
    /// Fans.
    pub fans: u64,
    /// Messages that Sofi writes in a month.
    pub ai_messages: u64,
}

/// What a plan costs, in one interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// How often.
    pub interval: Interval,
    /// In the smallest unit of [`CURRENCY`], without tax.
    pub amount: u32,
    /// By what Stripe finds it. A price is never changed: what costs something else is a new line with a new key, and the old
    /// line stays for those who have it.
    pub lookup_key: &'static str,
}

/// A line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Which plan.
    pub plan: Plan,
    /// What the product is called at Stripe and on invoices.
    pub name: &'static str,
    /// What it costs; nothing for the trial, which is not bought.
    pub prices: &'static [Price],
    /// What it lets a workspace have.
    pub entitlements: Entitlements,
}

const fn month(amount: u32, lookup_key: &'static str) -> Price {
    Price {
        interval: Interval::Month,
        amount,
        lookup_key,
    }
}

const fn year(amount: u32, lookup_key: &'static str) -> Price {
    Price {
        interval: Interval::Year,
        amount,
        lookup_key,
    }
}

/// Every plan, smallest first.
pub static PLANS: [Offer; 4] = [
    Offer {
        plan: Plan::Trial,
        name: "Sofi Trial",
        prices: &[],
        entitlements: Entitlements {
            bots: 3,
            seats: 10,
            fans: 1_000,
            ai_messages: 2_000,
        },
    },
    Offer {
        plan: Plan::Creator,
        name: "Sofi Creator",
        prices: &[
            month(2_900, "sofi_creator_month"),
            year(29_000, "sofi_creator_year"),
        ],
        entitlements: Entitlements {
            bots: 3,
            seats: 10,
            fans: 10_000,
            ai_messages: 5_000,
        },
    },
    Offer {
        plan: Plan::Studio,
        name: "Sofi Studio",
        prices: &[
            month(9_900, "sofi_studio_month"),
            year(99_000, "sofi_studio_year"),
        ],
        entitlements: Entitlements {
            bots: 10,
            seats: 20,
            fans: 100_000,
            ai_messages: 25_000,
        },
    },
    Offer {
        plan: Plan::Agency,
        name: "Sofi Agency",
        prices: &[
            month(29_900, "sofi_agency_month"),
            year(299_000, "sofi_agency_year"),
        ],
        entitlements: Entitlements {
            bots: 50,
            seats: 100,
            fans: 1_000_000,
            ai_messages: 100_000,
        },
    },
];

impl Plan {
    /// Its line of the table.
    pub fn offer(self) -> &'static Offer {
        match self {
            Self::Trial => &PLANS[0],
            Self::Creator => &PLANS[1],
            Self::Studio => &PLANS[2],
            Self::Agency => &PLANS[3],
        }
    }

    /// The word that is stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Trial => "trial",
            Self::Creator => "creator",
            Self::Studio => "studio",
            Self::Agency => "agency",
        }
    }

    /// What it costs; nothing for the trial.
    pub fn price(self, interval: Interval) -> Option<&'static Price> {
        let mut prices = self.offer().prices.iter();
        prices.find(|price| price.interval == interval)
    }

    /// Which plan is bought under a lookup key, and how often it is paid.
    pub fn sold_as(lookup_key: &str) -> Option<(Self, Interval)> {
        PLANS.iter().find_map(|offer| {
            let mut prices = offer.prices.iter();
            let price = prices.find(|price| price.lookup_key == lookup_key)?;
            Some((offer.plan, price.interval))
        })
    }
}

impl Interval {
    /// The word that is stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_plan_has_its_line_and_lets_have_no_less_than_the_one_before() {
        for pair in PLANS.windows(2) {
            let (less, more) = (pair[0].entitlements, pair[1].entitlements);
            assert!(pair[0].plan < pair[1].plan);
            assert!(less.bots <= more.bots && less.seats <= more.seats);
            assert!(less.fans < more.fans && less.ai_messages < more.ai_messages);
        }
        for offer in &PLANS {
            assert_eq!(offer.plan.offer(), offer);
            let word = serde_json::to_value(offer.plan).expect("a word");
            assert_eq!(word, offer.plan.as_str());
        }
    }

    #[test]
    fn each_price_is_found_by_its_key_and_its_key_says_what_it_is() {
        let mut keys = 0;
        for offer in &PLANS {
            for price in offer.prices {
                let (plan, interval) = (offer.plan.as_str(), price.interval.as_str());
                assert_eq!(price.lookup_key, format!("sofi_{plan}_{interval}"));
                let sold = Plan::sold_as(price.lookup_key);
                assert_eq!(sold, Some((offer.plan, price.interval)));
                assert_eq!(offer.plan.price(price.interval), Some(price));
                keys += 1;
            }
        }
        // Stripe takes at most ten keys in one call.
        assert_eq!(keys, 6);
        assert_eq!(Plan::sold_as("sofi_trial_month"), None);
    }

    #[test]
    fn the_trial_is_not_sold_and_a_year_costs_less_than_twelve_months() {
        assert!(Plan::Trial.offer().prices.is_empty());
        for plan in [Plan::Creator, Plan::Studio, Plan::Agency] {
            let [month, year] = [Interval::Month, Interval::Year]
                .map(|interval| plan.price(interval).expect("a price").amount);
            assert!(month < year && year < 12 * month, "{plan:?}");
        }
    }
}
