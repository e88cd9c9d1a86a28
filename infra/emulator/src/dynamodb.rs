//! DynamoDB: dynoxide, reached through the gateway so that every call is authorised and recorded.
//!
//! dynoxide's own HTTP front end is kept (it holds much of the validation), on a second loopback port that is never told
//! to functions and on a thread of its own, because SQLite blocks.

mod backups;
mod forward;
mod leading_keys;
mod schema;
mod tables;
mod wants;

use std::path::Path;

use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::clock::wait_until;
use crate::error::{Error, ServiceError};
use crate::gateway::{Reply, Request, Want};
use crate::{Database, Place};

/// How often expired items are swept, in milliseconds of the clock.
const SWEEP_EVERY_MS: i64 = 60_000;

/// The tables; clones share them.
#[derive(Clone)]
pub struct DynamoDb {
    database: Database,
    place: Place,
    backend: forward::Backend,
    schemas: schema::Schemas,
}

impl DynamoDb {
    pub(crate) fn open(
        place: &Place,
        file: Option<&Path>,
        stop: watch::Receiver<bool>,
        tasks: &mut JoinSet<()>,
    ) -> Result<Self, Error> {
        let database = match file {
            Some(file) => Database::new(&file.to_string_lossy()),
            None => Database::memory(),
        }
        .map_err(failed)?;
        let backend = forward::Backend::start(database.clone(), stop.clone())?;
        let this = Self {
            schemas: schema::Schemas::new(database.clone()),
            database,
            place: place.clone(),
            backend,
        };
        tasks.spawn(this.clone().sweep_regularly(stop));
        Ok(this)
    }

    /// Direct access, past IAM and recording: for seeding, dumps and repairs.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// ARN of a table by name.
    #[must_use]
    pub fn table_arn(&self, name: &str) -> String {
        self.place.arn("dynamodb", &format!("table/{name}"))
    }

    /// What a call needs to be allowed.
    pub(crate) fn wants(&self, request: &Request) -> Vec<Want> {
        wants::wants(self, &request.operation, &request.json)
    }

    pub(crate) async fn handle(&self, request: &Request) -> Result<Reply, ServiceError> {
        if let Some(answer) = backups::handle(self, request) {
            return answer;
        }
        let reply = self.backend.call(request, &self.place).await?;
        if matches!(
            request.operation.as_str(),
            "CreateTable" | "UpdateTable" | "DeleteTable"
        ) {
            self.schemas.forget();
        }
        Ok(reply)
    }

    async fn sweep_regularly(self, mut stop: watch::Receiver<bool>) {
        loop {
            let next = self.place.clock.now_ms() + SWEEP_EVERY_MS;
            while self.place.clock.now_ms() < next {
                tokio::select! {
                    () = wait_until(&*self.place.clock, next) => {}
                    () = crate::stopped(&mut stop) => return,
                }
            }
            if is_moved(self.place.clock.now_ms(), next) {
                continue;
            }
            let sweeper = self.clone();
            match tokio::task::spawn_blocking(move || sweeper.sweep_ttl()).await {
                Ok(Ok(0)) => {}
                Ok(Ok(deleted)) => tracing::debug!(deleted, "expired items deleted"),
                Ok(Err(error)) => {
                    tracing::warn!(error = %error, "expired items could not be deleted")
                }
                Err(error) => tracing::warn!(error = %error, "the sweep of expired items stopped"),
            }
        }
    }

    fn call<Q, A>(
        &self,
        run: fn(&Database, Q) -> dynoxide::Result<A>,
        request: Value,
    ) -> Result<Value, Error>
    where
        Q: serde::de::DeserializeOwned,
        A: serde::Serialize,
    {
        let request = serde_json::from_value(request)?;
        Ok(serde_json::to_value(
            run(&self.database, request).map_err(failed)?,
        )?)
    }
}

/// Whether the clock has jumped over the time at which a sweep was due: whoever moves it sweeps, and a second sweep beside that
/// one would read every table again.
const fn is_moved(now_ms: i64, due_ms: i64) -> bool {
    now_ms - due_ms >= SWEEP_EVERY_MS
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::DynamoDb(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_runs_is_swept_by_and_one_that_is_moved_far_is_left_to_who_moved_it() {
        let due = SWEEP_EVERY_MS;
        assert!(!is_moved(due, due));
        assert!(!is_moved(due + SWEEP_EVERY_MS - 1, due));
        assert!(is_moved(due + SWEEP_EVERY_MS, due));
    }
}
