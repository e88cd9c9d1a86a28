//! What is told of a bot.

use super::super::Part;
use crate::name::name;

pub(super) fn suspended(bot: &str, link: &str) -> (String, Vec<Part>) {
    (
        "Your bot has stopped: Telegram refuses its token".to_owned(),
        vec![
            Part::text(format!(
                "Telegram no longer takes the token of your bot {}: it was revoked, or the bot was deleted. The bot sends nothing until it has a token that works; what is to be sent waits, and goes then.",
                name(bot)
            )),
            Part::text(
                "Copy the current token from BotFather (/mybots, API Token), and paste it on the page Bots under Replace token. If it is the same token still, the health check there says what to do.",
            ),
            Part::link("Replace the token", link),
            Part::text(
                "If none of you revoked it, somebody else may have access to the bot: revoke the token once more in BotFather before you paste the new one.",
            ),
        ],
    )
}
