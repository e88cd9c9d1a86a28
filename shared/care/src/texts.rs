//! stub
use crate::care::Care;
use wording::Language;
/// v
pub const VERSION: &str = "1";
/// a
#[must_use]
pub fn answer(
    _care: Care,
    _language: Language,
    _country_hint: Option<&str>,
    _creator: &str,
) -> String {
    String::new()
}
