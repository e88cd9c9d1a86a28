//! The routes of a workspace's owners and managers, and their handlers.

use app::App;
use domain::role::Right;
use http_kit::{Access, Route};
use lambda::Functions;
use tenancy::{Manager, Owner};

use crate::{cancellations, checkouts, invoices, portals, show, withdrawals};

const READS: Access = Access::Session {
    right: Right::ReadBilling,
};
const MANAGES: Access = Access::Session {
    right: Right::ManageBilling,
};
const FORM: usize = 4 * 1024;

pub(crate) const SHOW: Route = Route::get("/api/v1/billing", "billing.show", "get_billing", READS);
pub(crate) const INVOICES: Route = Route::get(
    "/api/v1/billing/invoices",
    "billing.invoices",
    "list_invoices",
    READS,
);
pub(crate) const CHECKOUT: Route = Route::post(
    "/api/v1/billing/checkouts",
    "billing.checkout",
    "create_checkout",
    MANAGES,
)
.max_body(FORM);
/// Cards and invoices are looked after until the end.
pub(crate) const PORTAL: Route = Route::post(
    "/api/v1/billing/portals",
    "billing.portal",
    "create_billing_portal",
    MANAGES,
)
.max_body(FORM)
.while_closing();
/// Leaving is as easy as buying: no further proof is asked for, and a workspace that is being closed can be cancelled.
pub(crate) const CANCEL: Route = Route::post(
    "/api/v1/billing/cancellations",
    "billing.cancel",
    "cancel_subscription",
    MANAGES,
)
.max_body(FORM)
.while_closing();
pub(crate) const RESUME: Route = Route::delete(
    "/api/v1/billing/cancellations",
    "billing.resume",
    "resume_subscription",
    MANAGES,
);
pub(crate) const WITHDRAW: Route = Route::post(
    "/api/v1/billing/withdrawals",
    "billing.withdraw",
    "withdraw_from_contract",
    MANAGES,
)
.max_body(FORM)
.while_closing();

/// Adds the handlers.
pub(crate) fn add(functions: Functions, app: &'static App) -> Functions {
    let functions = functions
        .http(
            "show",
            app.serve(&SHOW, |app, call| {
                Box::pin(async move { show::handle(app, &call.scope::<Manager>()?).await })
            }),
        )
        .http(
            "invoices",
            app.serve(&INVOICES, |app, call| {
                Box::pin(async move {
                    invoices::handle(app, &call.scope::<Manager>()?, call.query()?).await
                })
            }),
        )
        .http(
            "checkout",
            app.serve(&CHECKOUT, |app, call| {
                Box::pin(async move {
                    let (scope, buyer) = (call.scope::<Owner>()?, call.session()?.user());
                    checkouts::handle(app, &scope, buyer, call.json()?).await
                })
            }),
        );
    add_changes(functions, app)
}

fn add_changes(functions: Functions, app: &'static App) -> Functions {
    functions
        .http(
            "portal",
            app.serve(&PORTAL, |app, call| {
                Box::pin(async move {
                    portals::handle(app, &call.scope::<Owner>()?, call.json()?).await
                })
            }),
        )
        .http(
            "cancel",
            app.serve(&CANCEL, |app, call| {
                Box::pin(
                    async move { cancellations::cancel(app, &call, &call.scope::<Owner>()?).await },
                )
            }),
        )
        .http(
            "resume",
            app.serve(&RESUME, |app, call| {
                Box::pin(
                    async move { cancellations::resume(app, &call, &call.scope::<Owner>()?).await },
                )
            }),
        )
        .http(
            "withdraw",
            app.serve(&WITHDRAW, |app, call| {
                Box::pin(
                    async move { withdrawals::handle(app, &call, &call.scope::<Owner>()?).await },
                )
            }),
        )
}
