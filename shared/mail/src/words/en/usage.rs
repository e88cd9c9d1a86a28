//! What is told of what a plan lets have.

use domain::billing::Meter;

use super::super::Part;

pub(super) fn stopped(lapsed: bool, link: &str) -> (String, Vec<Part>) {
    (
        match lapsed {
            true => "Sofi has stopped: nothing is paid for".to_owned(),
            false => "Sofi has stopped: this month's messages are used up".to_owned(),
        },
        vec![
            Part::text(match lapsed {
                true => {
                    "Your workspace has no plan at the moment, so Sofi writes no more replies and drafts."
                }
                false => {
                    "Sofi has written as many messages this month as your plan has, so it writes no more replies and drafts until the next month begins."
                }
            }),
            Part::text(
                "Fans who write are told that a person will answer. You and your team can answer, export and leave as ever.",
            ),
            Part::link("See plan and billing", link),
        ],
    )
}

pub(super) fn near(meter: Meter, link: &str) -> (String, Vec<Part>) {
    (
        "Four fifths of your plan are used".to_owned(),
        vec![
            Part::text(format!(
                "Your workspace has used at least four fifths of the {} of its plan.",
                metered(meter)
            )),
            Part::link("See usage and plans", link),
        ],
    )
}

const fn metered(meter: Meter) -> &'static str {
    match meter {
        Meter::Bots => "bots",
        Meter::Seats => "seats",
        Meter::Fans => "fans",
        Meter::AiMessages => "AI messages of this month",
    }
}
