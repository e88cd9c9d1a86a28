//! `GET /api/v1/audit/verification` and `GET /api/v1/audit/account/verification`: whether a log is what was written.
//!
//! First the chain, number by number, with the anchors that were laid down on the way; then the entries, each of which must have
//! a number. Each call does a bounded part and gives a cursor for the next. Uses GetItem on `routing` and `keys`,
//! Query and BatchGetItem on `audit`, kms:Decrypt (purpose `data`), s3:ListBucket.

use std::time::Duration;

use anchors::{Anchors, Archived};
use app::{App, OrProblem};
use domain::Timestamp;
use domain::ids::TenantId;
use http::StatusCode;
use http_kit::{Answer, Cursors, Problem};
use serde::{Deserialize, Serialize};
use store::row::AuditRow;
use store::{Direction, Page, TenantDb, keys};
use tenancy::{Manager, Owner, Reads, TenantScope};
use utoipa::{IntoParams, ToSchema};

use crate::chain::{Claim, Finding, Head, How, follow};
use crate::error::AuditError;
use crate::evidence::{self, Absence, Seen};
use crate::horizon::Horizon;
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
    /// The last number whose entry is gone because its 24 months are over, as anchors of that age show; 0 where none is.
    gone_to: u64,
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
    #[serde(default)]
    gone_to: u64,
    /// The last entry looked at, once the chain is done.
    entries: Option<String>,
}

impl Position {
    fn reached(&self) -> Result<Reached, Problem> {
        let hash = self.hash.parse().map_err(Problem::internal)?;
        Ok(Reached {
            head: Head {
                seq: self.seq,
                hash,
            },
            gone_to: self.gone_to,
        })
    }

    fn at(reached: Reached, entries: Option<String>) -> Self {
        Self {
            seq: reached.head.seq,
            hash: reached.head.hash.to_string(),
            gone_to: reached.gone_to,
            entries,
        }
    }
}

/// Up to where a log was followed.
#[derive(Clone, Copy, Debug)]
struct Reached {
    head: Head,
    /// The last number whose entry is gone.
    gone_to: u64,
}

impl Reached {
    const START: Self = Self {
        head: Head::START,
        gone_to: 0,
    };

    fn follow(self, claim: Option<&Claim>, anchors: &[Archived]) -> Result<Self, Finding> {
        let head = anchored(anchors, follow(self.head, claim)?)?;
        let is_gone = claim.is_some_and(|claim| claim.entry.is_none());
        let gone_to = if is_gone { head.seq } else { self.gone_to };
        Ok(Self { head, gone_to })
    }
}

/// What a part of a verification came to.
enum Progress {
    /// Go on from here.
    Further(Position),
    /// Nothing is left.
    Done(Reached),
    /// Something is wrong; followed up to here.
    Broken(Reached, Finding),
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
    let label = format!("{}/audit.verify", scope.tenant().suffix());
    let cursors = Cursors::new(&key.cursor_key(), label);
    let known = cursors.open::<Position>(query.cursor.as_deref())?;
    let mut position = known.unwrap_or_else(|| Position::at(Reached::START, None));
    let anchored = Box::pin(anchors.list(scope))
        .await
        .map_err(AuditError::from)
        .or_problem()?;
    let now = app.clock.now();
    let log = Log {
        db: &app.store.within(scope).or_problem()?,
        tenant: scope.tenant(),
        horizon: Horizon::of(&anchored, now),
        anchors: &anchored,
        now,
    };
    for _ in 0..ROUNDS {
        match Box::pin(log.part(position)).await? {
            Progress::Further(next) => position = next,
            Progress::Done(reached) => {
                return log.answer(VerificationState::Ok, reached, None, None);
            }
            Progress::Broken(reached, finding) => {
                tracing::error!("an audit log is not what was written");
                return log.answer(VerificationState::Broken, reached, Some(finding), None);
            }
        }
    }
    let next = cursors.seal(&position)?;
    log.answer(
        VerificationState::Running,
        position.reached()?,
        None,
        Some(next),
    )
}

/// A log that is checked.
struct Log<'a, R: Reads> {
    db: &'a TenantDb<R>,
    tenant: TenantId,
    anchors: &'a [Archived],
    horizon: Horizon,
    now: Timestamp,
}

impl<R: Reads> Log<'_, R> {
    async fn part(&self, position: Position) -> Result<Progress, Problem> {
        let reached = position.reached()?;
        match position.entries {
            None => self.numbers(reached).await,
            Some(after) => self.entries(reached, after).await,
        }
    }

    /// A round of numbers.
    async fn numbers(&self, mut reached: Reached) -> Result<Progress, Problem> {
        let first = reached.head.seq + 1;
        let found = Box::pin(evidence::read(self.db, first..first + ROUND as u64))
            .await
            .or_problem()?;
        for evidence in &found {
            let seq = reached.head.seq + 1;
            if evidence.chain == Seen::Absent {
                match evidence::absence(self.db, seq).await.or_problem()? {
                    Absence::End => return Ok(self.end(reached)),
                    Absence::Given => break,
                    Absence::Hole => {}
                }
            }
            let followed = evidence
                .claim(self.tenant, seq, &self.horizon)
                .map_err(|how| Finding::at(seq, how))
                .and_then(|claim| reached.follow(claim.as_ref(), self.anchors));
            match followed {
                Ok(next) => reached = next,
                Err(finding) => return Ok(Progress::Broken(reached, finding)),
            }
        }
        Ok(Progress::Further(Position::at(reached, None)))
    }

    /// After the last number.
    fn end(&self, reached: Reached) -> Progress {
        match beyond(self.anchors, reached.head) {
            Some(finding) => Progress::Broken(reached, finding),
            None => Progress::Further(Position::at(reached, Some(String::from("0")))),
        }
    }

    /// A round of entries: each has a number, or is new.
    async fn entries(&self, reached: Reached, after: String) -> Result<Progress, Problem> {
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
                Some(seq) if seq > reached.head.seq => self.cut_off(seq).await?,
                _ => None,
            };
            if let Some(finding) = finding {
                return Ok(Progress::Broken(reached, finding));
            }
        }
        Ok(match entries.last() {
            Some(last) if entries.len() == ROUND => {
                let after = format!("{}~", keys::audit_position(last.at, last.id));
                Progress::Further(Position::at(reached, Some(after)))
            }
            _ => Progress::Done(reached),
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
        reached: Reached,
        finding: Option<Finding>,
        next_cursor: Option<String>,
    ) -> Answer {
        http_kit::json(
            StatusCode::OK,
            &VerificationOut {
                state,
                count: reached.head.seq,
                head: reached.head.hash.to_string(),
                anchors: self.anchors.len(),
                gone_to: reached.gone_to,
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
fn anchored(anchors: &[Archived], head: Head) -> Result<Head, Finding> {
    let hash = head.hash.to_string();
    let mut said = anchors.iter().map(|archived| &archived.anchor);
    match said.any(|anchor| anchor.seq == head.seq && anchor.hash != hash) {
        true => Err(Finding::at(head.seq, How::Overwritten)),
        false => Ok(head),
    }
}

/// An anchor of a number that the chain does not reach: its end was cut off.
fn beyond(anchors: &[Archived], head: Head) -> Option<Finding> {
    let cut = anchors.iter().any(|one| one.anchor.seq > head.seq);
    cut.then_some(Finding::at(head.seq + 1, How::Missing))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::Hash;
    use anchors::Anchor;

    fn anchor(seq: u64, hash: Hash) -> Archived {
        Archived {
            anchor: Anchor {
                day: "2026-11-28".into(),
                seq,
                hash: hash.to_string(),
            },
            written_at: Timestamp::from_seconds(1_795_824_301),
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
