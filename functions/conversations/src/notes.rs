//! Private notes of the team in a conversation: sealed under the fan's key, gone with the fan, never sent.

pub(crate) mod add;
pub(crate) mod delete;
pub(crate) mod list;

use app::{AppError, SealsJson, place};
use serde::Serialize;
use store::Row;
use store::row::NoteRow;
use utoipa::ToSchema;
use vault::FanKey;

/// A private note.
#[derive(Serialize, ToSchema)]
pub(crate) struct NoteOut {
    /// Its id.
    id: String,
    /// The text.
    text: String,
    /// The member who wrote it.
    author: Option<String>,
    /// When, RFC 3339 UTC.
    at: String,
}

impl NoteOut {
    fn new(row: &NoteRow, text: String) -> Self {
        Self {
            id: row.id.to_string(),
            text,
            author: row.author.map(|user| user.to_string()),
            at: row.at.rfc3339(),
        }
    }

    fn open(key: &FanKey, row: &NoteRow) -> Result<Self, AppError> {
        let text = key.open_json(&place::<NoteRow>(&row.key(), "text"), &row.text)?;
        Ok(Self::new(row, text))
    }
}
