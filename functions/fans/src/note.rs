//! What the team keeps of a fan, as the audit log holds it.

use app::{AppError, AuditEntry, Event, SealsJson, event_row, open_tags, place};
use domain::ids::ConversationId;
use serde::Serialize;
use store::row::FanRow;
use store::{Row, Transaction};
use vault::FanKey;

/// What a person can change about a fan. Prints nothing.
#[derive(Serialize)]
pub(crate) struct Noted {
    tags: Vec<String>,
    note: Option<String>,
}

impl Noted {
    /// Opens it.
    pub(crate) fn of(row: &FanRow, fan_key: &FanKey) -> Result<Self, AppError> {
        let key = row.key();
        let open = |sealed| fan_key.open_json(&place::<FanRow>(&key, "note"), sealed);
        Ok(Self {
            tags: open_tags(fan_key, row)?,
            note: row.note.as_ref().map(open).transpose()?,
        })
    }
}

/// Adds what goes along with every change of a fan: the entry, and word to open dashboards.
pub(crate) fn tell(
    app: &app::App,
    transaction: &mut Transaction<'_>,
    row: &FanRow,
    newest: Option<ConversationId>,
    entry: &AuditEntry<'_, FanKey>,
) {
    entry.write(transaction);
    // Events are found by conversation; one tells every open dashboard.
    if let Some(conversation) = newest {
        let event = Event::FanChanged;
        let now = app.clock.now();
        transaction.create(&event_row(
            app,
            now,
            event,
            conversation,
            Some(row.id),
            None,
        ));
    }
}
