//! Secrets of the platform (keys of vendors), opened and kept for five minutes, so that a rotated one is in use soon.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Timestamp;
use domain::entropy::random_32;
use secrecy::SecretString;
use store::row::PlatformSecretRow;
use zeroize::Zeroizing;

use crate::{App, AppError};

const KEEP: Duration = Duration::from_secs(300);

/// A secret, if there is one, and until when it is taken for the present one.
type Kept = (Timestamp, Option<Arc<SecretString>>);

/// What was opened, by name.
#[derive(Default)]
pub(crate) struct Secrets(Mutex<HashMap<String, Kept>>);

impl App {
    /// A platform secret; `None` when operations have not set it. Warm: no call. Cold: one read and one KMS call.
    ///
    /// # Errors
    /// When the database or KMS does not answer, or the secret does not open.
    pub async fn platform_secret(&self, name: &str) -> Result<Option<Arc<SecretString>>, AppError> {
        let now = self.clock.now();
        let known = {
            let kept = self
                .secrets
                .0
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            kept.get(name).filter(|(until, _)| now < *until).cloned()
        };
        if let Some((_, secret)) = known {
            return Ok(secret);
        }
        let secret = match self.store.routing().find_secret(name).await? {
            Some(found) => Some(self.vault.platform().open(&found.row.secret).await?),
            None => None,
        };
        // That there is none is asked again: somebody may be setting it right now.
        if secret.is_some() {
            let mut kept = self
                .secrets
                .0
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            kept.insert(name.to_owned(), (now.plus(KEEP), secret.clone()));
        }
        Ok(secret)
    }

    /// Makes a platform secret of the code's own: 32 random bytes. Does nothing when somebody made it at this moment.
    ///
    /// # Errors
    /// When the database or KMS does not answer.
    pub async fn make_platform_secret(&self, name: &str) -> Result<(), AppError> {
        let bytes = Zeroizing::new(random_32(self.entropy.as_ref()));
        let text = Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes.as_slice()));
        let row = PlatformSecretRow {
            name: name.to_owned(),
            generation: self.unique(),
            secret: self.vault.platform().seal(&text).await?,
            created_at: self.clock.now(),
        };
        let routing = self.store.routing();
        let mut transaction = routing.transaction();
        transaction.create(&row);
        match transaction.commit().await {
            Err(error) if !error.is_race() => Err(error.into()),
            _ => Ok(()),
        }
    }
}
