//! People's visits to the pages: what they look at and what they press.

use serde_json::{Map, Value, json};

use crate::{
    pages::{self, Page},
    problem::Problem,
    shared::Shared,
    state::{CheckoutAct, PortalAct},
};

/// Answers a visit; `None` when there is no such page.
pub(crate) fn visit(shared: &Shared, verb: &str, path: &str, form: &str) -> Option<Page> {
    let segments: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let fields: Map<String, Value> = url::form_urlencoded::parse(form.as_bytes())
        .map(|(name, value)| (name.into_owned(), json!(value)))
        .collect();
    let page = match (verb, segments.as_slice()) {
        ("GET", []) => Ok(Page::Html(
            200,
            pages::plain("Stripe stand-in", "The control API is under /__control."),
        )),
        ("GET", ["c", "pay", id]) => shared.read(|world| pages::checkout(&world.state, id, None)),
        ("POST", ["c", "pay", id]) => checkout(shared, id, &fields),
        ("GET", ["p", "session", secret]) => {
            shared.read(|world| pages::portal(&world.state, secret, None))
        }
        ("POST", ["p", "session", secret]) => portal(shared, secret, fields),
        ("GET", ["i", id] | ["i", id, "pdf"]) => {
            shared.read(|world| pages::invoice(&world.state, id, None))
        }
        ("POST", ["i", id]) => invoice(shared, id),
        _ => return None,
    };
    Some(page.unwrap_or_else(|problem| pages::refused(&problem)))
}

fn checkout(shared: &Shared, id: &str, fields: &Map<String, Value>) -> Result<Page, Problem> {
    let act = fields.get("act").cloned().unwrap_or_default();
    let act: CheckoutAct = serde_json::from_value(act)
        .map_err(|_| Problem::not_one_of("act", "pay, pay_once, decline, or leave"))?;
    let email = fields.get("email").and_then(Value::as_str);
    shared.with(|world| {
        let state = &mut world.state;
        match state.act_on_session(id, act, email) {
            Ok(Some(url)) => Ok(Page::Goes(url)),
            Ok(None) => pages::checkout(state, id, None),
            Err(problem) => pages::checkout(state, id, Some(&problem)),
        }
    })
}

fn portal(shared: &Shared, secret: &str, fields: Map<String, Value>) -> Result<Page, Problem> {
    let act: PortalAct = serde_json::from_value(Value::Object(fields))
        .map_err(|_| Problem::not_one_of("act", "change, cancel, resume, card, pay, or leave"))?;
    shared.with(|world| {
        let state = &mut world.state;
        match state.act_in_portal(secret, &act) {
            Ok(Some(url)) => Ok(Page::Goes(url)),
            // Pressed again after a reload, a form must not act again.
            Ok(None) => Ok(Page::Goes(format!("/p/session/{secret}"))),
            Err(problem) => pages::portal(state, secret, Some(&problem)),
        }
    })
}

fn invoice(shared: &Shared, id: &str) -> Result<Page, Problem> {
    shared.with(|world| {
        let state = &mut world.state;
        // What the person pays with on this page works.
        let none = crate::form::Params::default();
        let customer = state.store.field(id, "customer");
        let paid = state
            .set_card(
                customer.as_str().unwrap_or_default(),
                crate::state::Card::Works,
            )
            .and_then(|_| state.pay_call(id, &none));
        match paid {
            Ok(_) => Ok(Page::Goes(format!("/i/{id}"))),
            Err(problem) => pages::invoice(state, id, Some(&problem)),
        }
    })
}
