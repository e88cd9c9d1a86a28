//! What is told of a payment that failed, and of a plan that has ended because of it.

use super::super::Part;
use super::money;
use crate::Amount;
use crate::name::name;

pub(super) fn failed(amount: &Amount, link: &str, is_last: bool) -> (String, Vec<Part>) {
    let what = match is_last {
        true => format!(
            "The payment of {} failed, and nobody tries it again by itself. At the latest 14 days after the first failure, Sofi writes nothing and nothing goes to many fans at once; people can still answer, export and leave.",
            money(amount)
        ),
        false => format!(
            "The payment of {} failed. Everything goes on for 14 days from the first failure, and the payment is tried again meanwhile. After that, Sofi writes nothing and nothing goes to many fans at once; people can still answer, export and leave.",
            money(amount)
        ),
    };
    let parts = vec![Part::text(what), Part::link("Pay the invoice", link)];
    ("A payment for Sofi CRM failed".to_owned(), parts)
}

pub(super) fn plan_ended(plan: &str, link: &str) -> (String, Vec<Part>) {
    let parts = vec![
        Part::text(format!(
            "Your plan {} has ended because its payments failed. Nothing more is charged, and the open invoice need not be paid any more.",
            name(plan)
        )),
        Part::text(
            "Sofi writes nothing from now on, and nothing goes to many fans at once. People can still answer, export and leave, and nothing is deleted because of this.",
        ),
        Part::text("You can choose a plan again at any time."),
        Part::link("See the plans", link),
    ];
    ("Your plan has ended".to_owned(), parts)
}
