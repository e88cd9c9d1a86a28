//! Which call is carried out by which rule.

use serde_json::Value;

use crate::{form::Params, problem::Problem, state::State};

/// Carries out one call; `path` begins after the version, as parts.
pub(crate) fn call(
    state: &mut State,
    verb: &str,
    path: &[&str],
    params: &Params,
) -> Result<Value, Problem> {
    let answer = match verb {
        "GET" => get(state, path, params),
        "POST" => match path {
            ["checkout" | "billing_portal" | "billing", ..] => post_folder(state, path, params),
            ["invoices", ..] => post_invoice(state, path, params),
            _ => post(state, path, params),
        },
        "DELETE" => delete(state, path, params),
        _ => None,
    };
    answer.unwrap_or_else(|| {
        Err(Problem::no_such_path(
            verb,
            &format!("/v1/{}", path.join("/")),
        ))
    })
}

/// The outcome of a call, or nothing when there is no such call.
type Answer = Option<Result<Value, Problem>>;

/// What is read one by one: its place in the path, and its kind.
const KINDS: [(&str, &str); 14] = [
    ("products", "product"),
    ("prices", "price"),
    ("customers", "customer"),
    ("subscriptions", "subscription"),
    ("invoices", "invoice"),
    ("payment_methods", "payment_method"),
    ("payment_intents", "payment_intent"),
    ("charges", "charge"),
    ("refunds", "refund"),
    ("credit_notes", "credit_note"),
    ("disputes", "dispute"),
    ("webhook_endpoints", "webhook_endpoint"),
    ("checkout/sessions", "checkout.session"),
    ("billing/meters", "billing.meter"),
];

/// By which fields a list can be filtered.
fn filters(kind: &str) -> &'static [&'static str] {
    match kind {
        "product" => &["active"],
        "price" => &["active", "product", "currency", "type", "lookup_keys"],
        "customer" => &["email"],
        "subscription" => &["customer", "status", "collection_method"],
        "invoice" => &["customer", "status", "subscription", "collection_method"],
        "payment_method" => &["customer", "type"],
        "payment_intent" => &["customer"],
        "charge" => &["customer", "payment_intent"],
        "credit_note" => &["customer", "invoice"],
        "refund" | "dispute" => &["charge", "payment_intent"],
        "checkout.session" => &["customer", "subscription", "status", "payment_intent"],
        "billing.meter" => &["status"],
        _ => &[],
    }
}

fn get(state: &mut State, path: &[&str], params: &Params) -> Answer {
    let answer = match path {
        ["events"] => state.list_events(params),
        ["events", id] => state
            .find("event", id)
            .map(|event| state.told_event(&event)),
        ["subscription_items"] => state.subscription_items(params),
        ["invoice_payments"] => state.list_invoice_payments(params),
        ["customers", id, "payment_methods"] => state.methods_of(id),
        ["checkout", "sessions", id, "line_items"] => state.session_lines(id),
        ["billing", "meters", id, "event_summaries"] => state.usage_summary(id, params),
        ["billing_portal", "configurations"] => {
            let kind = "billing_portal.configuration";
            state.list(kind, "/v1/billing_portal/configurations", params, &[])
        }
        ["billing_portal", "configurations", id] => state.find("billing_portal.configuration", id),
        _ => return read(state, path, params),
    };
    Some(answer)
}

/// A list of a kind, or one of it.
fn read(state: &State, path: &[&str], params: &Params) -> Answer {
    let whole = path.join("/");
    for (folder, kind) in KINDS {
        if whole == folder {
            return Some(list(state, kind, folder, params));
        }
        let id = whole
            .strip_prefix(folder)
            .and_then(|rest| rest.strip_prefix('/'));
        if let Some(id) = id.filter(|id| !id.contains('/')) {
            return Some(state.find(kind, id));
        }
    }
    None
}

fn list(state: &State, kind: &str, folder: &str, params: &Params) -> Result<Value, Problem> {
    let url = format!("/v1/{folder}");
    // A list of subscriptions leaves out the ended ones unless it is asked for them.
    if kind == "subscription" && params.text("status").is_none() {
        return state.list_running(&url, params, filters(kind));
    }
    state.list(kind, &url, params, filters(kind))
}

fn post(state: &mut State, path: &[&str], params: &Params) -> Answer {
    let answer = match path {
        ["products"] => state.create_product(params),
        ["products", id] => state.update_product(id, params),
        ["prices"] => state.create_price(params),
        ["prices", id] => state.update_price(id, params),
        ["customers"] => state.create_customer(params),
        ["customers", id] => state.update_customer(id, params),
        ["subscriptions"] => state.create_subscription(params),
        ["subscriptions", id] => state.update_subscription(id, params),
        ["subscriptions", id, "resume"] => state.resume(id, params),
        ["refunds"] => state.create_refund(params),
        ["credit_notes"] => state.create_credit_note(params),
        ["disputes", id] => state.update_dispute(id, params),
        ["disputes", id, "close"] => state.close_dispute(id, false),
        ["webhook_endpoints"] => state.create_endpoint(params),
        ["webhook_endpoints", id] => state.update_endpoint(id, params),
        _ => return None,
    };
    Some(answer)
}

fn post_folder(state: &mut State, path: &[&str], params: &Params) -> Answer {
    let answer = match path {
        ["checkout", "sessions"] => state.create_session(params),
        ["checkout", "sessions", id, "expire"] => state.expire_call(id, params),
        ["billing_portal", "sessions"] => state.create_portal(params),
        ["billing_portal", "configurations"] => state.create_portal_configuration(params),
        ["billing", "meters"] => state.create_meter(params),
        ["billing", "meters", id, "deactivate"] => state.deactivate_meter(id),
        ["billing", "meter_events"] => state.report_use(params),
        _ => return None,
    };
    Some(answer)
}

fn post_invoice(state: &mut State, path: &[&str], params: &Params) -> Answer {
    let answer = match path {
        ["invoices", "create_preview"] => state.preview(params),
        ["invoices", id, "finalize"] => state.finalize_call(id, params),
        ["invoices", id, "pay"] => state.pay_call(id, params),
        ["invoices", id, "void"] => state.void_invoice(id, params),
        ["invoices", id, "mark_uncollectible"] => state.give_up_invoice(id, params),
        _ => return None,
    };
    Some(answer)
}

fn delete(state: &mut State, path: &[&str], params: &Params) -> Answer {
    let answer = match path {
        ["customers", id] => state.delete_customer(id),
        ["subscriptions", id] => state.cancel(id, params),
        ["webhook_endpoints", id] => state.delete_endpoint(id),
        _ => return None,
    };
    Some(answer)
}
