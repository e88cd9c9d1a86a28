//! Events for open dashboards: written with the change they tell of.

use std::time::Duration;

use domain::Timestamp;
use domain::ids::{ConversationId, FanId, MessageId};
use store::row::EventRow;

use crate::App;

/// How long a dashboard may sleep and still catch up without loading everything again.
const KEEP: Duration = Duration::from_secs(7 * 24 * 3600);

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A fan wrote.
    MessageReceived,
    /// A message was edited or got a reaction.
    MessageChanged,
    /// An outgoing message was queued.
    MessageQueued,
    /// An outgoing message reached a new state.
    MessageDelivery,
    /// Head of a conversation changed: reachability, needs a person.
    ConversationChanged,
    /// A draft of Sofi was written, changed or is gone.
    DraftChanged,
    /// The day's budget for Sofi is spent: this fan waits for a person.
    BudgetReached,
    /// A private note was written or taken away.
    NotesChanged,
    /// A profile, tags or note changed.
    FanChanged,
}

impl Event {
    /// The name on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MessageReceived => "message.received",
            Self::MessageChanged => "message.changed",
            Self::MessageQueued => "message.queued",
            Self::MessageDelivery => "message.delivery",
            Self::ConversationChanged => "conversation.changed",
            Self::DraftChanged => "draft.changed",
            Self::BudgetReached => "budget.reached",
            Self::NotesChanged => "notes.changed",
            Self::FanChanged => "fan.changed",
        }
    }
}

/// The row to add to a transaction.
pub fn event_row(
    app: &App,
    at: Timestamp,
    event: Event,
    conversation: ConversationId,
    fan: Option<FanId>,
    message: Option<MessageId>,
) -> EventRow {
    EventRow {
        unique: app.unique(),
        event: event.name().to_owned(),
        conversation,
        fan,
        message,
        at,
        until: at.plus(KEEP),
    }
}
