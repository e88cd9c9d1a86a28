//! Which workspaces hold a person: an index of keyed marks, for whoever of our staff has to find them (decision 0046).
//!
//! A workspace is entered with the first profile of a fan, in the transaction that writes it, and taken out by what erases the fan.
//! A mark is a hash under the platform secret `holders`, made with the first fan: neither the pepper nor the mailer's key.

use domain::ids::{FanId, TenantId};
use store::row::HolderRow;
use vault::TenantKey;

use crate::{AddressKey, App, AppError};

/// The name of the secret.
const SECRET: &str = "holders";

impl App {
    /// The entry of a workspace for one of its fans, to be written with the profile. Warm: no call.
    ///
    /// # Errors
    /// When the database or KMS does not answer, or the fan is none of this workspace.
    pub async fn holder(
        &self,
        tenant: TenantId,
        key: &TenantKey,
        fan: FanId,
    ) -> Result<HolderRow, AppError> {
        let marks = AddressKey::find_or_make(self, SECRET).await?;
        let person = key.peer_ids().user_of(fan);
        let person = person.map_err(|_| AppError::Absent("fan"))?;
        let mark = marks.hash_person(person);
        Ok(HolderRow { mark, tenant })
    }

    /// The key of the marks; `None` before the first fan of a deployment. Warm: no call.
    ///
    /// # Errors
    /// When the database or KMS does not answer, or the secret has another form.
    pub async fn holder_key(&self) -> Result<Option<AddressKey>, AppError> {
        AddressKey::find(self, SECRET).await
    }
}
