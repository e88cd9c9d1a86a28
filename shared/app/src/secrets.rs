//! Secrets of the platform (keys of vendors), opened and kept for five minutes, so that a rotated one is in use soon.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::Timestamp;
use secrecy::SecretString;

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
}
