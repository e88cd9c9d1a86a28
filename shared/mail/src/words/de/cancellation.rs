//! What is told of a cancellation, and of one that is taken back.

use domain::Timestamp;

use super::super::Part;
use super::moment;
use crate::name::name;

pub(super) fn receipt(
    plan: &str,
    at: Timestamp,
    ends_at: Timestamp,
    link: &str,
) -> (String, Vec<Part>) {
    let received = format!(
        "Wir haben die Kündigung des Vertrags über {} am {} erhalten. Der Vertrag endet am {}. Bitte bewahren Sie diese E-Mail auf.",
        name(plan),
        moment(at),
        moment(ends_at)
    );
    let parts = vec![
        Part::text(received),
        Part::text("Bis dahin kann ein Inhaber des Arbeitsbereichs die Kündigung zurücknehmen."),
        Part::link("Tarif und Abrechnung ansehen", link),
    ];
    ("Wir haben Ihre Kündigung erhalten".to_owned(), parts)
}

pub(super) fn undone(plan: &str, at: Timestamp, link: &str) -> (String, Vec<Part>) {
    let text = format!(
        "Die Kündigung des Vertrags über {} wurde am {} zurückgenommen. Der Vertrag läuft weiter und verlängert sich wie bisher, bis jemand ihn kündigt.",
        name(plan),
        moment(at)
    );
    let parts = vec![
        Part::text(text),
        Part::link("Abonnement ansehen oder kündigen", link),
    ];
    ("Ihr Abonnement läuft weiter".to_owned(), parts)
}
