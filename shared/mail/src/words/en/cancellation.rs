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
        "We received the cancellation of the contract about {} on {}. The contract ends on {}. Please keep this mail.",
        name(plan),
        moment(at),
        moment(ends_at)
    );
    let parts = vec![
        Part::text(received),
        Part::text("Until then an owner of the workspace can take the cancellation back."),
        Part::link("See plan and billing", link),
    ];
    ("We received your cancellation".to_owned(), parts)
}

pub(super) fn undone(plan: &str, at: Timestamp, link: &str) -> (String, Vec<Part>) {
    let text = format!(
        "The cancellation of the contract about {} was taken back on {}. The contract goes on and is renewed as before, until somebody cancels it.",
        name(plan),
        moment(at)
    );
    let parts = vec![
        Part::text(text),
        Part::link("See or cancel the subscription", link),
    ];
    ("Your subscription goes on".to_owned(), parts)
}
