//! What every HTTP route shares, without AWS and without async.
//!
//! * [`Problem`] is every way to refuse; it becomes the one flat error body.
//! * [`Json`], [`query`] and [`path_id`] turn untrusted input into types and collect all field errors.
//! * [`Cursors`] seals positions in a list; [`Cookie`] builds the two cookies; [`check_csrf`] decides on
//!   requests that a foreign page may have caused.
//! * [`gpc`] reads the browser's signal against sale and sharing of data.
//! * [`json`], [`no_content`] and [`respond`] build answers with the headers that every answer carries.
//! * [`Route`] is the static descriptor from which dispatch, OpenAPI, template check and isolation
//!   tests are made; [`openapi::document`] makes the document.

mod answer;
mod body;
mod cookie;
mod csrf;
mod cursor;
mod field_errors;
mod gpc;
mod idempotency;
mod patch;
mod plain;
mod problem;
mod query;
mod route;
mod template;

pub mod openapi;

pub use answer::{
    Answer, X_REQUEST_ID, api_headers, created, json, no_content, respond, with_cookie,
};
pub use body::{DEFAULT_MAX_BODY, Json, Validate};
pub use cookie::{Cookie, CookieError, bearer, cookie};
pub use csrf::{CSRF_HEADER, Credential, CsrfFacts, CsrfRefusal, check_csrf};
pub use cursor::{CursorError, Cursors};
pub use field_errors::{FieldError, FieldErrors};
pub use gpc::{GPC_HEADER, gpc};
pub use idempotency::{BodyHash, IDEMPOTENCY_HEADER, IdempotencyKey, InvalidIdempotencyKey};
pub use patch::Patch;
pub use problem::{BoxError, PROBLEM_CONTENT_TYPE, Problem, ProblemBody};
pub use query::{Limit, path_id, query};
pub use route::{Access, Method, Route, RouteError, check_routes, find_route};
pub use template::Template;
