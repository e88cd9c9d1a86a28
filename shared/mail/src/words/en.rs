//! English.

mod bot;
mod cancellation;
mod payment;
mod usage;
mod withdrawal;

use domain::Timestamp;
use domain::role::Role;

use super::{Part, Words};
use crate::name::name;
use crate::{Amount, FactorChange, Template};

const FOOTER: &str = "Sofi CRM writes to you because of your account or because somebody entered this address. Questions:";
const NOT_YOU: &str = "If this was not you, change your password now and write to us: somebody else may have access to your account.";
const IGNORE: &str = "If you did not ask for this, you need not do anything.";
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(super) fn write(template: &Template) -> Words {
    let (subject, parts) = say(template);
    Words {
        subject,
        parts,
        footer: FOOTER,
    }
}

fn say(template: &Template) -> (String, Vec<Part>) {
    match template {
        Template::VerifyAddress { code, link } => (
            "Confirm your address for Sofi CRM".to_owned(),
            vec![
                Part::text("Enter this code to confirm that this address is yours:"),
                Part::Code(code.clone()),
                Part::link("Or confirm by this link, with the password you chose", link),
                Part::text(IGNORE),
            ],
        ),
        Template::AlreadyRegistered => (
            "You already have a Sofi CRM account".to_owned(),
            vec![
                Part::text(
                    "Somebody tried to register with this address, which already has an account. Nothing has changed. If it was you, log in as usual, or ask for a new password on the login page.",
                ),
                Part::text(IGNORE),
            ],
        ),
        Template::NoAccount => (
            "No Sofi CRM account with this address".to_owned(),
            vec![
                Part::text(
                    "A new password was asked for an account with this address, but there is none. Perhaps you registered with another address.",
                ),
                Part::text(IGNORE),
            ],
        ),
        Template::NewDevice { device, when } => (
            "New login to your Sofi CRM account".to_owned(),
            vec![
                Part::text(format!(
                    "Somebody logged in to your account from a device that we had not seen before: {}, on {}.",
                    name(device),
                    moment(*when)
                )),
                Part::text(NOT_YOU),
            ],
        ),
        Template::PasswordReset { link } => (
            "Choose a new password for Sofi CRM".to_owned(),
            vec![
                Part::text("A new password was asked for. The link works once and for 30 minutes."),
                Part::link("Choose a new password", link),
                Part::text(IGNORE),
            ],
        ),
        Template::PasswordChanged => (
            "Your Sofi CRM password was changed".to_owned(),
            vec![
                Part::text(
                    "The password of your account was changed, and every session was ended.",
                ),
                Part::text(NOT_YOU),
            ],
        ),
        Template::EmailChangeConfirm { code, link } => (
            "Confirm your new address for Sofi CRM".to_owned(),
            vec![
                Part::text("Enter this code to use this address for your account:"),
                Part::Code(code.clone()),
                Part::link("Or confirm by this link", link),
                Part::text(IGNORE),
            ],
        ),
        Template::AddressTaken => (
            "This address already has a Sofi CRM account".to_owned(),
            vec![
                Part::text(
                    "Somebody wanted to use this address for another account. It already has one, so nothing has changed.",
                ),
                Part::text(IGNORE),
            ],
        ),
        Template::EmailChanged => (
            "Your Sofi CRM account has this address now".to_owned(),
            vec![
                Part::text(
                    "From now on you log in with this address, and we write to it. Every other session was ended. For three days the change can be taken back from the former address.",
                ),
                Part::text(NOT_YOU),
            ],
        ),
        Template::EmailChangeNotice { undo_link, until } => (
            "The address of your Sofi CRM account was changed".to_owned(),
            vec![
                Part::text(format!(
                    "Your account now has another address. If you did not want this, take it back until {}:",
                    moment(*until)
                )),
                Part::link("Take the change back", undo_link),
            ],
        ),
        Template::EmailChangeUndone { link } => (
            "The address of your Sofi CRM account is this one again".to_owned(),
            vec![
                Part::text(
                    "The change of address was taken back. Every session was ended, passkeys were removed, and the former password opens nothing. Choose a new one; the link works once and for 30 minutes, and the login page sends another.",
                ),
                Part::link("Choose a new password", link),
            ],
        ),
        Template::SecondFactorChanged { what } => (
            "Your Sofi CRM login was changed".to_owned(),
            vec![Part::text(change(*what)), Part::text(NOT_YOU)],
        ),
        Template::PasskeyRefused { name: passkey } => (
            "A passkey of your Sofi CRM account was refused".to_owned(),
            vec![
                Part::text(format!(
                    "Somebody used your passkey {}, but its counter had gone backwards. That happens when a passkey was copied. Nobody was let in. Please remove this passkey and add a new one.",
                    name(passkey)
                )),
                Part::text(NOT_YOU),
            ],
        ),
        Template::LoginBlocked { unlock_link } => (
            "Your Sofi CRM login is paused".to_owned(),
            vec![
                Part::text(
                    "There were too many wrong passwords, so nobody can log in to your account for a while. If it was you, unlock it now:",
                ),
                Part::link("Unlock my account", unlock_link),
                Part::text(
                    "If it was not you, you need not do anything: your password was not found out.",
                ),
            ],
        ),
        Template::RecoveryCodeUsed => (
            "A recovery code of your Sofi CRM account was used".to_owned(),
            vec![
                Part::text(
                    "Somebody logged in with one of your recovery codes. It does not work a second time.",
                ),
                Part::text(NOT_YOU),
            ],
        ),
        Template::Invitation {
            workspace,
            inviter,
            role: offered,
            link,
            until,
        } => (
            format!("Invitation to {}", name(workspace)),
            vec![
                Part::text(format!(
                    "{} asks you to join the workspace {} on Sofi CRM as {}. The invitation is valid until {}.",
                    name(inviter),
                    name(workspace),
                    role(*offered),
                    moment(*until)
                )),
                Part::link("Look at the invitation", link),
                Part::text("If you do not know this person, you need not do anything."),
            ],
        ),
        Template::RoleChanged {
            workspace,
            role: given,
        } => (
            "Your role was changed".to_owned(),
            vec![Part::text(format!(
                "In the workspace {} you are now {}.",
                name(workspace),
                role(*given)
            ))],
        ),
        Template::MemberRemoved { workspace } => (
            "You left a workspace".to_owned(),
            vec![Part::text(format!(
                "You are no longer a member of the workspace {}. Your own account stays as it is.",
                name(workspace)
            ))],
        ),
        Template::BudgetReached { bot } => (
            "Today's AI budget is spent".to_owned(),
            vec![Part::text(format!(
                "The AI budget of your workspace is spent for today, so Sofi is silent until midnight UTC. Fans of {} are waiting for a person. You can raise the budget in the settings.",
                name(bot)
            ))],
        ),
        Template::ExportReady { link, until } => (
            "Your export is ready".to_owned(),
            vec![
                Part::text(format!(
                    "The export that you asked for is ready and can be downloaded until {}. You will be asked to log in and to prove that it is you.",
                    moment(*until)
                )),
                Part::link("Go to the export", link),
                Part::text(NOT_YOU),
            ],
        ),
        Template::AlertsOpened { bot, name: chat } => (
            "A Telegram chat hears of your fans now".to_owned(),
            vec![
                Part::text(format!(
                    "A Telegram chat that is called {} opened your link to the bot {}. From now on it is told what waits for you there, and can answer fans in your name.",
                    name(chat),
                    name(bot)
                )),
                Part::text(
                    "If this chat is not yours, end it on the page of the bot, change your password and write to us.",
                ),
            ],
        ),
        Template::ExportAsked {
            workspace,
            name: who,
        } => (
            "Data of your workspace is being exported".to_owned(),
            vec![
                Part::text(format!(
                    "{} has data of the workspace {} exported and can download it. What exactly stands in the audit log.",
                    name(who),
                    name(workspace)
                )),
                Part::text(
                    "If you do not want this, change that person's role or remove them: the export ends with their rights.",
                ),
            ],
        ),
        Template::RetentionShortened {
            workspace,
            name: who,
            days,
            from,
        } => (
            "Fans of your workspace will be erased sooner".to_owned(),
            vec![
                Part::text(format!(
                    "{} has decided that fans of the workspace {} are kept for {days} days after their last contact. That counts from {}: whoever has been silent for longer is erased then, and nobody can bring them back.",
                    name(who),
                    name(workspace),
                    moment(*from)
                )),
                Part::text("Until then you can choose a longer time in the settings."),
            ],
        ),
        Template::WorkspaceCloses {
            workspace,
            until,
            link,
        } => (
            "Your workspace is being closed".to_owned(),
            vec![
                Part::text(format!(
                    "An owner has closed the workspace {}. Its bots are silent and its data stands still. On {} everything in it is erased; nobody can bring it back then.",
                    name(workspace),
                    moment(*until)
                )),
                Part::text(
                    "Until then every member can read it, managers and owners can export it, and each owner can take the closing back.",
                ),
                Part::link("Take it back", link),
                Part::text("If none of you wanted this, take it back and change your passwords."),
            ],
        ),
        Template::AccountCloses { until, link } => (
            "Your account is being closed".to_owned(),
            vec![
                Part::text(format!(
                    "You have closed your account. You are logged out everywhere, and your API tokens have ended. On {} everything that we hold of you is erased; nobody can bring it back then.",
                    moment(*until)
                )),
                Part::text("If you log in before, your account stays as it was."),
                Part::link("Log in and keep it", link),
                Part::text(
                    "If it was not you, log in and change your password: somebody knows it.",
                ),
            ],
        ),
        Template::AccountErased { request } => (
            "Your account is erased".to_owned(),
            vec![
                Part::text(
                    "The seven days since you closed your account are over. Your name, your address, your logins and your memberships are erased, and the key to what we sealed for you is destroyed. This is the last mail.",
                ),
                Part::text(format!(
                    "A signed certificate says what was deleted. Ask our support for it under the number {request}; it names nobody."
                )),
            ],
        ),
        Template::BotSuspended { bot, link } => bot::suspended(bot, link),
        Template::ApiTokenCreated { name: token } => (
            "A new API token was made".to_owned(),
            vec![
                Part::text(format!(
                    "An API token called {} was made for your account.",
                    name(token)
                )),
                Part::text(NOT_YOU),
            ],
        ),
        Template::Receipt {
            number,
            amount,
            paid_at,
            link,
        } => (
            format!("Receipt for invoice {}", name(number)),
            vec![
                Part::text(format!(
                    "We received {} for invoice {} on {}. Thank you.",
                    money(amount),
                    name(number),
                    moment(*paid_at)
                )),
                Part::link("See the invoice", link),
            ],
        ),
        Template::RenewalNotice {
            plan,
            amount,
            at,
            link,
        } => (
            "Your subscription renews soon".to_owned(),
            vec![
                Part::text(format!(
                    "Your subscription to {} renews by itself on {}. {} will be charged then.",
                    name(plan),
                    moment(*at),
                    money(amount)
                )),
                Part::text(
                    "If you want to keep it, you need not do anything. If not, cancel before that day; you keep everything until then.",
                ),
                Part::link("See or cancel the subscription", link),
            ],
        ),
        Template::PaymentFailed {
            amount,
            link,
            is_last,
        } => payment::failed(amount, link, *is_last),
        Template::PlanEnded { plan, link } => payment::plan_ended(plan, link),
        Template::ActionRequired { amount, link } => (
            "Your bank asks you to confirm a payment".to_owned(),
            vec![
                Part::text(format!(
                    "The payment of {} waits for you: your bank wants you to confirm it. Until then it is not paid.",
                    money(amount)
                )),
                Part::link("Confirm the payment", link),
            ],
        ),
        Template::TrialEnding { until, link } => (
            "Your trial ends soon".to_owned(),
            vec![
                Part::text(format!(
                    "Your trial of Sofi CRM ends on {}. Nothing is charged without a plan that you have chosen. Without one, Sofi writes nothing from then on and nothing goes to many fans at once; people can still answer, export and leave.",
                    moment(*until)
                )),
                Part::link("See the plans", link),
            ],
        ),
        Template::CancellationReceipt {
            plan,
            at,
            ends_at,
            link,
        } => cancellation::receipt(plan, *at, *ends_at, link),
        Template::CancellationUndone { plan, at, link } => cancellation::undone(plan, *at, link),
        Template::WithdrawalDeclared { plan, at } => withdrawal::declared(plan, *at),
        Template::WithdrawalReceipt {
            plan,
            at,
            refund,
            by_bank,
        } => withdrawal::receipt(plan, *at, refund.as_ref(), by_bank.as_ref()),
        Template::WithdrawalOwed {
            plan,
            at,
            owed,
            refund,
        } => withdrawal::owed(plan, *at, owed, refund.as_ref()),
        Template::WithdrawalDisputed {
            plan,
            at,
            disputed,
            owed,
            refund,
        } => withdrawal::disputed(plan, *at, disputed, owed.as_ref(), refund.as_ref()),
        Template::WithdrawalPassedOn { plan, at, link } => withdrawal::passed_on(plan, *at, link),
        Template::RefundedByBank { by_bank, refund } => {
            withdrawal::refunded_by_bank(by_bank, refund.as_ref())
        }
        Template::RefundMade { refund } => withdrawal::refund_made(refund),
        Template::PaymentReturned { refund } => withdrawal::payment_returned(refund),
        Template::SofiStopped { lapsed, link } => usage::stopped(*lapsed, link),
        Template::QuotaNear { meter, link } => usage::near(*meter, link),
    }
}

fn moment(at: Timestamp) -> String {
    super::moment(at, &MONTHS, "")
}

fn money(amount: &Amount) -> String {
    super::money(amount, '.')
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Analyst => "an analyst",
        Role::Chatter => "a chatter",
        Role::Manager => "a manager",
        Role::Owner => "an owner",
    }
}

const fn change(what: FactorChange) -> &'static str {
    match what {
        FactorChange::AppAdded => "An authenticator app was added to your login.",
        FactorChange::AppRemoved => "The authenticator app was removed from your login.",
        FactorChange::PasskeyAdded => "A passkey was added to your login.",
        FactorChange::PasskeyRemoved => "A passkey was removed from your login.",
        FactorChange::CodesRenewed => {
            "New recovery codes were made; the former ones no longer work."
        }
    }
}
