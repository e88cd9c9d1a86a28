//! What is told of a withdrawal, and of the money that goes back.

use domain::Timestamp;

use super::super::Part;
use super::{moment, money};
use crate::Amount;
use crate::name::name;

pub(super) fn declared(plan: &str, at: Timestamp) -> (String, Vec<Part>) {
    let received = format!(
        "Wir haben Ihren Widerruf des Vertrags über {} am {} erhalten. Mit diesem Zeitpunkt ist er rechtzeitig, und Sie brauchen nichts weiter zu tun. Bitte bewahren Sie diese E-Mail auf.",
        name(plan),
        moment(at)
    );
    let parts = vec![
        Part::text(received),
        Part::text(
            "Wir führen ihn aus: Das Abonnement endet, es wird nichts mehr abgebucht, und alles, was Sie für den Vertrag bezahlt hatten, geht auf dem Weg zurück, auf dem Sie bezahlt haben, spätestens innerhalb von 14 Tagen. Wo etwas zurückgeht, sagt Ihnen eine weitere E-Mail, wenn es unterwegs ist.",
        ),
    ];
    (subject(), parts)
}

pub(super) fn receipt(
    plan: &str,
    at: Timestamp,
    refund: Option<&Amount>,
    by_bank: Option<&Amount>,
) -> (String, Vec<Part>) {
    let mut parts = vec![received(plan, at)];
    parts.extend(refund.map(|refund| Part::text(on_its_way(refund))));
    parts.extend(by_bank.map(|by_bank| Part::text(from_the_bank(by_bank))));
    if refund.or(by_bank).is_none() {
        parts.push(Part::text(
            "Es ist nichts zurückzugeben: Es war nichts bezahlt, oder alles ging schon vorher zurück.",
        ));
    }
    (subject(), parts)
}

pub(super) fn owed(
    plan: &str,
    at: Timestamp,
    owed: &Amount,
    refund: Option<&Amount>,
) -> (String, Vec<Part>) {
    let mut parts = vec![received(plan, at)];
    parts.extend(refund.map(|refund| Part::text(on_its_way(refund))));
    parts.push(still_owed(owed));
    (subject(), parts)
}

pub(super) fn disputed(
    plan: &str,
    at: Timestamp,
    disputed: &Amount,
    owed: Option<&Amount>,
    refund: Option<&Amount>,
) -> (String, Vec<Part>) {
    let mut parts = vec![received(plan, at)];
    parts.extend(refund.map(|refund| Part::text(on_its_way(refund))));
    parts.extend(owed.map(still_owed));
    parts.push(Part::text(format!(
        "Ihre Bank hat {} von uns zurückgeholt, weil diese Zahlung dort angefochten ist, und hat noch nicht entschieden. Solange das so ist, können wir diesen Betrag nicht auch noch zurückzahlen. Entscheidet die Bank für Sie, haben Sie das Geld von ihr; tut sie es nicht, zahlen wir es auf dem Weg zurück, auf dem Sie bezahlt haben. Eine weitere E-Mail sagt Ihnen, was davon geschieht.",
        money(disputed)
    )));
    (subject(), parts)
}

pub(super) fn passed_on(plan: &str, at: Timestamp, link: &str) -> (String, Vec<Part>) {
    let text = format!(
        "Jemand hat den Vertrag über {} eines Arbeitsbereichs widerrufen, dessen Inhaber Sie sind oder für den Sie ihn geschlossen haben. Wir haben den Widerruf am {} erhalten. Das Abonnement endet, und es wird nichts mehr abgebucht.",
        name(plan),
        moment(at)
    );
    let parts = vec![
        Part::text(text),
        Part::text(
            "Wer widerrufen hat, hat die Bestätigung; in ihr steht, was zurückgeht. Sie brauchen nichts zu tun: Menschen können weiterhin antworten und exportieren, und nichts wird gelöscht.",
        ),
        Part::link("Tarif und Abrechnung ansehen", link),
    ];
    ("Ein Widerruf Ihres Vertrags".to_owned(), parts)
}

pub(super) fn refunded_by_bank(by_bank: &Amount, refund: Option<&Amount>) -> (String, Vec<Part>) {
    let mut parts = vec![Part::text(from_the_bank(by_bank))];
    parts.extend(refund.map(|refund| Part::text(on_its_way(refund))));
    parts.push(Part::text(
        "Damit ist alles zurückgegangen, was Sie für den widerrufenen Vertrag bezahlt hatten.",
    ));
    ("Ihre Bank hat Ihnen das Geld erstattet".to_owned(), parts)
}

pub(super) fn refund_made(refund: &Amount) -> (String, Vec<Part>) {
    let text = format!(
        "Was wir Ihnen nach Ihrem Widerruf noch schuldeten, ist jetzt unterwegs. Damit geht alles zurück, was Sie für den Vertrag bezahlt und nicht schon zurückbekommen hatten: {}, auf dem Weg, auf dem Sie bezahlt haben.",
        money(refund)
    );
    (going_back(), vec![Part::text(text)])
}

pub(super) fn payment_returned(refund: &Amount) -> (String, Vec<Part>) {
    let text = format!(
        "Für einen Vertrag, den Sie vorher widerrufen hatten, ist eine Zahlung von {} eingegangen. Wir behalten davon nichts: Sie geht auf dem Weg zurück, auf dem Sie bezahlt haben, spätestens innerhalb von 14 Tagen.",
        money(refund)
    );
    (going_back(), vec![Part::text(text)])
}

fn going_back() -> String {
    "Ihr Geld ist unterwegs".to_owned()
}

fn subject() -> String {
    "Wir haben Ihren Widerruf erhalten".to_owned()
}

fn received(plan: &str, at: Timestamp) -> Part {
    Part::text(format!(
        "Wir haben Ihren Widerruf des Vertrags über {} am {} erhalten. Das Abonnement ist beendet. Bitte bewahren Sie diese E-Mail auf.",
        name(plan),
        moment(at)
    ))
}

fn still_owed(owed: &Amount) -> Part {
    Part::text(format!(
        "Wir schulden Ihnen {}. Dieser Betrag geht nicht von selbst zurück: Jemand von uns zahlt ihn spätestens innerhalb von 14 Tagen zurück, und eine weitere E-Mail sagt Ihnen, wenn das Geld unterwegs ist.",
        money(owed)
    ))
}

fn from_the_bank(by_bank: &Amount) -> String {
    format!(
        "Ihre Bank hat für Sie entschieden und Ihnen {} erstattet; davon schulden wir Ihnen nichts mehr.",
        money(by_bank)
    )
}

fn on_its_way(refund: &Amount) -> String {
    format!(
        "{} gehen auf dem Weg zurück, auf dem Sie bezahlt haben, spätestens innerhalb von 14 Tagen.",
        money(refund)
    )
}
