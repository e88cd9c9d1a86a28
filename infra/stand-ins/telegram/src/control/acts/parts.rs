//! What a person's message holds: media and the message replied to.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};
use stand_in_kit::Refusal;

use super::Scene;
use crate::{
    api::without_reply,
    content, synthetic,
    world::{
        World,
        files::{Media, NewFile},
        messages::{merge, set_or_remove},
    },
};

#[derive(Deserialize)]
pub(super) struct NewMedia {
    media: Media,
    caption: Option<String>,
    /// The bytes; made up when missing.
    base64: Option<String>,
    name: Option<String>,
    mime: Option<String>,
    emoji: Option<String>,
    /// A size to claim instead of the real one.
    size: Option<u64>,
    #[serde(default = "two")]
    duration: u32,
    reply_to: Option<i64>,
}

fn two() -> u32 {
    2
}

/// Puts the message that is replied to into the new one.
pub(super) fn add_reply(
    world: &World,
    scene: Scene,
    content: &mut Value,
    reply_to: Option<i64>,
) -> Result<(), Refusal> {
    let Some(message_id) = reply_to else {
        return Ok(());
    };
    let stored = scene
        .dialog(world)
        .and_then(|dialog| dialog.find(message_id))
        .ok_or_else(|| Refusal::missing("the message replied to"))?;
    content["reply_to_message"] = without_reply(&stored.message);
    Ok(())
}

/// The content of a message with this media.
pub(super) fn media(world: &mut World, scene: Scene, new: NewMedia) -> Result<Value, Refusal> {
    let bytes = match new.base64 {
        Some(text) => Bytes::from(
            STANDARD
                .decode(text)
                .map_err(|_| Refusal::bad("base64 cannot be decoded"))?,
        ),
        None => synthetic::bytes(new.media, &mut world.rng),
    };
    let file = NewFile {
        media: new.media,
        bytes,
        name: new.name,
        mime: new.mime,
        emoji: new
            .emoji
            .or_else(|| (new.media == Media::Sticker).then(|| "😀".to_owned())),
        claimed_size: new.size,
        duration: new.duration,
    };
    let unique_id = world.add_file(file);
    let mut content = world.media_content(scene.bot, &unique_id);
    if let Some(caption) = new.caption.filter(|caption| !caption.is_empty()) {
        if content::units(&caption) > 1_024 {
            return Err(Refusal::bad("a caption has at most 1024 UTF-16 units"));
        }
        let entities = content::find_entities(&caption);
        merge(&mut content, json!({ "caption": caption }));
        set_or_remove(&mut content, "caption_entities", entities);
    }
    add_reply(world, scene, &mut content, new.reply_to)?;
    Ok(content)
}
