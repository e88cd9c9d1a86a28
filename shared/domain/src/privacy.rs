//! Requests about personal data: who asks, by when they are answered, and what outlives an erasure.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::{Date, Month, OffsetDateTime};
use utoipa::ToSchema;

use crate::Timestamp;

mod case;
mod clock;

pub use case::{CaseState, RefusalGround, Undecidable, approve, close, refuse, take_back};
pub use clock::{Law, NotExtended, RequestClock};

/// How long a mark of an erased fan is kept: longer than a backup (35 days) or the queues (22) could bring something back.
pub const TOMBSTONE_LASTS: Duration = days(45);
/// How long a message can lie in queues: 14 days where nobody works it, then four in each of two queues of dead letters.
pub const QUEUES_LAST: Duration = days(22);
/// How long the record of a request is kept.
pub const REQUEST_LASTS: Duration = days(731);
/// How long the closing of a workspace can be taken back; then it is erased.
pub const CLOSING_LASTS: Duration = days(7);
/// How long an export can be downloaded.
pub const EXPORT_LASTS: Duration = days(7);
/// How long the row of an export outlives its file.
pub const EXPORT_ROW_LASTS: Duration = days(1);
/// The largest file that a bot can send to a fan: 50 MB, of which the form around it takes some.
pub const FAN_FILE_MOST: u64 = 50_000_000;
/// So many exports a fan can begin within [`FAN_EXPORTS_WITHIN`].
pub const FAN_EXPORTS: usize = 3;
/// See [`FAN_EXPORTS`].
pub const FAN_EXPORTS_WITHIN: Duration = days(1);
/// What the file of an export is called where it is saved.
pub const EXPORT_FILE_NAME: &str = "sofi-export.zip";
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

/// Where the closing of a workspace stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClosingState {
    /// Its bots are being stopped and its members told.
    Stopping,
    /// It is frozen, and can be taken back.
    Frozen,
    /// It was taken back: members get their rights again, bots work again.
    Reopening,
    /// It is being erased.
    Erasing,
    /// Everything is gone; the certificate is being signed.
    Certifying,
}

impl ClosingState {
    /// Whether an owner can still take it back.
    #[must_use]
    pub const fn can_be_taken_back(self) -> bool {
        matches!(self, Self::Stopping | Self::Frozen)
    }
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
    /// Our staff, on a request that reached us.
    Compliance,
    /// Nobody: the time is over for which the workspace keeps a fan.
    Retention,
}

/// The last moment at which a request may be answered: 30 days, or one calendar month where that is shorter (GDPR Art. 12(3);
/// a month that has no such day ends with its last).
#[must_use]
pub fn due(received: Timestamp) -> Timestamp {
    sooner(received, 1, 30)
}

/// So many calendar months or days after a moment, whichever is sooner.
fn sooner(received: Timestamp, months: u8, in_days: u64) -> Timestamp {
    let in_days = received.plus(days(in_days));
    let in_months = OffsetDateTime::from_unix_timestamp(received.seconds())
        .ok()
        .and_then(|moment| {
            let date = months_later(moment.date(), months)?;
            Some(Timestamp::from_seconds(
                moment.replace_date(date).unix_timestamp(),
            ))
        });
    in_months.map_or(in_days, |moment| moment.min(in_days))
}

fn months_later(date: Date, count: u8) -> Option<Date> {
    let months = i32::from(u8::from(date.month())) - 1 + i32::from(count);
    let year = date.year() + months.div_euclid(12);
    let month = u8::try_from(months.rem_euclid(12) + 1).ok()?;
    let month = Month::try_from(month).ok()?;
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
    /// Messages that nobody has worked yet, or could: they are dropped by the mark as soon as somebody does.
    Queues,
}

impl Remains {
    /// Everything that remains, with how long after the erasure.
    pub const ALL: [(Self, Duration); 7] = [
        (Self::ReadableBackups, days(7)),
        (Self::Queues, QUEUES_LAST),
        (Self::AiProvider, days(30)),
        (Self::Backups, days(35)),
        (Self::Tombstone, TOMBSTONE_LASTS),
        (Self::Audit, days(731)),
        (Self::Request, REQUEST_LASTS),
    ];

    /// What it is and why it is kept, in the words of a certificate (`infra/docs/certificate-format.md`).
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::ReadableBackups => ("readable_backups", "backups_expire"),
            Self::Backups => ("backups", "backups_expire"),
            Self::Tombstone => ("tombstone", "suppression"),
            Self::AiProvider => ("ai_provider", "provider_retention"),
            Self::Audit => ("audit", "accountability"),
            Self::Request => ("request", "accountability"),
            Self::Queues => ("queues", "queues_expire"),
        }
    }
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
    fn a_certificate_calls_what_remains_by_the_names_of_the_api() {
        for (what, _) in Remains::ALL {
            let name = serde_json::to_value(what).expect("a name");
            assert_eq!(name, what.words().0);
        }
    }

    #[test]
    fn p27_the_mark_of_who_was_erased_outlives_every_queue() {
        assert!(QUEUES_LAST < TOMBSTONE_LASTS);
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
