//! What SES tells about a mail that it took: through the configuration set to EventBridge, and by its rule into a queue.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Mail, Ses, raw};
use crate::clock::iso_seconds;
use crate::error::ServiceError;
use crate::iam::random_uuid;
use crate::sqs::Send;

/// Where a configuration set's events end: the queue behind EventBridge's rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reporting {
    /// ARN of the queue.
    pub queue_arn: String,
    /// `detail-type`s that the rule lets through; others are dropped.
    pub detail_types: Vec<String>,
}

/// What happened to a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// The receiver's server refuses the address for good.
    Bounce,
    /// The receiver's server does not take it now.
    SoftBounce,
    /// The receiver called it unwanted.
    Complaint,
}

impl Report {
    const fn detail_type(self) -> &'static str {
        match self {
            Self::Bounce | Self::SoftBounce => "Email Bounced",
            Self::Complaint => "Email Complaint Received",
        }
    }
}

impl Ses {
    /// Makes a configuration set. Its events go to a queue, or nowhere.
    pub fn set_reporting(&self, configuration_set: &str, reporting: Option<Reporting>) {
        self.lock()
            .reporting
            .insert(configuration_set.to_owned(), reporting);
    }

    /// Reports about the newest mail to an address. Answers whether the rule let the event through.
    pub fn report(&self, address: &str, what: Report) -> Result<bool, ServiceError> {
        let newest = self.inbox().into_iter().rev().find(|mail| {
            let mut receivers = mail.destinations.iter();
            receivers.any(|to| raw::address(to).eq_ignore_ascii_case(address))
        });
        let mail = newest
            .ok_or_else(|| ServiceError::with_status(404, "NotFound", "no mail to this address"))?;
        let set = mail.configuration_set.clone().unwrap_or_default();
        let Some(reporting) = self.lock().reporting.get(&set).cloned().flatten() else {
            return Ok(false);
        };
        let detail_type = what.detail_type();
        if !reporting
            .detail_types
            .iter()
            .any(|kind| kind == detail_type)
        {
            return Ok(false);
        }
        let event = self.event(&mail, what, &set);
        let queue = reporting.queue_arn.rsplit(':').next().unwrap_or_default();
        let message = Send {
            body: event.to_string(),
            ..Send::default()
        };
        self.sqs.send(queue, message).map(|_| true)
    }

    fn event(&self, mail: &Mail, what: Report, set: &str) -> Value {
        let now = iso_seconds(self.place.clock.now_seconds());
        let mut tags = json!({
            "ses:operation": ["SendEmail"],
            "ses:configuration-set": [set],
        });
        for (name, value) in &mail.tags {
            tags[name] = json!([value]);
        }
        let recipients: Vec<Value> = mail
            .destinations
            .iter()
            .map(|to| json!({ "emailAddress": raw::address(to) }))
            .collect();
        let mut detail = json!({
            "mail": {
                "timestamp": iso_seconds(mail.at_ms / 1000),
                "source": mail.source,
                "messageId": mail.message_id,
                "destination": mail.destinations,
                "headersTruncated": false,
                "tags": tags,
            },
        });
        let feedback = format!("{}-000000", random_uuid());
        match what {
            Report::Bounce | Report::SoftBounce => {
                let (kind, status) = match what {
                    Report::SoftBounce => ("Transient", "4.2.2"),
                    _ => ("Permanent", "5.1.1"),
                };
                let mut bounced = recipients;
                for recipient in &mut bounced {
                    recipient["action"] = json!("failed");
                    recipient["status"] = json!(status);
                }
                detail["eventType"] = json!("Bounce");
                detail["bounce"] = json!({
                    "feedbackId": feedback,
                    "bounceType": kind,
                    "bounceSubType": "General",
                    "bouncedRecipients": bounced,
                    "timestamp": now,
                });
            }
            Report::Complaint => {
                detail["eventType"] = json!("Complaint");
                detail["complaint"] = json!({
                    "feedbackId": feedback,
                    "complaintSubType": null,
                    "complainedRecipients": recipients,
                    "complaintFeedbackType": "abuse",
                    "timestamp": now,
                });
            }
        }
        json!({
            "version": "0",
            "id": random_uuid(),
            "detail-type": what.detail_type(),
            "source": "aws.ses",
            "account": self.place.account_id,
            "time": now,
            "region": self.place.region,
            "resources": [self.place.arn("ses", &format!("configuration-set/{set}"))],
            "detail": detail,
        })
    }
}
