//! SES v1: identities, sending, and an inbox to read what was sent.

mod events;
mod raw;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::Place;
use crate::error::{Error, ServiceError};
use crate::gateway::xml::element;
use crate::gateway::{Reply, Request, Want};
use crate::iam::random_uuid;
use crate::sqs::Sqs;

pub use events::{Report, Reporting};

const IDENTITIES: &str = "ses.identity";
const MAILS: &str = "ses.mail";

/// Most receivers of one mail.
const MAX_DESTINATIONS: usize = 50;

/// Mail; clones share it.
#[derive(Clone)]
pub struct Ses {
    place: Place,
    inner: Arc<Mutex<Inner>>,
    arrived: Arc<watch::Sender<u64>>,
    sqs: Sqs,
}

#[derive(Default)]
struct Inner {
    /// Address or domain to whether it is verified.
    identities: BTreeMap<String, bool>,
    mails: Vec<Mail>,
    /// Configuration set to where it reports.
    reporting: BTreeMap<String, Option<Reporting>>,
}

/// One mail that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Id answered to the sender.
    pub message_id: String,
    /// When, milliseconds since the Unix epoch.
    pub at_ms: i64,
    /// Sender, as given.
    pub source: String,
    /// Receivers: to, cc and bcc together.
    pub destinations: Vec<String>,
    /// Decoded subject.
    pub subject: String,
    /// Plain text body.
    pub text: Option<String>,
    /// HTML body.
    pub html: Option<String>,
    /// The raw message of `SendRawEmail`, as text.
    pub raw: Option<String>,
    /// The configuration set that it was sent with.
    #[serde(default)]
    pub configuration_set: Option<String>,
    /// The sender's tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
}

impl Ses {
    pub(crate) fn open(place: &Place, sqs: Sqs) -> Result<Self, Error> {
        let identities = place.state.load(IDENTITIES)?.into_iter().collect();
        let mails = place
            .state
            .load(MAILS)?
            .into_iter()
            .map(|(_, mail)| mail)
            .collect();
        Ok(Self {
            place: place.clone(),
            inner: Arc::new(Mutex::new(Inner {
                identities,
                mails,
                reporting: BTreeMap::new(),
            })),
            arrived: Arc::new(watch::Sender::new(0)),
            sqs,
        })
    }

    /// Verifies an address (`person@example.com`) or a domain (`example.com`).
    pub fn verify(&self, identity: &str) -> Result<(), ServiceError> {
        let identity = identity.to_ascii_lowercase();
        self.place.state.put(IDENTITIES, &identity, &true)?;
        self.lock().identities.insert(identity, true);
        Ok(())
    }

    /// Every mail sent, oldest first.
    #[must_use]
    pub fn inbox(&self) -> Vec<Mail> {
        self.lock().mails.clone()
    }

    /// Forgets all mails.
    pub fn clear(&self) -> Result<(), ServiceError> {
        self.place.state.clear(MAILS)?;
        self.lock().mails.clear();
        Ok(())
    }

    /// Changes with every mail.
    #[must_use]
    pub fn arrivals(&self) -> watch::Receiver<u64> {
        self.arrived.subscribe()
    }

    pub(crate) fn wants(&self, request: &Request) -> Vec<Want> {
        let action = format!("ses:{}", request.operation);
        if !request.operation.starts_with("Send") {
            return vec![Want::new(action, "*")];
        }
        let source = self.source(request);
        let address = raw::address(&source);
        let identity = self
            .identity_of(&address)
            .unwrap_or_else(|| address.clone());
        let resource = |kind: &str, name: &str| self.place.arn("ses", &format!("{kind}/{name}"));
        // SES asks for the identity and, where one is named, for the configuration set.
        let mut wants = vec![Want::new(&action, resource("identity", &identity))];
        if let Some(set) = set_of(request) {
            wants.push(Want::new(&action, resource("configuration-set", &set)));
        }
        wants
            .into_iter()
            .map(|want| want.with("ses:FromAddress", vec![address.clone()]))
            .collect()
    }

    pub(crate) fn handle(&self, request: &Request) -> Result<Reply, ServiceError> {
        let inner = match request.operation.as_str() {
            "SendEmail" => self.send_email(request)?,
            "SendRawEmail" => self.send_raw(request)?,
            "VerifyEmailIdentity" | "VerifyEmailAddress" => {
                self.verify(request.param("EmailAddress").unwrap_or(""))?;
                String::new()
            }
            "VerifyDomainIdentity" => {
                self.verify(request.param("Domain").unwrap_or(""))?;
                element("VerificationToken", &random_uuid())
            }
            "DeleteIdentity" => {
                let identity = request.param("Identity").unwrap_or("").to_ascii_lowercase();
                self.place.state.delete(IDENTITIES, &identity)?;
                self.lock().identities.remove(&identity);
                String::new()
            }
            "ListIdentities" => self.list(request.param("IdentityType")),
            "GetIdentityVerificationAttributes" => self.verification(request),
            "CreateConfigurationSet" => {
                let name = request.param("ConfigurationSet.Name").unwrap_or("");
                self.set_reporting(name, None);
                String::new()
            }
            "GetSendQuota" => [
                element("Max24HourSend", "200.0"),
                element("MaxSendRate", "1.0"),
                element("SentLast24Hours", &format!("{}.0", self.sent_last_day())),
            ]
            .concat(),
            other => {
                let message = format!("Could not find operation {other} for version 2010-12-01");
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

    fn send_email(&self, request: &Request) -> Result<String, ServiceError> {
        let kinds = ["ToAddresses", "CcAddresses", "BccAddresses"];
        let lists = kinds
            .iter()
            .flat_map(|kind| request.param_list(&format!("Destination.{kind}.member")));
        let subject = request
            .param("Message.Subject.Data")
            .ok_or_else(|| missing("Message.Subject"))?;
        let text = request.param("Message.Body.Text.Data").map(str::to_owned);
        let html = request.param("Message.Body.Html.Data").map(str::to_owned);
        if text.is_none() && html.is_none() {
            return Err(missing("Message.Body"));
        }
        self.accept(Mail {
            message_id: String::new(),
            at_ms: self.place.clock.now_ms(),
            source: self.source(request),
            destinations: lists.map(str::to_owned).collect(),
            subject: subject.to_owned(),
            text,
            html,
            raw: None,
            configuration_set: set_of(request),
            tags: tags_of(request)?,
        })
    }

    fn send_raw(&self, request: &Request) -> Result<String, ServiceError> {
        let message =
            raw::decode(request.param("RawMessage.Data").unwrap_or("")).ok_or_else(|| {
                ServiceError::client("InvalidParameterValue", "RawMessage.Data is not a message")
            })?;
        let mut destinations: Vec<String> = request
            .param_list("Destinations.member")
            .into_iter()
            .map(str::to_owned)
            .collect();
        if destinations.is_empty() {
            destinations = message.destinations();
        }
        self.accept(Mail {
            message_id: String::new(),
            at_ms: self.place.clock.now_ms(),
            source: self.source(request),
            destinations,
            subject: message.header("subject").unwrap_or_default(),
            text: message.plain_text(),
            html: None,
            raw: Some(message.text),
            configuration_set: set_of(request),
            tags: tags_of(request)?,
        })
    }

    fn accept(&self, mut mail: Mail) -> Result<String, ServiceError> {
        let address = raw::address(&mail.source);
        if self.identity_of(&address).is_none() {
            let message = format!(
                "Email address is not verified. The following identities failed the check in region {}: {address}",
                self.place.region.to_ascii_uppercase()
            );
            return Err(ServiceError::client("MessageRejected", message));
        }
        if mail.destinations.is_empty() {
            return Err(ServiceError::client(
                "InvalidParameterValue",
                "Missing required header 'To'.",
            ));
        }
        if mail.destinations.len() > MAX_DESTINATIONS {
            return Err(ServiceError::client(
                "InvalidParameterValue",
                "Recipient count exceeds 50.",
            ));
        }
        if mail
            .destinations
            .iter()
            .any(|to| !raw::address(to).contains('@'))
        {
            return Err(ServiceError::client(
                "InvalidParameterValue",
                "Missing final '@domain'",
            ));
        }
        if let Some(set) = &mail.configuration_set
            && !self.lock().reporting.contains_key(set)
        {
            let message = format!("Configuration set <{set}> does not exist.");
            return Err(ServiceError::client(
                "ConfigurationSetDoesNotExist",
                message,
            ));
        }
        mail.message_id = format!("{:016x}-{}-000000", mail.at_ms, random_uuid());
        let id = mail.message_id.clone();
        self.place.state.put(MAILS, &id, &mail)?;
        self.lock().mails.push(mail);
        self.arrived.send_modify(|count| *count += 1);
        Ok(element("MessageId", &id))
    }

    fn source(&self, request: &Request) -> String {
        if let Some(source) = request.param("Source") {
            return source.to_owned();
        }
        let raw = request.param("RawMessage.Data").and_then(raw::decode);
        raw.and_then(|message| message.header("from"))
            .unwrap_or_default()
    }

    /// The verified identity that covers an address: itself or its domain.
    fn identity_of(&self, address: &str) -> Option<String> {
        let address = address.to_ascii_lowercase();
        let inner = self.lock();
        let domain = address.split_once('@').map(|(_, domain)| domain);
        [Some(address.as_str()), domain]
            .into_iter()
            .flatten()
            .find(|identity| {
                inner
                    .identities
                    .get(*identity)
                    .is_some_and(|verified| *verified)
            })
            .map(str::to_owned)
    }

    fn list(&self, kind: Option<&str>) -> String {
        let inner = self.lock();
        let wanted = |identity: &&String| match kind {
            Some("EmailAddress") => identity.contains('@'),
            Some("Domain") => !identity.contains('@'),
            _ => true,
        };
        let members: String = inner
            .identities
            .keys()
            .filter(wanted)
            .map(|identity| element("member", identity))
            .collect();
        format!("<Identities>{members}</Identities>")
    }

    fn verification(&self, request: &Request) -> String {
        let inner = self.lock();
        let entries: String = request
            .param_list("Identities.member")
            .into_iter()
            .filter(|identity| {
                inner
                    .identities
                    .contains_key(&identity.to_ascii_lowercase())
            })
            .map(|identity| {
                let value = format!(
                    "<value>{}</value>",
                    element("VerificationStatus", "Success")
                );
                format!("<entry>{}{value}</entry>", element("key", identity))
            })
            .collect();
        format!("<VerificationAttributes>{entries}</VerificationAttributes>")
    }

    fn sent_last_day(&self) -> usize {
        let from = self.place.clock.now_ms() - 86_400_000;
        self.lock()
            .mails
            .iter()
            .filter(|mail| mail.at_ms > from)
            .map(|mail| mail.destinations.len())
            .sum()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn set_of(request: &Request) -> Option<String> {
    request
        .param("ConfigurationSetName")
        .map(str::to_owned)
        .filter(|name| !name.is_empty())
}

/// Names and values of ASCII letters, digits, `_` and `-`, at most 256 characters each.
fn tags_of(request: &Request) -> Result<BTreeMap<String, String>, ServiceError> {
    let mut tags = BTreeMap::new();
    for number in 1.. {
        let part = |part: &str| request.param(&format!("Tags.member.{number}.{part}"));
        let (Some(name), Some(value)) = (part("Name"), part("Value")) else {
            break;
        };
        if !is_tag(name) || !is_tag(value) {
            return Err(ServiceError::client(
                "InvalidParameterValue",
                "Tag names and values may hold letters, digits, '_' and '-' only.",
            ));
        }
        tags.insert(name.to_owned(), value.to_owned());
    }
    Ok(tags)
}

fn is_tag(text: &str) -> bool {
    (1..=256).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

fn missing(parameter: &str) -> ServiceError {
    ServiceError::client(
        "ValidationError",
        format!("1 validation error detected: {parameter} is required"),
    )
}
