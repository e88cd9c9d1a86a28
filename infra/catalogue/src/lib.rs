//! All functions of the product, from the tables that dispatch them: [`document`] makes the API document, [`listing`]
//! the routes and jobs for checks and tests that are not written in Rust, [`plans`] what is sold for the laptop host, which
//! shares no code with the product, [`record()`] the record of processing activities. All are committed in `infra/api`; a test here
//! fails when they are old, and says how to make them again.

mod record;

use domain::billing::{CURRENCY, Interval, PLANS, Plan};
use domain::role::Role;
use http_kit::openapi::{self, DocumentError, Part};
use http_kit::{Access, Route};
use serde::Serialize;
use utoipa::OpenApi;

pub use record::record;

/// One function crate.
struct Domain {
    routes: &'static [Route],
    jobs: &'static [&'static str],
    document: utoipa::openapi::OpenApi,
}

/// Hooks are described to the vendors that call them, not in our document.
#[derive(OpenApi)]
struct Undocumented;

fn domains() -> Vec<Domain> {
    let domain = |routes, jobs, document| Domain {
        routes,
        jobs,
        document,
    };
    vec![
        domain(
            accounts::ROUTES,
            accounts::JOBS,
            accounts::Document::openapi(),
        ),
        domain(audit::ROUTES, audit::JOBS, audit::Document::openapi()),
        domain(billing::ROUTES, billing::JOBS, billing::Document::openapi()),
        domain(bots::ROUTES, bots::JOBS, bots::Document::openapi()),
        domain(
            conversations::ROUTES,
            conversations::JOBS,
            conversations::Document::openapi(),
        ),
        domain(fans::ROUTES, fans::JOBS, fans::Document::openapi()),
        domain(legal::ROUTES, legal::JOBS, legal::Document::openapi()),
        domain(&[], mailer::JOBS, Undocumented::openapi()),
        domain(
            operations::ROUTES,
            operations::JOBS,
            operations::Document::openapi(),
        ),
        domain(privacy::ROUTES, privacy::JOBS, privacy::Document::openapi()),
        domain(sofi::ROUTES, sofi::JOBS, sofi::Document::openapi()),
        domain(
            telegram_hooks::ROUTES,
            telegram_hooks::JOBS,
            Undocumented::openapi(),
        ),
        domain(&[], workers::JOBS, Undocumented::openapi()),
        domain(
            workspaces::ROUTES,
            workspaces::JOBS,
            workspaces::Document::openapi(),
        ),
    ]
}

/// Every route of the product.
pub fn routes() -> Vec<Route> {
    domains()
        .into_iter()
        .flat_map(|domain| domain.routes)
        .copied()
        .collect()
}

/// The handler of every job of the product.
pub fn jobs() -> Vec<&'static str> {
    domains()
        .into_iter()
        .flat_map(|domain| domain.jobs)
        .copied()
        .collect()
}

/// The API document, as text that depends on the types alone.
///
/// # Errors
/// When routes and their descriptions do not name the same set.
pub fn document() -> Result<String, DocumentError> {
    let domains = domains();
    let parts = domains.into_iter().map(|domain| Part {
        document: domain.document,
        routes: domain.routes,
    });
    openapi::document("Sofi CRM", "1", parts.collect())
}

#[derive(Serialize)]
struct Listing {
    routes: Vec<ListedRoute>,
    jobs: Vec<&'static str>,
}

#[derive(Serialize)]
struct ListedRoute {
    handler: &'static str,
    method: &'static str,
    path: &'static str,
    operation_id: &'static str,
    access: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum_role: Option<Role>,
    max_body: usize,
    idempotent: bool,
    takes_tokens: bool,
    step_up: bool,
}

impl From<Route> for ListedRoute {
    fn from(route: Route) -> Self {
        let (access, minimum_role) = match route.access {
            Access::Public => ("public", None),
            Access::Person => ("person", None),
            Access::Session { right } => ("session", Some(right.minimum())),
            Access::Staff => ("staff", None),
            Access::Hook => ("hook", None),
        };
        Self {
            handler: route.operation,
            method: route.method.as_str(),
            path: route.path,
            operation_id: route.operation_id,
            access,
            minimum_role,
            max_body: route.max_body,
            idempotent: route.idempotent,
            takes_tokens: route.takes_tokens(),
            step_up: route.step_up,
        }
    }
}

/// Routes and jobs as JSON, sorted by handler.
///
/// # Errors
/// Never in practice: the types are plain.
pub fn listing() -> Result<String, serde_json::Error> {
    let mut routes: Vec<ListedRoute> = routes().into_iter().map(ListedRoute::from).collect();
    routes.sort_by_key(|route| route.handler);
    let mut jobs = jobs();
    jobs.sort_unstable();
    let mut text = serde_json::to_string_pretty(&Listing { routes, jobs })?;
    text.push('\n');
    Ok(text)
}

#[derive(Serialize)]
struct Sold {
    currency: &'static str,
    plans: Vec<SoldPlan>,
}

#[derive(Serialize)]
struct SoldPlan {
    plan: Plan,
    name: &'static str,
    prices: Vec<SoldPrice>,
}

#[derive(Serialize)]
struct SoldPrice {
    lookup_key: &'static str,
    interval: Interval,
    amount: u32,
}

/// Every plan that has a price, as JSON: from it prices are made where an account at Stripe is new.
///
/// # Errors
/// Never in practice: the types are plain.
pub fn plans() -> Result<String, serde_json::Error> {
    let sold = PLANS.iter().filter(|offer| !offer.prices.is_empty());
    let plans = sold.map(|offer| {
        let prices = offer.prices.iter().map(|price| SoldPrice {
            lookup_key: price.lookup_key,
            interval: price.interval,
            amount: price.amount,
        });
        SoldPlan {
            plan: offer.plan,
            name: offer.name,
            prices: prices.collect(),
        }
    });
    let mut text = serde_json::to_string_pretty(&Sold {
        currency: CURRENCY,
        plans: plans.collect(),
    })?;
    text.push('\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOW: &str = "is old: run `cargo run -p catalogue -- write` and commit infra/api";

    #[test]
    fn the_committed_document_is_that_of_the_code() {
        let made = document().expect("routes and descriptions agree");
        assert!(
            made == include_str!("../../api/openapi.json"),
            "infra/api/openapi.json {HOW}"
        );
    }

    #[test]
    fn the_committed_list_of_functions_is_that_of_the_code() {
        let made = listing().expect("plain types");
        assert!(
            made == include_str!("../../api/functions.json"),
            "infra/api/functions.json {HOW}"
        );
    }

    #[test]
    fn the_committed_list_of_plans_is_that_of_the_code() {
        let made = plans().expect("plain types");
        assert!(
            made == include_str!("../../api/plans.json"),
            "infra/api/plans.json {HOW}"
        );
    }

    #[test]
    fn every_dangerous_act_asks_for_a_proof() {
        // By hand, so that a mark cannot go from a route without being missed. What is dangerous with some forms only
        // asks in its handler: inviting a manager or an owner, downloading an export, keeping fans for a shorter time.
        let mut expected = vec![
            "approve_compliance_request",
            "begin_export",
            "close_account",
            "close_workspace",
            "create_api_token",
            "create_email_change",
            "create_holder_search",
            "create_passkey_challenge",
            "create_recovery_codes",
            "create_totp",
            "confirm_totp",
            "create_alert_link",
            "delete_member",
            "delete_passkey",
            "delete_totp",
            "disconnect_bot",
            "erase_fan",
            "export_account",
            "export_account_entries",
            "export_audit",
            "import_fans",
            "import_history",
            "link_export",
            "replace_bot_token",
            "update_member",
        ];
        let routes = routes();
        let marked = routes.iter().filter(|route| route.step_up);
        let mut marked: Vec<_> = marked.map(|route| route.operation_id).collect();
        expected.sort_unstable();
        marked.sort_unstable();
        assert_eq!(marked, expected);
    }

    #[test]
    fn no_two_crates_claim_the_same_place() {
        assert_eq!(http_kit::check_routes(&routes()), Ok(()));
        let mut handlers = jobs();
        let routes = routes();
        handlers.extend(routes.iter().map(|route| route.operation));
        let count = handlers.len();
        handlers.sort_unstable();
        handlers.dedup();
        assert_eq!(handlers.len(), count);
    }

    #[test]
    fn the_functions_are_those_of_the_written_table() {
        // The templates are compared with the same table, so that all three name the same set.
        let table = include_str!("../../docs/functions.md");
        let mut written: Vec<(String, Option<String>)> = table.lines().filter_map(row).collect();
        let mut made: Vec<_> = jobs()
            .into_iter()
            .map(|job| (job.to_owned(), None))
            .collect();
        made.extend(
            routes()
                .iter()
                .map(|route| (route.operation.to_owned(), Some(route.key()))),
        );
        written.sort();
        made.sort();
        assert_eq!(written, made);
    }

    /// Handler and, for routes, method and path.
    fn row(line: &str) -> Option<(String, Option<String>)> {
        let mut cells = line.strip_prefix("| ")?.split(" | ");
        let (handler, trigger) = (cells.next()?, cells.next()?);
        let route = trigger.contains(" /").then(|| trigger.to_owned());
        handler.contains('.').then(|| (handler.to_owned(), route))
    }

    #[test]
    fn every_reference_of_the_document_leads_somewhere() {
        let made = document().expect("routes and descriptions agree");
        let document: serde_json::Value = serde_json::from_str(&made).expect("JSON");
        let references = made
            .lines()
            .filter_map(|line| line.trim().strip_prefix("\"$ref\": \"#"));
        for reference in references {
            let pointer = reference.trim_end_matches([',', '"']);
            assert!(
                document.pointer(pointer).is_some(),
                "{pointer}: a query parameter of this type needs #[param(inline)]"
            );
        }
    }
}
