//! What is told of a payment that failed, and of a plan that has ended because of it.

use super::super::Part;
use super::money;
use crate::Amount;
use crate::name::name;

pub(super) fn failed(amount: &Amount, link: &str, is_last: bool) -> (String, Vec<Part>) {
    let what = match is_last {
        true => format!(
            "Die Zahlung von {} ist fehlgeschlagen und wird nicht von selbst erneut versucht. Spätestens 14 Tage nach dem ersten Fehlschlag schreibt Sofi nichts mehr, und nichts geht an viele Fans zugleich; Menschen können weiterhin antworten, exportieren und gehen.",
            money(amount)
        ),
        false => format!(
            "Die Zahlung von {} ist fehlgeschlagen. Ab dem ersten Fehlschlag läuft alles 14 Tage weiter, und die Zahlung wird währenddessen erneut versucht. Danach schreibt Sofi nichts mehr, und nichts geht an viele Fans zugleich; Menschen können weiterhin antworten, exportieren und gehen.",
            money(amount)
        ),
    };
    let parts = vec![Part::text(what), Part::link("Rechnung bezahlen", link)];
    (
        "Eine Zahlung für Sofi CRM ist fehlgeschlagen".to_owned(),
        parts,
    )
}

pub(super) fn plan_ended(plan: &str, link: &str) -> (String, Vec<Part>) {
    let parts = vec![
        Part::text(format!(
            "Ihr Tarif {} ist zu Ende, weil Zahlungen fehlgeschlagen sind. Es wird nichts mehr abgebucht, und die offene Rechnung ist nicht mehr zu bezahlen.",
            name(plan)
        )),
        Part::text(
            "Sofi schreibt ab jetzt nichts mehr, und nichts geht an viele Fans zugleich. Menschen können weiterhin antworten, exportieren und gehen, und deswegen wird nichts gelöscht.",
        ),
        Part::text("Sie können jederzeit wieder einen Tarif wählen."),
        Part::link("Tarife ansehen", link),
    ];
    ("Ihr Tarif ist zu Ende".to_owned(), parts)
}
