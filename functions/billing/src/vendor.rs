//! The way to Stripe: one client a process, as long as its key is the one in force.

use std::sync::{Arc, Mutex, PoisonError};

use app::App;
use secrecy::{ExposeSecret, SecretString};
use stripe::webhook::Secret;
use stripe::{ApiKey, Client, Mode};

use crate::error::BillingError;

/// Names of the platform secrets; operations set them.
const KEY: &str = "stripe-key";
const WEBHOOK_SECRET: &str = "stripe-webhook-secret";
const FORMER_WEBHOOK_SECRET: &str = "stripe-webhook-secret-previous";
/// The one stage on which money moves.
const LIVE_STAGE: &str = "prod";

/// The client, and the key that it was made with.
static KEPT: Mutex<Option<(Arc<SecretString>, Arc<Client>)>> = Mutex::new(None);

/// Where a plan is looked at and changed.
pub(crate) fn page(app: &App) -> String {
    format!("{}/billing", app.config.site())
}

/// The client. It is made again when the key was opened again, so that a rotated key is in use soon.
///
/// # Errors
/// When no key is set, it does not open, or it must not be used on this stage.
pub(crate) async fn client(app: &App) -> Result<Arc<Client>, BillingError> {
    let secret = app.platform_secret(KEY).await?.ok_or(BillingError::NoKey)?;
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((known, client)) = kept.as_ref()
        && Arc::ptr_eq(known, &secret)
    {
        return Ok(Arc::clone(client));
    }
    let key = ApiKey::parse(secret.expose_secret())?;
    let address = app.config.stripe_api_url.as_deref();
    let client = Client::new(key, address, mode(app), Arc::clone(&app.entropy))?;
    let client = Arc::new(client);
    *kept = Some((secret, Arc::clone(&client)));
    Ok(client)
}

/// Whether money moves on this stage: an event that says otherwise is not for us.
pub(crate) fn mode(app: &App) -> Mode {
    match app.config.stage.as_str() {
        LIVE_STAGE => Mode::Live,
        _ => Mode::Sandbox,
    }
}

/// The secrets with which events may be signed: the present one, and the former one as long as operations keep it.
///
/// # Errors
/// When the database or KMS does not answer.
pub(crate) async fn webhook_secrets(app: &App) -> Result<Vec<Secret>, app::AppError> {
    let mut secrets = Vec::new();
    for name in [WEBHOOK_SECRET, FORMER_WEBHOOK_SECRET] {
        let secret = app.platform_secret(name).await?;
        secrets.extend(secret.and_then(|secret| Secret::new(secret.expose_secret())));
    }
    Ok(secrets)
}
