//! What a person fills in, and what it means.

use domain::documents::{Document, DocumentId};
use domain::email::EmailAddress;
use domain::name;
use http_kit::{FieldErrors, Problem, Validate};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::agreements::{Accepted, DocumentName};
use crate::password::Password;

/// A registration. These fields are all that is collected.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegisterIn {
    /// The person's name, 1 to 100 characters.
    name: String,
    /// The person's address; it finds the account at login.
    email: String,
    /// 8 to 128 characters of any kind; kept byte for byte, as a hash only.
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 128)]
    password: Password,
    /// That the person is 18 or older. Must be true; no birth date is asked or stored.
    adult_attested: bool,
    /// What fans see as the creator's name, 1 to 100 characters. Left out by who joins somebody else's workspace: no
    /// workspace is made then.
    workspace_name: Option<String>,
    /// The accepted texts: terms and privacy policy at least, each in its current version.
    accepted: Vec<Accepted>,
}

/// A registration that can be carried out.
pub(crate) struct Order {
    pub(crate) name: String,
    pub(crate) email: EmailAddress,
    pub(crate) password: Password,
    /// The first workspace, unless the person joins another's.
    pub(crate) workspace_name: Option<String>,
    /// What binds the person.
    pub(crate) own: Vec<&'static Document>,
    /// What binds the workspace.
    pub(crate) workspace: Vec<&'static Document>,
}

impl Validate for RegisterIn {
    fn validate(&self, errors: &mut FieldErrors) {
        validate_name("name", &self.name, errors);
        if let Some(name) = &self.workspace_name {
            validate_name("workspace_name", name, errors);
        }
        errors.check("email", "invalid_email", EmailAddress::parse(&self.email));
        let own = [self.name.as_str(), self.email.as_str()];
        self.password.validate_new("password", &own, errors);
        if !self.adult_attested {
            errors.add(
                "adult_attested",
                "adults_only",
                "Sofi is for people who are 18 or older.",
            );
        }
        validate_accepted(&self.accepted, errors);
        let binds_workspace = |entry: &Accepted| entry.document == DocumentName::Dpa;
        if self.workspace_name.is_none() && self.accepted.iter().any(binds_workspace) {
            errors.add(
                "accepted",
                "no_workspace",
                "The data processing agreement binds a workspace; none is made here.",
            );
        }
    }
}

fn validate_name(field: &str, text: &str, errors: &mut FieldErrors) {
    if let Err(error) = name::check(text) {
        errors.add(field, error.code(), error.says());
    }
}

fn validate_accepted(accepted: &[Accepted], errors: &mut FieldErrors) {
    let count = |name: DocumentName| {
        accepted
            .iter()
            .filter(|entry| entry.document == name)
            .count()
    };
    for (name, text) in [
        (DocumentName::Terms, "The terms must be accepted."),
        (
            DocumentName::Privacy,
            "The privacy policy must be accepted.",
        ),
    ] {
        if count(name) == 0 {
            errors.add("accepted", "required", text);
        }
    }
    if [
        DocumentName::Terms,
        DocumentName::Privacy,
        DocumentName::Dpa,
    ]
    .into_iter()
    .any(|name| count(name) > 1)
    {
        errors.add("accepted", "duplicate", "Each text is accepted once.");
    }
}

impl RegisterIn {
    /// The order.
    ///
    /// # Errors
    /// 422 when a text that was accepted is not the current one.
    pub(crate) fn order(self) -> Result<Order, Problem> {
        let accepted = self
            .accepted
            .iter()
            .map(Accepted::current)
            .collect::<Result<Vec<_>, _>>()?;
        let (workspace, own) = accepted
            .into_iter()
            .partition(|document| document.id == DocumentId::Dpa);
        let email = EmailAddress::parse(&self.email)
            .map_err(|_| Problem::invalid("email", "invalid_email", "Not an e-mail address."))?;
        Ok(Order {
            name: self.name.trim().to_owned(),
            email,
            password: self.password,
            workspace_name: self.workspace_name.map(|name| name.trim().to_owned()),
            own,
            workspace,
        })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use domain::documents;
    use serde_json::{Value, json};

    fn text(id: DocumentId) -> Value {
        let current = documents::current(id);
        json!({ "document": id.as_str(), "version": current.version, "sha256": current.sha256 })
    }

    pub(crate) fn form() -> Value {
        json!({
            "name": " Ana ", "email": "ana@example.com", "password": "long enough", "adult_attested": true,
            "workspace_name": "Ana's", "accepted": [text(DocumentId::Terms), text(DocumentId::Privacy)],
        })
    }

    fn errors(form: Value) -> Vec<String> {
        let input: RegisterIn = serde_json::from_value(form).expect("reads");
        let mut errors = FieldErrors::new();
        input.validate(&mut errors);
        match errors.finish() {
            Err(Problem::Invalid(errors)) => errors
                .iter()
                .map(|error| format!("{}:{}", error.field, error.code))
                .collect(),
            _ => Vec::new(),
        }
    }

    fn with(field: &str, value: Value) -> Value {
        let mut form = form();
        form[field] = value;
        form
    }

    pub(crate) fn order() -> Order {
        let input: RegisterIn = serde_json::from_value(with(
            "accepted",
            json!([
                text(DocumentId::Terms),
                text(DocumentId::Privacy),
                text(DocumentId::Dpa)
            ]),
        ))
        .expect("reads");
        input.order().expect("an order")
    }

    #[test]
    fn a_complete_form_is_an_order() {
        assert!(errors(form()).is_empty());
        let order = order();
        assert_eq!(
            (order.name.as_str(), order.own.len(), order.workspace.len()),
            ("Ana", 2, 1)
        );
    }

    #[test]
    fn every_wrong_field_is_named() {
        let all = json!({ "name": "", "email": "x", "password": "short", "adult_attested": false, "workspace_name": "a\u{7}b", "accepted": [] });
        let expected = [
            "name:required",
            "workspace_name:invalid_name",
            "email:invalid_email",
            "password:too_short",
            "adult_attested:adults_only",
            "accepted:required",
            "accepted:required",
        ];
        assert_eq!(errors(all), expected);
    }

    #[test]
    fn nobody_is_called_by_an_address_or_turns_the_text_around() {
        let turned = with("name", json!("Mira \u{202e}elaV"));
        assert_eq!(errors(turned), ["name:invalid_name"]);
        let led = with(
            "workspace_name",
            json!("Claim it at https://prizes.invalid"),
        );
        assert_eq!(errors(led), ["workspace_name:address_in_name"]);
    }

    #[test]
    fn who_joins_anothers_workspace_makes_none_and_signs_nothing_for_one() {
        let mut alone = form();
        alone
            .as_object_mut()
            .expect("a form")
            .remove("workspace_name");
        assert!(errors(alone.clone()).is_empty());
        let input: RegisterIn = serde_json::from_value(alone.clone()).expect("reads");
        assert_eq!(input.order().expect("an order").workspace_name, None);
        let texts = [DocumentId::Terms, DocumentId::Privacy, DocumentId::Dpa];
        alone["accepted"] = json!(texts.map(text));
        assert_eq!(errors(alone), ["accepted:no_workspace"]);
    }

    #[test]
    fn a_field_that_is_not_declared_is_refused() {
        assert!(
            serde_json::from_value::<RegisterIn>(with("birth_date", json!("2000-01-01"))).is_err()
        );
        assert!(
            serde_json::from_value::<RegisterIn>(with("adult_attested", json!("yes"))).is_err()
        );
    }

    #[test]
    fn a_text_accepted_twice_or_in_another_version_is_refused() {
        let twice = json!([
            text(DocumentId::Terms),
            text(DocumentId::Terms),
            text(DocumentId::Privacy)
        ]);
        assert_eq!(errors(with("accepted", twice)), ["accepted:duplicate"]);
        let mut old = text(DocumentId::Terms);
        old["version"] = json!("2020-01-01");
        let input: RegisterIn =
            serde_json::from_value(with("accepted", json!([old, text(DocumentId::Privacy)])))
                .expect("reads");
        assert!(matches!(
            input.order().err(),
            Some(Problem::Unprocessable {
                code: "document_not_current",
                ..
            })
        ));
    }
}
