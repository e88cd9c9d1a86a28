//! What Sofi remembers about a fan, as people see and change it.

pub(crate) mod change;
pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod list;

use std::time::Duration;

use app::{App, AppError, OrProblem, SealsJson, place};
use domain::Sealed;
use domain::ids::{BotId, FanId};
use domain::role::DataScope;
use domain::sofi::{MOST_FACTS, Sensitivity};
use http_kit::{FieldErrors, Problem};
use rules::memory;
use serde::Serialize;
use store::row::{ConversationRow, FactRow, FanKeyRow, FanRow};
use store::{Answers, Direction, Found, Page, ReadMany, Row, Slot, StoreError, TenantDb, keys};
use tenancy::Reads;
use utoipa::ToSchema;
use vault::{FanKey, TenantKey};
use wording::Language;

/// How long a fact is remembered unless told, in days.
const DAYS: u32 = 180;
const MOST_DAYS: u32 = 730;

/// The message in which the fan said it.
#[derive(Serialize, ToSchema)]
pub(crate) struct SourceMessage {
    /// Where.
    conversation_id: String,
    /// Telegram's number of the message.
    telegram_message_id: i64,
}

/// One thing that Sofi remembers about a fan.
#[derive(Serialize, ToSchema)]
pub(crate) struct FactOut {
    /// Its id.
    id: String,
    /// What.
    text: String,
    /// Where the fan said it; null when a person wrote it.
    source_message: Option<SourceMessage>,
    /// How sure, in percent. Below 50 it is not used.
    confidence: u32,
    /// A sensitive fact is used only where the bot's settings say so.
    sensitivity: Sensitivity,
    /// The person who wrote or changed it.
    edited_by: Option<String>,
    /// When it was noted, RFC 3339 UTC.
    at: String,
    /// Until when it is used, RFC 3339 UTC.
    until: String,
}

impl FactOut {
    /// Of a row and its opened text.
    pub(crate) fn new(row: &FactRow, text: String) -> Self {
        Self {
            id: row.id.to_string(),
            text,
            source_message: row
                .conversation
                .zip(row.source)
                .map(|(conversation, number)| SourceMessage {
                    conversation_id: conversation.to_string(),
                    telegram_message_id: number,
                }),
            confidence: row.confidence,
            sensitivity: row.sensitivity,
            edited_by: row.edited_by.map(|user| user.to_string()),
            at: row.at.rfc3339(),
            until: row.until.rfc3339(),
        }
    }
}

/// Where a fan will be in the answers of a read.
pub(crate) struct FanSlots {
    fan: FanId,
    row: Slot<FanRow>,
    key: Slot<FanKeyRow>,
    /// For whoever sees some bots only: the fan's conversations with those.
    heads: Option<Vec<Slot<ConversationRow>>>,
}

impl FanSlots {
    /// Asks for a fan and the fan's key.
    ///
    /// # Errors
    /// 404 for a text that is no fan of this workspace.
    pub(crate) fn ask(
        reads: &mut ReadMany<'_>,
        fan: FanId,
        key: &TenantKey,
        data: &DataScope,
    ) -> Result<Self, Problem> {
        let ids = key.peer_ids();
        let user = ids.user_of(fan).map_err(|_| Problem::NotFound)?;
        let mut head = |bot: &BotId| reads.find(&keys::conversation(ids.conversation(*bot, user)));
        let heads = data.bots().map(|bots| bots.iter().map(&mut head).collect());
        Ok(Self {
            fan,
            heads,
            row: reads.find(&keys::fan(fan)),
            key: reads.find(&keys::fan_key(fan)),
        })
    }

    /// The fan's wrapped key.
    ///
    /// # Errors
    /// 404 for a fan that is not ours, was erased or never was.
    pub(crate) fn wrapped(&self, found: &Answers) -> Result<FanKeyRow, Problem> {
        if let Some(heads) = &self.heads {
            let mut seen = false;
            for head in heads {
                seen |= found.get(*head).or_problem()?.is_some();
            }
            if !seen {
                return Err(Problem::NotFound);
            }
        }
        let row = found.get(self.row).or_problem()?;
        let key = found.get(self.key).or_problem()?;
        match (row, key) {
            (Some(_), Some(key)) => Ok(key.row),
            _ => Err(Problem::NotFound),
        }
    }

    /// The fan's opened key.
    ///
    /// # Errors
    /// As [`FanSlots::wrapped`].
    pub(crate) fn open(&self, found: &Answers, key: &TenantKey) -> Result<FanKey, Problem> {
        let wrapped = self.wrapped(found)?;
        key.open_fan_key(self.fan, &wrapped.wrapped).or_problem()
    }
}

/// The facts of a fan that still hold, most recent first.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn all<R: Reads>(
    db: &TenantDb<R>,
    fan: FanId,
) -> Result<Vec<Found<FactRow>>, StoreError> {
    let partition = keys::fan(fan).pk;
    let page = Page {
        pk: &partition,
        from: "FACT#",
        to: "FACT~",
        direction: Direction::Backward,
        limit: MOST_FACTS,
    };
    Box::pin(db.list(&page)).await
}

/// The text of a fact.
///
/// # Errors
/// When it does not open.
pub(crate) fn open(key: &FanKey, row: &FactRow) -> Result<String, AppError> {
    key.open_json(&place::<FactRow>(&row.key(), "text"), &row.text)
}

/// The row with its text sealed.
///
/// # Errors
/// When the text does not seal.
pub(crate) fn sealed(
    app: &App,
    key: &FanKey,
    row: FactRow,
    text: &str,
) -> Result<FactRow, AppError> {
    let at = row.key();
    let text: Sealed =
        key.seal_json(&place::<FactRow>(&at, "text"), &text, app.entropy.as_ref())?;
    Ok(FactRow { text, ..row })
}

/// How careful to be with a text that nobody has judged: as the rules read it, and where they would not take it at all,
/// very.
pub(crate) fn judged(text: &str) -> Sensitivity {
    let language = Language::guess(text).unwrap_or(Language::English);
    match memory::admit(text, &[text], language).map(|admitted| admitted.sensitivity) {
        Some(memory::Sensitivity::Ordinary) => Sensitivity::Ordinary,
        Some(memory::Sensitivity::Sensitive) | None => Sensitivity::Sensitive,
    }
}

pub(crate) fn lasting(days: u32) -> Duration {
    Duration::from_secs(u64::from(days) * 24 * 3600)
}

/// Names what is wrong with a fact's text.
pub(crate) fn check_text(errors: &mut FieldErrors, text: &str) {
    let characters = text.trim().chars().count();
    if characters == 0 {
        errors.add("text", "required", "A fact needs a text.");
    } else if characters > memory::FACT_LIMIT {
        errors.add("text", "too_long", "A fact has at most 160 characters.");
    } else if text.trim().chars().any(char::is_control) {
        errors.add("text", "invalid_value", "A fact is one line of plain text.");
    }
}

/// Names what is wrong with the numbers of a fact.
pub(crate) fn check_numbers(errors: &mut FieldErrors, confidence: Option<u32>, days: Option<u32>) {
    if confidence.is_some_and(|percent| percent > 100) {
        errors.add(
            "confidence",
            "out_of_range",
            "A confidence is between 0 and 100 percent.",
        );
    }
    if days.is_some_and(|days| !(1..=MOST_DAYS).contains(&days)) {
        errors.add(
            "days",
            "out_of_range",
            "A fact is remembered for 1 to 730 days.",
        );
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use domain::Timestamp;
    use domain::ids::{ConversationId, FactId};

    pub(crate) fn row() -> FactRow {
        FactRow {
            id: FactId::from_bytes([1; 16]),
            fan: FanId::from_bytes([2; 16]),
            text: Sealed::default(),
            conversation: Some(ConversationId::from_bytes([3; 16])),
            source: Some(42),
            confidence: 80,
            sensitivity: Sensitivity::Ordinary,
            edited_by: None,
            at: Timestamp::from_seconds(10),
            until: Timestamp::from_seconds(20),
        }
    }

    #[test]
    fn a_fact_says_where_the_fan_said_it_or_that_nobody_did() {
        let shown = FactOut::new(&row(), "Plays the harp".to_owned());
        let source = shown.source_message.expect("a source");
        assert_eq!(source.telegram_message_id, 42);
        let own = FactRow {
            conversation: None,
            source: None,
            ..row()
        };
        assert!(FactOut::new(&own, String::new()).source_message.is_none());
    }

    #[test]
    fn a_text_that_nobody_judged_is_handled_with_the_rules_care() {
        assert_eq!(judged("Plays the harp"), Sensitivity::Ordinary);
        assert_eq!(judged("Has diabetes"), Sensitivity::Sensitive);
    }

    #[test]
    fn each_wrong_field_is_named() {
        let wrong = |text: &str, confidence, days| {
            let mut errors = FieldErrors::new();
            check_text(&mut errors, text);
            check_numbers(&mut errors, confidence, days);
            match errors.finish() {
                Err(Problem::Invalid(errors)) => errors.into_iter().map(|e| e.field).collect(),
                _ => Vec::new(),
            }
        };
        assert_eq!(
            wrong(" ", Some(101), Some(0)),
            ["text", "confidence", "days"]
        );
        assert_eq!(wrong("a\nb", None, Some(731)), ["text", "days"]);
        assert_eq!(wrong(&"é".repeat(161), None, None), ["text"]);
        assert!(wrong(&"é".repeat(160), Some(100), Some(730)).is_empty());
    }
}
