//! Which link a mail carries.

use super::Template;

impl Template {
    /// The link that it carries.
    pub(crate) fn link(&self) -> Option<&str> {
        match self {
            Self::VerifyAddress { link, .. }
            | Self::PasswordReset { link }
            | Self::EmailChangeConfirm { link, .. }
            | Self::EmailChangeUndone { link }
            | Self::Invitation { link, .. }
            | Self::ExportReady { link, .. }
            | Self::WorkspaceCloses { link, .. }
            | Self::AccountCloses { link, .. }
            | Self::BotSuspended { link, .. }
            | Self::Receipt { link, .. }
            | Self::RenewalNotice { link, .. }
            | Self::PaymentFailed { link, .. }
            | Self::PlanEnded { link, .. }
            | Self::ActionRequired { link, .. }
            | Self::TrialEnding { link, .. }
            | Self::CancellationReceipt { link, .. }
            | Self::CancellationUndone { link, .. }
            | Self::WithdrawalPassedOn { link, .. }
            | Self::SofiStopped { link, .. }
            | Self::QuotaNear { link, .. } => Some(link),
            Self::EmailChangeNotice { undo_link, .. } => Some(undo_link),
            Self::LoginBlocked { unlock_link } => Some(unlock_link),
            _ => None,
        }
    }
}
