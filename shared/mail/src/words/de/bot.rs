//! What is told of a bot.

use super::super::Part;
use crate::name::name;

pub(super) fn suspended(bot: &str, link: &str) -> (String, Vec<Part>) {
    (
        "Ihr Bot sendet nicht mehr: Telegram lehnt sein Token ab".to_owned(),
        vec![
            Part::text(format!(
                "Telegram nimmt das Token Ihres Bots {} nicht mehr an: Es wurde widerrufen, oder der Bot wurde gelöscht. Der Bot sendet nichts, bis er ein gültiges Token hat; was zu senden ist, wartet so lange und geht dann hinaus.",
                name(bot)
            )),
            Part::text(
                "Kopieren Sie das aktuelle Token aus BotFather (/mybots, API Token) und fügen Sie es auf der Seite Bots unter „Token ersetzen“ ein. Ist es noch dasselbe Token, sagt die Prüfung dort, was zu tun ist.",
            ),
            Part::link("Token ersetzen", link),
            Part::text(
                "Wenn niemand von Ihnen es widerrufen hat, könnte jemand anderes Zugang zum Bot haben: Widerrufen Sie das Token in BotFather noch einmal, bevor Sie das neue einfügen.",
            ),
        ],
    )
}
