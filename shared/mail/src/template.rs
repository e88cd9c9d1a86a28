//! The facts that are told by mail.

use std::fmt;

use domain::Timestamp;
use domain::notice::MailLane;
use domain::role::Role;
use serde::{Deserialize, Serialize};

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

/// One fact, with as little as its mail needs. Names (`workspace`, `inviter`, `bot`, `device`, `name`) are taken as people
/// wrote them and cleaned when rendered; links are ours and lead to https addresses (on a laptop, to loopback).
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
    /// An owner closed the workspace.
    WorkspaceCloses {
        /// Which.
        workspace: String,
        /// When it is erased.
        until: Timestamp,
        /// Where that is taken back; it asks for a login, and holds nothing by itself.
        link: String,
    },
    /// A token for programs was made.
    ApiTokenCreated {
        /// What its owner calls it.
        name: String,
    },
}

impl Template {
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
            Self::WorkspaceCloses { .. } => "workspace_closes",
            Self::ApiTokenCreated { .. } => "api_token_created",
        }
    }

    /// Which queue it waits in. An invitation lets a person in but goes to whom somebody else named: it is bulk, so that a
    /// complaint about it is obeyed.
    pub const fn lane(&self) -> MailLane {
        match self {
            Self::Invitation { .. } | Self::BudgetReached { .. } | Self::ExportReady { .. } => {
                MailLane::Bulk
            }
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
            | Self::WorkspaceCloses { .. }
            | Self::ApiTokenCreated { .. } => MailLane::Security,
        }
    }

    /// The link that it carries.
    pub(crate) fn link(&self) -> Option<&str> {
        match self {
            Self::VerifyAddress { link, .. }
            | Self::PasswordReset { link }
            | Self::EmailChangeConfirm { link, .. }
            | Self::EmailChangeUndone { link }
            | Self::Invitation { link, .. }
            | Self::ExportReady { link, .. }
            | Self::WorkspaceCloses { link, .. } => Some(link),
            Self::EmailChangeNotice { undo_link, .. } => Some(undo_link),
            Self::LoginBlocked { unlock_link } => Some(unlock_link),
            _ => None,
        }
    }
}

/// Codes and links open accounts: nothing of them may reach a log.
impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Template({}, ***)", self.kind())
    }
}

#[cfg(test)]
pub(crate) fn samples() -> Vec<Template> {
    let code = String::from("123456");
    let link = String::from("https://127.0.0.1/x?a=1&b=2");
    let when = Timestamp::from_seconds(1_795_456_800);
    let workspace = String::from("Vale & <b>Sons</b>");
    vec![
        Template::VerifyAddress {
            code: code.clone(),
            link: link.clone(),
        },
        Template::AlreadyRegistered,
        Template::NoAccount,
        Template::NewDevice {
            device: "Firefox".into(),
            when,
        },
        Template::PasswordReset { link: link.clone() },
        Template::PasswordChanged,
        Template::EmailChangeConfirm {
            code,
            link: link.clone(),
        },
        Template::AddressTaken,
        Template::EmailChanged,
        Template::EmailChangeNotice {
            undo_link: link.clone(),
            until: when,
        },
        Template::EmailChangeUndone { link: link.clone() },
        Template::SecondFactorChanged {
            what: FactorChange::PasskeyAdded,
        },
        Template::PasskeyRefused {
            name: "Phone".into(),
        },
        Template::LoginBlocked {
            unlock_link: link.clone(),
        },
        Template::RecoveryCodeUsed,
        Template::Invitation {
            workspace: workspace.clone(),
            inviter: "Robin".into(),
            role: Role::Chatter,
            link: link.clone(),
            until: when,
        },
        Template::RoleChanged {
            workspace: workspace.clone(),
            role: Role::Manager,
        },
        Template::MemberRemoved {
            workspace: workspace.clone(),
        },
        Template::BudgetReached {
            bot: "mira_vale_bot".into(),
        },
        Template::ExportReady {
            link: link.clone(),
            until: when,
        },
        Template::WorkspaceCloses {
            workspace,
            until: when,
            link,
        },
        Template::ApiTokenCreated { name: "CI".into() },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_debug_form_shows_no_code_and_no_link() {
        for template in samples() {
            let shown = format!("{template:?}");
            assert!(
                !shown.contains("123456") && !shown.contains("https"),
                "{shown}"
            );
        }
    }

    #[test]
    fn the_sealed_form_calls_a_template_by_its_kind() {
        for template in samples() {
            let json = serde_json::to_string(&template).expect("serialises");
            assert!(json.contains(template.kind()), "{json}");
        }
    }
}
