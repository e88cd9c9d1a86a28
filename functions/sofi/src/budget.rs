//! What a workspace lets Sofi spend, on whom, and what it has spent today.

pub(crate) mod change;
pub(crate) mod show;

use ai::route::Breakers;
use app::OrProblem;
use domain::Timestamp;
use domain::sofi::VendorName;
use http_kit::Problem;
use serde::Serialize;
use store::row::{AiLimitsRow, SpendRow, VendorRow};
use store::{TenantDb, keys};
use tenancy::Reads;
use utoipa::ToSchema;

use crate::limits::{Limits, vendor};
use crate::spend::{self, affordable, spent};
use crate::vendors;

/// One vendor.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct VendorOut {
    /// Which.
    name: VendorName,
    /// Whether it may see this workspace's chats.
    allowed: bool,
    /// Whether it would be asked now: not while it is left alone after failures.
    available: bool,
}

/// One UTC day.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct SpendingDay {
    /// The day, `2026-11-27`.
    day: String,
    /// Spent, in millionths of a US dollar.
    spent_micro_usd: i64,
    /// Set aside for calls under way, in millionths of a US dollar.
    reserved_micro_usd: i64,
    /// Tokens, in and out.
    tokens: i64,
    /// Replies that a vendor wrote.
    replies: i64,
}

/// What Sofi may spend, and has spent today.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Budget {
    /// All vendors, in the order in which they are asked.
    vendors: Vec<VendorOut>,
    /// Most of a UTC day, in millionths of a US dollar.
    daily_cost_micro_usd: i64,
    /// Most tokens of a UTC day, in and out.
    daily_tokens: i64,
    /// Today.
    today: SpendingDay,
    /// Whether the last reply did not fit into what is left of today: fans are told that a person will answer, and owners
    /// have a mail about it.
    reached: bool,
    /// When the next day begins, RFC 3339 UTC.
    resets_at: String,
}

/// The day's spending and the breakers.
pub(crate) struct Today {
    shards: Vec<SpendRow>,
    breakers: Breakers,
    now: Timestamp,
}

impl Budget {
    /// What is shown of limits and a day.
    pub(crate) fn of(limits: &Limits, today: &Today) -> Self {
        let sum = |of: fn(&SpendRow) -> i64| today.shards.iter().map(of).sum();
        let most = |of: fn(&SpendRow) -> i64| today.shards.iter().map(of).max().unwrap_or(0);
        let day = spend::day(today.now);
        Self {
            vendors: VendorName::ALL
                .iter()
                .map(|name| VendorOut {
                    name: *name,
                    allowed: limits.vendors.contains(name),
                    available: today.breakers.peek(vendor(*name)).would_admit(today.now),
                })
                .collect(),
            daily_cost_micro_usd: limits.daily_cost,
            daily_tokens: limits.daily_tokens,
            today: SpendingDay {
                day: spend::midnight(day).rfc3339().chars().take(10).collect(),
                spent_micro_usd: sum(|row| row.spent),
                reserved_micro_usd: sum(|row| row.reserved),
                tokens: sum(|row| row.tokens),
                replies: sum(|row| row.replies),
            },
            // The smallest call there is, or the last one that was refused and mailed about: it is asked again, since what
            // was set aside comes back and limits are raised.
            reached: !affordable(
                limits,
                spent(&today.shards),
                most(|row| row.refused).max(1),
                most(|row| row.refused_tokens).max(1),
            ),
            resets_at: spend::midnight(day + 1).rfc3339(),
        }
    }
}

/// Reads limits, with the revision that they were read at if they were ever set, and the day in one round trip.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn read<R: Reads>(
    db: &TenantDb<R>,
    now: Timestamp,
) -> Result<(Limits, Option<u64>, Today), Problem> {
    let mut reads = db.read_many();
    let limits = reads.find::<AiLimitsRow>(&keys::ai_limits());
    let shards: Vec<_> = (0..keys::SHARDS)
        .map(|shard| reads.find::<SpendRow>(&keys::spend(spend::day(now), shard)))
        .collect();
    let rows: Vec<_> = VendorName::ALL
        .iter()
        .map(|name| reads.find::<VendorRow>(&keys::vendor(*name)))
        .collect();
    let found = Box::pin(reads.send()).await.or_problem()?;
    let limits = found.get(limits).or_problem()?;
    let mut today = Today {
        shards: Vec::new(),
        breakers: Breakers::default(),
        now,
    };
    for shard in shards {
        let shard = found.get(shard).or_problem()?;
        today.shards.extend(shard.map(|found| found.row));
    }
    let mut breakers = Vec::new();
    for row in rows {
        breakers.extend(found.get(row).or_problem()?.map(|found| found.row));
    }
    today.breakers = vendors::breakers(&breakers);
    let rev = limits.as_ref().map(|found| found.rev);
    let limits = spend::limits_of(limits.as_ref().map(|found| &found.row));
    Ok((limits, rev, today))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today(spent: i64, reserved: i64) -> Today {
        let now = Timestamp::from_seconds(20_784 * 24 * 3600 + 60);
        let row = |shard, spent, reserved| SpendRow {
            spent,
            reserved,
            tokens: 10,
            replies: 1,
            ..spend::empty(spend::day(now), shard, now)
        };
        Today {
            shards: vec![row(0, spent, 0), row(3, 0, reserved)],
            breakers: Breakers::default(),
            now,
        }
    }

    #[test]
    fn the_shards_are_shown_as_one_day() {
        let shown = Budget::of(&Limits::default(), &today(7, 5));
        assert_eq!(
            shown.today,
            SpendingDay {
                day: "2026-11-27".to_owned(),
                spent_micro_usd: 7,
                reserved_micro_usd: 5,
                tokens: 20,
                replies: 2,
            }
        );
        assert_eq!(shown.resets_at.get(..10), Some("2026-11-28"));
        assert!(!shown.reached);
    }

    #[test]
    fn a_budget_is_reached_when_nothing_more_fits() {
        let limits = Limits {
            daily_cost: 12,
            ..Limits::default()
        };
        assert!(Budget::of(&limits, &today(7, 5)).reached);
        assert!(!Budget::of(&limits, &today(7, 4)).reached);
        let none = Limits {
            daily_tokens: 20,
            ..Limits::default()
        };
        assert!(Budget::of(&none, &today(0, 0)).reached);
    }

    #[test]
    fn a_budget_that_a_mail_calls_spent_is_reached_until_there_is_room_again() {
        let limits = Limits {
            daily_cost: 100,
            ..Limits::default()
        };
        let mut day = today(60, 0);
        assert!(!Budget::of(&limits, &day).reached);
        day.shards[1].refused = 50;
        assert!(Budget::of(&limits, &day).reached);
        let raised = Limits {
            daily_cost: 110,
            ..limits
        };
        assert!(!Budget::of(&raised, &day).reached);
    }

    #[test]
    fn a_vendor_that_is_not_allowed_is_listed_and_available_all_the_same() {
        let limits = Limits {
            vendors: vec![VendorName::Groq],
            ..Limits::default()
        };
        let shown = Budget::of(&limits, &today(0, 0)).vendors;
        let facts: Vec<_> = shown.iter().map(|v| (v.allowed, v.available)).collect();
        assert_eq!(facts, [(false, true), (true, true)]);
    }
}
