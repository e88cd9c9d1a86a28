//! A fan asks for a copy of what is held of them: whether one begins, and the rows with which it does.
//!
//! Asking is throttled for the fan and not for the chat: a fan may talk to several bots of a workspace.

use app::{AppError, Export};
use domain::Timestamp;
use domain::audit::Action;
use domain::ids::PrivacyRequestId;
use domain::privacy::{FAN_EXPORTS, FAN_EXPORTS_WITHIN};
use store::row::{ExportRow, FanExportsRow};
use store::{Found, TenantDb, Transaction, keys};
use telegram::Incoming;
use telegram::commands::{Exporting, FanCommand};
use tenancy::Worker;

use super::load::Place;
use super::save::Desk;
use super::work::asks_for;

/// A wish for a copy that is granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wish {
    /// The language of what is said with it.
    pub(crate) language: Option<String>,
}

/// What a fan had exported before.
#[derive(Default)]
pub(crate) struct Before {
    asked: Option<Found<FanExportsRow>>,
    /// Whether one is being made.
    runs: bool,
}

impl Before {
    /// What becomes of another wish.
    fn judge(&self, now: Timestamp) -> Exporting {
        match (self.runs, self.recent(now).count()) {
            (true, _) => Exporting::Running,
            (false, count) if count >= FAN_EXPORTS => Exporting::Often,
            (false, _) => Exporting::Begun,
        }
    }

    fn recent(&self, now: Timestamp) -> impl Iterator<Item = Timestamp> {
        let asked = self.asked.iter().flat_map(|found| &found.row.asked);
        asked
            .copied()
            .filter(move |asked| asked.plus(FAN_EXPORTS_WITHIN) > now)
    }
}

/// Reads what bears on the wish, for that command in the bot's own chat: two round trips, which no other update pays for.
pub(crate) async fn before(
    db: &TenantDb<Worker>,
    incoming: &Incoming,
    at: &Place,
) -> Result<Option<Before>, AppError> {
    if at.account.is_some() || !is_export(incoming) {
        return Ok(None);
    }
    let mut read = db.read_many();
    let asked = read.find::<FanExportsRow>(&keys::fan_exports(at.fan));
    let Some(asked) = read.send().await?.get(asked)? else {
        return Ok(Some(Before::default()));
    };
    let mut read = db.read_many();
    let newest = read.find::<ExportRow>(&keys::own_export(asked.row.request));
    let newest = read.send().await?.get(newest)?;
    Ok(Some(Before {
        asked: Some(asked),
        runs: newest.is_some_and(|export| export.row.until.is_none()),
    }))
}

fn is_export(incoming: &Incoming) -> bool {
    asks_for(incoming, FanCommand::Export)
}

/// What is said to the wish, if there is one.
pub(crate) fn exporting(before: Option<&Before>, now: Timestamp) -> Option<Exporting> {
    before.map(|before| before.judge(now))
}

impl Desk<'_> {
    /// Adds the rows with which the export begins, beside the update that asked for it: a repeated one begins nothing.
    pub(crate) fn begin_export(
        &self,
        transaction: &mut Transaction<'_>,
        before: &Before,
        wish: &Wish,
        now: Timestamp,
    ) -> PrivacyRequestId {
        let fan = self.at.fan;
        let export = Export {
            fan: Some(fan),
            by: None,
            asked_in: Some((self.at.bot, self.at.conversation)),
            language: wish.language.clone(),
        };
        let tenant = self.scope.tenant();
        let (request, _) = self.app.begin_export(transaction, tenant, &export);
        let mut asked: Vec<_> = before.recent(now).collect();
        asked.push(now);
        let row = FanExportsRow {
            fan,
            asked,
            request: request.id,
            until: now.plus(FAN_EXPORTS_WITHIN),
        };
        match &before.asked {
            Some(found) => transaction.replace(&row, found.rev),
            None => transaction.create_or_revive(&row),
        };
        let entry = self.app.audit(self.scope, Action::ExportCreate, request.id);
        entry.write(transaction);
        request.id
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use domain::ids::FanId;

    use super::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_000_000);

    fn asked(ago: &[u64]) -> Before {
        let row = FanExportsRow {
            fan: FanId::from_bytes([1; 16]),
            asked: ago
                .iter()
                .map(|ago| Timestamp::from_seconds(NOW.seconds() - ago.cast_signed()))
                .collect(),
            request: PrivacyRequestId::from_bytes([2; 16]),
            until: NOW.plus(Duration::from_secs(1)),
        };
        Before {
            asked: Some(Found { row, rev: 1 }),
            runs: false,
        }
    }

    #[test]
    fn p25_the_fourth_copy_within_a_day_waits_until_the_first_is_a_day_old() {
        assert_eq!(Before::default().judge(NOW), Exporting::Begun);
        assert_eq!(asked(&[90, 60]).judge(NOW), Exporting::Begun);
        assert_eq!(asked(&[86_399, 60, 30]).judge(NOW), Exporting::Often);
        assert_eq!(asked(&[86_400, 60, 30]).judge(NOW), Exporting::Begun);
    }

    #[test]
    fn one_that_is_being_made_is_not_made_twice() {
        let running = Before {
            runs: true,
            ..asked(&[60])
        };
        assert_eq!(running.judge(NOW), Exporting::Running);
    }
}
