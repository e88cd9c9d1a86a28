//! The card of a conversation: its fan's name and last words. It is sealed under the fan's key, here alone, so that no copy of
//! it opens once the fan is erased.

use domain::Sealed;
use domain::ids::ConversationId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::keys;
use store::row::ConversationRow;
use vault::FanKey;

use crate::{App, AppError, SealsJson, place};

/// What a card says. The tenant's key outlives its fans, and opens none:
/// ```compile_fail
/// fn call(key: &vault::TenantKey, row: &store::row::ConversationRow) {
///     let _ = app::open_card::<serde_json::Value>(key, row);
/// }
/// ```
/// ```
/// fn call(key: &vault::FanKey, row: &store::row::ConversationRow) {
///     let _ = app::open_card::<serde_json::Value>(key, row);
/// }
/// ```
///
/// # Errors
/// When it does not open under this key, or is of another form.
pub fn open_card<T: DeserializeOwned>(key: &FanKey, row: &ConversationRow) -> Result<T, AppError> {
    let at = keys::conversation(row.id);
    key.open_json(&place::<ConversationRow>(&at, "card"), &row.card)
}

impl App {
    /// A card, sealed for its place.
    ///
    /// # Errors
    /// When it is not representable as JSON.
    pub fn seal_card<T: Serialize>(
        &self,
        key: &FanKey,
        conversation: ConversationId,
        card: &T,
    ) -> Result<Sealed, AppError> {
        let at = keys::conversation(conversation);
        let place = place::<ConversationRow>(&at, "card");
        key.seal_json(&place, card, self.entropy.as_ref())
    }
}
