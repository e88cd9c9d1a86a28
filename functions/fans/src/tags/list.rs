//! `GET /api/v1/fans/tags`: the workspace's tags, for completion.
//!
//! Uses GetItem on `routing` and `keys`, Query on `tenant`, kms:Decrypt (purpose `data`). The words that a team sorts its
//! fans by are the workspace's, as saved replies are: whoever sees some bots only sees them all.

use app::{App, AppError, OrProblem, SealsJson, place};
use http::StatusCode;
use http_kit::Answer;
use serde::Serialize;
use store::row::TagRow;
use store::{Direction, Page, Row, keys};
use tenancy::{Reader, TenantScope};
use utoipa::ToSchema;
use vault::TenantKey;

/// Tags shown; nobody looks through more.
const MOST: usize = 1_000;

/// A tag in use.
#[derive(Serialize, ToSchema)]
pub(crate) struct TagOut {
    /// As it was written when it was first given to a fan.
    name: String,
    /// When it was last given to one, RFC 3339 UTC.
    used_at: String,
}

impl TagOut {
    fn open(key: &TenantKey, row: &TagRow) -> Result<Self, AppError> {
        Ok(Self {
            name: key.open_json(&place::<TagRow>(&row.key(), "name"), &row.name)?,
            used_at: row.used_at.rfc3339(),
        })
    }
}

/// The tags of a workspace.
#[derive(Serialize, ToSchema)]
pub(crate) struct TagList {
    /// By name; a thousand at most.
    tags: Vec<TagOut>,
}

/// Lists the tags that fans have.
#[utoipa::path(get, path = "/api/v1/fans/tags",
    responses((status = 200, description = "The tags in use.", body = TagList)))]
pub(crate) async fn handle(app: &App, scope: TenantScope<Reader>) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    let page = Page {
        pk: keys::TAGS,
        from: "0",
        to: "~",
        direction: Direction::Forward,
        limit: MOST,
    };
    let rows = db.list::<TagRow>(&page).await.or_problem()?;
    let open = rows.iter().map(|found| TagOut::open(&key, &found.row));
    let mut tags: Vec<TagOut> = open.collect::<Result<_, _>>().or_problem()?;
    tags.sort_by_key(|tag| tag.name.to_lowercase());
    http_kit::json(StatusCode::OK, &TagList { tags })
}
