//! The pages that people see: Checkout, the Billing Portal and an invoice. Plain forms, no script, no card field.

use serde_json::Value;

use crate::{
    problem::Problem,
    state::State,
    store::{number, text},
};

/// What a page answers to: a page, or another address.
pub(crate) enum Page {
    Html(u16, String),
    Goes(String),
}

pub(crate) const STYLE: &str = include_str!("pages/style.css");

/// Text that means nothing to HTML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

fn money(amount: i64, currency: &str) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    let cents = amount.unsigned_abs();
    format!(
        "{sign}{}.{:02} {}",
        cents / 100,
        cents % 100,
        escape(&currency.to_uppercase())
    )
}

fn price(price: &Value) -> String {
    let amount = money(number(price, "unit_amount"), text(price, "currency"));
    let (count, interval) = (
        number(&price["recurring"], "interval_count"),
        text(&price["recurring"], "interval"),
    );
    match count {
        1 => format!("{amount} per {interval}"),
        _ => format!("{amount} every {count} {interval}s"),
    }
}

fn button(act: &str, label: &str) -> String {
    format!(
        r#"<button name="act" value="{act}">{}</button>"#,
        escape(label)
    )
}

fn whole(title: &str, error: Option<&Problem>, body: &str) -> String {
    let error = error
        .map(|problem| format!(r#"<p role="alert">{}</p>"#, escape(&problem.message)))
        .unwrap_or_default();
    format!(
        r#"<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><link rel="stylesheet" href="/style.css"></head><body><main>
<p class="banner">Stand-in for Stripe: no money moves.</p><h1>{title}</h1>{error}{body}</main></body></html>"#
    )
}

/// The page of a refusal.
pub(crate) fn refused(problem: &Problem) -> Page {
    Page::Html(
        problem.status,
        whole("This page is not available", Some(problem), ""),
    )
}

pub(crate) fn plain(title: &str, body: &str) -> String {
    whole(title, None, &format!("<p>{}</p>", escape(body)))
}

/// Checkout: what is bought, and what a person can do.
pub(crate) fn checkout(state: &State, id: &str, error: Option<&Problem>) -> Result<Page, Problem> {
    let session = state.find("checkout.session", id)?;
    if session["status"] != "open" {
        let text = format!("This Checkout Session is {}.", text(&session, "status"));
        return Ok(Page::Html(200, plain("Checkout", &text)));
    }
    let lines = state.session_lines(id)?;
    let rows: String = lines["data"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|line| {
            let name = escape(text(line, "description"));
            format!("<li>{name}: {}</li>", price(&line["price"]))
        })
        .collect();
    let trial = match session["_start"]["trial_days"].as_i64() {
        Some(days) => format!("<p>{days} days free, then as above.</p>"),
        None => String::new(),
    };
    let email = session["customer_details"]["email"].as_str();
    let email = email.map_or_else(
        || r#"<label>E-mail <input name="email" type="email" required></label>"#.to_owned(),
        |email| format!("<p>For {}</p>", escape(email)),
    );
    let total = money(number(&session, "amount_total"), text(&session, "currency"));
    let buttons = [
        button("pay", "Pay"),
        button(
            "pay_once",
            "Pay with a card that fails from the next charge on",
        ),
        button("decline", "Pay with a card that is declined"),
    ]
    .concat();
    let body = format!(
        r#"<ul>{rows}</ul>{trial}<p>Due today: <strong>{total}</strong></p>
<form method="post">{email}{buttons}</form>
<form method="post">{}</form>"#,
        button("leave", "Back to the shop")
    );
    let status = error.map_or(200, |problem| problem.status);
    Ok(Page::Html(status, whole("Checkout", error, &body)))
}

/// The Billing Portal: the newest subscription that runs, and the invoices.
pub(crate) fn portal(
    state: &State,
    secret: &str,
    error: Option<&Problem>,
) -> Result<Page, Problem> {
    let portal = state.portal(secret)?;
    let present = state.portal_subscription(&portal);
    let subscription = present.map_or_else(
        || "<p>There is no subscription.</p>".to_owned(),
        |subscription| subscription_form(state, &subscription),
    );
    let customer = text(&portal, "customer");
    let invoices: String = state
        .store
        .all("invoice")
        .filter(|invoice| invoice["customer"] == customer && invoice["status"] != "draft")
        .map(|invoice| {
            let total = money(number(invoice, "total"), text(invoice, "currency"));
            format!(
                r#"<li><a href="{}">{}</a>: {total}, {}</li>"#,
                escape(text(invoice, "hosted_invoice_url")),
                escape(text(invoice, "number")),
                escape(text(invoice, "status"))
            )
        })
        .collect();
    let cards = [
        ("works", "Use a card that works"),
        ("declines", "Use a card that fails from now on"),
        ("needs_action", "Use a card whose bank asks each time"),
    ];
    let cards: String = cards
        .iter()
        .map(|(card, label)| format!(r#"<button name="card" value="{card}">{label}</button>"#))
        .collect();
    let body = format!(
        r#"{subscription}<h2>Payment method</h2>
<form method="post"><input type="hidden" name="act" value="card">{cards}</form>
<form method="post">{}</form><h2>Invoices</h2><ul>{invoices}</ul>
<form method="post">{}</form>"#,
        button("pay", "Pay what is open"),
        button("leave", "Back")
    );
    let status = error.map_or(200, |problem| problem.status);
    Ok(Page::Html(status, whole("Billing", error, &body)))
}

fn subscription_form(state: &State, subscription: &Value) -> String {
    let item = &subscription["items"]["data"][0];
    let choices: String = state
        .portal_prices(subscription)
        .iter()
        .map(|other| {
            let name = state.store.field(text(other, "product"), "name");
            format!(
                r#"<button name="price" value="{}">Change to {}: {}</button>"#,
                escape(text(other, "id")),
                escape(name.as_str().unwrap_or_default()),
                price(other)
            )
        })
        .collect();
    let end = if subscription["cancel_at_period_end"] == true {
        format!(
            "<p>Ends with its period.</p>{}",
            button("resume", "Do not cancel")
        )
    } else {
        button("cancel", "Cancel subscription")
    };
    format!(
        r#"<p>{}: {}</p><form method="post"><input type="hidden" name="act" value="change">{choices}</form>
<form method="post">{end}</form>"#,
        escape(text(subscription, "status")),
        price(&item["price"])
    )
}

/// An invoice's page, where an open one can be paid.
pub(crate) fn invoice(state: &State, id: &str, error: Option<&Problem>) -> Result<Page, Problem> {
    let invoice = state.find("invoice", id)?;
    let currency = text(&invoice, "currency");
    let lines: String = invoice["lines"]["data"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|line| {
            let amount = money(number(line, "amount"), currency);
            format!("<li>{}: {amount}</li>", escape(text(line, "description")))
        })
        .collect();
    let form = if invoice["status"] == "open" {
        format!(r#"<form method="post">{}</form>"#, button("pay", "Pay"))
    } else {
        String::new()
    };
    let body = format!(
        "<ul>{lines}</ul><p>Total {}, {}</p>{form}",
        money(number(&invoice, "total"), currency),
        escape(text(&invoice, "status"))
    );
    let status = error.map_or(200, |problem| problem.status);
    Ok(Page::Html(status, whole("Invoice", error, &body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_caller_wrote_is_never_markup() {
        assert_eq!(
            escape(r#"<b a="1">'&"#),
            "&lt;b a=&quot;1&quot;&gt;&#39;&amp;"
        );
    }

    #[test]
    fn money_is_told_in_units_and_cents() {
        assert_eq!(money(2_905, "eur"), "29.05 EUR");
        assert_eq!(money(-5, "usd"), "-0.05 USD");
    }
}
