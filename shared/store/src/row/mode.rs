//! In which mode Sofi is in one chat.

use domain::sofi::ReplyMode;

use super::SofiRow;
use crate::Require;

/// What Sofi does in one chat, and whether the chat itself says so. Where it does not, the settings of its bot do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChatMode {
    /// What it does.
    pub mode: ReplyMode,
    is_own: bool,
}

impl ChatMode {
    /// Of a chat with this mode of its own, where it has one, under these settings of its bot.
    pub fn of(own: Option<ReplyMode>, settings: Option<&SofiRow>) -> Self {
        let bots = settings.map(|settings| settings.mode);
        Self {
            mode: own.or(bots).unwrap_or_default(),
            is_own: own.is_some(),
        }
    }

    /// The bot's, in a chat that says nothing else.
    pub const fn of_bot(mode: ReplyMode) -> Self {
        Self {
            mode,
            is_own: false,
        }
    }

    /// Whether the mode that a chat has of its own, or has not, is no reason against this one.
    pub fn fits(self, own: Option<ReplyMode>) -> bool {
        own.map_or(!self.is_own, |own| own == self.mode)
    }

    /// [`Self::fits`], as a transaction demands it of the head.
    pub const fn of_head(self) -> Require<'static> {
        match self.is_own {
            true => Require::Equals("ai_mode", self.mode.as_str()),
            false => Require::AbsentOr("ai_mode", self.mode.as_str()),
        }
    }

    /// What a transaction demands of the bot's settings besides, where the chat says nothing.
    pub fn of_settings(self) -> Option<Require<'static>> {
        (!self.is_own).then_some(Require::Equals("mode", self.mode.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bots_mode_counts_where_the_chat_has_none_or_the_same() {
        let bots = ChatMode::of_bot(ReplyMode::Auto);
        assert!(bots.fits(None) && bots.fits(Some(ReplyMode::Auto)));
        assert!(!bots.fits(Some(ReplyMode::Draft)) && !bots.fits(Some(ReplyMode::Off)));
        assert_eq!(bots.of_head(), Require::AbsentOr("ai_mode", "auto"));
        assert_eq!(bots.of_settings(), Some(Require::Equals("mode", "auto")));
    }

    #[test]
    fn a_chats_own_mode_asks_nothing_of_the_bot() {
        let own = ChatMode::of(Some(ReplyMode::Draft), None);
        assert_eq!(own.mode, ReplyMode::Draft);
        assert!(own.fits(Some(ReplyMode::Draft)) && !own.fits(None));
        assert_eq!(own.of_head(), Require::Equals("ai_mode", "draft"));
        assert_eq!(own.of_settings(), None);
    }

    #[test]
    fn sofi_is_off_where_nobody_says_anything() {
        assert_eq!(ChatMode::of(None, None), ChatMode::of_bot(ReplyMode::Off));
    }
}
