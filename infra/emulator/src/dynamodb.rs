//! DynamoDB: dynoxide, reached through the gateway so that every call is authorised and recorded.
//!
//! dynoxide's own HTTP front end is kept (it holds much of the validation), on a second loopback port that is never told
//! to functions and on a thread of its own, because SQLite blocks.

mod backups;
mod forward;
mod leading_keys;
mod schema;
pub(crate) mod sweep;
mod tables;
mod wants;

use std::path::Path;

use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::error::{Error, ServiceError};
use crate::gateway::{Reply, Request, Want};
use crate::{Database, Place};

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

fn failed(error: impl std::fmt::Display) -> Error {
    Error::DynamoDb(error.to_string())
}
