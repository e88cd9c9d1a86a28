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

pub(super) fn receipt(plan: &str, at: Timestamp, refund: Option<&Amount>) -> (String, Vec<Part>) {
    let back = match refund {
        Some(refund) => on_its_way(refund),
        None => "Es war nichts bezahlt, also ist nichts zurückzugeben.".to_owned(),
    };
    (subject(), vec![received(plan, at), Part::text(back)])
}

pub(super) fn owed(
    plan: &str,
    at: Timestamp,
    owed: &Amount,
    refund: Option<&Amount>,
) -> (String, Vec<Part>) {
    let mut parts = vec![received(plan, at)];
    parts.extend(refund.map(|refund| Part::text(on_its_way(refund))));
    parts.push(Part::text(format!(
        "Wir schulden Ihnen {}. Unser Zahlungsdienstleister hat es abgelehnt, diesen Betrag von selbst zurückzuzahlen. Einer von uns kümmert sich darum, spätestens innerhalb von 14 Tagen, und eine weitere E-Mail sagt Ihnen, wenn das Geld unterwegs ist.",
        money(owed)
    )));
    (subject(), parts)
}

pub(super) fn refund_made(refund: &Amount) -> (String, Vec<Part>) {
    let text = format!(
        "Was wir Ihnen nach Ihrem Widerruf noch schuldeten, ist jetzt unterwegs. Damit geht alles zurück, was Sie für den Vertrag bezahlt hatten: {}, auf dem Weg, auf dem Sie bezahlt haben.",
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

fn on_its_way(refund: &Amount) -> String {
    format!(
        "{} gehen auf dem Weg zurück, auf dem Sie bezahlt haben, spätestens innerhalb von 14 Tagen.",
        money(refund)
    )
}
