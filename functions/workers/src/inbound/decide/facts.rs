//! What a decision goes by besides the rows, and when what an update tells of happened.

use std::time::Duration;

use app::AlertLink;
use domain::Timestamp;
use telegram::commands::Exporting;

use super::super::sofi::SofiFacts;
use super::super::state::Version;

/// Clocks differ by so many seconds at most: a date that is later would keep its chat at the top of every list.
const AHEAD: i64 = 60;

/// What the decision needs to know besides the rows.
#[derive(Clone, Debug)]
pub(crate) struct Facts<'a> {
    /// Telegram's number of the update, if it has one.
    pub(crate) update_id: Option<i64>,
    /// When the webhook took it; stands in for a missing date.
    pub(crate) received_at: Timestamp,
    /// The bot's user name, which commands may carry.
    pub(crate) username: &'a str,
    /// What fans see as the creator's name.
    pub(crate) creator: &'a str,
    /// Where fans read the policy.
    pub(crate) policy: &'a str,
    /// Sofi.
    pub(crate) sofi: SofiFacts,
    /// Whether the writer owns an account that is connected to this bot.
    pub(crate) owns_account: bool,
    /// The link with which a member of the team came: this is their own chat.
    pub(crate) begins_alerts: Option<AlertLink>,
    /// What the button under "delete everything?" carries: for that command, in the bot's own chat.
    pub(crate) erasure_word: Option<String>,
    /// What becomes of a wish for a copy: for that command, in the bot's own chat.
    pub(crate) exporting: Option<Exporting>,
}

impl Facts<'_> {
    pub(super) fn version(&self, date: i64) -> Version {
        let date = if date > 0 {
            date
        } else {
            self.received_at.seconds()
        };
        let latest = self.received_at.seconds().saturating_add(AHEAD);
        Version(date.clamp(0, latest.max(0)), self.update_id.unwrap_or(0))
    }

    /// How far up the list what happened then moves its chat. Telegram gives whole seconds: the end of one counts, but not
    /// past the webhook's taking it. Else an answer given just before would stay above what the fan writes upon it.
    pub(super) fn active(&self, version: Version) -> Timestamp {
        let end = version.at().plus(Duration::from_millis(999));
        end.min(self.received_at.max(version.at()))
    }
}
