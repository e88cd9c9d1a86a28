//! `GET /api/v1/ai/care-counts`: for the yearly report.
//!
//! Uses GetItem on `routing`, Query on `tenant`.

use std::collections::BTreeMap;

use app::{App, OrProblem};
use domain::Timestamp;
use http::StatusCode;
use http_kit::{Answer, Problem};
use serde::{Deserialize, Serialize};
use store::row::CareRow;
use store::{Direction, Page, Row, StoreError, TenantDb, keys};
use tenancy::{Manager, TenantScope};
use utoipa::{IntoParams, ToSchema};

/// Rows read at a time.
const AT_ONCE: usize = 500;
/// Years that can be asked for.
const YEARS: std::ops::RangeInclusive<i64> = 2020..=2200;
const DAY: i64 = 24 * 3600;

/// Which year.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CareQuery {
    /// The year, in UTC.
    year: i64,
}

/// How often care mode began in one month for one reason. No fan, no text.
#[derive(Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct CareCount {
    /// The month, `2026-11`.
    month: String,
    /// The reason, for example `self_harm`.
    kind: String,
    /// How often.
    count: u32,
    /// How often of these a caring text was sent.
    answered: u32,
}

/// How often care mode began in a year.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CareCounts {
    /// The year.
    year: i64,
    /// By month and reason; what never happened is left out.
    counts: Vec<CareCount>,
}

/// Counts how often care mode began, by month and reason.
#[utoipa::path(get, path = "/api/v1/ai/care-counts", params(CareQuery),
    responses((status = 200, description = "The counts of a year.", body = CareCounts)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Manager>, query: &CareQuery) -> Answer {
    let year = query.year;
    if !YEARS.contains(&year) {
        return Err(Problem::invalid(
            "year",
            "out_of_range",
            "A year is between 2020 and 2200.",
        ));
    }
    let db = app.store.within(scope).or_problem()?;
    let mut tally = Tally::default();
    Box::pin(count(&db, year, &mut tally)).await.or_problem()?;
    http_kit::json(
        StatusCode::OK,
        &CareCounts {
            year,
            counts: tally.counts(),
        },
    )
}

async fn count(db: &TenantDb<Manager>, year: i64, tally: &mut Tally) -> Result<(), StoreError> {
    let mut from = keys::care(new_year(year), "");
    let to = keys::care(new_year(year + 1), "");
    loop {
        let page = Page {
            pk: &to.pk,
            from: &from.sk,
            to: &to.sk,
            direction: Direction::Forward,
            limit: AT_ONCE,
        };
        let rows = db.list::<CareRow>(&page).await?;
        for found in &rows {
            tally.add(&found.row);
        }
        match rows.last() {
            Some(last) if rows.len() == AT_ONCE => {
                from = last.row.key();
                // The first key after the last one.
                from.sk.push('\u{1}');
            }
            _ => return Ok(()),
        }
    }
}

/// Counts by month and reason.
#[derive(Default)]
struct Tally(BTreeMap<(String, String), (u32, u32)>);

impl Tally {
    fn add(&mut self, row: &CareRow) {
        let month = row.at.rfc3339().chars().take(7).collect();
        let (count, answered) = self.0.entry((month, row.care.clone())).or_default();
        *count += 1;
        *answered += u32::from(row.answered);
    }

    fn counts(self) -> Vec<CareCount> {
        self.0
            .into_iter()
            .map(|((month, kind), (count, answered))| CareCount {
                month,
                kind,
                count,
                answered,
            })
            .collect()
    }
}

/// When a year begins, UTC.
const fn new_year(year: i64) -> Timestamp {
    let before = year - 1;
    let leap_days = before / 4 - before / 100 + before / 400 - (1969 / 4 - 1969 / 100 + 1969 / 400);
    Timestamp::from_seconds(((year - 1970) * 365 + leap_days) * DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(at: Timestamp, care: &str, answered: bool) -> CareRow {
        CareRow {
            unique: "u".into(),
            care: care.into(),
            answered,
            at,
        }
    }

    #[test]
    fn a_year_begins_at_new_year() {
        for year in [2020, 2024, 2025, 2026, 2100, 2101, 2200] {
            let expected = format!("{year}-01-01T00:00:00");
            let begins = new_year(year).rfc3339();
            assert!(begins.starts_with(&expected), "{begins}");
        }
    }

    #[test]
    fn counts_are_by_month_and_reason() {
        let (january, february) = (
            new_year(2026),
            new_year(2026).plus(std::time::Duration::from_secs(31 * 86_400)),
        );
        let mut tally = Tally::default();
        for row in [
            row(february, "grief", false),
            row(january, "grief", true),
            row(january, "grief", false),
            row(january, "crisis", true),
        ] {
            tally.add(&row);
        }
        let counts: Vec<_> = tally
            .counts()
            .into_iter()
            .map(|c| (c.month, c.kind, c.count, c.answered))
            .collect();
        let expected = [
            ("2026-01", "crisis", 1, 1),
            ("2026-01", "grief", 2, 1),
            ("2026-02", "grief", 1, 0),
        ];
        let expected = expected.map(|(month, kind, count, answered)| {
            (month.to_owned(), kind.to_owned(), count, answered)
        });
        assert_eq!(counts, expected);
    }

    #[test]
    fn the_last_moment_of_a_year_is_in_it_and_the_next_is_not() {
        let key = |at| keys::care(at, "u").sk;
        let end = keys::care(new_year(2027), "").sk;
        let last = Timestamp::from_millis(new_year(2027).millis() - 1);
        assert!(key(last) < end && key(new_year(2027)) > end);
    }
}
