//! Makes every call that the product makes, for the tests in `tests/telegram`: `every_call <address>`. Writes the names of all
//! methods, and what a webhook answers a buyer with, as one line of JSON.

use std::error::Error;
use std::io::Write as _;

use serde_json::json;
use telegram::{
    ALLOWED_UPDATES, Below, BotToken, Button, Client, LinkPreview, MediaKind, MediaMessage, Method,
    SendError, TextMessage, Webhook, pre_checkout_refusal,
};

/// Nobody's.
const TOKEN: &str = "1234567890:EXAMPLEexampleexampleexampleexample1";
const CHAT: i64 = 5;
const FILES: [MediaKind; 8] = [
    MediaKind::Photo,
    MediaKind::Video,
    MediaKind::Voice,
    MediaKind::Audio,
    MediaKind::Document,
    MediaKind::Animation,
    MediaKind::Sticker,
    MediaKind::VideoNote,
];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).ok_or("every_call <address>")?;
    let (client, token) = (Client::new(&address)?, BotToken::parse(TOKEN)?);
    set_up(&client, &token).await?;
    write(&client, &token).await?;
    answer(&client, &token).await?;
    let methods: Vec<_> = Method::ALL.iter().map(|method| method.as_str()).collect();
    let refusal = pre_checkout_refusal("q7", "Nothing is for sale yet.");
    let told = json!({ "methods": methods, "refusal": refusal });
    writeln!(std::io::stdout(), "{told}")?;
    Ok(())
}

async fn set_up(client: &Client, token: &BotToken) -> Result<(), SendError> {
    client.get_me(token).await?;
    let webhook = Webhook {
        url: "https://example.org/hook",
        secret: "secret",
        allowed_updates: ALLOWED_UPDATES,
        max_connections: 40,
    };
    client.set_webhook(token, &webhook).await?;
    client.get_webhook_info(token).await?;
    client.delete_webhook(token).await
}

/// Texts with everything that may go with one, and a file of each kind.
async fn write(client: &Client, token: &BotToken) -> Result<(), SendError> {
    let buttons: [&[Button<'_>]; 1] = [&[("Yes", "yes")]];
    for below in [Below::Nothing, Below::Buttons(&buttons), Below::Reply] {
        let text = TextMessage {
            chat_id: CHAT,
            connection: Some("b1"),
            text: "hello",
            reply_to: Some(7),
            protect_content: true,
            link_preview: LinkPreview::Hidden,
            silent: true,
            below,
        };
        client.send_message(token, &text).await?;
    }
    for kind in FILES {
        let file = MediaMessage {
            chat_id: CHAT,
            kind,
            file_id: "f1",
            caption: Some("look"),
            reply_to: Some(7),
            protect_content: true,
            silent: true,
        };
        client.send_media(token, &file).await?;
    }
    client.send_typing(token, CHAT, Some("b1")).await
}

async fn answer(client: &Client, token: &BotToken) -> Result<(), SendError> {
    client
        .answer_callback_query(token, "c1", Some("Done."))
        .await?;
    client.remove_buttons(token, CHAT, 9).await?;
    client.get_file(token, "f1").await?;
    client.get_business_connection(token, "b1").await.map(drop)
}
