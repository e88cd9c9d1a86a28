//! One of each fact, for tests.

use domain::Timestamp;
use domain::billing::Meter;
use domain::role::Role;

use super::{Amount, FactorChange, Template};

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
        Template::AlertsOpened {
            bot: "mira_vale_bot".into(),
            name: "Robin".into(),
        },
        Template::ExportAsked {
            workspace: workspace.clone(),
            name: "Robin".into(),
        },
        Template::RetentionShortened {
            workspace: workspace.clone(),
            name: "Robin".into(),
            days: 30,
            from: when,
        },
        Template::WorkspaceCloses {
            workspace,
            until: when,
            link: link.clone(),
        },
        Template::AccountCloses {
            until: when,
            link: link.clone(),
        },
        Template::AccountErased {
            request: "prq_00000000000000000000000001".into(),
        },
        Template::BotSuspended {
            bot: "mira_vale_bot".into(),
            link: link.clone(),
        },
        Template::ApiTokenCreated { name: "CI".into() },
        Template::Receipt {
            number: "SOFI-0007".into(),
            amount: euros(2_900),
            paid_at: when,
            link: link.clone(),
        },
        Template::RenewalNotice {
            plan: "Sofi Studio".into(),
            amount: euros(99_000),
            at: when,
            link: link.clone(),
        },
        Template::PaymentFailed {
            amount: euros(2_905),
            link: link.clone(),
            is_last: false,
        },
        Template::PaymentFailed {
            amount: euros(2_905),
            link: link.clone(),
            is_last: true,
        },
        Template::PlanEnded {
            plan: "Sofi Studio".into(),
            link: link.clone(),
        },
        Template::ActionRequired {
            amount: euros(2_900),
            link: link.clone(),
        },
        Template::TrialEnding {
            until: when,
            link: link.clone(),
        },
        Template::CancellationReceipt {
            plan: "Sofi Studio".into(),
            at: when,
            ends_at: when,
            link: link.clone(),
        },
        Template::CancellationUndone {
            plan: "Sofi Studio".into(),
            at: when,
            link: link.clone(),
        },
        Template::WithdrawalDeclared {
            plan: "Sofi Creator".into(),
            at: when,
        },
        Template::WithdrawalReceipt {
            plan: "Sofi Creator".into(),
            at: when,
            refund: Some(euros(2_900)),
            by_bank: None,
        },
        Template::WithdrawalReceipt {
            plan: "Sofi Creator".into(),
            at: when,
            refund: None,
            by_bank: None,
        },
        Template::WithdrawalReceipt {
            plan: "Sofi Creator".into(),
            at: when,
            refund: None,
            by_bank: Some(euros(2_900)),
        },
        Template::WithdrawalOwed {
            plan: "Sofi Studio".into(),
            at: when,
            owed: euros(9_900),
            refund: Some(euros(700)),
        },
        Template::WithdrawalOwed {
            plan: "Sofi Creator".into(),
            at: when,
            owed: euros(2_900),
            refund: None,
        },
        Template::WithdrawalDisputed {
            plan: "Sofi Studio".into(),
            at: when,
            disputed: euros(9_900),
            owed: Some(euros(400)),
            refund: Some(euros(700)),
        },
        Template::WithdrawalDisputed {
            plan: "Sofi Creator".into(),
            at: when,
            disputed: euros(2_900),
            owed: None,
            refund: None,
        },
        Template::WithdrawalPassedOn {
            plan: "Sofi Creator".into(),
            at: when,
            link: link.clone(),
        },
        Template::RefundedByBank {
            by_bank: euros(2_900),
            refund: None,
        },
        Template::RefundedByBank {
            by_bank: euros(9_900),
            refund: Some(euros(700)),
        },
        Template::RefundMade {
            refund: euros(2_900),
        },
        Template::PaymentReturned {
            refund: euros(7_000),
        },
        Template::SofiStopped {
            lapsed: true,
            link: link.clone(),
        },
        Template::SofiStopped {
            lapsed: false,
            link: link.clone(),
        },
        Template::QuotaNear {
            meter: Meter::AiMessages,
            link,
        },
    ]
}

pub(crate) fn euros(minor: i64) -> Amount {
    Amount {
        minor,
        currency: domain::billing::CURRENCY.to_owned(),
    }
}
