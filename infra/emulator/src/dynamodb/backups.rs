//! Point-in-time recovery settings, which dynoxide does not know. They are kept and answered; nothing is restored.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::DynamoDb;
use crate::error::{Error, ServiceError};
use crate::gateway::{Reply, Request};

const KIND: &str = "dynamodb.recovery";

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Recovery {
    enabled: bool,
    days: i64,
}

impl DynamoDb {
    pub(super) fn set_recovery(
        &self,
        table: &str,
        enabled: bool,
        days: Option<i64>,
    ) -> Result<(), Error> {
        Ok(self.place.state.put(
            KIND,
            table,
            &Recovery {
                enabled,
                days: days.unwrap_or(35),
            },
        )?)
    }

    fn recovery(&self, table: &str) -> Result<Recovery, Error> {
        let stored = self.place.state.get_bytes(KIND, table)?;
        Ok(stored
            .map(|bytes| serde_json::from_slice(&bytes))
            .transpose()?
            .unwrap_or_default())
    }
}

/// Answers the two operations on recovery; `None` for every other one.
pub(super) fn handle(tables: &DynamoDb, request: &Request) -> Option<Result<Reply, ServiceError>> {
    let update = match request.operation.as_str() {
        "UpdateContinuousBackups" => true,
        "DescribeContinuousBackups" => false,
        _ => return None,
    };
    Some(answer(tables, request, update))
}

fn answer(tables: &DynamoDb, request: &Request, update: bool) -> Result<Reply, ServiceError> {
    let table = request.text("TableName").unwrap_or_default();
    if !tables.tables()?.iter().any(|name| name == table) {
        let message = format!("Table not found: {table}");
        return Err(ServiceError::client("TableNotFoundException", message));
    }
    if update {
        let wanted = &request.json["PointInTimeRecoverySpecification"];
        let days = wanted["RecoveryPeriodInDays"].as_i64();
        if days.is_some_and(|days| !(1..=35).contains(&days)) {
            return Err(ServiceError::client(
                "ValidationException",
                "RecoveryPeriodInDays must be between 1 and 35",
            ));
        }
        tables.set_recovery(
            table,
            wanted["PointInTimeRecoveryEnabled"]
                .as_bool()
                .unwrap_or(false),
            days,
        )?;
    }
    let recovery = tables.recovery(table)?;
    let mut point_in_time = json!({ "PointInTimeRecoveryStatus": if recovery.enabled { "ENABLED" } else { "DISABLED" } });
    if recovery.enabled {
        point_in_time["RecoveryPeriodInDays"] = recovery.days.into();
    }
    let body: Value = json!({ "ContinuousBackupsDescription": {
        "ContinuousBackupsStatus": "ENABLED",
        "PointInTimeRecoveryDescription": point_in_time,
    }});
    Ok(Reply::json(request.service, &body))
}
