//! Requests about personal data: who asks, by when they are answered, and what outlives an erasure.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::{Date, Month, OffsetDateTime};
use utoipa::ToSchema;

use crate::Timestamp;

/// How long a mark of an erased fan is kept: longer than a backup (35 days) or a queue (14) could bring something back.
pub const TOMBSTONE_LASTS: Duration = days(45);
/// How long the record of a request is kept.
pub const REQUEST_LASTS: Duration = days(731);
/// How long an export can be downloaded.
pub const EXPORT_LASTS: Duration = days(7);
/// How long the row of an export outlives its file.
pub const EXPORT_ROW_LASTS: Duration = days(1);
/// How long a link to an export works, once.
pub const EXPORT_LINK_LASTS: Duration = Duration::from_secs(10 * 60);
/// How long a question "delete everything?" can be answered.
pub const QUESTION_LASTS: Duration = Duration::from_secs(10 * 60);

const fn days(count: u64) -> Duration {
    Duration::from_secs(count * 24 * 3600)
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RequestKind {
    /// Everything that is held of a fan goes.
    Erasure,
    /// Everything that is held of a fan, or of the workspace, is handed out.
    Export,
}

/// Where an export stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportState {
    /// It is being written.
    Running,
    /// It is whole and signed; it is being put together.
    Closing,
    /// It can be downloaded.
    Ready,
    /// Its file is gone.
    Gone,
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The fan, in the chat with a bot.
    Fan,
    /// Somebody of the team.
    Team,
}

/// The last moment at which a request may be answered: 30 days, or one calendar month where that is shorter (GDPR Art. 12(3);
/// a month that has no such day ends with its last).
#[must_use]
pub fn due(received: Timestamp) -> Timestamp {
    let in_days = received.plus(days(30));
    let month = OffsetDateTime::from_unix_timestamp(received.seconds())
        .ok()
        .and_then(|moment| {
            let date = next_month(moment.date())?;
            Some(Timestamp::from_seconds(
                moment.replace_date(date).unix_timestamp(),
            ))
        });
    month.map_or(in_days, |month| month.min(in_days))
}

fn next_month(date: Date) -> Option<Date> {
    let month = date.month().next();
    let year = date.year() + i32::from(month == Month::January);
    let last = month.length(year);
    Date::from_calendar_date(year, month, date.day().min(last)).ok()
}

/// What outlives an erasure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Remains {
    /// Backups, whose content nobody can open any more once the backup of the key is gone.
    ReadableBackups,
    /// Backups altogether.
    Backups,
    /// The mark that keeps old updates from coming back.
    Tombstone,
    /// What an AI provider may keep of a chat that Sofi took part in.
    AiProvider,
    /// Entries of the audit log: who did what, under a pseudonym; values of the fan's no longer open.
    Audit,
    /// The record of this request.
    Request,
}

impl Remains {
    /// Everything that remains, with how long after the erasure.
    pub const ALL: [(Self, Duration); 6] = [
        (Self::ReadableBackups, days(7)),
        (Self::AiProvider, days(30)),
        (Self::Backups, days(35)),
        (Self::Tombstone, TOMBSTONE_LASTS),
        (Self::Audit, days(731)),
        (Self::Request, REQUEST_LASTS),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn at(moment: OffsetDateTime) -> Timestamp {
        Timestamp::from_seconds(moment.unix_timestamp())
    }

    #[test]
    fn p32_a_request_is_due_in_thirty_days_or_a_month_whichever_is_sooner() {
        for (received, expected) in [
            (
                datetime!(2027-01-31 10:00 UTC),
                datetime!(2027-02-28 10:00 UTC),
            ),
            (
                datetime!(2028-01-31 10:00 UTC),
                datetime!(2028-02-29 10:00 UTC),
            ),
            (
                datetime!(2026-11-30 10:00 UTC),
                datetime!(2026-12-30 10:00 UTC),
            ),
            (
                datetime!(2026-12-15 23:59 UTC),
                datetime!(2027-01-14 23:59 UTC),
            ),
        ] {
            assert_eq!(due(at(received)), at(expected), "{received}");
        }
    }

    #[test]
    fn no_request_is_ever_due_later_than_thirty_days_or_a_month() {
        let first = at(datetime!(2026-01-01 0:00 UTC));
        for day in 0..1_500 {
            let received = first.plus(days(day));
            assert!(due(received) > received.plus(days(27)));
            assert!(due(received) <= received.plus(days(30)));
        }
    }
}
