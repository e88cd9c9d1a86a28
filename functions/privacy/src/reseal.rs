//! `privacy.reseal`: seals anew what is sealed in a form that is not written any more, and tags that an earlier release left
//! unsealed (decision 0045). An operator invokes it for a workspace or an account, nothing else does.
//!
//! One call is one slice: it goes through the rows until its time is nearly over and says where the next one goes on. Each row is one
//! write under the revision at which it was read, which it keeps; so whoever was faster wins, what was deleted stays so, and a
//! call that was killed or is made twice does no harm. Nothing is remembered in between.
//!
//! Uses, in the tenant's session: GetItem, Query and PutItem on `tenant` and `keys`; Query and PutItem on `work`; kms:Decrypt
//! (purpose `data`).

mod steps;
mod walk;

use std::time::Duration;

use app::{App, AppError};
use domain::ids::TenantId;
use lambda::Invocation;
use serde::Deserialize;
use serde_json::{Value, json};
use tenancy::Upkeep;
use thiserror::Error;

use walk::{Position, Slice, Walk};

/// Time to leave unused: a page of rows, each with its retries.
const RESERVE: Duration = Duration::from_secs(15);

/// Why nothing more was sealed. Quotes nothing of the input.
#[derive(Debug, Error)]
pub(crate) enum Refused {
    /// Not an object of a tenant and a place.
    #[error(
        "the input must be {{\"tenant\": ..., \"cursor\": <of the last answer>, \"pages\": <at most so many>}}, all but the first optional"
    )]
    Form,
    /// Nobody's key, or that of somebody who was erased.
    #[error("there is no such workspace or account")]
    NoTenant,
    /// The database or KMS.
    #[error("the rows could not be gone through")]
    App(#[source] AppError),
}

impl From<AppError> for Refused {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Absent("key") => Self::NoTenant,
            error => Self::App(error),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    tenant: TenantId,
    #[serde(default)]
    cursor: Option<Position>,
    #[serde(default)]
    pages: Option<u32>,
}

/// Does one slice. Answers `{"done", "resealed", "left", "cursor"}`: whether the end was reached, how many values of this slice
/// were sealed anew and how many could not be, and where the next slice begins.
pub(crate) async fn handle(
    app: &'static App,
    input: Value,
    invocation: Invocation,
) -> Result<Value, lambda::BoxError> {
    let Input {
        tenant,
        cursor,
        pages,
    } = checked(input)?;
    let slice = Slice::new(invocation, RESERVE, pages);
    let (cursor, counted) = Box::pin(run(app, tenant, cursor, slice)).await?;
    tracing::info!(tenant.id = %tenant, count = counted.resealed, "values were sealed anew");
    Ok(json!({
        "done": cursor.is_none(), "resealed": counted.resealed, "left": counted.left, "cursor": cursor,
    }))
}

fn checked(input: Value) -> Result<Input, Refused> {
    // The parser's own words would quote what it read.
    let input: Input = serde_json::from_value(input).map_err(|_| Refused::Form)?;
    // No page at all would never come to an end.
    match input.pages {
        Some(0) => Err(Refused::Form),
        _ => Ok(input),
    }
}

async fn run(
    app: &App,
    tenant: TenantId,
    cursor: Option<Position>,
    slice: Slice,
) -> Result<(Option<Position>, walk::Counted), Refused> {
    let upkeep = Upkeep::of(tenant);
    let scope = upkeep.scope();
    let key = app.tenant_key(&scope).await?;
    let db = app.store.within(&scope).map_err(AppError::from)?;
    let mut walk = Walk::new(app, &db, &key, slice);
    let cursor = Box::pin(walk.go_on(cursor)).await?;
    Ok((cursor, walk.counted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant() -> TenantId {
        TenantId::from_bytes([1; 16])
    }

    #[test]
    fn a_tenant_is_enough_and_a_refusal_quotes_nothing() {
        let input = checked(json!({ "tenant": tenant() })).expect("taken");
        assert_eq!(input.tenant, tenant());
        assert!(input.cursor.is_none() && input.pages.is_none());
        for input in [
            json!({}),
            json!({ "tenant": "canary" }),
            json!({ "tenant": tenant(), "more": "canary" }),
            json!({ "tenant": tenant(), "cursor": "canary" }),
            json!({ "tenant": tenant(), "pages": 0 }),
            json!("canary"),
        ] {
            let refused = checked(input).expect_err("refused");
            assert!(matches!(refused, Refused::Form));
            assert!(!refused.to_string().contains("canary"));
        }
    }

    #[test]
    fn the_input_takes_null_for_the_cursor_that_the_last_answer_did_not_have() {
        let input = json!({ "tenant": tenant(), "cursor": null, "pages": 3 });
        let input = checked(input).expect("taken");
        assert!(input.cursor.is_none());
        assert_eq!(input.pages, Some(3));
    }

    #[test]
    fn a_tenant_without_a_key_is_none() {
        assert!(matches!(
            Refused::from(AppError::Absent("key")),
            Refused::NoTenant
        ));
        assert!(matches!(
            Refused::from(AppError::Absent("fan key")),
            Refused::App(_)
        ));
    }
}
