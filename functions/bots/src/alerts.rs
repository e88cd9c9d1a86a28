//! Who of the team hears in their own Telegram chat of what waits for a bot's fans.

pub(crate) mod end;
pub(crate) mod link;
pub(crate) mod list;
