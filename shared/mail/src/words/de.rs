//! German.

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

const FOOTER: &str = "Sofi CRM schreibt Ihnen wegen Ihres Kontos oder weil jemand diese Adresse eingegeben hat. Fragen:";
const NOT_YOU: &str = "Wenn Sie das nicht waren, ändern Sie jetzt Ihr Passwort und schreiben Sie uns: Jemand anderes könnte Zugang zu Ihrem Konto haben.";
const IGNORE: &str = "Wenn Sie das nicht verlangt haben, brauchen Sie nichts zu tun.";
const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
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
            "Bestätigen Sie Ihre Adresse für Sofi CRM".to_owned(),
            vec![
                Part::text(
                    "Geben Sie diesen Code ein, um zu bestätigen, dass diese Adresse Ihnen gehört:",
                ),
                Part::Code(code.clone()),
                Part::link(
                    "Oder bestätigen Sie über diesen Link, mit dem Passwort, das Sie gewählt haben",
                    link,
                ),
                Part::text(IGNORE),
            ],
        ),
        Template::AlreadyRegistered => (
            "Sie haben bereits ein Konto bei Sofi CRM".to_owned(),
            vec![
                Part::text(
                    "Jemand wollte sich mit dieser Adresse registrieren; sie hat aber schon ein Konto. Es hat sich nichts geändert. Wenn Sie das waren, melden Sie sich wie gewohnt an oder fordern Sie auf der Anmeldeseite ein neues Passwort an.",
                ),
                Part::text(IGNORE),
            ],
        ),
        Template::NoAccount => (
            "Kein Konto bei Sofi CRM mit dieser Adresse".to_owned(),
            vec![
                Part::text(
                    "Für ein Konto mit dieser Adresse wurde ein neues Passwort angefordert; es gibt aber keines. Vielleicht haben Sie sich mit einer anderen Adresse registriert.",
                ),
                Part::text(IGNORE),
            ],
        ),
        Template::NewDevice { device, when } => (
            "Neue Anmeldung bei Ihrem Konto von Sofi CRM".to_owned(),
            vec![
                Part::text(format!(
                    "Jemand hat sich von einem Gerät angemeldet, das wir noch nicht kannten: {}, am {}.",
                    name(device),
                    moment(*when)
                )),
                Part::text(NOT_YOU),
            ],
        ),
        Template::PasswordReset { link } => (
            "Wählen Sie ein neues Passwort für Sofi CRM".to_owned(),
            vec![
                Part::text(
                    "Es wurde ein neues Passwort angefordert. Der Link gilt einmal und 30 Minuten lang.",
                ),
                Part::link("Neues Passwort wählen", link),
                Part::text(IGNORE),
            ],
        ),
        Template::PasswordChanged => (
            "Ihr Passwort von Sofi CRM wurde geändert".to_owned(),
            vec![
                Part::text(
                    "Das Passwort Ihres Kontos wurde geändert; alle Sitzungen wurden beendet.",
                ),
                Part::text(NOT_YOU),
            ],
        ),
        Template::EmailChangeConfirm { code, link } => (
            "Bestätigen Sie Ihre neue Adresse für Sofi CRM".to_owned(),
            vec![
                Part::text(
                    "Geben Sie diesen Code ein, um diese Adresse für Ihr Konto zu verwenden:",
                ),
                Part::Code(code.clone()),
                Part::link("Oder bestätigen Sie über diesen Link", link),
                Part::text(IGNORE),
            ],
        ),
        Template::AddressTaken => (
            "Diese Adresse hat schon ein Konto bei Sofi CRM".to_owned(),
            vec![
                Part::text(
                    "Jemand wollte diese Adresse für ein anderes Konto verwenden. Sie hat schon eines; es hat sich also nichts geändert.",
                ),
                Part::text(IGNORE),
            ],
        ),
        Template::EmailChanged => (
            "Ihr Konto von Sofi CRM hat jetzt diese Adresse".to_owned(),
            vec![
                Part::text(
                    "Ab jetzt melden Sie sich mit dieser Adresse an, und wir schreiben Ihnen dorthin. Alle anderen Sitzungen wurden beendet. Drei Tage lang lässt sich die Änderung von der früheren Adresse aus rückgängig machen.",
                ),
                Part::text(NOT_YOU),
            ],
        ),
        Template::EmailChangeNotice { undo_link, until } => (
            "Die Adresse Ihres Kontos von Sofi CRM wurde geändert".to_owned(),
            vec![
                Part::text(format!(
                    "Ihr Konto hat jetzt eine andere Adresse. Wenn Sie das nicht wollten, machen Sie es bis zum {} rückgängig:",
                    moment(*until)
                )),
                Part::link("Änderung rückgängig machen", undo_link),
            ],
        ),
        Template::EmailChangeUndone { link } => (
            "Ihr Konto von Sofi CRM hat wieder diese Adresse".to_owned(),
            vec![
                Part::text(
                    "Die Änderung der Adresse wurde rückgängig gemacht. Alle Sitzungen wurden beendet, Passkeys entfernt, und das frühere Passwort öffnet nichts mehr. Wählen Sie ein neues; der Link gilt einmal und 30 Minuten lang, und die Anmeldeseite schickt einen weiteren.",
                ),
                Part::link("Neues Passwort wählen", link),
            ],
        ),
        Template::SecondFactorChanged { what } => (
            "Ihre Anmeldung bei Sofi CRM wurde geändert".to_owned(),
            vec![Part::text(change(*what)), Part::text(NOT_YOU)],
        ),
        Template::PasskeyRefused { name: passkey } => (
            "Ein Passkey Ihres Kontos von Sofi CRM wurde abgelehnt".to_owned(),
            vec![
                Part::text(format!(
                    "Jemand hat Ihren Passkey {} benutzt, aber sein Zähler war zurückgegangen. Das geschieht, wenn ein Passkey kopiert wurde. Niemand wurde eingelassen. Bitte entfernen Sie diesen Passkey und fügen Sie einen neuen hinzu.",
                    name(passkey)
                )),
                Part::text(NOT_YOU),
            ],
        ),
        Template::LoginBlocked { unlock_link } => (
            "Ihre Anmeldung bei Sofi CRM ist gesperrt".to_owned(),
            vec![
                Part::text(
                    "Es gab zu viele falsche Passwörter, deshalb kann sich für eine Weile niemand bei Ihrem Konto anmelden. Wenn Sie das waren, entsperren Sie es jetzt:",
                ),
                Part::link("Mein Konto entsperren", unlock_link),
                Part::text(
                    "Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Ihr Passwort wurde nicht herausgefunden.",
                ),
            ],
        ),
        Template::RecoveryCodeUsed => (
            "Ein Wiederherstellungscode Ihres Kontos wurde benutzt".to_owned(),
            vec![
                Part::text(
                    "Jemand hat sich mit einem Ihrer Wiederherstellungscodes angemeldet. Er gilt kein zweites Mal.",
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
            format!("Einladung zu {}", name(workspace)),
            vec![
                Part::text(format!(
                    "{} lädt Sie in den Arbeitsbereich {} bei Sofi CRM ein, in der Rolle {}. Die Einladung gilt bis zum {}.",
                    name(inviter),
                    name(workspace),
                    role(*offered),
                    moment(*until)
                )),
                Part::link("Einladung ansehen", link),
                Part::text("Wenn Sie diese Person nicht kennen, brauchen Sie nichts zu tun."),
            ],
        ),
        Template::RoleChanged {
            workspace,
            role: given,
        } => (
            "Ihre Rolle wurde geändert".to_owned(),
            vec![Part::text(format!(
                "Im Arbeitsbereich {} haben Sie jetzt die Rolle {}.",
                name(workspace),
                role(*given)
            ))],
        ),
        Template::MemberRemoved { workspace } => (
            "Sie haben einen Arbeitsbereich verlassen".to_owned(),
            vec![Part::text(format!(
                "Sie sind nicht mehr Mitglied des Arbeitsbereichs {}. Ihr eigenes Konto bleibt, wie es ist.",
                name(workspace)
            ))],
        ),
        Template::BudgetReached { bot } => (
            "Das KI-Budget für heute ist verbraucht".to_owned(),
            vec![Part::text(format!(
                "Das KI-Budget Ihres Arbeitsbereichs ist für heute verbraucht; Sofi schweigt bis Mitternacht UTC. Fans von {} warten auf einen Menschen. In den Einstellungen können Sie das Budget erhöhen.",
                name(bot)
            ))],
        ),
        Template::ExportReady { link, until } => (
            "Ihr Export ist fertig".to_owned(),
            vec![
                Part::text(format!(
                    "Der Export, um den Sie gebeten haben, ist fertig und kann bis {} heruntergeladen werden. Dafür melden Sie sich an und weisen sich noch einmal aus.",
                    moment(*until)
                )),
                Part::link("Zum Export", link),
                Part::text(NOT_YOU),
            ],
        ),
        Template::AlertsOpened { bot, name: chat } => (
            "Ein Telegram-Chat erfährt jetzt von Ihren Fans".to_owned(),
            vec![
                Part::text(format!(
                    "Ein Telegram-Chat mit dem Namen {} hat Ihren Link zum Bot {} geöffnet. Er erfährt von jetzt an, was dort auf Sie wartet, und kann Fans in Ihrem Namen antworten.",
                    name(chat),
                    name(bot)
                )),
                Part::text(
                    "Wenn dieser Chat nicht Ihrer ist, beenden Sie ihn auf der Seite des Bots, ändern Sie Ihr Passwort und schreiben Sie uns.",
                ),
            ],
        ),
        Template::ExportAsked {
            workspace,
            name: who,
        } => (
            "Daten Ihres Arbeitsbereichs werden exportiert".to_owned(),
            vec![
                Part::text(format!(
                    "{} lässt Daten des Arbeitsbereichs {} exportieren und kann sie herunterladen. Was genau, steht im Protokoll.",
                    name(who),
                    name(workspace)
                )),
                Part::text(
                    "Wenn Sie das nicht wollen, ändern Sie die Rolle dieser Person oder entfernen Sie sie: Der Export endet mit ihren Rechten.",
                ),
            ],
        ),
        Template::RetentionShortened {
            workspace,
            name: who,
            days,
            from,
        } => (
            "Fans Ihres Arbeitsbereichs werden früher gelöscht".to_owned(),
            vec![
                Part::text(format!(
                    "{} hat entschieden, dass Fans des Arbeitsbereichs {} noch {days} Tage nach dem letzten Kontakt aufbewahrt werden. Das gilt ab {}: Wer länger geschwiegen hat, wird dann gelöscht; niemand kann das rückgängig machen.",
                    name(who),
                    name(workspace),
                    moment(*from)
                )),
                Part::text("Bis dahin können Sie in den Einstellungen eine längere Zeit wählen."),
            ],
        ),
        Template::WorkspaceCloses {
            workspace,
            until,
            link,
        } => (
            "Ihr Arbeitsbereich wird geschlossen".to_owned(),
            vec![
                Part::text(format!(
                    "Jemand mit der Rolle Inhaber hat den Arbeitsbereich {} geschlossen. Seine Bots schweigen, und seine Daten bleiben unverändert. Am {} wird alles darin gelöscht; dann kann es niemand mehr zurückholen.",
                    name(workspace),
                    moment(*until)
                )),
                Part::text(
                    "Bis dahin können alle Mitglieder lesen, Manager und Inhaber exportieren, und jede Person mit der Rolle Inhaber kann die Schließung zurücknehmen.",
                ),
                Part::link("Zurücknehmen", link),
                Part::text(
                    "Wenn niemand von Ihnen das wollte, nehmen Sie es zurück und ändern Sie Ihre Passwörter.",
                ),
            ],
        ),
        Template::AccountCloses { until, link } => (
            "Ihr Konto wird geschlossen".to_owned(),
            vec![
                Part::text(format!(
                    "Sie haben Ihr Konto geschlossen. Sie sind überall abgemeldet, und Ihre API-Token gelten nicht mehr. Am {} wird alles gelöscht, was wir über Sie gespeichert haben; dann kann es niemand mehr zurückholen.",
                    moment(*until)
                )),
                Part::text("Wenn Sie sich vorher anmelden, bleibt Ihr Konto, wie es war."),
                Part::link("Anmelden und behalten", link),
                Part::text(
                    "Wenn Sie das nicht waren, melden Sie sich an und ändern Sie Ihr Passwort: jemand kennt es.",
                ),
            ],
        ),
        Template::AccountErased { request } => (
            "Ihr Konto ist gelöscht".to_owned(),
            vec![
                Part::text(
                    "Die sieben Tage seit der Schließung Ihres Kontos sind vorbei. Ihr Name, Ihre Adresse, Ihre Anmeldedaten und Ihre Mitgliedschaften sind gelöscht, und der Schlüssel zu dem, was wir für Sie versiegelt haben, ist zerstört. Dies ist die letzte E-Mail.",
                ),
                Part::text(format!(
                    "Eine signierte Bescheinigung sagt, was gelöscht wurde. Sie bekommen sie von unserem Support unter der Nummer {request}; sie nennt niemanden."
                )),
            ],
        ),
        Template::BotSuspended { bot, link } => bot::suspended(bot, link),
        Template::ApiTokenCreated { name: token } => (
            "Ein neues API-Token wurde erstellt".to_owned(),
            vec![
                Part::text(format!(
                    "Für Ihr Konto wurde ein API-Token namens {} erstellt.",
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
            format!("Quittung für Rechnung {}", name(number)),
            vec![
                Part::text(format!(
                    "Wir haben {} für die Rechnung {} am {} erhalten. Vielen Dank.",
                    money(amount),
                    name(number),
                    moment(*paid_at)
                )),
                Part::link("Zur Rechnung", link),
            ],
        ),
        Template::RenewalNotice {
            plan,
            amount,
            at,
            link,
        } => (
            "Ihr Abonnement verlängert sich bald".to_owned(),
            vec![
                Part::text(format!(
                    "Ihr Abonnement von {} verlängert sich am {} von selbst. Dann werden {} abgebucht.",
                    name(plan),
                    moment(*at),
                    money(amount)
                )),
                Part::text(
                    "Wenn Sie es behalten möchten, brauchen Sie nichts zu tun. Wenn nicht, kündigen Sie vor diesem Tag; bis dahin behalten Sie alles.",
                ),
                Part::link("Abonnement ansehen oder kündigen", link),
            ],
        ),
        Template::PaymentFailed {
            amount,
            link,
            is_last,
        } => payment::failed(amount, link, *is_last),
        Template::PlanEnded { plan, link } => payment::plan_ended(plan, link),
        Template::ActionRequired { amount, link } => (
            "Ihre Bank bittet Sie, eine Zahlung zu bestätigen".to_owned(),
            vec![
                Part::text(format!(
                    "Die Zahlung von {} wartet auf Sie: Ihre Bank möchte, dass Sie sie bestätigen. Bis dahin ist sie nicht bezahlt.",
                    money(amount)
                )),
                Part::link("Zahlung bestätigen", link),
            ],
        ),
        Template::TrialEnding { until, link } => (
            "Ihre Testzeit endet bald".to_owned(),
            vec![
                Part::text(format!(
                    "Ihre Testzeit von Sofi CRM endet am {}. Ohne einen Tarif, den Sie gewählt haben, wird nichts abgebucht. Ohne Tarif schreibt Sofi dann nichts mehr, und nichts geht an viele Fans zugleich; Menschen können weiterhin antworten, exportieren und gehen.",
                    moment(*until)
                )),
                Part::link("Tarife ansehen", link),
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
    super::moment(at, &MONTHS, ".")
}

fn money(amount: &Amount) -> String {
    super::money(amount, ',')
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Analyst => "Analyst",
        Role::Chatter => "Chatter",
        Role::Manager => "Manager",
        Role::Owner => "Inhaber",
    }
}

const fn change(what: FactorChange) -> &'static str {
    match what {
        FactorChange::AppAdded => "Ihrer Anmeldung wurde eine Authentifizierungs-App hinzugefügt.",
        FactorChange::AppRemoved => {
            "Die Authentifizierungs-App wurde aus Ihrer Anmeldung entfernt."
        }
        FactorChange::PasskeyAdded => "Ihrer Anmeldung wurde ein Passkey hinzugefügt.",
        FactorChange::PasskeyRemoved => "Ein Passkey wurde aus Ihrer Anmeldung entfernt.",
        FactorChange::CodesRenewed => {
            "Es wurden neue Wiederherstellungscodes erstellt; die früheren gelten nicht mehr."
        }
    }
}
