//! Whose words the team is told, and of whom.

use crate::journey_alerts::{alert, begin};
use crate::sofi::Chat;

#[tokio::test(flavor = "multi_thread")]
async fn the_bots_greeting_is_not_told_as_the_fans_words_and_nobody_hears_of_themselves() {
    let chat = Chat::open("off").await;
    let owner = chat.world.person("Mira", "en").await;
    begin(&chat.world, &chat.creator.api, &chat.bot, &owner).await;
    chat.says("/start").await;
    chat.says("when is the new set out?").await;
    alert(&chat.world, &chat.bot, &owner, "when is the new set out?").await;
    owner.says(&chat.world, &chat.bot, "a try of mine").await;
    chat.world.settled().await;
    let seen = owner.sees(&chat.world, &chat.bot).await;
    let told = seen.iter().filter(|(from_bot, _)| *from_bot);
    for (_, text) in told {
        assert!(!text.contains("This is the bot"), "{text}");
        assert!(!text.contains("a try of mine"), "{text}");
    }
    let shown = chat.creator.conversation("Robin").await;
    let author = if shown["from_fan"] == true {
        "fan"
    } else {
        "automation"
    };
    assert_eq!(shown["snippet_author"], author, "{shown}");
    chat.world.host.stop().await;
}
