//! `GET /api/v1/audit`: entries, newest first.
//!
//! Uses GetItem on `routing` and `keys`, Query and BatchGetItem on `audit`, BatchGetItem on `keys`, kms:Decrypt (purpose
//! `data`).

use app::{App, OrProblem};
use domain::Timestamp;
use domain::audit::{Action, Actor, Subject};
use domain::ids::TenantId;
use futures::future::try_join;
use http::StatusCode;
use http_kit::{Answer, Cursors, Limit, Problem};
use serde::{Deserialize, Deserializer, Serialize};
use store::row::{AuditRow, ChainedRow};
use store::{Direction, Page, StoreError, TenantDb, keys};
use tenancy::{Manager, Owner, Reads, TenantScope};
use utoipa::{IntoParams, ToSchema};

use crate::values::{AuditValue, Keys};

/// Entries read at once when a filter leaves some out.
const FILTERED_CHUNK: usize = 200;
/// Times that a filter may read on for one page; a page may then be short and still have a cursor.
const ROUNDS: usize = 5;
/// The end of time, as far as keys are concerned.
const FOR_EVER: Timestamp = Timestamp::from_millis(9_999_999_999_999);

/// Which entries.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct AuditQuery {
    #[serde(default)]
    #[param(inline)]
    limit: Limit,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// Acts of one person, token or member of staff (their id), or of `system`.
    #[param(value_type = Option<String>)]
    actor: Option<Actor>,
    /// One kind of act, for example `fan.change`.
    #[param(value_type = Option<String>)]
    action: Option<Action>,
    /// Acts upon one thing: its id, or `dpa:2026-11-23` for a document.
    #[param(value_type = Option<String>)]
    subject: Option<Subject>,
    /// Not before this moment, RFC 3339.
    #[serde(default, deserialize_with = "moment")]
    #[param(value_type = Option<String>)]
    from: Option<Timestamp>,
    /// Not after this moment, RFC 3339.
    #[serde(default, deserialize_with = "moment")]
    #[param(value_type = Option<String>)]
    to: Option<Timestamp>,
}

fn moment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Timestamp::from_rfc3339(&text)
        .map(Some)
        .ok_or_else(|| serde::de::Error::custom("a moment is written as 2026-11-28T12:00:00Z"))
}

impl AuditQuery {
    /// A cursor is good for the list it came from only.
    fn label(&self, tenant: TenantId) -> String {
        let text = |part: Option<String>| part.unwrap_or_default();
        let millis = |part: Option<Timestamp>| text(part.map(|at| at.millis().to_string()));
        format!(
            "{}/audit.list/{}/{}/{}/{}/{}",
            tenant.suffix(),
            text(self.actor.map(|actor| actor.to_string())),
            text(self.action.map(|action| action.to_string())),
            text(self.subject.map(|subject| subject.to_string())),
            millis(self.from),
            millis(self.to),
        )
    }

    fn admits(&self, entry: &AuditRow) -> bool {
        self.actor.is_none_or(|actor| actor == entry.actor)
            && self.action.is_none_or(|action| action == entry.action)
            && self.subject.is_none_or(|subject| subject == entry.subject)
    }

    fn chunk(&self) -> usize {
        match (self.actor, self.action, self.subject) {
            (None, None, None) => self.limit.get() + 1,
            _ => FILTERED_CHUNK,
        }
    }
}

/// One entry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditEntryOut {
    /// Its id.
    id: String,
    /// Its number in the chain; null in the moment before it has one.
    sequence: Option<u64>,
    /// When, RFC 3339 UTC.
    at: String,
    /// Which act.
    #[schema(value_type = String)]
    action: Action,
    /// Who acted: an id of a person (`usr_`), of an API token (`tok_`) or of our staff (`stf_`), or `system`.
    #[schema(value_type = String)]
    actor: Actor,
    /// Upon what: an id, or a document and its version.
    #[schema(value_type = String)]
    subject: Subject,
    /// What was there before, where there was something to keep.
    old: Option<AuditValue>,
    /// What is there now.
    new: Option<AuditValue>,
}

/// A page of entries.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditPage {
    /// Newest first. With a filter a page may have fewer entries than asked for.
    entries: Vec<AuditEntryOut>,
    /// Where the next page begins; absent at the end of the list.
    next_cursor: Option<String>,
}

/// Lists what was done, newest first.
#[utoipa::path(get, path = "/api/v1/audit", params(AuditQuery),
    responses((status = 200, description = "A page of entries.", body = AuditPage)))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Manager>, query: AuditQuery) -> Answer {
    Box::pin(page(app, scope, query)).await
}

/// Lists what was done to the account of the person who is logged in, newest first: logins, passwords, second factors,
/// addresses. In the log of a workspace stands what was done there.
#[utoipa::path(get, path = "/api/v1/audit/account", params(AuditQuery),
    responses((status = 200, description = "A page of entries.", body = AuditPage)))]
pub(crate) async fn account(app: &App, scope: &TenantScope<Owner>, query: AuditQuery) -> Answer {
    Box::pin(page(app, scope, query)).await
}

async fn page<R: Reads>(app: &App, scope: &TenantScope<R>, query: AuditQuery) -> Answer {
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let cursors = Cursors::new(&key.cursor_key(), query.label(scope.tenant()));
    let before = cursors.open::<String>(query.cursor.as_deref())?;
    let db = app.store.within(scope).or_problem()?;
    let (entries, next) = collect(&db, &query, before).await?;
    let next_cursor = cursors.next(next.as_ref())?;
    let (numbers, opened) = try_join(
        Box::pin(numbers(&db, &entries)),
        Box::pin(Keys::read(&db, &key, &entries)),
    )
    .await
    .or_problem()?;
    let shown = entries.iter().zip(numbers);
    let entries = shown
        .map(|(entry, seq)| show(&opened, entry, seq))
        .collect();
    http_kit::json(
        StatusCode::OK,
        &AuditPage {
            entries,
            next_cursor,
        },
    )
}

/// At most a page of entries that the filters admit, and the position of the last one looked at if there may be more.
async fn collect<R: Reads>(
    db: &TenantDb<R>,
    query: &AuditQuery,
    before: Option<String>,
) -> Result<(Vec<AuditRow>, Option<String>), Problem> {
    let (from, end) =
        keys::audit_between(query.from.unwrap_or_default(), query.to.unwrap_or(FOR_EVER));
    // DynamoDB refuses a range that ends before it begins.
    if from > end {
        return Ok((Vec::new(), None));
    }
    let mut position = before;
    let mut found = Vec::new();
    for _ in 0..ROUNDS {
        let to = position.clone().unwrap_or_else(|| end.clone());
        let page = Page {
            pk: keys::ENTRIES,
            from: &from,
            to: &to,
            direction: Direction::Backward,
            // The position itself was looked at already.
            limit: query.chunk() + 1,
        };
        let rows = Box::pin(db.list::<AuditRow>(&page)).await.or_problem()?;
        let full = rows.len() > query.chunk();
        for row in rows.into_iter().map(|found| found.row) {
            let own = keys::audit_position(row.at, row.id);
            if position.as_ref() == Some(&own) {
                continue;
            }
            if found.len() == query.limit.get() {
                return Ok((found, position));
            }
            if query.admits(&row) {
                found.push(row);
            }
            position = Some(own);
        }
        if !full {
            return Ok((found, None));
        }
    }
    Ok((found, position))
}

/// The numbers of entries; a page is at most a hundred of them: one call.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn numbers<R: Reads>(
    db: &TenantDb<R>,
    entries: &[AuditRow],
) -> Result<Vec<Option<u64>>, StoreError> {
    let mut reads = db.read_many();
    let slots: Vec<_> = entries
        .iter()
        .map(|entry| reads.find::<ChainedRow>(&keys::chained(entry.at, entry.id)))
        .collect();
    let found = reads.send().await?;
    let number = |slot| Ok(found.get::<ChainedRow>(slot)?.map(|found| found.row.seq));
    slots.into_iter().map(number).collect()
}

fn show(keys: &Keys<'_>, entry: &AuditRow, sequence: Option<u64>) -> AuditEntryOut {
    let (old, new) = keys.open(entry);
    AuditEntryOut {
        id: entry.id.to_string(),
        sequence,
        at: entry.at.rfc3339(),
        action: entry.action,
        actor: entry.actor,
        subject: entry.subject,
        old,
        new,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::tests::{TENANT, entry};
    use http::Uri;

    fn query(text: &str) -> Result<AuditQuery, Problem> {
        let uri: Uri = format!("/api/v1/audit?{text}").parse().expect("an address");
        http_kit::query(&uri)
    }

    #[test]
    fn filters_are_words_and_ids_of_ours() {
        for wrong in [
            "action=bot.steal",
            "actor=mira",
            "subject=x",
            "from=yesterday",
            "who=x",
        ] {
            assert!(query(wrong).is_err(), "{wrong}");
        }
        let from = query("from=2026-11-28T12:00:00%2B02:00")
            .expect("reads")
            .from;
        assert_eq!(
            from.map(Timestamp::rfc3339).as_deref(),
            Some("2026-11-28T10:00:00Z")
        );
    }

    #[test]
    fn every_filter_leaves_out_what_it_should_and_changes_the_label() {
        let plain = query("").expect("reads");
        let row = entry(1);
        assert!(plain.admits(&row));
        for (text, admits) in [
            ("action=bot.repair", true),
            ("action=bot.rotate", false),
            ("actor=system", false),
            ("subject=dpa:2026-11-23", false),
        ] {
            let filtered = query(text).expect("reads");
            assert_eq!(filtered.admits(&row), admits, "{text}");
            assert_ne!(filtered.label(TENANT), plain.label(TENANT), "{text}");
        }
    }
}
