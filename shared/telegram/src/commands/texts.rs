//! The wordings, one file per language.
//!
//! Gaps: `{creator}`, `{support}`, `{policy}`, `{version}`, `{hours}`, and in `privacy` also `{ai}`. The creator's
//! name is only used where a name can stand unchanged in every language, whatever its form.

mod de;
mod en;
mod es;
mod pt;
mod ru;

use crate::commands::Language;

/// All wordings of one language.
pub(super) struct Texts {
    /// Stands in for a creator without a name.
    pub(super) nameless: &'static str,
    pub(super) start: &'static str,
    pub(super) start_with_ai: &'static str,
    pub(super) help: &'static str,
    pub(super) privacy: &'static str,
    pub(super) privacy_ai_off: &'static str,
    pub(super) privacy_ai_on: &'static str,
    pub(super) stop: &'static str,
    pub(super) human: &'static str,
    pub(super) human_with_ai: &'static str,
    pub(super) paysupport: &'static str,
    /// It begins; the next two say why not.
    pub(super) export: &'static str,
    pub(super) export_running: &'static str,
    pub(super) export_often: &'static str,
    /// In the chats of an account.
    pub(super) export_elsewhere: &'static str,
    /// Below the file.
    pub(super) export_here: &'static str,
    /// Instead of the file.
    pub(super) export_large: &'static str,
    /// The question under which the button stands.
    pub(super) delete: &'static str,
    /// Where a button would be the account owner's.
    pub(super) delete_elsewhere: &'static str,
    pub(super) delete_button: &'static str,
    /// Shown for a moment over the chat, as the two after the next one.
    pub(super) deleting: &'static str,
    /// The last word.
    pub(super) deleted: &'static str,
    pub(super) delete_late: &'static str,
    pub(super) delete_nothing: &'static str,
    /// Also what is said to a fan who is restricted and asks for what is not possible then.
    pub(super) restrict: &'static str,
    pub(super) unrestrict: &'static str,
    /// Where the team has restricted as well: the fan's word does not end it.
    pub(super) unrestrict_held: &'static str,
    pub(super) no_ai: &'static str,
    pub(super) ai: &'static str,
    /// The buttons under `privacy`, in the order of [`super::OFFERED`].
    pub(super) choices: [&'static str; super::OFFERED.len()],
    pub(super) forget: &'static str,
    pub(super) not_for_sale: &'static str,
    pub(super) connected: &'static str,
    pub(super) allow_ai: &'static str,
    pub(super) forbid_ai: &'static str,
}

pub(super) const fn of(language: Language) -> &'static Texts {
    match language {
        Language::English => &en::TEXTS,
        Language::Spanish => &es::TEXTS,
        Language::Russian => &ru::TEXTS,
        Language::Portuguese => &pt::TEXTS,
        Language::German => &de::TEXTS,
    }
}
