//! `GET /api/v1/audit/export` and `GET /api/v1/audit/account/export`: a chain as JSON lines, in the order of its numbers
//! (`infra/docs/audit.md`).
//!
//! Uses GetItem on `routing` and `keys`, BatchGetItem on `audit` and `keys`, Query on `audit`, kms:Decrypt (purpose `data`);
//! for the entry that says so, PutItem on `audit` and `work`, sqs:SendMessage on the audit queue.

use app::{App, OrProblem};
use bytes::Bytes;
use domain::audit::Action;
use domain::ids::TenantId;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response};
use http_kit::{Answer, Cursors, Problem};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use store::TenantDb;
use store::row::AuditRow;
use tenancy::{Manager, Owner, Reads, TenantScope, Writes};
use utoipa::IntoParams;
use vault::TenantKey;

use crate::chain::{Claim, Hash};
use crate::evidence::{self, Absence, Evidence, Seen};
use crate::horizon::Horizon;
use crate::values::{AuditValue, Keys};

/// Numbers read at once.
const ROUND: u64 = 100;
const ROUNDS: usize = 5;
/// An answer ends at the next round after so many bytes. Lambda takes six megabytes, and quotes double on their way; the
/// largest round adds a persona and two notes an entry, far below the rest.
const ENOUGH: usize = 1024 * 1024;

/// What follows on the digits that end a part.
const AFTER_DIGITS: &str = "\"}\n";

/// Which part.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportQuery {
    /// `next_cursor` of the last line of the part before.
    cursor: Option<String>,
}

/// A line.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line<'a> {
    /// A number of the chain.
    Entry {
        seq: u64,
        prev: String,
        hash: String,
        /// The canonical bytes, as they are hashed; null once its 24 months were over.
        entry: Option<&'a RawValue>,
        old: Option<AuditValue>,
        new: Option<AuditValue>,
    },
    /// A number whose rows are not what was written.
    Broken { seq: u64 },
    /// The last line of a part.
    End {
        next_cursor: Option<String>,
        /// The SHA-256 of every byte of the part before these digits. They are the last value, so nothing is left out that a
        /// damaged file could differ in.
        sha256: String,
    },
}

/// Gives the chain, oldest entry first, as JSON lines with all hashes: enough to recompute it offline. The last line says
/// where the next part begins. Needs a proof of the last five minutes.
#[utoipa::path(get, path = "/api/v1/audit/export", params(ExportQuery),
    responses((status = 200, description = "A part of the chain, one JSON document a line.", body = String, content_type = "application/x-ndjson")))]
pub(crate) async fn handle(app: &App, scope: &TenantScope<Manager>, query: ExportQuery) -> Answer {
    Box::pin(lines(app, scope, query)).await
}

/// Gives the chain of the account of the person who is logged in, as the export of a workspace gives its chain. Needs a
/// proof of the last five minutes.
#[utoipa::path(get, path = "/api/v1/audit/account/export", params(ExportQuery),
    responses((status = 200, description = "A part of the chain, one JSON document a line.", body = String, content_type = "application/x-ndjson")))]
pub(crate) async fn account(app: &App, scope: &TenantScope<Owner>, query: ExportQuery) -> Answer {
    Box::pin(lines(app, scope, query)).await
}

async fn lines<R: Writes>(app: &App, scope: &TenantScope<R>, query: ExportQuery) -> Answer {
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let label = format!("{}/audit.export", scope.tenant().suffix());
    let cursors = Cursors::new(&key.cursor_key(), label);
    let first = cursors.open::<u64>(query.cursor.as_deref())?.unwrap_or(1);
    let db = app.store.within(scope).or_problem()?;
    let chain = Chain {
        db: &db,
        tenant: scope.tenant(),
        horizon: Horizon::of_rows(app.clock.now()),
    };
    let (mut text, next) = Box::pin(part(&chain, &key, first)).await?;
    let next_cursor = cursors.next(next.as_ref())?;
    close(&mut text, next_cursor)?;
    if query.cursor.is_none() {
        Box::pin(recorded(app, scope, &db)).await?;
    }
    let mut answer = Response::new(Bytes::from(text));
    let lines = HeaderValue::from_static("application/x-ndjson");
    answer.headers_mut().insert(CONTENT_TYPE, lines);
    Ok(answer)
}

/// Records that somebody takes the log away: once for all its parts, after the first was read and before it is given. So the
/// export holds no entry about itself, however fast the chain is.
async fn recorded<R: Writes>(
    app: &App,
    scope: &TenantScope<R>,
    db: &TenantDb<R>,
) -> Result<(), Problem> {
    let own = scope.actor();
    let own = own.filter(|user| user.account_tenant() == scope.tenant());
    let entry = match own {
        Some(user) => app.audit(scope, Action::AuditExport, user),
        None => app.audit(scope, Action::AuditExport, scope.tenant()),
    };
    let mut transaction = db.transaction();
    entry.write(&mut transaction);
    transaction.commit().await.or_problem()?;
    app.ring_audit(scope).await;
    Ok(())
}

/// A chain that is taken along.
struct Chain<'a, R: Reads> {
    db: &'a TenantDb<R>,
    tenant: TenantId,
    horizon: Horizon,
}

/// Lines from a number on, and the number after them if there is one.
async fn part<R: Reads>(
    chain: &Chain<'_, R>,
    key: &TenantKey,
    mut seq: u64,
) -> Result<(String, Option<u64>), Problem> {
    let db = chain.db;
    let mut text = String::new();
    for _ in 0..ROUNDS {
        let evidence = evidence::read(db, seq..seq + ROUND).await.or_problem()?;
        let rows: Vec<_> = evidence.iter().filter_map(entry_of).cloned().collect();
        let keys = Keys::read(db, key, &rows).await.or_problem()?;
        for evidence in &evidence {
            if evidence.chain == Seen::Absent {
                match evidence::absence(db, seq).await.or_problem()? {
                    Absence::End => return Ok((text, None)),
                    Absence::Given => break,
                    Absence::Hole => {}
                }
            }
            let claim = evidence.claim(chain.tenant, seq, &chain.horizon);
            line(
                &mut text,
                seq,
                claim.ok().flatten(),
                entry_of(evidence),
                &keys,
            )?;
            seq += 1;
        }
        if text.len() > ENOUGH {
            break;
        }
    }
    Ok((text, Some(seq)))
}

fn entry_of(evidence: &Evidence) -> Option<&AuditRow> {
    match &evidence.entry {
        Seen::Row(row) => Some(row),
        Seen::Absent | Seen::Unreadable => None,
    }
}

fn line(
    text: &mut String,
    seq: u64,
    claim: Option<Claim>,
    row: Option<&AuditRow>,
    keys: &Keys<'_>,
) -> Result<(), Problem> {
    let Some(claim) = claim else {
        return push(text, &Line::Broken { seq });
    };
    let Claim {
        seq,
        prev,
        hash,
        entry,
    } = claim;
    let entry = entry.map(RawValue::from_string).transpose();
    let entry = entry.map_err(Problem::internal)?;
    let (old, new) = row.map(|row| keys.open(row)).unwrap_or_default();
    push(
        text,
        &Line::Entry {
            seq,
            prev: prev.to_string(),
            hash: hash.to_string(),
            entry: entry.as_deref(),
            old,
            new,
        },
    )
}

/// Ends a part. The line is written with no digits first, and they go where its value ends.
fn close(text: &mut String, next_cursor: Option<String>) -> Result<(), Problem> {
    let sha256 = String::new();
    push(
        text,
        &Line::End {
            next_cursor,
            sha256,
        },
    )?;
    let digits = text.len() - AFTER_DIGITS.len();
    let hash = Hash::of(&text.as_bytes()[..digits]);
    text.insert_str(digits, &hash.to_string());
    Ok(())
}

fn push(text: &mut String, line: &Line<'_>) -> Result<(), Problem> {
    text.push_str(&serde_json::to_string(line).map_err(Problem::internal)?);
    text.push('\n');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_ends_with_the_hash_of_every_byte_before_it() {
        for cursor in [None, Some("next\"}".to_owned())] {
            let mut text = String::new();
            push(&mut text, &Line::Broken { seq: 7 }).expect("a line");
            close(&mut text, cursor.clone()).expect("a line");
            let (before, rest) = text.split_at(text.len() - 64 - AFTER_DIGITS.len());
            let (digits, after) = rest.split_at(64);
            assert_eq!(after, AFTER_DIGITS);
            assert_eq!(digits, Hash::of(before.as_bytes()).to_string());
            let last = text.lines().last().expect("the end");
            let last: serde_json::Value = serde_json::from_str(last).expect("JSON");
            assert_eq!(last["type"], "end");
            assert_eq!(last["next_cursor"].as_str(), cursor.as_deref());
            assert_eq!(last["sha256"], digits);
        }
    }
}
