//! The call to SES: made once, and its end told as what is certain about it.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use aws::Aws;
use aws_sdk_ses::Client;
use aws_sdk_ses::config::Builder;
use aws_sdk_ses::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_ses::operation::send_email::SendEmailError;
use aws_sdk_ses::types::{Body, Content, Destination, Message, MessageTag};
use aws_smithy_runtime_api::client::result::DispatchFailure;
use aws_smithy_runtime_api::http::Response;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use domain::email::EmailAddress;
use domain::ids::TenantId;
use domain::notice::NoticeId;
use thiserror::Error;

use crate::Rendered;

/// SES answers within a second; what takes longer than this has an unknown end.
const PATIENCE: Duration = Duration::from_secs(10);
const CONNECT: Duration = Duration::from_secs(2);
const CHARSET: &str = "UTF-8";

/// Why SES has no mail from us, or may have one.
#[derive(Debug, Error)]
pub enum SendError {
    /// Surely not accepted, and worth another try: throttled, not reached, not able.
    #[error("SES did not take the mail this time")]
    Later(#[source] Box<dyn StdError + Send + Sync>),
    /// Refused, and it would be refused again: the address or our sender.
    #[error("SES refuses this mail")]
    Never(#[source] Box<dyn StdError + Send + Sync>),
    /// The request was written and no answer read: SES may have sent it.
    #[error("SES may have taken the mail")]
    Unknown(#[source] Box<dyn StdError + Send + Sync>),
}

/// SES's id of an accepted mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SesMessageId(pub String);

/// From whom, and which configuration set reports bounces.
#[derive(Clone, Debug)]
pub struct Sender {
    /// A verified address.
    pub from: String,
    /// The configuration set.
    pub configuration_set: String,
}

/// What comes back with a bounce or complaint: ids only.
#[derive(Clone, Copy, Debug)]
pub struct Tags<'a> {
    /// In whose partition the notice stands.
    pub tenant: TenantId,
    /// Which notice.
    pub notice: &'a NoticeId,
}

impl Tags<'_> {
    /// The tag that names the tenant.
    pub const TENANT: &'static str = "tenant";
    /// The tag that names the notice.
    pub const NOTICE: &'static str = "notice";
}

/// SES under the function's own session. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Ses {
    client: Client,
    sender: Sender,
}

impl Ses {
    /// A client that calls once: a repeated call after a lost answer would be a second mail. Makes no call.
    pub fn new(aws: &Aws, sender: Sender) -> Self {
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(CONNECT)
            .operation_attempt_timeout(PATIENCE)
            .build();
        let config = Builder::from(aws.own())
            .retry_config(RetryConfig::disabled())
            .timeout_config(timeouts)
            .build();
        Self {
            client: Client::from_conf(config),
            sender,
        }
    }

    /// Sends one mail to one address.
    ///
    /// # Errors
    /// See [`SendError`]: what is certain about the mail.
    pub async fn send(
        &self,
        to: &EmailAddress,
        mail: &Rendered,
        tags: Tags<'_>,
    ) -> Result<SesMessageId, SendError> {
        let body = Body::builder()
            .text(content(&mail.text))
            .html(content(&mail.html));
        let message = Message::builder()
            .subject(content(&mail.subject))
            .body(body.build());
        let tag = |name: &str, value: String| {
            let tag = MessageTag::builder().name(name).value(value).build();
            tag.expect("name and value are set")
        };
        let call = self
            .client
            .send_email()
            .source(&self.sender.from)
            .configuration_set_name(&self.sender.configuration_set)
            .destination(Destination::builder().to_addresses(to.as_str()).build())
            .message(message.build())
            .tags(tag(Tags::TENANT, tags.tenant.suffix()))
            .tags(tag(Tags::NOTICE, tags.notice.to_string()));
        match Box::pin(call.send()).await {
            Ok(answer) => Ok(SesMessageId(answer.message_id)),
            Err(error) => Err(judge(error)),
        }
    }
}

fn content(text: &str) -> Content {
    let content = Content::builder().charset(CHARSET).data(text).build();
    content.expect("data is set")
}

fn judge(error: SdkError<SendEmailError, Response>) -> SendError {
    match &error {
        // Nothing was sent.
        SdkError::ConstructionFailure(_) => SendError::Later(Box::new(error)),
        SdkError::DispatchFailure(failure) if was_never_connected(failure) => {
            SendError::Later(Box::new(error))
        }
        SdkError::ServiceError(answer) if answer.raw().status().as_u16() >= 400 => {
            let status = answer.raw().status().as_u16();
            let code = answer.err().code().map(str::to_owned);
            // The text of a refusal may quote the address: only the code is kept.
            let refusal = Refusal { status, code };
            match refusal.is_final() {
                true => SendError::Never(Box::new(refusal)),
                false => SendError::Later(Box::new(refusal)),
            }
        }
        // A cut connection, a time-out after the request was written, a yes that cannot be read.
        _ => SendError::Unknown(Box::new(error)),
    }
}

/// SES's own answer.
#[derive(Debug)]
struct Refusal {
    status: u16,
    code: Option<String>,
}

impl Refusal {
    /// Whether asking again later would be refused again. Throttling and a missing permission or key have the status of
    /// the client's fault as well, and pass.
    fn is_final(&self) -> bool {
        const PASSING: [&str; 6] = [
            "Throttling",
            "ThrottlingException",
            "LimitExceeded",
            "LimitExceededException",
            "AccountSendingPausedException",
            "ConfigurationSetSendingPausedException",
        ];
        let passes = self
            .code
            .as_deref()
            .is_some_and(|code| PASSING.contains(&code));
        self.status == 400 && !passes
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code.as_deref().unwrap_or("no code");
        write!(f, "SES answered {} ({code})", self.status)
    }
}

impl StdError for Refusal {}

/// Whether the failure came before there was a connection to write to.
fn was_never_connected(failure: &DispatchFailure) -> bool {
    let mut cause: Option<&(dyn StdError + 'static)> = failure
        .as_connector_error()
        .map(|error| error as &(dyn StdError + 'static));
    while let Some(error) = cause {
        if let Some(http) = error.downcast_ref::<hyper_util::client::legacy::Error>() {
            return http.is_connect();
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests;
