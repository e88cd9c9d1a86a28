//! The link with which a member's own Telegram chat begins to hear of what waits.
//!
//! What follows `?start=` is the person, an end in milliseconds and a tag under the tenant's key; nothing is stored for it. The
//! tag covers since when the person's chat is known, so the first chat that uses a link makes it worthless.

use std::time::Duration;

use domain::Timestamp;
use domain::alert::AlertChat;
use domain::ids::{BotId, SUFFIX_LENGTH, UserId};
use vault::TenantKey;

/// How long a link is good.
pub const ALERT_LINK_LASTS: Duration = Duration::from_secs(15 * 60);
/// What no link for fans begins with by accident.
const PREFIX: &str = "a-";
/// Hex digits of the end: with the tag there is room for no more in the 64 characters that Telegram takes.
const END: usize = 11;

/// What a link that is good says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlertLink {
    /// Whose it is.
    pub user: UserId,
    /// When it was asked for.
    pub asked_at: Timestamp,
}

/// What follows `?start=` in the link of a person; at most 64 characters of `A-Z a-z 0-9 _ -`.
pub fn alert_link(
    key: &TenantKey,
    bot: BotId,
    user: UserId,
    known: &[AlertChat],
    until: Timestamp,
) -> String {
    let end = until.millis();
    let tag = key.alert_tag(&said(bot, user, since(known, user), end));
    format!("{PREFIX}{}{end:0END$x}{tag}", user.suffix())
}

/// What a link says, if it is one that is good now.
pub fn open_alert_link(
    key: &TenantKey,
    bot: BotId,
    payload: &str,
    known: &[AlertChat],
    now: Timestamp,
) -> Option<AlertLink> {
    let rest = payload
        .strip_prefix(PREFIX)
        .filter(|rest| rest.is_ascii())?;
    let (user, rest) = rest.split_at_checked(SUFFIX_LENGTH)?;
    let (end, tag) = rest.split_at_checked(END)?;
    let (user, end) = (
        UserId::from_suffix(user).ok()?,
        i64::from_str_radix(end, 16).ok()?,
    );
    let genuine = key.is_alert_tag(&said(bot, user, since(known, user), end), tag);
    let lasts = i64::try_from(ALERT_LINK_LASTS.as_millis()).ok()?;
    (genuine && Timestamp::from_millis(end) > now).then_some(AlertLink {
        user,
        asked_at: Timestamp::from_millis(end - lasts),
    })
}

fn since(known: &[AlertChat], user: UserId) -> i64 {
    let chat = known.iter().find(|chat| chat.user == user);
    chat.map_or(0, |chat| chat.since.millis())
}

fn said(bot: BotId, user: UserId, since: i64, end: i64) -> String {
    format!("{bot} {user} {since} {end}")
}
