//! What is told of what a plan lets have.

use domain::billing::Meter;

use super::super::Part;

pub(super) fn stopped(lapsed: bool, link: &str) -> (String, Vec<Part>) {
    (
        match lapsed {
            true => "Sofi schreibt nicht mehr: Es ist kein Tarif bezahlt".to_owned(),
            false => {
                "Sofi schreibt nicht mehr: Die Nachrichten dieses Monats sind verbraucht".to_owned()
            }
        },
        vec![
            Part::text(match lapsed {
                true => {
                    "Ihr Arbeitsbereich hat zurzeit keinen Tarif. Sofi schreibt deshalb keine Antworten und Entwürfe mehr."
                }
                false => {
                    "Sofi hat in diesem Monat so viele Nachrichten geschrieben, wie Ihr Tarif vorsieht, und schreibt keine Antworten und Entwürfe mehr, bis der nächste Monat beginnt."
                }
            }),
            Part::text(
                "Fans, die schreiben, erfahren, dass ein Mensch antworten wird. Sie und Ihr Team können wie bisher antworten, exportieren und gehen.",
            ),
            Part::link("Tarif und Abrechnung ansehen", link),
        ],
    )
}

pub(super) fn near(meter: Meter, link: &str) -> (String, Vec<Part>) {
    (
        "Vier Fünftel Ihres Tarifs sind verbraucht".to_owned(),
        vec![
            Part::text(format!(
                "Ihr Arbeitsbereich hat mindestens vier Fünftel von dem verbraucht, was sein Tarif vorsieht: {}.",
                metered(meter)
            )),
            Part::link("Verbrauch und Tarife ansehen", link),
        ],
    )
}

const fn metered(meter: Meter) -> &'static str {
    match meter {
        Meter::Bots => "Bots",
        Meter::Seats => "Plätze",
        Meter::Fans => "Fans",
        Meter::AiMessages => "KI-Nachrichten dieses Monats",
    }
}
