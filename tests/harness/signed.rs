//! A client of the embedded AWS that is no SDK: whatever a role's credentials can be made to ask, it asks.

use std::fmt::Write as _;

use emulator::iam::AccessKey;
use ring::{digest, hmac};
use serde_json::{Value, json};
use time::OffsetDateTime;
use time::macros::format_description;

use crate::World;
use crate::api::plain;

/// Credentials, and nothing between them and the service.
pub struct Signed {
    endpoint: String,
    host: String,
    region: String,
    key: AccessKey,
    client: reqwest::Client,
}

impl Signed {
    /// The execution session of a function's role, as the platform gives it to the function.
    pub fn function(world: &World, role_name: &str) -> (Self, String) {
        let aws = world.host.aws();
        let role = aws
            .iam()
            .roles()
            .into_iter()
            .find(|role| role.arn.ends_with(&format!("/{role_name}")));
        let role = role.unwrap_or_else(|| panic!("a role {role_name}"));
        let key = aws.iam().issue_key(&role.arn).expect("the role exists");
        let host = aws.address().to_string();
        (
            Self {
                endpoint: aws.endpoint(),
                host,
                region: aws.region().to_owned(),
                key,
                client: plain().build().expect("a plain client"),
            },
            role.arn,
        )
    }

    /// The platform itself, which may do everything: to put things where no function would.
    pub fn platform(world: &World) -> Self {
        let aws = world.host.aws();
        let key = aws.iam().platform_key();
        Self {
            endpoint: aws.endpoint(),
            host: aws.address().to_string(),
            region: aws.region().to_owned(),
            key,
            client: plain().build().expect("a plain client"),
        }
    }

    /// The same role assumed again with a `tenant` tag, or the service's refusal.
    pub async fn tagged(&self, role_arn: &str, tenant: &str) -> Result<Self, Value> {
        let role = role_arn.replace(':', "%3A").replace('/', "%2F");
        let body = format!(
            "Action=AssumeRole&Version=2011-06-15&RoleArn={role}&RoleSessionName=test&Tags.member.1.Key=tenant&Tags.member.1.Value={tenant}"
        );
        let (status, text) = self
            .send("sts", "application/x-www-form-urlencoded", None, body)
            .await;
        if status != 200 {
            return Err(json!({ "status": status, "text": text }));
        }
        let part = |name: &str| {
            let rest = text
                .split_once(&format!("<{name}>"))
                .unwrap_or_else(|| panic!("{name} in {text}"))
                .1;
            rest.split_once('<').expect("it ends").0.to_owned()
        };
        let key = AccessKey {
            id: part("AccessKeyId"),
            secret: part("SecretAccessKey"),
            session_token: Some(part("SessionToken")),
        };
        Ok(Self {
            endpoint: self.endpoint.clone(),
            host: self.host.clone(),
            region: self.region.clone(),
            key,
            client: self.client.clone(),
        })
    }

    /// An operation of DynamoDB: the answer, or the error's short name.
    pub async fn dynamodb(&self, operation: &str, body: &Value) -> Result<Value, String> {
        self.json("dynamodb", &format!("DynamoDB_20120810.{operation}"), body)
            .await
    }

    /// An operation of KMS: the answer, or the error's short name.
    pub async fn kms(&self, operation: &str, body: &Value) -> Result<Value, String> {
        self.json("kms", &format!("TrentService.{operation}"), body)
            .await
    }

    async fn json(&self, service: &str, target: &str, body: &Value) -> Result<Value, String> {
        let (status, text) = self
            .send(
                service,
                "application/x-amz-json-1.0",
                Some(target),
                body.to_string(),
            )
            .await;
        let answer: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
        if status == 200 {
            return Ok(answer);
        }
        let kind = answer["__type"].as_str().unwrap_or(&text);
        Err(kind.rsplit('#').next().unwrap_or(kind).to_owned())
    }

    async fn send(
        &self,
        service: &str,
        content_type: &str,
        target: Option<&str>,
        body: String,
    ) -> (u16, String) {
        let now = OffsetDateTime::now_utc();
        let stamp = now
            .format(format_description!(
                "[year][month][day]T[hour][minute][second]Z"
            ))
            .expect("a date");
        let date = &stamp[..8];
        let mut headers = vec![("host", self.host.clone()), ("x-amz-date", stamp.clone())];
        if let Some(token) = &self.key.session_token {
            headers.push(("x-amz-security-token", token.clone()));
        }
        if let Some(target) = target {
            headers.push(("x-amz-target", target.to_owned()));
        }
        headers.sort();
        let names = headers
            .iter()
            .map(|(name, _)| *name)
            .collect::<Vec<_>>()
            .join(";");
        let mut canonical = "POST\n/\n\n".to_owned();
        for (name, value) in &headers {
            writeln!(canonical, "{name}:{value}").expect("memory");
        }
        write!(canonical, "\n{names}\n{}", hash(body.as_bytes())).expect("memory");
        let scope = format!("{date}/{}/{service}/aws4_request", self.region);
        let text = format!(
            "AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{}",
            hash(canonical.as_bytes())
        );
        let mut key = format!("AWS4{}", self.key.secret).into_bytes();
        for part in [date, &self.region, service, "aws4_request"] {
            key = mac(&key, part);
        }
        let signature = hex(&mac(&key, &text));
        let credential = format!("{}/{scope}", self.key.id);
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders={names}, Signature={signature}"
        );
        let mut request = self
            .client
            .post(&self.endpoint)
            .header("content-type", content_type);
        for (name, value) in headers.iter().filter(|(name, _)| *name != "host") {
            request = request.header(*name, value);
        }
        let answer = request
            .header("authorization", authorization)
            .body(body)
            .send()
            .await
            .expect("the service answers");
        (
            answer.status().as_u16(),
            answer.text().await.expect("a body"),
        )
    }
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes())
        .as_ref()
        .to_vec()
}

fn hash(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
