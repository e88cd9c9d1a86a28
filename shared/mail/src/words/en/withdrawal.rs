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
            "Nothing is to be given back: nothing had been paid, or all of it went back before.",
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
        "Your bank has taken {} back from us, because this payment is disputed there, and has not decided yet. As long as it has not, we cannot send this back as well. If the bank decides for you, you have the money from it; if it does not, we send it back the way on which you paid. Another mail tells you which.",
        money(disputed)
    )));
    (subject(), parts)
}

pub(super) fn passed_on(plan: &str, at: Timestamp, link: &str) -> (String, Vec<Part>) {
    let text = format!(
        "Somebody has withdrawn from the contract about {} of a workspace that you own or bought it for. We received the withdrawal on {}. The subscription ends, and nothing more is charged.",
        name(plan),
        moment(at)
    );
    let parts = vec![
        Part::text(text),
        Part::text(
            "Whoever withdrew has the confirmation, which says what goes back. Nothing is needed of you: people can still answer and export, and nothing is deleted.",
        ),
        Part::link("See plan and billing", link),
    ];
    ("A withdrawal from your contract".to_owned(), parts)
}

pub(super) fn refunded_by_bank(by_bank: &Amount, refund: Option<&Amount>) -> (String, Vec<Part>) {
    let mut parts = vec![Part::text(from_the_bank(by_bank))];
    parts.extend(refund.map(|refund| Part::text(on_its_way(refund))));
    parts.push(Part::text(
        "With this, everything has gone back that you had paid for the contract from which you withdrew.",
    ));
    ("Your bank has paid you back".to_owned(), parts)
}

pub(super) fn refund_made(refund: &Amount) -> (String, Vec<Part>) {
    let text = format!(
        "What we still owed you since you withdrew from the contract is on its way now. With it, everything goes back that you had paid for the contract and did not have back before: {}, the way on which you paid.",
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

fn still_owed(owed: &Amount) -> Part {
    Part::text(format!(
        "We owe you {}. It does not go back by itself: one of us sends it, within 14 days at the latest, and another mail tells you when it is on its way.",
        money(owed)
    ))
}

fn from_the_bank(by_bank: &Amount) -> String {
    format!(
        "Your bank has decided for you and paid {} back to you, so we owe you nothing more of this.",
        money(by_bank)
    )
}

fn on_its_way(refund: &Amount) -> String {
    format!(
        "{} go back the way on which you paid, within 14 days at the latest.",
        money(refund)
    )
}
