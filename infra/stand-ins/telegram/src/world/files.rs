//! Files: one unique id for all bots, one `file_id` per bot, bytes in memory or in the data folder.

use std::{collections::BTreeMap, fs, path::PathBuf};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::World;
use crate::random;

/// The kinds of media that a message carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Media {
    Photo,
    Video,
    Voice,
    Audio,
    Document,
    Animation,
    Sticker,
    VideoNote,
}

impl Media {
    pub(crate) fn parse(name: &str) -> Option<Self> {
        serde_json::from_value(json!(name)).ok()
    }

    /// The field of a `Message` and of a request.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::Photo => "photo",
            Self::Video => "video",
            Self::Voice => "voice",
            Self::Audio => "audio",
            Self::Document => "document",
            Self::Animation => "animation",
            Self::Sticker => "sticker",
            Self::VideoNote => "video_note",
        }
    }

    fn id_prefix(self) -> &'static str {
        match self {
            Self::Photo => "AgACAgI",
            Self::Video => "BAACAgI",
            Self::Voice => "AwACAgI",
            Self::Audio => "CQACAgI",
            Self::Document => "BQACAgI",
            Self::Animation => "CgACAgI",
            Self::Sticker => "CAACAgI",
            Self::VideoNote => "DQACAgI",
        }
    }

    /// Folder and file extension of a download, and the type it is served as.
    fn storage(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Photo => ("photos", "jpg", "image/jpeg"),
            Self::Video => ("videos", "mp4", "video/mp4"),
            Self::Voice => ("voice", "oga", "audio/ogg"),
            Self::Audio => ("music", "mp3", "audio/mpeg"),
            Self::Document => ("documents", "bin", "application/octet-stream"),
            Self::Animation => ("animations", "mp4", "video/mp4"),
            Self::Sticker => ("stickers", "webp", "image/webp"),
            Self::VideoNote => ("video_notes", "mp4", "video/mp4"),
        }
    }
}

/// What is known of one file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct FileInfo {
    pub unique_id: String,
    pub media: Media,
    pub size: u64,
    pub mime: String,
    pub name: String,
    /// The path after `/file/bot<token>/`.
    pub path: String,
    pub emoji: Option<String>,
    /// Seconds, for what plays.
    pub duration: u32,
}

/// Bytes of files, in memory or in a folder.
#[derive(Debug, Default)]
pub(crate) struct Blobs {
    pub folder: Option<PathBuf>,
    memory: BTreeMap<String, Bytes>,
}

impl Blobs {
    fn put(&mut self, unique_id: &str, bytes: Bytes) {
        if let Some(folder) = &self.folder {
            let written =
                fs::create_dir_all(folder).and_then(|()| fs::write(folder.join(unique_id), &bytes));
            match written {
                Ok(()) => return,
                // The file stays available until the process ends.
                Err(error) => tracing::warn!(%error, "cannot write a file to the data folder"),
            }
        }
        self.memory.insert(unique_id.to_owned(), bytes);
    }

    pub(crate) fn get(&self, unique_id: &str) -> Option<Bytes> {
        self.memory.get(unique_id).cloned().or_else(|| {
            fs::read(self.folder.as_ref()?.join(unique_id))
                .ok()
                .map(Bytes::from)
        })
    }
}

/// Largest file that `getFile` hands out, in bytes.
pub(crate) const DOWNLOAD_LIMIT: u64 = 20 * 1024 * 1024;

/// A file to keep.
pub(crate) struct NewFile {
    pub media: Media,
    pub bytes: Bytes,
    pub name: Option<String>,
    pub mime: Option<String>,
    pub emoji: Option<String>,
    /// A size to claim instead of the real one (for tests of the download limit).
    pub claimed_size: Option<u64>,
    pub duration: u32,
}

impl World {
    /// Keeps a file and answers its unique id.
    pub(crate) fn add_file(&mut self, file: NewFile) -> String {
        let (folder, extension, mime) = file.media.storage();
        let number = self.next_file;
        self.next_file += 1;
        let unique_id = format!("AQAD{}", random::word(&mut self.rng, 12));
        let own_extension = file
            .name
            .as_deref()
            .filter(|_| matches!(file.media, Media::Document | Media::Audio))
            .and_then(|name| {
                let extension = name.rsplit_once('.')?.1;
                (extension.len() <= 8
                    && extension
                        .chars()
                        .all(|character| character.is_ascii_alphanumeric()))
                .then(|| extension.to_owned())
            });
        let path = format!(
            "{folder}/file_{number}.{}",
            own_extension.as_deref().unwrap_or(extension)
        );
        let info = FileInfo {
            unique_id: unique_id.clone(),
            media: file.media,
            size: file.claimed_size.unwrap_or(file.bytes.len() as u64),
            mime: file.mime.unwrap_or_else(|| mime.to_owned()),
            name: file
                .name
                .unwrap_or_else(|| format!("file_{number}.{extension}")),
            path,
            emoji: file.emoji,
            duration: file.duration,
        };
        self.blobs.put(&unique_id, file.bytes);
        self.files.insert(unique_id.clone(), info);
        unique_id
    }

    /// The `file_id` under which this bot knows the file.
    pub(crate) fn file_id(&mut self, bot: i64, unique_id: &str) -> String {
        let prefix = self
            .files
            .get(unique_id)
            .map_or("BQACAgI", |info| info.media.id_prefix());
        let id = format!(
            "{prefix}{}",
            URL_SAFE_NO_PAD.encode(format!("{bot}/{unique_id}"))
        );
        if let Some(bot) = self.bots.get_mut(&bot) {
            bot.files.insert(id.clone(), unique_id.to_owned());
        }
        id
    }

    /// Finds the file behind a bot's own `file_id`.
    pub(crate) fn file_of(&self, bot: i64, file_id: &str) -> Option<&FileInfo> {
        self.files.get(self.bots.get(&bot)?.files.get(file_id)?)
    }

    /// The media field of a message, for example `{"voice": {...}}`.
    pub(crate) fn media_content(&mut self, bot: i64, unique_id: &str) -> Value {
        let Some(info) = self.files.get(unique_id).cloned() else {
            return json!({});
        };
        let file_id = self.file_id(bot, unique_id);
        let mut file =
            json!({ "file_id": file_id, "file_unique_id": unique_id, "file_size": info.size });
        let field = info.media.field();
        let mut set = |fields: Value| super::messages::merge(&mut file, fields);
        match info.media {
            Media::Photo => {
                set(json!({ "width": 640, "height": 640 }));
                return json!({ field: [file] });
            }
            Media::Video => set(
                json!({ "width": 640, "height": 360, "duration": info.duration, "mime_type": info.mime, "file_name": info.name }),
            ),
            Media::Animation => {
                set(
                    json!({ "width": 320, "height": 320, "duration": info.duration, "mime_type": info.mime, "file_name": info.name }),
                );
                // Telegram repeats an animation as a document for older clients.
                let document = json!({ "file_id": file["file_id"], "file_unique_id": unique_id, "file_size": info.size, "mime_type": info.mime, "file_name": info.name });
                return json!({ field: file, "document": document });
            }
            Media::Voice => set(json!({ "duration": info.duration, "mime_type": info.mime })),
            Media::Audio => set(
                json!({ "duration": info.duration, "mime_type": info.mime, "file_name": info.name }),
            ),
            Media::Document => set(json!({ "mime_type": info.mime, "file_name": info.name })),
            Media::VideoNote => set(json!({ "length": 240, "duration": info.duration })),
            Media::Sticker => {
                set(
                    json!({ "type": "regular", "width": 512, "height": 512, "is_animated": false, "is_video": false }),
                );
                if let Some(emoji) = &info.emoji {
                    set(json!({ "emoji": emoji }));
                }
            }
        }
        json!({ field: file })
    }
}
