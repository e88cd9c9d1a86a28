//! HTTP as a program would speak it.

use reqwest::{Client, ClientBuilder, Method};
use serde_json::Value;

use crate::told;

/// An answer, whole.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// JSON body; null when there is none.
    pub body: Value,
    /// The body's bytes.
    pub bytes: Vec<u8>,
    /// Headers in the order they came.
    pub headers: Vec<(String, String)>,
}

impl Answer {
    /// The body, if the status is the expected one.
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        self.body
    }

    /// The problem's code, if the status is the expected one.
    #[track_caller]
    pub fn problem(self, status: u16) -> String {
        assert_eq!(self.status, status, "{}", self.body);
        self.body["code"]
            .as_str()
            .expect("a problem has a code")
            .to_owned()
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The value of a cookie that the answer sets.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let set = self.headers.iter().filter(|(name, _)| name == "set-cookie");
        let mut values = set.filter_map(|(_, cookie)| cookie.split_once('='));
        let (_, rest) = values.find(|(known, _)| *known == name)?;
        rest.split(';').next()
    }
}

/// A client with or without a session.
#[derive(Clone)]
pub struct Api {
    client: Client,
    base: String,
    token: Option<String>,
}

impl Api {
    /// A client of the API at this address.
    pub fn new(base: String, token: Option<String>) -> Self {
        Self {
            client: plain().build().expect("a plain client"),
            base,
            token,
        }
    }

    /// The same from another address of this machine: 127.0.0.0/8 has many networks.
    #[must_use]
    pub fn from(&self, address: &str) -> Self {
        let address: std::net::IpAddr = address.parse().expect("an address");
        let client = plain().local_address(address);
        Self {
            client: client.build().expect("a plain client"),
            ..self.clone()
        }
    }

    /// GET.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None, &[]).await
    }

    /// POST with a JSON body.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, Some(body), &[]).await
    }

    /// PUT with a JSON body.
    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PUT, path, Some(body), &[]).await
    }

    /// PATCH with a JSON body.
    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PATCH, path, Some(body), &[]).await
    }

    /// DELETE.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None, &[]).await
    }

    /// Anything.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = self
            .client
            .request(method.clone(), format!("{}{path}", self.base))
            .header("x-sofi-csrf", "1");
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.expect("the host answers");
        let status = response.status().as_u16();
        let text = |value: &reqwest::header::HeaderValue| {
            String::from_utf8_lossy(value.as_bytes()).into_owned()
        };
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), text(value)))
            .collect();
        let bytes = response.bytes().await.expect("the body arrives").to_vec();
        let answer = Answer {
            status,
            body: serde_json::from_slice(&bytes).unwrap_or(Value::Null),
            bytes,
            headers,
        };
        told::remember(&self.base, (&method, path), body, &answer);
        answer
    }
}

/// A client of hosts on this machine, which speak plain HTTP: to read the system's certificates would take it longer than
/// everything else that it does, and tests make thousands.
pub(crate) fn plain() -> ClientBuilder {
    Client::builder().tls_certs_only([])
}
