//! A fan's tags. They are sealed under the fan's key, here alone, so that no copy of the row says them once the fan is erased.

use domain::ids::FanId;
use store::keys;
use store::row::{FanRow, SealedTags};
use vault::FanKey;

use crate::{App, AppError, SealsJson, place};

/// The tags of a fan, in their order. The tenant's key outlives its fans, and opens none:
/// ```compile_fail
/// fn call(key: &vault::TenantKey, row: &store::row::FanRow) {
///     let _ = app::open_tags(key, row);
/// }
/// ```
/// ```
/// fn call(key: &vault::FanKey, row: &store::row::FanRow) {
///     let _ = app::open_tags(key, row);
/// }
/// ```
///
/// # Errors
/// When they do not open under this key, or are of another form.
pub fn open_tags(key: &FanKey, row: &FanRow) -> Result<Vec<String>, AppError> {
    let at = keys::fan(row.id);
    match row.tags.as_ref().map(SealedTags::sealed) {
        Some(Ok(sealed)) => key.open_json(&place::<FanRow>(&at, "tags"), sealed),
        // Of an earlier release.
        Some(Err(former)) => Ok(former.to_vec()),
        None => Ok(Vec::new()),
    }
}

impl App {
    /// Tags, sealed for their place; nothing for none.
    ///
    /// # Errors
    /// When they are not representable as JSON.
    pub fn seal_tags(
        &self,
        key: &FanKey,
        fan: FanId,
        tags: &[String],
    ) -> Result<Option<SealedTags>, AppError> {
        if tags.is_empty() {
            return Ok(None);
        }
        let at = keys::fan(fan);
        let place = place::<FanRow>(&at, "tags");
        let sealed = key.seal_json(&place, &tags, self.entropy.as_ref())?;
        Ok(Some(sealed.into()))
    }

    /// A fan's row as it is written: tags that an earlier release left unsealed are sealed along with whatever changes. Whoever
    /// writes a row that was read calls it.
    ///
    /// # Errors
    /// When they are not representable as JSON.
    pub fn with_sealed_tags(&self, key: &FanKey, mut row: FanRow) -> Result<FanRow, AppError> {
        if let Some(Err(former)) = row.tags.as_ref().map(SealedTags::sealed) {
            row.tags = self.seal_tags(key, row.id, former)?;
        }
        Ok(row)
    }
}
