//! The REST protocol of EventBridge Scheduler.

use serde_json::{Value, json};

use super::expression::Expression;
use super::{Schedule, Scheduler, not_found};
use crate::error::ServiceError;
use crate::gateway::{Reply, Request, Want};

/// The operation of a request, told by method and path.
pub(crate) fn operation(request: &Request) -> String {
    let named = name(request).is_some();
    let operation = match (request.method.as_str(), named) {
        ("POST", true) => "CreateSchedule",
        ("GET", true) => "GetSchedule",
        ("PUT", true) => "UpdateSchedule",
        ("DELETE", true) => "DeleteSchedule",
        ("GET", false) => "ListSchedules",
        _ => "Unsupported",
    };
    operation.to_owned()
}

impl Scheduler {
    pub(crate) fn wants(&self, request: &Request) -> Vec<Want> {
        let action = format!("scheduler:{}", request.operation);
        let Some(name) = name(request) else {
            return vec![Want::new(action, "*")];
        };
        let mut wants = vec![Want::new(action, self.arn(&name))];
        // Whoever gives a role to the scheduler must be allowed to pass it on.
        if let (true, Some(role)) = (
            request.method != "GET",
            request.json["Target"]["RoleArn"].as_str(),
        ) {
            let passed_to = vec!["scheduler.amazonaws.com".to_owned()];
            wants.push(Want::new("iam:PassRole", role).with("iam:PassedToService", passed_to));
        }
        wants
    }

    pub(crate) fn handle(&self, request: &Request) -> Result<Reply, ServiceError> {
        let name = name(request).unwrap_or_default();
        let answer = match request.operation.as_str() {
            "CreateSchedule" => {
                check(&name, &request.json)?;
                if self.lock().contains_key(&name) {
                    let message = format!("Schedule {name} already exists.");
                    return Err(ServiceError::with_status(409, "ConflictException", message));
                }
                json!({ "ScheduleArn": self.put(&name, &request.json)? })
            }
            "UpdateSchedule" => {
                if !self.lock().contains_key(&name) {
                    return Err(not_found(&name));
                }
                json!({ "ScheduleArn": self.put(&name, &request.json)? })
            }
            "GetSchedule" => {
                let schedules = self.lock();
                self.describe(schedules.get(&name).ok_or_else(|| not_found(&name))?)
            }
            "DeleteSchedule" => self.remove(&name).map(|()| json!({}))?,
            "ListSchedules" => {
                let prefix = request.query("NamePrefix").unwrap_or("").to_owned();
                let schedules = self.lock();
                let listed: Vec<Value> = schedules
                    .values()
                    .filter(|schedule| schedule.name.starts_with(&prefix))
                    .map(|schedule| {
                        let mut all = self.describe(schedule);
                        all["Target"] = json!({ "Arn": schedule.body["Target"]["Arn"] });
                        all
                    })
                    .collect();
                json!({ "Schedules": listed })
            }
            other => {
                let message = format!("{other} is not supported");
                return Err(ServiceError::client("ValidationException", message));
            }
        };
        Ok(Reply::json(request.service, &answer))
    }

    fn describe(&self, schedule: &Schedule) -> Value {
        let mut answer = schedule.body.clone();
        for (member, default) in [
            ("State", "ENABLED"),
            ("ScheduleExpressionTimezone", "UTC"),
            ("GroupName", "default"),
        ] {
            if answer[member].is_null() {
                answer[member] = default.into();
            }
        }
        answer["Name"] = schedule.name.as_str().into();
        answer["Arn"] = self.arn(&schedule.name).into();
        answer["CreationDate"] = (schedule.created_ms / 1000).into();
        answer["LastModificationDate"] = (schedule.modified_ms / 1000).into();
        if let Some(members) = answer.as_object_mut() {
            members.remove("ClientToken");
        }
        answer
    }
}

/// Refuses what the service refuses; answers the parsed expression.
pub(super) fn check(name: &str, body: &Value) -> Result<Expression, ServiceError> {
    let valid = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if name.is_empty() || name.len() > 64 || !name.chars().all(valid) {
        return Err(invalid(format!(
            "Value '{name}' at 'name' failed to satisfy constraint: [0-9a-zA-Z-_.]+, 1 to 64"
        )));
    }
    let window = &body["FlexibleTimeWindow"];
    match window["Mode"].as_str() {
        Some("OFF") if window["MaximumWindowInMinutes"].is_null() => {}
        Some("FLEXIBLE")
            if window["MaximumWindowInMinutes"]
                .as_i64()
                .is_some_and(|m| (1..=1440).contains(&m)) => {}
        _ => return Err(invalid("Flexible time window is not valid.")),
    }
    if let Some(zone) = body["ScheduleExpressionTimezone"]
        .as_str()
        .filter(|zone| !matches!(*zone, "UTC" | "Etc/UTC"))
    {
        return Err(invalid(format!(
            "Time zone {zone} is not supported here: only UTC is."
        )));
    }
    for member in ["Arn", "RoleArn"] {
        let arn = body["Target"][member].as_str().unwrap_or("");
        if arn.splitn(6, ':').count() != 6 || !arn.starts_with("arn:") {
            return Err(invalid(format!(
                "Provided {member} is not in correct format."
            )));
        }
    }
    let retry = &body["Target"]["RetryPolicy"];
    let attempts = retry["MaximumRetryAttempts"].as_i64().unwrap_or(0);
    let age = retry["MaximumEventAgeInSeconds"].as_i64().unwrap_or(86_400);
    if !(0..=185).contains(&attempts) || !(60..=86_400).contains(&age) {
        return Err(invalid("Retry policy is out of range."));
    }
    let expression = body["ScheduleExpression"].as_str().unwrap_or("");
    Expression::parse(expression)
        .ok_or_else(|| invalid(format!("Invalid Schedule Expression {expression}.")))
}

/// A date of the API: epoch seconds, or text in templates.
pub(super) fn date_ms(value: &Value) -> Option<i64> {
    if let Some(seconds) = value.as_f64() {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "whole milliseconds are wanted"
        )]
        return Some((seconds * 1000.0) as i64);
    }
    let format = &time::format_description::well_known::Rfc3339;
    let at = time::OffsetDateTime::parse(value.as_str()?, format).ok()?;
    Some(at.unix_timestamp() * 1000)
}

fn name(request: &Request) -> Option<String> {
    let rest = request.path.strip_prefix("/schedules/")?;
    let decoded = percent_encoding::percent_decode_str(rest)
        .decode_utf8_lossy()
        .into_owned();
    Some(decoded).filter(|name| !name.is_empty())
}

fn invalid(message: impl Into<String>) -> ServiceError {
    ServiceError::client("ValidationException", message)
}
