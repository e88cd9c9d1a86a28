//! `GET /api/v1/audit/verification` and `GET /api/v1/audit/account/verification`: whether a log is what was written.
//!
//! First the chain, number by number, with the anchors that were laid down on the way; then the entries, each of which must have
//! a number. Each call does a bounded part and gives a cursor for the next. Uses GetItem on `routing` and `keys`,
//! Query and BatchGetItem on `audit`, kms:Decrypt (purpose `data`), s3:ListBucket.

use std::time::Duration;

use anchors::{Anchor, Anchors};
use app::{App, OrProblem};
use domain::Timestamp;
use domain::ids::TenantId;
use http::StatusCode;
use http_kit::{Answer, Cursor, CursorKey, Problem};
use serde::{Deserialize, Serialize};
use store::row::AuditRow;
use store::{Direction, Page, TenantDb, keys};
use tenancy::{Manager, Owner, Reads, TenantScope};
use utoipa::{IntoParams, ToSchema};

use crate::chain::{Finding, Head, How, follow};
use crate::error::AuditError;
use crate::evidence::{self, Absence, Seen};
use crate::list::numbers;

/// Numbers or entries read at once.
const ROUND: usize = 100;
/// Rounds of one call.
const ROUNDS: usize = 5;
/// How long an entry may be without a number: `tick` has rung several times by then.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// Which part.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerificationQuery {
    /// `next_cursor` of the part before.
    cursor: Option<String>,
}

/// How far a verification got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum VerificationState {
    /// Everything is what was written.
    Ok,
    /// So far everything is; go on with `next_cursor`.
    Running,
    /// Something is not: see `finding`.
    Broken,
}

/// The first thing that is wrong.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingOut {
    /// The number of the entry; null for an entry that never got one.
    sequence: Option<u64>,
    /// The entry's id, where only that is known.
    entry: Option<String>,
    /// In which way.
    how: How,
}

/// What a verification found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VerificationOut {
    /// How far it got.
    state: VerificationState,
    /// Entries whose chain was followed so far.
    count: u64,
    /// The hash of the last of them, hex: what an anchor or an export of this log must say too.
    head: String,
    /// Anchors that there are.
    anchors: usize,
    /// The first thing that is wrong.
    finding: Option<FindingOut>,
    /// Where the next part begins.
    next_cursor: Option<String>,
}

/// Where a verification stands, as a cursor holds it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Position {
    seq: u64,
    hash: String,
    /// The last entry looked at, once the chain is done.
    entries: Option<String>,
}

impl Position {
    fn head(&self) -> Result<Head, Problem> {
        let hash = self.hash.parse().map_err(Problem::internal)?;
        Ok(Head {
            seq: self.seq,
            hash,
        })
    }

    fn at(head: Head, entries: Option<String>) -> Self {
        Self {
            seq: head.seq,
            hash: head.hash.to_string(),
            entries,
        }
    }
}

/// What a part of a verification came to.
enum Progress {
    /// Go on from here.
    Further(Position),
    /// Nothing is left.
    Done(Head),
    /// Something is wrong; followed up to here.
    Broken(Head, Finding),
}

/// Checks the log: follows the chain from its first number, compares it with the anchors, and looks for entries without a
/// number. Repeat with `next_cursor` while the state is `running`.
#[utoipa::path(get, path = "/api/v1/audit/verification", params(VerificationQuery),
    responses((status = 200, description = "What this part of the verification found.", body = VerificationOut)))]
pub(crate) async fn handle(
    app: &App,
    anchors: &Anchors,
    scope: &TenantScope<Manager>,
    query: VerificationQuery,
) -> Answer {
    Box::pin(verify(app, anchors, scope, query)).await
}

/// Checks the log of the account of the person who is logged in, as that of a workspace is checked. Repeat with
/// `next_cursor` while the state is `running`.
#[utoipa::path(get, path = "/api/v1/audit/account/verification", params(VerificationQuery),
    responses((status = 200, description = "What this part of the verification found.", body = VerificationOut)))]
pub(crate) async fn account(
    app: &App,
    anchors: &Anchors,
    scope: &TenantScope<Owner>,
    query: VerificationQuery,
) -> Answer {
    Box::pin(verify(app, anchors, scope, query)).await
}

async fn verify<R: Reads>(
    app: &App,
    anchors: &Anchors,
    scope: &TenantScope<R>,
    query: VerificationQuery,
) -> Answer {
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let cursors = CursorKey::new(&key.cursor_key());
    let label = format!("{}/audit.verify", scope.tenant().suffix());
    let mut position = match &query.cursor {
        Some(cursor) => Cursor::open::<Position>(&cursors, &label, cursor)?,
        None => Position::at(Head::START, None),
    };
    let anchored = Box::pin(anchors.list(scope))
        .await
        .map_err(AuditError::from)
        .or_problem()?;
    let log = Log {
        db: &app.store.within(scope).or_problem()?,
        tenant: scope.tenant(),
        anchors: &anchored,
        now: app.clock.now(),
    };
    for _ in 0..ROUNDS {
        match Box::pin(log.part(position)).await? {
            Progress::Further(next) => position = next,
            Progress::Done(head) => return log.answer(VerificationState::Ok, head, None, None),
            Progress::Broken(head, finding) => {
                tracing::error!("an audit log is not what was written");
                return log.answer(VerificationState::Broken, head, Some(finding), None);
            }
        }
    }
    let next = Cursor::seal(&cursors, &label, &position)?;
    log.answer(
        VerificationState::Running,
        position.head()?,
        None,
        Some(next),
    )
}

/// A log that is checked.
struct Log<'a, R: Reads> {
    db: &'a TenantDb<R>,
    tenant: TenantId,
    anchors: &'a [Anchor],
    now: Timestamp,
}

impl<R: Reads> Log<'_, R> {
    async fn part(&self, position: Position) -> Result<Progress, Problem> {
        let head = position.head()?;
        match position.entries {
            None => self.numbers(head).await,
            Some(after) => self.entries(head, after).await,
        }
    }

    /// A round of numbers.
    async fn numbers(&self, mut head: Head) -> Result<Progress, Problem> {
        let first = head.seq + 1;
        let found = Box::pin(evidence::read(self.db, first..first + ROUND as u64))
            .await
            .or_problem()?;
        for evidence in &found {
            let seq = head.seq + 1;
            if evidence.chain == Seen::Absent {
                match evidence::absence(self.db, seq).await.or_problem()? {
                    Absence::End => return Ok(self.end(head)),
                    Absence::Given => break,
                    Absence::Hole => {}
                }
            }
            let followed = evidence
                .claim(self.tenant, seq)
                .map_err(|how| Finding::at(seq, how))
                .and_then(|claim| follow(head, claim.as_ref()))
                .and_then(|next| anchored(self.anchors, next));
            match followed {
                Ok(next) => head = next,
                Err(finding) => return Ok(Progress::Broken(head, finding)),
            }
        }
        Ok(Progress::Further(Position::at(head, None)))
    }

    /// After the last number.
    fn end(&self, head: Head) -> Progress {
        match beyond(self.anchors, head) {
            Some(finding) => Progress::Broken(head, finding),
            None => Progress::Further(Position::at(head, Some(String::from("0")))),
        }
    }

    /// A round of entries: each has a number, or is new.
    async fn entries(&self, head: Head, after: String) -> Result<Progress, Problem> {
        let page = Page {
            pk: keys::ENTRIES,
            from: &after,
            to: "~",
            direction: Direction::Forward,
            limit: ROUND,
        };
        let entries: Vec<AuditRow> = Box::pin(self.db.list(&page))
            .await
            .or_problem()?
            .into_iter()
            .map(|found| found.row)
            .collect();
        let numbers = Box::pin(numbers(self.db, &entries)).await.or_problem()?;
        for (entry, number) in entries.iter().zip(numbers) {
            let finding = match number {
                None if entry.at.plus(PATIENCE) < self.now => Some(Finding {
                    seq: None,
                    entry: Some(entry.id),
                    how: How::Unchained,
                }),
                // Given while this verification ran, or the chain was cut off.
                Some(seq) if seq > head.seq => self.cut_off(seq).await?,
                _ => None,
            };
            if let Some(finding) = finding {
                return Ok(Progress::Broken(head, finding));
            }
        }
        Ok(match entries.last() {
            Some(last) if entries.len() == ROUND => {
                let after = format!("{}~", keys::audit_position(last.at, last.id));
                Progress::Further(Position::at(head, Some(after)))
            }
            _ => Progress::Done(head),
        })
    }

    async fn cut_off(&self, seq: u64) -> Result<Option<Finding>, Problem> {
        let found = Box::pin(evidence::read(self.db, seq..seq + 1))
            .await
            .or_problem()?;
        let gone = found.iter().any(|evidence| evidence.chain == Seen::Absent);
        Ok(gone.then_some(Finding::at(seq, How::Missing)))
    }

    fn answer(
        &self,
        state: VerificationState,
        head: Head,
        finding: Option<Finding>,
        next_cursor: Option<String>,
    ) -> Answer {
        http_kit::json(
            StatusCode::OK,
            &VerificationOut {
                state,
                count: head.seq,
                head: head.hash.to_string(),
                anchors: self.anchors.len(),
                finding: finding.map(|finding| FindingOut {
                    sequence: finding.seq,
                    entry: finding.entry.map(|id| id.to_string()),
                    how: finding.how,
                }),
                next_cursor,
            },
        )
    }
}

/// Whether every anchor of this number says the same hash.
fn anchored(anchors: &[Anchor], head: Head) -> Result<Head, Finding> {
    let hash = head.hash.to_string();
    let contradicts = |anchor: &Anchor| anchor.seq == head.seq && anchor.hash != hash;
    match anchors.iter().any(contradicts) {
        true => Err(Finding::at(head.seq, How::Overwritten)),
        false => Ok(head),
    }
}

/// An anchor of a number that the chain does not reach: its end was cut off.
fn beyond(anchors: &[Anchor], head: Head) -> Option<Finding> {
    let cut = anchors.iter().any(|anchor| anchor.seq > head.seq);
    cut.then_some(Finding::at(head.seq + 1, How::Missing))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::Hash;

    fn anchor(seq: u64, hash: Hash) -> Anchor {
        Anchor {
            day: "2026-11-28".into(),
            seq,
            hash: hash.to_string(),
        }
    }

    #[test]
    fn a_tail_that_was_written_anew_contradicts_its_anchor() {
        let (old, new) = (
            Hash::GENESIS.followed_by(b"old"),
            Hash::GENESIS.followed_by(b"new"),
        );
        let head = Head { seq: 7, hash: new };
        let anchors = [anchor(6, old), anchor(7, old)];
        assert_eq!(
            anchored(&anchors, head),
            Err(Finding::at(7, How::Overwritten))
        );
        assert_eq!(anchored(&[anchor(6, old), anchor(7, new)], head), Ok(head));
    }

    #[test]
    fn a_tail_that_was_cut_off_is_missed_by_its_anchor() {
        let head = Head {
            seq: 7,
            hash: Hash::GENESIS,
        };
        let hash = Hash::GENESIS;
        assert_eq!(
            beyond(&[anchor(9, hash)], head),
            Some(Finding::at(8, How::Missing))
        );
        assert_eq!(beyond(&[anchor(7, hash)], head), None);
    }
}
