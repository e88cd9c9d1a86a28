//! STS: `AssumeRole` with session tags, `GetCallerIdentity`.

use std::collections::BTreeMap;

use crate::Place;
use crate::error::ServiceError;
use crate::gateway::xml::element;
use crate::gateway::{Reply, Request, ResourcePolicy, Want};
use crate::iam::Iam;

/// Longest session when a session assumes a role (role chaining), in seconds.
const CHAINED_SECONDS: i64 = 3600;

/// The security token service.
#[derive(Clone)]
pub(crate) struct Sts {
    place: Place,
    iam: Iam,
}

impl Sts {
    pub fn new(place: &Place, iam: Iam) -> Self {
        Self {
            place: place.clone(),
            iam,
        }
    }

    pub fn wants(&self, request: &Request) -> Vec<Want> {
        if request.operation != "AssumeRole" {
            // Everybody may ask who they are.
            return Vec::new();
        }
        let role = request.param("RoleArn").unwrap_or("");
        let tags = tags(request);
        let mut actions = vec!["sts:AssumeRole"];
        if !tags.is_empty() {
            actions.push("sts:TagSession");
        }
        let wants = actions.into_iter().map(|action| {
            let mut want = Want::new(action, role);
            if let Some(name) = request.param("RoleSessionName") {
                want = want.with("sts:RoleSessionName", vec![name.to_owned()]);
            }
            for (key, value) in &tags {
                want = want.with(&format!("aws:RequestTag/{key}"), vec![value.clone()]);
            }
            if !tags.is_empty() {
                want = want.with(
                    "aws:TagKeys",
                    tags.iter().map(|(key, _)| key.clone()).collect(),
                );
            }
            want.resource_policy = self.iam.trust(role).map(ResourcePolicy);
            want
        });
        wants.collect()
    }

    pub fn handle(&self, request: &Request) -> Result<Reply, ServiceError> {
        let inner = match request.operation.as_str() {
            "AssumeRole" => self.assume_role(request)?,
            "GetCallerIdentity" => {
                let user_id = format!(
                    "AROAEMULATOR:{}",
                    request.principal.arn.rsplit('/').next().unwrap_or("")
                );
                [
                    element("Arn", &request.principal.arn),
                    element("UserId", &user_id),
                    element("Account", &self.place.account_id),
                ]
                .concat()
            }
            other => {
                let message = format!("Could not find operation {other} for version 2011-06-15");
                return Err(ServiceError::client("InvalidAction", message));
            }
        };
        Ok(Reply::query(
            request.service,
            &request.operation,
            &inner,
            &request.id,
        ))
    }

    fn assume_role(&self, request: &Request) -> Result<String, ServiceError> {
        let role = request.param("RoleArn").unwrap_or("");
        let name = request.param("RoleSessionName").unwrap_or("");
        let tags = tags(request);
        check_name(name)?;
        check_tags(&tags)?;
        let seconds = match request.param("DurationSeconds") {
            Some(text) => text.parse().ok().filter(|seconds| (900..=43_200).contains(seconds)).ok_or_else(|| {
                validation(format!(
                    "Value '{text}' at 'durationSeconds' failed to satisfy constraint: Member must have value between 900 and 43200"
                ))
            })?,
            None => CHAINED_SECONDS,
        };
        if self.iam.role(role).is_none() {
            let message = format!(
                "User: {} is not authorized to perform: sts:AssumeRole on resource: {role}",
                request.principal.arn
            );
            return Err(ServiceError::with_status(403, "AccessDenied", message));
        }
        if request.principal.role_arn.is_some() && seconds > CHAINED_SECONDS {
            return Err(validation(
                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
            ));
        }
        let expires_at = self.place.clock.now_seconds() + seconds;
        let session = self
            .iam
            .start_session(role, name, tags.into_iter().collect(), expires_at)?;
        let credentials = [
            element("AccessKeyId", &session.key.id),
            element("SecretAccessKey", &session.key.secret),
            element(
                "SessionToken",
                session.key.session_token.as_deref().unwrap_or(""),
            ),
            element("Expiration", &crate::clock::iso_seconds(expires_at)),
        ]
        .concat();
        let user = [
            element("AssumedRoleId", &format!("AROAEMULATOR:{name}")),
            element("Arn", &session.principal.arn),
        ];
        Ok(format!(
            "<Credentials>{credentials}</Credentials><AssumedRoleUser>{}</AssumedRoleUser>",
            user.concat()
        ))
    }
}

/// Session tags in the order given; names keep their case.
fn tags(request: &Request) -> Vec<(String, String)> {
    (1..)
        .map_while(|index| {
            let key = request.param(&format!("Tags.member.{index}.Key"))?;
            let value = request
                .param(&format!("Tags.member.{index}.Value"))
                .unwrap_or("");
            Some((key.to_owned(), value.to_owned()))
        })
        .collect()
}

fn check_name(name: &str) -> Result<(), ServiceError> {
    let valid = |c: char| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c);
    if !(2..=64).contains(&name.len()) || !name.chars().all(valid) {
        return Err(validation(format!(
            "Value '{name}' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression \
             pattern: [\\w+=,.@-]* and have length between 2 and 64"
        )));
    }
    Ok(())
}

fn check_tags(tags: &[(String, String)]) -> Result<(), ServiceError> {
    let distinct: BTreeMap<String, ()> = tags
        .iter()
        .map(|(key, _)| (key.to_ascii_lowercase(), ()))
        .collect();
    if distinct.len() != tags.len() {
        return Err(ServiceError::client(
            "InvalidParameterValue",
            "Duplicate tag keys found.",
        ));
    }
    if tags.len() > 50
        || tags
            .iter()
            .any(|(key, value)| key.is_empty() || key.len() > 128 || value.len() > 256)
    {
        return Err(validation("Session tags are too many or too long"));
    }
    Ok(())
}

fn validation(message: impl Into<String>) -> ServiceError {
    ServiceError::client("ValidationError", message)
}
