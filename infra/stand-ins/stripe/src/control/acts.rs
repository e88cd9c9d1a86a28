//! What people, banks and Stripe's Dashboard do, which no call of the API can ask for.

use serde::Deserialize;
use serde_json::{Value, json};
use stand_in_kit::{Refusal, parse};

use crate::{
    delivery::Form,
    shared::Shared,
    state::{Card, CheckoutAct, PortalAct},
};

pub(super) fn handle(
    shared: &Shared,
    verb: &str,
    path: &[&str],
    body: Value,
) -> Result<Value, Refusal> {
    match (verb, path) {
        ("POST", ["sessions", id]) => on_session(shared, id, body),
        ("POST", ["portals", secret]) => {
            let act: PortalAct = parse(body)?;
            let to = shared.with(|world| world.state.act_in_portal(secret, &act))?;
            Ok(json!({ "location": to }))
        }
        ("PUT", ["customers", id, "card"]) => {
            let wanted: NewCard = parse(body)?;
            Ok(shared.with(|world| world.state.set_card(id, wanted.card))?)
        }
        ("POST", ["disputes"]) => {
            let wanted: NewDispute = parse(body)?;
            let reason = wanted.reason.as_deref().unwrap_or("fraudulent");
            Ok(shared.with(|world| world.state.dispute(&wanted.charge, reason))?)
        }
        ("POST", ["disputes", id, "close"]) => {
            let verdict: Verdict = parse(body)?;
            Ok(shared.with(|world| world.state.close_dispute(id, verdict.won))?)
        }
        ("POST", ["endpoints", id, "roll"]) => {
            let wanted: Roll = parse(body)?;
            let keep = wanted.keep_s.min(86_400);
            let secret = shared.with(|world| world.state.roll_secret(id, keep))?;
            Ok(json!({ "secret": secret }))
        }
        ("POST", ["events"]) => {
            let wanted: Made = parse(body)?;
            let id = shared.with(|world| {
                world
                    .state
                    .inject(&wanted.kind, &wanted.object, wanted.created)
            });
            Ok(json!({ "id": id }))
        }
        ("POST", ["events", id, "resend"]) => {
            let wanted: Again = parse(body)?;
            shared
                .with(|world| world.state.resend(id, wanted.form, wanted.new_id))
                .map(|id| json!({ "id": id }))
                .ok_or_else(|| Refusal::missing("this event"))
        }
        ("GET", ["usage"]) => Ok(shared.read(|world| json!({ "uses": world.state.uses() }))),
        _ => Err(Refusal::missing("this control route")),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OnSession {
    act: CheckoutAct,
    email: Option<String>,
}

fn on_session(shared: &Shared, id: &str, body: Value) -> Result<Value, Refusal> {
    let wanted: OnSession = parse(body)?;
    let email = wanted.email.as_deref();
    let to = shared.with(|world| world.state.act_on_session(id, wanted.act, email))?;
    Ok(json!({ "location": to }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewCard {
    card: Card,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewDispute {
    charge: String,
    reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verdict {
    won: bool,
}

/// A new secret; the old one stays for so long, at most a day.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Roll {
    #[serde(default)]
    keep_s: i64,
}

/// An event that nothing caused, of any kind.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Made {
    #[serde(rename = "type")]
    kind: String,
    object: Value,
    created: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Again {
    #[serde(default = "snapshot")]
    form: Form,
    #[serde(default)]
    new_id: bool,
}

fn snapshot() -> Form {
    Form::Snapshot
}
