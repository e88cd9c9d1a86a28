//! Idempotency-Key: the same request twice has one effect and two equal answers.
//!
//! The record is keyed by a hash over the person, the route and the key, and holds a hash of the body: the same key with
//! another body is refused. A route whose effect is one transaction adds the finished record to it ([`Claim::finished`]);
//! a route that calls outside first claims ([`Claim::begin`]) and then finishes.

use std::time::Duration;

use domain::Timestamp;
use domain::ids::UserId;
use http::StatusCode;
use http_kit::{Answer, BodyHash, Problem};
use ring::digest::{Context, SHA256};
use serde::Serialize;
use store::row::IdempotencyRow;
use store::{LocalKey, StoreError, TenantDb, keys};
use tenancy::Writes;

use crate::problem::OrProblem;
use crate::{App, Call};

const KEEP: Duration = Duration::from_secs(24 * 3600);
/// Longer than any function runs, so that a taken-over claim cannot still be at work.
const LEASE: Duration = Duration::from_secs(60);

/// A request that says how to recognise its repetition.
#[derive(Clone, Debug)]
pub struct Claim {
    hash: String,
    body_hash: String,
}

/// What a claim found.
pub enum Replay {
    /// This request is the first: do the work.
    First,
    /// It was answered before: give the same answer.
    Answer(Answer),
}

impl Call {
    /// The claim of this call, if the client sent a key.
    ///
    /// # Errors
    /// 400 for a malformed key, 401 without a session.
    pub fn claim(&self) -> Result<Option<Claim>, Problem> {
        let Some(key) = self.idempotency_key()? else {
            return Ok(None);
        };
        let user = self.session()?.user();
        Ok(Some(Claim::new(
            user,
            self.route.operation,
            key.as_str(),
            self.request.uri().path(),
            self.request.body(),
        )))
    }
}

impl Claim {
    /// The claim of a job that does what a route does, on the word of a person that `unique` tells from any other.
    pub fn of_job(user: UserId, operation: &str, unique: &str, body: &[u8]) -> Self {
        Self::new(user, operation, unique, "", body)
    }

    fn new(user: UserId, operation: &str, key: &str, path: &str, body: &[u8]) -> Self {
        let mut context = Context::new(&SHA256);
        for part in [user.suffix().as_str(), operation, key] {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part.as_bytes());
        }
        let hash = context
            .finish()
            .as_ref()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Self {
            hash,
            body_hash: BodyHash::of(operation, path, body).to_string(),
        }
    }

    /// Where the record of this request stands: to be read first where the effect itself takes away what a repetition
    /// would need.
    pub fn key(&self) -> LocalKey {
        keys::idempotency(&self.hash)
    }

    /// The record of a finished request, for the transaction that is its effect. Add it with
    /// [`store::Transaction::create_or_revive`]; when that condition fails, [`Claim::replay`] has the answer.
    ///
    /// # Errors
    /// When the answer is not representable as JSON.
    pub fn finished<T: Serialize>(
        &self,
        now: Timestamp,
        status: StatusCode,
        answer: &T,
    ) -> Result<IdempotencyRow, Problem> {
        let answer = serde_json::to_string(answer).map_err(Problem::internal)?;
        Ok(self.row(now, Some(status.as_u16()), Some(answer)))
    }

    fn row(&self, now: Timestamp, status: Option<u16>, answer: Option<String>) -> IdempotencyRow {
        IdempotencyRow {
            hash: self.hash.clone(),
            body_hash: self.body_hash.clone(),
            status,
            answer,
            lease_until: now.plus(LEASE),
            until: now.plus(KEEP),
        }
    }

    /// The answer of the first request, from the record that stood in the way.
    ///
    /// # Errors
    /// 422 for another body under the same key, 409 while the first request runs.
    pub fn replay(&self, stored: &IdempotencyRow) -> Answer {
        if stored.body_hash != self.body_hash {
            return Err(Problem::unprocessable(
                "idempotency_key_reused",
                "This Idempotency-Key was used for another request. Use a new key for a new request.",
            ));
        }
        let (Some(status), Some(answer)) = (stored.status, &stored.answer) else {
            return Err(Problem::conflict(
                "request_in_progress",
                "The first request with this key is still running. Repeat it shortly.",
            ));
        };
        let status = StatusCode::from_u16(status).map_err(Problem::internal)?;
        let answer: serde_json::Value = serde_json::from_str(answer).map_err(Problem::internal)?;
        http_kit::json(status, &answer)
    }

    /// Claims the request before work outside the database. An abandoned claim may be taken over after a minute.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn begin<R: Writes>(&self, app: &App, db: &TenantDb<R>) -> Result<Replay, Problem> {
        let now = app.clock.now();
        let row = self.row(now, None, None);
        let mut transaction = db.transaction();
        let index = transaction.create_or_revive(&row);
        let error = match transaction.commit().await {
            Ok(()) => return Ok(Replay::First),
            Err(error) => error,
        };
        let Some(stored) = error
            .failed(index)
            .and_then(|failed| failed.old::<IdempotencyRow>())
        else {
            return Err(error).or_problem();
        };
        let abandoned = stored.status.is_none()
            && stored.lease_until <= now
            && stored.body_hash == self.body_hash;
        if !abandoned {
            return Ok(Replay::Answer(self.replay(&stored)));
        }
        match self.take_over(db, &row).await {
            Ok(()) => Ok(Replay::First),
            Err(error) if error.is_race() => Ok(Replay::Answer(self.replay(&stored))),
            Err(error) => Err(error).or_problem(),
        }
    }

    async fn take_over<R: Writes>(
        &self,
        db: &TenantDb<R>,
        row: &IdempotencyRow,
    ) -> Result<(), StoreError> {
        let key = store::Row::key(row);
        let Some(found) = db.find::<IdempotencyRow>(&key).await? else {
            return Err(StoreError::Contention);
        };
        if found.row.status.is_some() {
            return Err(StoreError::Contention);
        }
        let mut transaction = db.transaction();
        transaction.replace(row, found.rev);
        transaction.commit().await
    }

    /// Stores the answer of a claimed request.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn finish<R: Writes, T: Serialize>(
        &self,
        app: &App,
        db: &TenantDb<R>,
        status: StatusCode,
        answer: &T,
    ) -> Result<(), Problem> {
        let mut transaction = db.transaction();
        transaction.put_any(&self.finished(app.clock.now(), status, answer)?);
        transaction.commit().await.or_problem()
    }

    /// Gives a claim back after a refusal, so that a corrected outside state can be tried with the same key.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn abandon<R: Writes>(&self, app: &App, db: &TenantDb<R>) -> Result<(), Problem> {
        let mut transaction = db.transaction();
        transaction.delete_any::<IdempotencyRow>(&store::Row::key(&self.row(
            app.clock.now(),
            None,
            None,
        )));
        transaction.commit().await.or_problem()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(body: &[u8]) -> Claim {
        Claim::new(
            UserId::from_bytes([1; 16]),
            "conversations.send",
            "key",
            "/x",
            body,
        )
    }

    #[test]
    fn the_same_key_with_another_body_is_refused() {
        let stored = claim(b"a")
            .finished(Timestamp::default(), StatusCode::CREATED, &1)
            .expect("JSON");
        assert!(matches!(
            claim(b"b").replay(&stored),
            Err(Problem::Unprocessable {
                code: "idempotency_key_reused",
                ..
            })
        ));
        assert_eq!(
            claim(b"a")
                .replay(&stored)
                .map(|answer| answer.status())
                .ok(),
            Some(StatusCode::CREATED)
        );
    }

    #[test]
    fn a_record_is_found_where_it_is_written() {
        let stored = claim(b"a")
            .finished(Timestamp::default(), StatusCode::CREATED, &1)
            .expect("JSON");
        assert_eq!(claim(b"a").key(), store::Row::key(&stored));
    }

    #[test]
    fn another_person_has_another_record_for_the_same_key() {
        let other = Claim::new(
            UserId::from_bytes([2; 16]),
            "conversations.send",
            "key",
            "/x",
            b"a",
        );
        assert_ne!(other.hash, claim(b"a").hash);
    }

    #[test]
    fn a_running_request_is_a_conflict() {
        let running = claim(b"a").row(Timestamp::default(), None, None);
        assert!(matches!(
            claim(b"a").replay(&running),
            Err(Problem::Conflict {
                code: "request_in_progress",
                ..
            })
        ));
    }
}
