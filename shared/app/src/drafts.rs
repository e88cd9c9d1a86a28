//! Drafts of which nothing may come any more, because their fan wants no AI or is a fan whose data is only kept.

use domain::ids::ConversationId;
use store::row::{ConversationRow, DraftRow};
use store::{Found, StoreError, TenantDb, Transaction, keys};
use tenancy::Reads;

use crate::{App, Event, event_row};

/// Conversations as they are now, so that [`withdraw_draft`] can write them. One that is not there is left out.
///
/// # Errors
/// When the database does not answer or a row has another form.
pub async fn heads<R: Reads>(
    db: &TenantDb<R>,
    conversations: &[ConversationId],
) -> Result<Vec<Found<ConversationRow>>, StoreError> {
    let mut reads = db.read_many();
    let slots: Vec<_> = conversations
        .iter()
        .map(|conversation| reads.find::<ConversationRow>(&keys::conversation(*conversation)))
        .collect();
    let found = reads.send().await?;
    let mut heads = Vec::new();
    for slot in slots {
        heads.extend(found.get(slot)?);
    }
    Ok(heads)
}

/// Takes back what Sofi has drafted in a conversation. A draft that is still being written is refused by the fan's row.
pub fn withdraw_draft(app: &App, transaction: &mut Transaction<'_>, head: &Found<ConversationRow>) {
    transaction.delete_any::<DraftRow>(&keys::draft(head.row.id));
    if head.row.draft_since.is_none() {
        return;
    }
    let row = ConversationRow {
        draft_since: None,
        ..head.row.clone()
    };
    transaction.replace(&row, head.rev);
    let (at, event) = (app.clock.now(), Event::DraftChanged);
    transaction.create(&event_row(app, at, event, row.id, Some(row.fan), None));
}
