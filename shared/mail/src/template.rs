//! The facts that are told by mail.

mod link;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use std::fmt;

use domain::Timestamp;
use domain::billing::Meter;
use domain::notice::MailLane;
use domain::role::Role;
use serde::{Deserialize, Serialize};

#[cfg(test)]
pub(crate) use samples::{euros, samples};

/// What changed about somebody's second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactorChange {
    /// An authenticator app was added.
    AppAdded,
    /// The authenticator app was removed.
    AppRemoved,
    /// A passkey was added.
    PasskeyAdded,
    /// A passkey was removed.
    PasskeyRemoved,
    /// New recovery codes were made; the former ones are void.
    CodesRenewed,
}

/// A sum of money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amount {
    /// In the currency's smallest unit.
    pub minor: i64,
    /// Three small letters, as Stripe writes them.
    pub currency: String,
}

/// One fact, with as little as its mail needs. Names (`workspace`, `inviter`, `bot`, `device`, `name`) are taken as people
/// wrote them and cleaned when rendered; links lead to https addresses (on a laptop, to loopback), and are ours but for those
/// to the page of an invoice, which Stripe gave us.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// Somebody registered with this address: prove that it is theirs.
    VerifyAddress {
        /// To be typed.
        code: String,
        /// Or to be followed.
        link: String,
    },
    /// Somebody registered with an address that has an account.
    AlreadyRegistered,
    /// A new password was asked for an address that has no account.
    NoAccount,
    /// A login from a device that was not seen before.
    NewDevice {
        /// For example `Firefox on Linux`.
        device: String,
        /// When.
        when: Timestamp,
    },
    /// A new password was asked for.
    PasswordReset {
        /// Where it is chosen; works once.
        link: String,
    },
    /// The password was changed.
    PasswordChanged,
    /// To the new address: prove that it is theirs.
    EmailChangeConfirm {
        /// To be typed.
        code: String,
        /// Or to be followed.
        link: String,
    },
    /// To an address that has an account: somebody wanted it for theirs.
    AddressTaken,
    /// To the new address: it is the account's from now on.
    EmailChanged,
    /// To the former address: it was replaced.
    EmailChangeNotice {
        /// Takes the change back.
        undo_link: String,
        /// Until when that works.
        until: Timestamp,
    },
    /// To the address that is back: the change was taken back, and a new password is needed.
    EmailChangeUndone {
        /// Where the password is chosen; works once.
        link: String,
    },
    /// A second factor was added, removed or renewed.
    SecondFactorChanged {
        /// What.
        what: FactorChange,
    },
    /// A passkey was refused because it seems to exist twice.
    PasskeyRefused {
        /// What its owner calls it.
        name: String,
    },
    /// Too many wrong passwords: the account is locked for a while.
    LoginBlocked {
        /// Unlocks it at once.
        unlock_link: String,
    },
    /// A recovery code was used to log in.
    RecoveryCodeUsed,
    /// Somebody is asked to join a workspace.
    Invitation {
        /// Which.
        workspace: String,
        /// By whom.
        inviter: String,
        /// In which role.
        role: Role,
        /// Where it is accepted.
        link: String,
        /// Until when.
        until: Timestamp,
    },
    /// A member's role was changed.
    RoleChanged {
        /// In which workspace.
        workspace: String,
        /// The new role.
        role: Role,
    },
    /// A member was removed.
    MemberRemoved {
        /// From which workspace.
        workspace: String,
    },
    /// The day's AI budget is spent: Sofi is silent until tomorrow.
    BudgetReached {
        /// The bot whose fan waits now.
        bot: String,
    },
    /// An export can be downloaded.
    ExportReady {
        /// Where; it asks for a login and a proof, and holds nothing by itself.
        link: String,
        /// Until when.
        until: Timestamp,
    },
    /// A Telegram chat opened the link with which its owner hears of what waits.
    AlertsOpened {
        /// At which bot.
        bot: String,
        /// What the chat is called.
        name: String,
    },
    /// Somebody of the team had data exported.
    ExportAsked {
        /// From which workspace.
        workspace: String,
        /// Who, as the team knows them.
        name: String,
    },
    /// Somebody of the team had fans kept for a shorter time.
    RetentionShortened {
        /// In which workspace.
        workspace: String,
        /// Who, as the team knows them.
        name: String,
        /// Days after the last contact.
        days: u16,
        /// From when they count.
        from: Timestamp,
    },
    /// An owner closed the workspace.
    WorkspaceCloses {
        /// Which.
        workspace: String,
        /// When it is erased.
        until: Timestamp,
        /// Where that is taken back; it asks for a login, and holds nothing by itself.
        link: String,
    },
    /// A person closed their account.
    AccountCloses {
        /// When it is erased.
        until: Timestamp,
        /// Where a login takes that back; it holds nothing by itself.
        link: String,
    },
    /// The account is erased.
    AccountErased {
        /// Names the closing: whoever asks for its certificate gives it.
        request: String,
    },
    /// Telegram no longer takes a bot's token: the bot is suspended until it has another.
    BotSuspended {
        /// Its @name, without the sign.
        bot: String,
        /// Where the token is replaced; it asks for a login, and holds nothing by itself.
        link: String,
    },
    /// A token for programs was made.
    ApiTokenCreated {
        /// What its owner calls it.
        name: String,
    },
    /// An invoice is paid.
    Receipt {
        /// Its number.
        number: String,
        /// What was paid.
        amount: Amount,
        /// When.
        paid_at: Timestamp,
        /// The invoice, or where ours are listed.
        link: String,
    },
    /// A subscription renews soon.
    RenewalNotice {
        /// What it is of.
        plan: String,
        /// What will be charged.
        amount: Amount,
        /// When.
        at: Timestamp,
        /// Where it is cancelled; it asks for a login, and holds nothing by itself.
        link: String,
    },
    /// A payment failed.
    PaymentFailed {
        /// What is open.
        amount: Amount,
        /// Where it is paid.
        link: String,
        /// Whether nobody tries it again by itself. Absent in mails of before.
        #[serde(default)]
        is_last: bool,
    },
    /// The plan has ended because its payments failed.
    PlanEnded {
        /// What was bought.
        plan: String,
        /// Where a plan is chosen; it asks for a login, and holds nothing by itself.
        link: String,
    },
    /// The bank wants to hear from the payer.
    ActionRequired {
        /// What is open.
        amount: Amount,
        /// Where it is confirmed.
        link: String,
    },
    /// A trial ends soon.
    TrialEnding {
        /// When.
        until: Timestamp,
        /// Where a plan is chosen or cancelled; it asks for a login, and holds nothing by itself.
        link: String,
    },
    /// Somebody cancelled.
    CancellationReceipt {
        /// What it was about.
        plan: String,
        /// When the cancellation was received.
        at: Timestamp,
        /// When the contract ends.
        ends_at: Timestamp,
        /// Where it is taken back; it asks for a login, and holds nothing by itself.
        link: String,
    },
    /// Somebody took a cancellation back.
    CancellationUndone {
        /// What goes on.
        plan: String,
        /// When.
        at: Timestamp,
        /// Where it is cancelled; it asks for a login, and holds nothing by itself.
        link: String,
    },
    /// Somebody withdrew from the contract, and Stripe has carried out nothing of it yet.
    WithdrawalDeclared {
        /// What it is about.
        plan: String,
        /// When the withdrawal was received.
        at: Timestamp,
    },
    /// Somebody withdrew from the contract.
    WithdrawalReceipt {
        /// What it was about.
        plan: String,
        /// When the withdrawal was received.
        at: Timestamp,
        /// What is given back; absent where nothing is left of what had been paid.
        refund: Option<Amount>,
        /// What a bank gave back before, because a dispute was lost.
        by_bank: Option<Amount>,
    },
    /// Somebody withdrew from the contract, and not everything goes back by itself: a person of ours gives back the rest. Stripe refused it,
    /// or was not asked for it.
    WithdrawalOwed {
        /// What it was about.
        plan: String,
        /// When the withdrawal was received.
        at: Timestamp,
        /// What a person gives back.
        owed: Amount,
        /// What is given back nevertheless.
        refund: Option<Amount>,
    },
    /// Somebody withdrew from the contract, and has asked their bank to take a payment for it back, which has not decided.
    WithdrawalDisputed {
        /// What it was about.
        plan: String,
        /// When the withdrawal was received.
        at: Timestamp,
        /// What the bank decides on.
        disputed: Amount,
        /// What a person gives back besides.
        owed: Option<Amount>,
        /// What is given back nevertheless.
        refund: Option<Amount>,
    },
    /// Somebody else withdrew from the contract, and has the confirmation.
    WithdrawalPassedOn {
        /// What it was about.
        plan: String,
        /// When the withdrawal was received.
        at: Timestamp,
        /// Where the plan is seen; it asks for a login, and holds nothing by itself.
        link: String,
    },
    /// What was open after a withdrawal is settled, a part of it or all by a bank.
    RefundedByBank {
        /// What the bank gave back.
        by_bank: Amount,
        /// What we gave back.
        refund: Option<Amount>,
    },
    /// What was owed after a withdrawal goes back now.
    RefundMade {
        /// Everything that was paid for the contract and had not gone back before the withdrawal.
        refund: Amount,
    },
    /// A payment arrived after a withdrawal, and goes back.
    PaymentReturned {
        /// What was paid.
        refund: Amount,
    },
    /// The plan lets Sofi write nothing more: people answer.
    SofiStopped {
        /// Whether nothing is paid for; otherwise the month's messages are used up.
        lapsed: bool,
        /// Where a plan is chosen; it asks for a login, and holds nothing by itself.
        link: String,
    },
    /// Four fifths of what the plan lets have are used.
    QuotaNear {
        /// Of what.
        meter: Meter,
        /// Where the plan is changed; it asks for a login, and holds nothing by itself.
        link: String,
    },
}

impl Template {
    /// The name of [`Template::WithdrawalDeclared`]: whoever had this mail is told once more when the money goes back.
    pub const WITHDRAWAL_DECLARED: &'static str = "withdrawal_declared";
    /// The name of [`Template::WithdrawalOwed`]: whoever had this mail is told once more when the money goes back.
    pub const WITHDRAWAL_OWED: &'static str = "withdrawal_owed";
    /// The name of [`Template::WithdrawalDisputed`]: whoever had this mail is told once more when the bank has decided.
    pub const WITHDRAWAL_DISPUTED: &'static str = "withdrawal_disputed";

    /// Its name in rows, logs and metrics.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::VerifyAddress { .. } => "verify_address",
            Self::AlreadyRegistered => "already_registered",
            Self::NoAccount => "no_account",
            Self::NewDevice { .. } => "new_device",
            Self::PasswordReset { .. } => "password_reset",
            Self::PasswordChanged => "password_changed",
            Self::EmailChangeConfirm { .. } => "email_change_confirm",
            Self::AddressTaken => "address_taken",
            Self::EmailChanged => "email_changed",
            Self::EmailChangeNotice { .. } => "email_change_notice",
            Self::EmailChangeUndone { .. } => "email_change_undone",
            Self::SecondFactorChanged { .. } => "second_factor_changed",
            Self::PasskeyRefused { .. } => "passkey_refused",
            Self::LoginBlocked { .. } => "login_blocked",
            Self::RecoveryCodeUsed => "recovery_code_used",
            Self::Invitation { .. } => "invitation",
            Self::RoleChanged { .. } => "role_changed",
            Self::MemberRemoved { .. } => "member_removed",
            Self::BudgetReached { .. } => "budget_reached",
            Self::ExportReady { .. } => "export_ready",
            Self::AlertsOpened { .. } => "alerts_opened",
            Self::ExportAsked { .. } => "export_asked",
            Self::RetentionShortened { .. } => "retention_shortened",
            Self::WorkspaceCloses { .. } => "workspace_closes",
            Self::AccountCloses { .. } => "account_closes",
            Self::AccountErased { .. } => "account_erased",
            Self::BotSuspended { .. } => "bot_suspended",
            Self::ApiTokenCreated { .. } => "api_token_created",
            Self::Receipt { .. } => "receipt",
            Self::RenewalNotice { .. } => "renewal_notice",
            Self::PaymentFailed { .. } => "payment_failed",
            Self::PlanEnded { .. } => "plan_ended",
            Self::ActionRequired { .. } => "action_required",
            Self::TrialEnding { .. } => "trial_ending",
            Self::CancellationReceipt { .. } => "cancellation_receipt",
            Self::CancellationUndone { .. } => "cancellation_undone",
            Self::WithdrawalDeclared { .. } => Self::WITHDRAWAL_DECLARED,
            Self::WithdrawalReceipt { .. } => "withdrawal_receipt",
            Self::WithdrawalOwed { .. } => Self::WITHDRAWAL_OWED,
            Self::WithdrawalDisputed { .. } => Self::WITHDRAWAL_DISPUTED,
            Self::WithdrawalPassedOn { .. } => "withdrawal_passed_on",
            Self::RefundedByBank { .. } => "refunded_by_bank",
            Self::RefundMade { .. } => "refund_made",
            Self::PaymentReturned { .. } => "payment_returned",
            Self::SofiStopped { .. } => "sofi_stopped",
            Self::QuotaNear { .. } => "quota_near",
        }
    }

    /// Which queue it waits in. An invitation lets a person in but goes to whom somebody else named: it is bulk, so that a
    /// complaint about it is obeyed. What is owed to somebody who pays is sent whatever was complained about before.
    pub const fn lane(&self) -> MailLane {
        match self {
            Self::Invitation { .. }
            | Self::BudgetReached { .. }
            | Self::ExportReady { .. }
            | Self::SofiStopped { .. } => MailLane::Bulk,
            Self::VerifyAddress { .. }
            | Self::AlreadyRegistered
            | Self::NoAccount
            | Self::NewDevice { .. }
            | Self::PasswordReset { .. }
            | Self::PasswordChanged
            | Self::EmailChangeConfirm { .. }
            | Self::AddressTaken
            | Self::EmailChanged
            | Self::EmailChangeNotice { .. }
            | Self::EmailChangeUndone { .. }
            | Self::SecondFactorChanged { .. }
            | Self::PasskeyRefused { .. }
            | Self::LoginBlocked { .. }
            | Self::RecoveryCodeUsed
            | Self::RoleChanged { .. }
            | Self::MemberRemoved { .. }
            | Self::AlertsOpened { .. }
            | Self::ExportAsked { .. }
            | Self::RetentionShortened { .. }
            | Self::WorkspaceCloses { .. }
            | Self::AccountCloses { .. }
            | Self::AccountErased { .. }
            | Self::BotSuspended { .. }
            | Self::ApiTokenCreated { .. }
            | Self::Receipt { .. }
            | Self::RenewalNotice { .. }
            | Self::PaymentFailed { .. }
            | Self::PlanEnded { .. }
            | Self::ActionRequired { .. }
            | Self::TrialEnding { .. }
            | Self::CancellationReceipt { .. }
            | Self::CancellationUndone { .. }
            | Self::WithdrawalDeclared { .. }
            | Self::WithdrawalReceipt { .. }
            | Self::WithdrawalOwed { .. }
            | Self::WithdrawalDisputed { .. }
            | Self::WithdrawalPassedOn { .. }
            | Self::RefundedByBank { .. }
            | Self::RefundMade { .. }
            | Self::PaymentReturned { .. }
            | Self::QuotaNear { .. } => MailLane::Security,
        }
    }
}

/// Codes and links open accounts: nothing of them may reach a log.
impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Template({}, ***)", self.kind())
    }
}
