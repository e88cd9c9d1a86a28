//! Media: uploads, `file_id`s, albums, downloads.

use serde_json::{Map, Value, json};

use super::{
    ApiError, Call,
    sending::{CAPTION_LIMIT, common},
};
use crate::{
    content,
    world::{
        files::{DOWNLOAD_LIMIT, Media, NewFile},
        messages::{merge, set_or_remove},
    },
};

/// Largest upload, in bytes.
const FILE_LIMIT: usize = 50 * 1024 * 1024;
/// Largest photo upload, in bytes.
const PHOTO_LIMIT: usize = 10 * 1024 * 1024;

pub(super) fn send(call: &mut Call<'_>, field: &str) -> Result<Value, ApiError> {
    let place = call.writable_place()?;
    let media = Media::parse(field).expect("the dispatcher names kinds of Media only");
    let mut content = caption(call)?;
    merge(&mut content, common(call, &place, false)?);
    if call.params.flag("has_spoiler") {
        content["has_media_spoiler"] = json!(true);
    }
    let given = call.params.text(field);
    check_file(call, given.as_deref(), field)?;
    call.take_budget(Some(place.chat), 1)?;
    let unique_id = file(call, media, given.as_deref(), field)?;
    let media = call.world.media_content(call.bot, &unique_id);
    merge(&mut content, media);
    Ok(call.write(&place, content))
}

fn caption(call: &Call<'_>) -> Result<Value, ApiError> {
    let mut content = Value::Object(Map::new());
    let (caption, entities) = content::formatted(call.params, "caption", CAPTION_LIMIT)?;
    if !caption.is_empty() {
        content["caption"] = json!(caption);
        set_or_remove(&mut content, "caption_entities", entities);
    }
    Ok(content)
}

/// The upload that a value stands for: the field itself, `attach://name`, or a fetched loopback URL.
fn upload_name(given: Option<&str>, field: &str) -> String {
    match given {
        None => field.to_owned(),
        Some(text) => text
            .strip_prefix("attach://")
            .map_or_else(|| text.to_owned(), str::to_owned),
    }
}

/// Refuses a file that cannot be used, before anything is counted or kept.
fn check_file(call: &Call<'_>, given: Option<&str>, field: &str) -> Result<(), ApiError> {
    let name = upload_name(given, field);
    if let Some(upload) = call.params.files.get(&name) {
        if upload.bytes.is_empty() {
            return Err(ApiError::bad("file must be non-empty"));
        }
        if upload.bytes.len() > FILE_LIMIT {
            return Err(ApiError::new(413, "Request Entity Too Large"));
        }
        if field == "photo" && upload.bytes.len() > PHOTO_LIMIT {
            return Err(ApiError::bad("file is too big"));
        }
        return Ok(());
    }
    match given {
        None | Some("") => Err(ApiError::bad(format!("there is no {field} in the request"))),
        Some(text) if text.starts_with("http://") || text.starts_with("https://") => {
            Err(ApiError::bad("failed to get HTTP URL content"))
        }
        Some(text) => match call.world.file_of(call.bot, text) {
            Some(_) => Ok(()),
            None => Err(ApiError::bad("wrong file identifier/HTTP URL specified")),
        },
    }
}

/// The unique id of the file: a new one for an upload, the known one for a `file_id`.
fn file(
    call: &mut Call<'_>,
    media: Media,
    given: Option<&str>,
    field: &str,
) -> Result<String, ApiError> {
    let name = upload_name(given, field);
    if let Some(upload) = call.params.files.get(&name) {
        return Ok(call.world.add_file(NewFile {
            media,
            bytes: upload.bytes.clone(),
            name: upload.name.clone(),
            mime: upload.mime.clone(),
            emoji: call.params.text("emoji"),
            claimed_size: None,
            duration: call
                .params
                .int("duration")
                .and_then(|seconds| u32::try_from(seconds).ok())
                .unwrap_or(0),
        }));
    }
    let known = call.world.file_of(call.bot, given.unwrap_or_default());
    known
        .map(|info| info.unique_id.clone())
        .ok_or_else(|| ApiError::bad("wrong file identifier/HTTP URL specified"))
}

pub(super) fn send_group(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let place = call.writable_place()?;
    let items = match call.params.json("media")? {
        Some(Value::Array(items)) => items,
        _ => return Err(ApiError::bad("there are no media to send")),
    };
    if !(2..=10).contains(&items.len()) {
        return Err(ApiError::bad(
            "wrong number of media: an album has 2-10 items",
        ));
    }
    let kinds: Vec<&str> = items
        .iter()
        .map(|item| item["type"].as_str().unwrap_or_default())
        .collect();
    if let Some(odd) = kinds
        .iter()
        .find(|kind| !["photo", "video", "document", "audio"].contains(kind))
    {
        return Err(ApiError::bad(format!(
            "can't parse InputMedia: type \"{odd}\" can't be used in an album"
        )));
    }
    for apart in ["document", "audio"] {
        if kinds.contains(&apart) && kinds.iter().any(|kind| *kind != apart) {
            return Err(ApiError::bad(format!(
                "{apart} can't be mixed with other media types"
            )));
        }
    }
    let shared = common(call, &place, false)?;
    let mut contents = Vec::new();
    for (item, kind) in items.iter().zip(&kinds) {
        check_file(call, item["media"].as_str(), kind)?;
        let own = super::params::Params::from_json(item.clone());
        let (caption, entities) = content::formatted(&own, "caption", CAPTION_LIMIT)?;
        let mut content = shared.clone();
        if !caption.is_empty() {
            content["caption"] = json!(caption);
            set_or_remove(&mut content, "caption_entities", entities);
        }
        contents.push(content);
    }
    call.take_budget(Some(place.chat), u32::try_from(items.len()).unwrap_or(10))?;
    let group = format!("1{:016}", call.world.rng.below(10_000_000_000_000_000));
    let mut sent = Vec::new();
    for ((item, kind), mut content) in items.iter().zip(kinds).zip(contents) {
        let media = Media::parse(kind).expect("album kinds were checked above");
        let unique_id = file(call, media, item["media"].as_str(), kind)?;
        let media = call.world.media_content(call.bot, &unique_id);
        merge(&mut content, media);
        content["media_group_id"] = json!(group);
        sent.push(call.write(&place, content));
    }
    Ok(Value::Array(sent))
}

pub(super) fn get_file(call: &mut Call<'_>) -> Result<Value, ApiError> {
    let file_id = call.params.text("file_id").unwrap_or_default();
    let info = call
        .world
        .file_of(call.bot, &file_id)
        .ok_or_else(|| ApiError::bad("invalid file_id"))?;
    if info.size > DOWNLOAD_LIMIT {
        return Err(ApiError::bad("file is too big"));
    }
    Ok(
        json!({ "file_id": file_id, "file_unique_id": info.unique_id, "file_size": info.size, "file_path": info.path }),
    )
}
