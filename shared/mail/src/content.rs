//! What a notice seals.

use std::fmt;

use domain::email::EmailAddress;
use domain::ids::UserId;
use domain::notice::NoticeId;
use serde::{Deserialize, Serialize};

use crate::{Language, MailError, Template};

/// The most that KMS seals in one call.
const MOST_BYTES: usize = 4096;

/// To whom a mail goes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum To {
    /// To a person's own address, as it is when the mail is sent. A bounce is shown to them.
    Account(UserId),
    /// To this address, whoever's it is: of somebody who has no account yet, a new one, a former one.
    Address(String),
}

impl To {
    /// To this address.
    pub fn address(address: &EmailAddress) -> Self {
        Self::Address(address.as_str().to_owned())
    }
}

impl fmt::Debug for To {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(user) => write!(f, "To({user})"),
            Self::Address(_) => f.write_str("To(***)"),
        }
    }
}

/// Address, language and what the mail says, bound to its notice: sealed content that was copied to another notice does
/// not open there.
#[derive(Serialize, Deserialize)]
pub struct Content {
    notice: NoticeId,
    /// To whom.
    pub to: To,
    /// In which language.
    pub language: Language,
    /// What.
    pub template: Template,
}

impl Content {
    pub(crate) fn new(
        notice: &NoticeId,
        to: To,
        language: Language,
        template: Template,
    ) -> Result<Self, MailError> {
        if template.link().is_some_and(|link| !is_ours(link)) {
            return Err(MailError::Link);
        }
        Ok(Self {
            notice: notice.clone(),
            to,
            language,
            template,
        })
    }

    /// The form that is sealed.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, MailError> {
        let bytes = serde_json::to_vec(self).map_err(app::AppError::from)?;
        if bytes.len() > MOST_BYTES {
            return Err(MailError::TooLong);
        }
        Ok(bytes)
    }

    /// Reads what was opened for this notice.
    ///
    /// # Errors
    /// [`MailError::Form`] when it is another notice's or no content.
    pub fn parse(notice: &NoticeId, opened: &[u8]) -> Result<Self, MailError> {
        // A parse error quotes its input; the opened text must not reach a log.
        let content: Self = serde_json::from_slice(opened).map_err(|_| MailError::Form)?;
        if content.notice != *notice {
            return Err(MailError::Form);
        }
        Ok(content)
    }
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Content({}, ***)", self.notice)
    }
}

fn is_ours(link: &str) -> bool {
    let begins_well = ["https://", "http://127.0.0.1:", "http://localhost:"]
        .iter()
        .any(|start| link.starts_with(start));
    begins_well && !link.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(link: &str) -> Result<Content, MailError> {
        let id = NoticeId::parse("reset-1")?;
        let to = EmailAddress::parse("mira@example.com").expect("an address");
        let template = Template::PasswordReset { link: link.into() };
        Content::new(&id, To::address(&to), Language::De, template)
    }

    #[test]
    fn sealed_content_opens_for_its_own_notice_only() {
        let bytes = content("https://a.example/x").and_then(|content| content.to_bytes());
        let bytes = bytes.expect("sealable");
        let (own, other) = (NoticeId::parse("reset-1"), NoticeId::parse("reset-2"));
        assert!(Content::parse(&own.expect("an id"), &bytes).is_ok());
        assert!(Content::parse(&other.expect("an id"), &bytes).is_err());
    }

    #[test]
    fn a_link_that_is_no_https_address_is_refused() {
        for link in ["javascript:alert(1)", "http://a.example", "https://a b", ""] {
            assert!(matches!(content(link), Err(MailError::Link)), "{link:?}");
        }
        assert!(content("http://127.0.0.1:8787/reset").is_ok());
    }

    #[test]
    fn more_than_kms_seals_is_refused_before_the_call() {
        let long = content(&format!("https://a.example/{}", "x".repeat(5000)));
        let bytes = long.and_then(|content| content.to_bytes());
        assert!(matches!(bytes, Err(MailError::TooLong)));
    }
}
