//! Personas: how the creator wants to sound, in versions. The one in use has a copy of its own, so that a reply reads one
//! row.

pub(crate) mod activate;
pub(crate) mod create;
pub(crate) mod list;

use app::{App, AppError, SealsJson, place};
use domain::Sealed;
use serde::Serialize;
use store::Row;
use store::row::PersonaRow;
use utoipa::ToSchema;
use vault::TenantKey;

/// One version of a persona.
#[derive(Serialize, ToSchema)]
pub(crate) struct PersonaOut {
    /// Its number, from 1.
    version: u32,
    /// The tone in the creator's words.
    text: String,
    /// Whether replies are written with it.
    in_use: bool,
    /// When it was written, RFC 3339 UTC.
    created_at: String,
    /// Who wrote it.
    created_by: String,
}

impl PersonaOut {
    /// Of a version and its opened text.
    pub(crate) fn new(row: &PersonaRow, text: String, in_use: bool) -> Self {
        Self {
            version: row.version,
            text,
            in_use,
            created_at: row.created_at.rfc3339(),
            created_by: row.created_by.to_string(),
        }
    }
}

/// The text of a version, or of the copy in use.
///
/// # Errors
/// When it does not open.
pub(crate) fn open(key: &TenantKey, row: &PersonaRow) -> Result<String, AppError> {
    key.open_json(&place::<PersonaRow>(&row.key(), "text"), &row.text)
}

/// The row with its text sealed for the row's own place.
///
/// # Errors
/// When the text does not seal.
pub(crate) fn sealed(
    app: &App,
    key: &TenantKey,
    row: PersonaRow,
    text: &str,
) -> Result<PersonaRow, AppError> {
    let at = row.key();
    let text: Sealed = key.seal_json(
        &place::<PersonaRow>(&at, "text"),
        &text,
        app.entropy.as_ref(),
    )?;
    Ok(PersonaRow { text, ..row })
}

/// The copy in use of a version, without its text.
pub(crate) fn copy(row: &PersonaRow) -> PersonaRow {
    PersonaRow {
        in_use: true,
        text: Sealed::default(),
        ..row.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Timestamp;
    use domain::ids::{BotId, UserId};

    #[test]
    fn the_copy_in_use_stands_beside_its_version_and_holds_no_text_of_another_place() {
        let row = PersonaRow {
            bot: BotId::from_bytes([1; 16]),
            version: 7,
            in_use: false,
            text: Sealed::from_bytes(vec![1]),
            created_by: UserId::from_bytes([2; 16]),
            created_at: Timestamp::from_seconds(5),
        };
        let copy = copy(&row);
        assert_ne!(copy.key(), row.key());
        assert_eq!((copy.version, copy.text), (7, Sealed::default()));
    }
}
