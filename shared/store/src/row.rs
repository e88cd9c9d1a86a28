//! Every stored type. A row knows its table and its key; the handle knows the tenant.

mod access;
mod account;
mod address;
mod audit;
mod billing;
mod bot;
mod business;
mod closing;
mod conversation;
mod fan;
mod hold;
mod keys;
mod mail;
mod mode;
mod passkey;
mod privacy;
mod routing;
mod sofi;
mod spending;
mod tags;
mod work;

use domain::Timestamp;
use domain::registry::{Field, Registered};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use access::{
    ApiTokenUseRow, ChallengeRow, DeviceRow, HearingRow, InvitationLinkRow, PasswordResetRow,
    RegistrationRow, SecondFactorRow, StaffRow, ThrottleRow, UserLoginRow, UserSessionRow,
};
pub use account::{
    AccountRow, AgreementRow, ApiTokenRow, InvitationRow, MemberRow, SavedRepliesRow,
    SavedReplyRow, UsageWordRow, WorkspaceRow,
};
pub use address::{EmailChangeRow, EmailUndo, EmailUndosRow};
pub use audit::{AnchorRow, AuditRow, ChainRow, ChainedRow, UnchainedRow};
pub use billing::{
    BILLS_COMPARED, CheckoutRow, InvoiceRow, ReconciliationRow, StripeCustomerRow, StripeEventRow,
    SubscriptionRow,
};
pub use bot::{BotRow, BotState};
pub use business::{BusinessAccountRow, BusinessLinkRow};
pub use closing::{ClosedRow, ClosingRow};
pub use conversation::{ConversationRow, MessageRow, NoteRow, WaitingRow};
pub use fan::{ConsentRow, FanEntryRow, FanRow, TagRow};
pub use hold::HoldRow;
pub use keys::{FanKeyRow, TenantKeyRow};
pub use mail::{MailTroubleRow, NoticeRow, NoticeState, SuppressionRow};
pub use mode::ChatMode;
pub use passkey::{PasskeyChallengeRow, PasskeyClaimRow, PasskeysRow, StoredPasskey};
pub use privacy::{
    ComplianceRequestRow, ErasedRow, ErasureRow, ExportRow, FanExportsRow, HolderRow,
    PrivacyRequestRow, RetentionRow, TombstoneRow,
};
pub use routing::{
    BotClaimRow, HookRow, LoginRow, Membership, PlatformSecretRow, SessionRow, TokenGrant,
};
pub use sofi::{
    AnsweredRow, AnsweringRow, CareRow, DraftRow, FactRow, PersonaRow, SofiRow, TraceRow, TurnRow,
    TurnState,
};
pub use spending::{AiLimitsRow, AiMonthRow, SpendRow, VendorRow};
pub use tags::SealedTags;
pub use work::{
    AlertRow, EventRow, IdempotencyRow, OutboxRow, OutboxState, ParkedRow, QueuedRow, SenderRow,
    TickRow, UpdateRow,
};

use crate::Table;
use crate::keys::{Due, LocalKey};

/// A stored type.
pub trait Row: Registered + Serialize + DeserializeOwned + Send + Sync {
    /// Where it lives.
    const TABLE: Table;

    /// The attribute that names the bot it belongs to. A member who sees some bots only meets no row of another one.
    const BOT: Option<&'static str> = None;

    /// Its key, without the tenant prefix.
    fn key(&self) -> LocalKey;

    /// Its place in the table's list index, if it is in a list.
    fn list_key(&self) -> Option<LocalKey> {
        None
    }

    /// Its place in the due index, while something is due.
    fn due(&self) -> Option<Due> {
        None
    }

    /// The key of that place. What nothing falls due of stands under another one.
    fn due_key(&self) -> Option<LocalKey> {
        self.due().map(|due| crate::keys::due(&due))
    }

    /// When it stops being visible.
    fn expires_at(&self) -> Option<Timestamp> {
        None
    }
}

/// The whole registry: kind, table and fields of every stored type.
pub fn registry() -> Vec<(&'static str, Table, &'static [Field])> {
    fn entry<T: Row>() -> (&'static str, Table, &'static [Field]) {
        (T::KIND, T::TABLE, T::FIELDS)
    }
    vec![
        entry::<AccountRow>(),
        entry::<AgreementRow>(),
        entry::<AiLimitsRow>(),
        entry::<AiMonthRow>(),
        entry::<AlertRow>(),
        entry::<AnchorRow>(),
        entry::<AnsweredRow>(),
        entry::<AnsweringRow>(),
        entry::<ApiTokenRow>(),
        entry::<ApiTokenUseRow>(),
        entry::<AuditRow>(),
        entry::<BotClaimRow>(),
        entry::<BotRow>(),
        entry::<BusinessAccountRow>(),
        entry::<BusinessLinkRow>(),
        entry::<CareRow>(),
        entry::<ChainRow>(),
        entry::<ChainedRow>(),
        entry::<ChallengeRow>(),
        entry::<CheckoutRow>(),
        entry::<ClosedRow>(),
        entry::<ClosingRow>(),
        entry::<ComplianceRequestRow>(),
        entry::<ConsentRow>(),
        entry::<ConversationRow>(),
        entry::<DeviceRow>(),
        entry::<DraftRow>(),
        entry::<EmailChangeRow>(),
        entry::<EmailUndosRow>(),
        entry::<ErasedRow>(),
        entry::<ErasureRow>(),
        entry::<EventRow>(),
        entry::<ExportRow>(),
        entry::<FactRow>(),
        entry::<FanEntryRow>(),
        entry::<FanExportsRow>(),
        entry::<FanKeyRow>(),
        entry::<FanRow>(),
        entry::<HearingRow>(),
        entry::<HoldRow>(),
        entry::<HolderRow>(),
        entry::<HookRow>(),
        entry::<IdempotencyRow>(),
        entry::<InvitationLinkRow>(),
        entry::<InvitationRow>(),
        entry::<InvoiceRow>(),
        entry::<LoginRow>(),
        entry::<MailTroubleRow>(),
        entry::<MemberRow>(),
        entry::<MessageRow>(),
        entry::<NoteRow>(),
        entry::<NoticeRow>(),
        entry::<OutboxRow>(),
        entry::<ParkedRow>(),
        entry::<PasskeyChallengeRow>(),
        entry::<PasskeyClaimRow>(),
        entry::<PasskeysRow>(),
        entry::<PasswordResetRow>(),
        entry::<PersonaRow>(),
        entry::<PlatformSecretRow>(),
        entry::<PrivacyRequestRow>(),
        entry::<QueuedRow>(),
        entry::<ReconciliationRow>(),
        entry::<RegistrationRow>(),
        entry::<RetentionRow>(),
        entry::<SavedRepliesRow>(),
        entry::<SavedReplyRow>(),
        entry::<SecondFactorRow>(),
        entry::<SenderRow>(),
        entry::<SessionRow>(),
        entry::<SofiRow>(),
        entry::<SpendRow>(),
        entry::<StaffRow>(),
        entry::<StripeCustomerRow>(),
        entry::<StripeEventRow>(),
        entry::<SubscriptionRow>(),
        entry::<SuppressionRow>(),
        entry::<TagRow>(),
        entry::<TenantKeyRow>(),
        entry::<ThrottleRow>(),
        entry::<TickRow>(),
        entry::<TombstoneRow>(),
        entry::<TraceRow>(),
        entry::<TurnRow>(),
        entry::<UnchainedRow>(),
        entry::<UpdateRow>(),
        entry::<UsageWordRow>(),
        entry::<UserLoginRow>(),
        entry::<UserSessionRow>(),
        entry::<VendorRow>(),
        entry::<WaitingRow>(),
        entry::<WorkspaceRow>(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::registry::{Class, Erase, Retention, access, class};

    #[test]
    fn every_stored_type_is_listed_once() {
        let mut kinds: Vec<_> = registry().into_iter().map(|(kind, _, _)| kind).collect();
        let count = kinds.len();
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(kinds.len(), count);
    }

    #[test]
    fn who_may_see_and_set_a_row_is_written_down_for_each_stored_type() {
        let mut kinds: Vec<_> = registry().into_iter().map(|(kind, _, _)| kind).collect();
        kinds.sort_unstable();
        let ruled: Vec<_> = access::RULES.iter().map(|rule| rule.kind).collect();
        assert_eq!(ruled, kinds);
    }

    #[test]
    fn the_token_of_a_bot_is_shown_to_nobody_and_its_name_to_whoever_sees_settings() {
        let rule = access::of(BotRow::KIND).expect("a rule");
        let readers = |name: &str| {
            let field = BotRow::FIELDS.iter().find(|field| field.name == name);
            rule.readers(field.expect("a field"))
        };
        assert!(readers("token").is_empty());
        assert_eq!(readers("name"), rule.reads);
        assert!(!rule.reads.is_empty());
    }

    #[test]
    fn what_no_copy_may_show_of_an_erased_fan_is_sealed() {
        for (kind, _, fields) in registry() {
            let of_fan = |class: Class| {
                class.retention == Retention::WithFan && class.erase == Erase::DeleteAndShred
            };
            for field in fields.iter().filter(|field| of_fan(field.class)) {
                assert!(field.form.contains("Sealed"), "{kind}.{}", field.name);
            }
        }
        for name in ["source", "tags"] {
            let field = FanRow::FIELDS.iter().find(|field| field.name == name);
            let class = field.map(|field| field.class);
            assert_eq!(class, Some(class::FAN_CONTENT), "{name}");
        }
    }

    #[test]
    fn no_field_collides_with_the_attributes_that_the_store_sets() {
        for (kind, _, fields) in registry() {
            for field in fields {
                let reserved = [
                    "pk",
                    "sk",
                    "lpk",
                    "lsk",
                    "dpk",
                    "dsk",
                    "kind",
                    "v",
                    "rev",
                    "expires_at",
                ];
                assert!(!reserved.contains(&field.name), "{kind}.{}", field.name);
            }
        }
    }
}
