//! SES's event as EventBridge delivers it: only what is needed of it.

use std::collections::HashMap;

use domain::Timestamp;
use domain::email::EmailAddress;
use domain::ids::TenantId;
use domain::notice::{MailTrouble, NoticeId};
use mail::Tags;
use serde::Deserialize;
use thiserror::Error;

/// A message that is no event of SES.
#[derive(Debug, Error)]
#[error("not an event of SES")]
pub(super) struct ReadError(#[from] serde_json::Error);

/// What is to be remembered.
pub(super) struct Report {
    pub(super) trouble: MailTrouble,
    pub(super) at: Timestamp,
    pub(super) addresses: Vec<EmailAddress>,
    /// Which of our notices it was; absent for a mail that was not sent by the mailer.
    pub(super) notice: Option<(TenantId, NoticeId)>,
}

#[derive(Deserialize)]
struct Envelope {
    time: String,
    detail: Detail,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Detail {
    mail: Mail,
    bounce: Option<Bounce>,
    complaint: Option<Complaint>,
}

#[derive(Deserialize)]
struct Mail {
    #[serde(default)]
    tags: HashMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    bounce_type: String,
    #[serde(default)]
    bounced_recipients: Vec<Recipient>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Complaint {
    complaint_feedback_type: Option<String>,
    #[serde(default)]
    complained_recipients: Vec<Recipient>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recipient {
    email_address: String,
}

/// Reads a message; nothing when it tells of nothing lasting: a soft bounce, a `not-spam`, another kind of event.
pub(super) fn read(text: &str) -> Result<Option<Report>, ReadError> {
    let Envelope { time, detail } = serde_json::from_str(text)?;
    let (trouble, recipients) = match (detail.bounce, detail.complaint) {
        (Some(bounce), _) if bounce.bounce_type == "Permanent" => {
            (MailTrouble::Bounced, bounce.bounced_recipients)
        }
        (_, Some(complaint))
            if complaint.complaint_feedback_type.as_deref() != Some("not-spam") =>
        {
            (MailTrouble::Complained, complaint.complained_recipients)
        }
        _ => return Ok(None),
    };
    let addresses = recipients
        .iter()
        .filter_map(|recipient| EmailAddress::parse(bare(&recipient.email_address)).ok())
        .collect();
    Ok(Some(Report {
        trouble,
        at: moment(&time),
        addresses,
        notice: notice(&detail.mail.tags),
    }))
}

/// `Name <a@b.cc>` as `a@b.cc`.
fn bare(address: &str) -> &str {
    match address.rsplit_once('<') {
        Some((_, rest)) => rest.trim_end().trim_end_matches('>'),
        None => address,
    }
}

fn notice(tags: &HashMap<String, Vec<String>>) -> Option<(TenantId, NoticeId)> {
    let first = |name: &str| tags.get(name)?.first();
    let tenant = TenantId::from_suffix(first(Tags::TENANT)?).ok()?;
    Some((tenant, NoticeId::parse(first(Tags::NOTICE)?).ok()?))
}

/// EventBridge's time; an unreadable one counts as long ago, so that it moves no date.
fn moment(time: &str) -> Timestamp {
    Timestamp::from_rfc3339(time).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: &str) -> String {
        format!(
            r#"{{"version":"0","source":"aws.ses","time":"2026-11-23T18:00:00Z","detail":{{
            "eventType":"X","mail":{{"messageId":"m","tags":{{"ses:operation":["SendEmail"],
            "tenant":["01040G2081040G2081040G2081"],"notice":["verify-1"]}}}},{kind}}}}}"#
        )
    }

    fn report(kind: &str) -> Option<Report> {
        read(&event(kind)).expect("an event")
    }

    #[test]
    fn a_hard_bounce_names_address_and_notice() {
        let report = report(
            r#""bounce":{"bounceType":"Permanent","bouncedRecipients":[{"emailAddress":"Ana <ana@example.com>"}]}"#,
        )
        .expect("a report");
        assert_eq!(report.trouble, MailTrouble::Bounced);
        assert_eq!(report.addresses[0].as_str(), "ana@example.com");
        assert_eq!(report.at, Timestamp::from_seconds(1_795_456_800));
        assert!(
            report
                .notice
                .is_some_and(|(_, id)| id.as_str() == "verify-1")
        );
    }

    #[test]
    fn a_soft_bounce_and_a_taken_back_complaint_change_nothing() {
        for kind in [
            r#""bounce":{"bounceType":"Transient","bouncedRecipients":[{"emailAddress":"a@b.cc"}]}"#,
            r#""complaint":{"complaintFeedbackType":"not-spam","complainedRecipients":[{"emailAddress":"a@b.cc"}]}"#,
            r#""delivery":{}"#,
        ] {
            assert!(report(kind).is_none(), "{kind}");
        }
    }

    #[test]
    fn a_complaint_without_a_type_counts() {
        let report = report(r#""complaint":{"complainedRecipients":[{"emailAddress":"a@b.cc"}]}"#);
        assert!(report.is_some_and(|report| report.trouble == MailTrouble::Complained));
    }
}
