//! Gives the pepper one more generation: an operator invokes it, nothing else does.
//!
//! From then on passwords are hashed under it: new ones at once, every other at the next login with it. Former generations
//! stay, so that nobody is kept out. Uses, under the function's own session: kms:Decrypt and kms:Encrypt for `platform`;
//! GetItem and PutItem on `routing`.

use app::{App, AppError};
use http_kit::Problem;
use serde::Deserialize;
use serde_json::{Value, json};
use store::row::PlatformSecretRow;
use thiserror::Error;

use super::generations::MOST;
use super::stored;

/// Why nothing was renewed. Quotes nothing of the input.
#[derive(Debug, Error)]
pub(crate) enum Refused {
    /// Not an object that says what is renewed.
    #[error("the input must be {{\"renew\": \"pepper\"}} and nothing else")]
    Form,
    /// Nobody has registered yet.
    #[error("there is no pepper before the first registration")]
    Nobody,
    /// One more would have to drop one, and the logins that have it.
    #[error("there are {} generations already", MOST)]
    Full,
    /// Somebody else renewed it at the same moment.
    #[error("the pepper changed meanwhile; nothing was renewed by this call")]
    Changed,
    /// The database or KMS, or a pepper of another form.
    #[error("the pepper could not be read")]
    Pepper(#[source] Problem),
    /// The database or KMS, while writing.
    #[error("the pepper could not be renewed")]
    App(#[from] AppError),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    renew: What,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Pepper,
}

/// What is there after a renewal.
struct Renewed {
    generation: String,
    count: usize,
}

/// Renews it. Answers `{"generation", "generations"}`: the name of the new one, and how many there are.
pub(crate) async fn handle(app: &'static App, input: Value) -> Result<Value, lambda::BoxError> {
    checked(input)?;
    let renewed = Box::pin(renew(app)).await?;
    tracing::info!(count = renewed.count, "the pepper was renewed");
    Ok(json!({ "generation": renewed.generation, "generations": renewed.count }))
}

fn checked(input: Value) -> Result<(), Refused> {
    // The parser's own words would quote what it read.
    match serde_json::from_value(input) {
        Ok(Input {
            renew: What::Pepper,
        }) => Ok(()),
        Err(_) => Err(Refused::Form),
    }
}

async fn renew(app: &App) -> Result<Renewed, Refused> {
    let known = Box::pin(stored(app)).await.map_err(Refused::Pepper)?;
    let (found, generations) = known.ok_or(Refused::Nobody)?;
    let generation = app.unique();
    let next = generations
        .with(generation.clone(), app.entropy.as_ref())
        .ok_or(Refused::Full)?;
    let sealed = app.vault.platform().seal(&next.text()).await;
    let row = PlatformSecretRow {
        generation: generation.clone(),
        secret: sealed.map_err(AppError::from)?,
        created_at: app.clock.now(),
        ..found.row
    };
    match app.store.routing().replace(row, found.rev).await {
        Ok(_) => Ok(Renewed {
            generation,
            count: next.count(),
        }),
        Err(error) if error.is_race() => Err(Refused::Changed),
        Err(error) => Err(AppError::from(error).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_says_what_is_renewed_renews_it_and_a_refusal_quotes_nothing() {
        assert!(checked(json!({ "renew": "pepper" })).is_ok());
        for input in [
            json!({}),
            json!({ "renew": "canary" }),
            json!({ "renew": "pepper", "more": "canary" }),
            json!("canary"),
        ] {
            let refused = checked(input).expect_err("refused");
            assert!(matches!(refused, Refused::Form));
            assert!(!refused.to_string().contains("canary"));
        }
    }
}
