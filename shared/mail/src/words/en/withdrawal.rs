//! What is told of a withdrawal, and of the money that goes back.

use domain::Timestamp;

use super::super::Part;
use super::{moment, money};
use crate::Amount;
use crate::name::name;

pub(super) fn declared(plan: &str, at: Timestamp) -> (String, Vec<Part>) {
    let received = format!(
        "We received your withdrawal from the contract about {} on {}. It is in time by that moment, and nothing more is needed of you. Please keep this mail.",
        name(plan),
        moment(at)
    );
    let parts = vec![
        Part::text(received),
        Part::text(
            "We are carrying it out: the subscription ends, nothing more is charged, and everything that you had paid for the contract goes back the way on which you paid, within 14 days at the latest. Where something goes back, another mail tells you when it is on its way.",
        ),
    ];
    (subject(), parts)
}

pub(super) fn receipt(plan: &str, at: Timestamp, refund: Option<&Amount>) -> (String, Vec<Part>) {
    let back = match refund {
        Some(refund) => on_its_way(refund),
        None => "Nothing had been paid, so nothing is to be given back.".to_owned(),
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
        "We owe you {}. Our payment provider has refused to send this back by itself. One of us sees to it, within 14 days at the latest, and another mail tells you when it is on its way.",
        money(owed)
    )));
    (subject(), parts)
}

pub(super) fn refund_made(refund: &Amount) -> (String, Vec<Part>) {
    let text = format!(
        "What we still owed you since you withdrew from the contract is on its way now. With it, everything that you had paid for the contract goes back: {}, the way on which you paid.",
        money(refund)
    );
    (going_back(), vec![Part::text(text)])
}

pub(super) fn payment_returned(refund: &Amount) -> (String, Vec<Part>) {
    let text = format!(
        "A payment of {} has arrived for a contract from which you had withdrawn before. We keep nothing of it: it goes back the way on which you paid, within 14 days at the latest.",
        money(refund)
    );
    (going_back(), vec![Part::text(text)])
}

fn going_back() -> String {
    "Your money is on its way".to_owned()
}

fn subject() -> String {
    "We received your withdrawal".to_owned()
}

fn received(plan: &str, at: Timestamp) -> Part {
    Part::text(format!(
        "We received your withdrawal from the contract about {} on {}. The subscription has ended. Please keep this mail.",
        name(plan),
        moment(at)
    ))
}

fn on_its_way(refund: &Amount) -> String {
    format!(
        "{} go back the way on which you paid, within 14 days at the latest.",
        money(refund)
    )
}
