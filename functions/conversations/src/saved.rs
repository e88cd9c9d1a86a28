//! Saved replies: texts that a team keeps at hand under a shortcut. At most 200, sealed under the workspace's key.
//!
//! Shortcuts are sealed, so no condition of the database can keep them apart: every change reads all of them and replaces
//! one row that stands for the whole, so that one change comes after the other.

pub(crate) mod add;
pub(crate) mod delete;
pub(crate) mod edit;
pub(crate) mod list;

use app::{App, AppError, SealsJson, place};
use domain::ids::{SavedReplyId, UserId};
use domain::{Sealed, Timestamp};
use http_kit::{FieldErrors, Problem};
use serde::{Deserialize, Serialize};
use store::row::{SavedRepliesRow, SavedReplyRow};
use store::{Direction, Found, Page, Row, StoreError, TenantDb, Transaction, keys};
use tenancy::Reads;
use utoipa::ToSchema;
use vault::TenantKey;

use crate::fields::check_text;

/// Saved replies of one workspace at most.
const MOST: usize = 200;
const LONGEST_SHORTCUT: usize = 40;
/// Times that somebody else's change may come in between.
const TRIES: usize = 6;

/// What a saved reply says. Prints nothing.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Content {
    shortcut: String,
    text: String,
}

/// A saved reply.
#[derive(Serialize, ToSchema)]
pub(crate) struct SavedReplyOut {
    /// Its id.
    id: String,
    /// What it is found by, without a slash; unique in the workspace whatever its case.
    shortcut: String,
    /// The text.
    text: String,
    /// The member who wrote it last.
    changed_by: Option<String>,
    /// When, RFC 3339 UTC.
    changed_at: String,
}

impl SavedReplyOut {
    fn new(row: &SavedReplyRow, content: Content) -> Self {
        Self {
            id: row.id.to_string(),
            shortcut: content.shortcut,
            text: content.text,
            changed_by: row.changed_by.map(|user| user.to_string()),
            changed_at: row.changed_at.rfc3339(),
        }
    }
}

/// Everything that is saved, opened, and the row that stands for the whole.
struct Shelf {
    head: Option<Found<SavedRepliesRow>>,
    replies: Vec<(Found<SavedReplyRow>, Content)>,
}

impl Shelf {
    /// The head is read first: what is written after it makes the change that follows fail.
    async fn read<R: Reads>(db: &TenantDb<R>, key: &TenantKey) -> Result<Self, AppError> {
        let head = db.find::<SavedRepliesRow>(&keys::saved_replies()).await?;
        let replies = all(db, key).await?;
        Ok(Self { head, replies })
    }

    fn find(&self, id: SavedReplyId) -> Result<&(Found<SavedReplyRow>, Content), Problem> {
        let mut all = self.replies.iter();
        all.find(|(found, _)| found.row.id == id)
            .ok_or(Problem::NotFound)
    }

    /// Whether a shortcut is free for this reply.
    fn free(&self, shortcut: &str, own: Option<SavedReplyId>) -> Result<(), Problem> {
        let wanted = shortcut.to_lowercase();
        let mut others = self.replies.iter();
        let taken = others.any(|(found, content)| {
            Some(found.row.id) != own && content.shortcut.to_lowercase() == wanted
        });
        let message = "Another saved reply has this shortcut.";
        match taken {
            true => Err(Problem::conflict("shortcut_taken", message)),
            false => Ok(()),
        }
    }

    fn room(&self) -> Result<(), Problem> {
        let message = "A workspace has at most 200 saved replies. Delete one first.";
        match self.replies.len() >= MOST {
            true => Err(Problem::conflict("too_many_replies", message)),
            false => Ok(()),
        }
    }

    /// Makes a change come after every other one.
    fn turn(&self, transaction: &mut Transaction<'_>, now: Timestamp) {
        let row = SavedRepliesRow { changed_at: now };
        match &self.head {
            Some(head) => transaction.replace(&row, head.rev),
            None => transaction.create(&row),
        };
    }
}

/// All saved replies, oldest first.
async fn all<R: Reads>(
    db: &TenantDb<R>,
    key: &TenantKey,
) -> Result<Vec<(Found<SavedReplyRow>, Content)>, AppError> {
    let page = Page {
        pk: keys::SAVED_REPLIES,
        from: "0",
        // Ids begin with a digit below eight; the head follows.
        to: "8",
        direction: Direction::Forward,
        limit: MOST + 1,
    };
    let rows = db.list::<SavedReplyRow>(&page).await?;
    let open = |found: Found<SavedReplyRow>| {
        let at = found.row.key();
        let content = key.open_json(&place::<SavedReplyRow>(&at, "content"), &found.row.content)?;
        Ok((found, content))
    };
    rows.into_iter().map(open).collect()
}

fn sealed(
    app: &App,
    key: &TenantKey,
    id: SavedReplyId,
    by: Option<UserId>,
    content: &Content,
) -> Result<SavedReplyRow, AppError> {
    let row = SavedReplyRow {
        id,
        content: Sealed::default(),
        changed_by: by,
        changed_at: app.clock.now(),
    };
    let at = row.key();
    let place = place::<SavedReplyRow>(&at, "content");
    let content = key.seal_json(&place, content, app.entropy.as_ref())?;
    Ok(SavedReplyRow { content, ..row })
}

/// Whether to look again.
fn settled(result: Result<(), StoreError>) -> Result<bool, Problem> {
    use app::IntoProblem;
    match result {
        Ok(()) => Ok(true),
        Err(error) if error.is_race() => Ok(false),
        Err(error) => Err(error.into_problem()),
    }
}

fn check_shortcut(errors: &mut FieldErrors, shortcut: &str) {
    let length = shortcut.chars().count();
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if length == 0 || length > LONGEST_SHORTCUT {
        errors.add(
            "shortcut",
            "wrong_length",
            "A shortcut has 1 to 40 characters.",
        );
    } else if !shortcut.chars().all(plain) {
        let message = "A shortcut is made of letters, digits, hyphens, underscores and dots.";
        errors.add("shortcut", "invalid_value", message);
    }
}

fn check(errors: &mut FieldErrors, shortcut: Option<&str>, text: Option<&str>) {
    if let Some(shortcut) = shortcut {
        check_shortcut(errors, shortcut);
    }
    if let Some(text) = text {
        check_text(errors, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(count: u8) -> Shelf {
        let reply = |byte: u8| {
            let row = SavedReplyRow {
                id: SavedReplyId::from_bytes([byte; 16]),
                content: Sealed::default(),
                changed_by: None,
                changed_at: Timestamp::default(),
            };
            let content = Content {
                shortcut: format!("Hi{byte}"),
                text: "Hello".into(),
            };
            (Found { row, rev: 1 }, content)
        };
        Shelf {
            head: None,
            replies: (0..count).map(reply).collect(),
        }
    }

    #[test]
    fn a_shortcut_belongs_to_one_reply_whatever_its_case() {
        let own = SavedReplyId::from_bytes([1; 16]);
        let code = |answer: Result<(), Problem>| answer.map_err(|problem| problem.code());
        assert_eq!(code(shelf(3).free("hI1", None)), Err("shortcut_taken"));
        assert_eq!(code(shelf(3).free("hI1", Some(own))), Ok(()));
        assert_eq!(code(shelf(3).free("hI2", Some(own))), Err("shortcut_taken"));
        assert_eq!(code(shelf(3).free("hi3", None)), Ok(()));
    }

    #[test]
    fn the_last_place_is_given_and_no_more() {
        assert!(shelf(199).room().is_ok());
        assert!(shelf(200).room().is_err());
    }

    #[test]
    fn a_shortcut_is_one_word() {
        let wrong = |shortcut: &str| {
            let mut errors = FieldErrors::new();
            check(&mut errors, Some(shortcut), Some("Hello"));
            errors.finish().is_err()
        };
        assert!(wrong("") && wrong("two words") && wrong("/hi") && wrong(&"x".repeat(41)));
        assert!(!wrong("grüße_2") && !wrong(&"x".repeat(40)));
    }
}
