//! What a sign-up leaves behind until its address is verified: the filled-in form, sealed.

use domain::Timestamp;
use domain::documents::{self, Document, DocumentId};
use domain::email::EmailAddress;
use mail::Language;
use serde::{Deserialize, Serialize};

use super::input::Order;
use crate::error::AccountsError;

/// The form as it is kept, sealed by KMS: at most about 2 KB, well under KMS's limit of 4 KB.
#[derive(Serialize, Deserialize)]
pub(crate) struct Form {
    pub(crate) name: String,
    pub(crate) email: String,
    #[serde(default)]
    pub(crate) workspace_name: Option<String>,
    /// Argon2id in PHC form.
    pub(crate) password: String,
    /// Which pepper was used.
    pub(crate) pepper: String,
    /// What binds the person: document and version.
    own: Vec<(String, String)>,
    /// What binds the workspace.
    workspace: Vec<(String, String)>,
    /// When it was filled in: the time of the attestation and of the acceptances.
    pub(crate) filled_at: Timestamp,
    /// In which language the person is written to.
    pub(crate) language: String,
}

impl Form {
    /// The form of an order, with the password as a hash.
    pub(crate) fn new(
        order: &Order,
        password: String,
        pepper: &str,
        filled_at: Timestamp,
        language: Language,
    ) -> Self {
        let named = |documents: &[&'static Document]| {
            documents
                .iter()
                .map(|document| (document.id.as_str().to_owned(), document.version.to_owned()))
                .collect()
        };
        Self {
            name: order.name.clone(),
            email: order.email.as_str().to_owned(),
            workspace_name: order.workspace_name.clone(),
            password,
            pepper: pepper.to_owned(),
            own: named(&order.own),
            workspace: named(&order.workspace),
            filled_at,
            language: language.tag().to_owned(),
        }
    }

    /// The address.
    pub(crate) fn address(&self) -> Result<EmailAddress, AccountsError> {
        EmailAddress::parse(&self.email).map_err(|_| AccountsError::Absent("address"))
    }

    /// The language.
    pub(crate) fn language(&self) -> Language {
        Language::from_tag(&self.language)
    }

    /// What binds the person.
    pub(crate) fn own(&self) -> Vec<&'static Document> {
        found(&self.own)
    }

    /// What binds the workspace.
    pub(crate) fn workspace(&self) -> Vec<&'static Document> {
        found(&self.workspace)
    }
}

/// A published version stays in the archive for good.
fn found(named: &[(String, String)]) -> Vec<&'static Document> {
    named
        .iter()
        .filter_map(|(document, version)| documents::find(DocumentId::find(document)?, version))
        .collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::register::input::tests::order;

    pub(crate) fn form() -> Form {
        let filled_at = Timestamp::from_seconds(7);
        Form::new(&order(), "$argon2id$".into(), "g1", filled_at, Language::En)
    }

    #[test]
    fn a_form_reads_back_with_the_texts_that_were_accepted() {
        let text = serde_json::to_string(&form()).expect("JSON");
        let read: Form = serde_json::from_str(&text).expect("reads");
        assert_eq!((read.own().len(), read.workspace().len()), (2, 1));
        assert_eq!(
            read.address().expect("an address").as_str(),
            "ana@example.com"
        );
    }

    #[test]
    fn the_largest_form_fits_what_kms_takes() {
        let mut order = order();
        order.name = "\u{1F980}".repeat(100);
        order.workspace_name = Some("\u{1F980}".repeat(100));
        let form = Form::new(
            &order,
            "x".repeat(120),
            &"g".repeat(26),
            Timestamp::default(),
            Language::En,
        );
        assert!(serde_json::to_vec(&form).expect("JSON").len() + 254 < 4_096);
    }
}
