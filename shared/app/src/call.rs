//! One HTTP call after the route's access was checked: where a handler's proofs come from.

use std::str::FromStr;

use bytes::Bytes;
use domain::ids::TenantId;
use http::Request;
use http_kit::openapi::WORKSPACE_HEADER;
use http_kit::{IdempotencyKey, Json, Problem, Route, Validate};
use lambda::{Invocation, PathParams};
use serde::de::DeserializeOwned;
use tenancy::{Refused, RoleType, TenantScope, VerifiedSession, VerifiedStaff};

use crate::edge::step_up_required;

/// A call whose session, body size and origin have been checked.
pub struct Call {
    pub(crate) route: &'static Route,
    pub(crate) request: Request<Bytes>,
    pub(crate) session: Option<VerifiedSession>,
    pub(crate) session_hash: Option<String>,
    pub(crate) staff: Option<VerifiedStaff>,
    pub(crate) counted: bool,
    pub(crate) gpc: bool,
    pub(crate) proved: bool,
}

impl Call {
    /// The request as it came.
    pub const fn request(&self) -> &Request<Bytes> {
        &self.request
    }

    /// The session.
    ///
    /// # Errors
    /// 401 on a public route that was called without one.
    pub fn session(&self) -> Result<&VerifiedSession, Problem> {
        self.session.as_ref().ok_or(Problem::Unauthenticated)
    }

    /// Hex of the hash of the presented session token.
    ///
    /// # Errors
    /// As [`Call::session`].
    pub fn session_hash(&self) -> Result<&str, Problem> {
        self.session_hash.as_deref().ok_or(Problem::Unauthenticated)
    }

    /// Whether acts of this session are counted for improving the product.
    pub const fn is_counted(&self) -> bool {
        self.counted
    }

    /// Whether the browser sent the signal against selling and sharing when this session began.
    pub const fn gpc(&self) -> bool {
        self.gpc
    }

    /// For a route that is dangerous with some forms only: refused unless the person has just proved again who they are.
    ///
    /// # Errors
    /// 403 as on a route that always asks for it.
    pub fn require_proof(&self) -> Result<(), Problem> {
        match self.proved {
            true => Ok(()),
            false => Err(step_up_required()),
        }
    }

    /// The member of our staff who calls.
    ///
    /// # Errors
    /// 404 on a route that is not theirs.
    pub fn staff(&self) -> Result<&VerifiedStaff, Problem> {
        self.staff.as_ref().ok_or(Problem::NotFound)
    }

    /// The scope of the workspace that the call names, or of the person's first one.
    ///
    /// # Errors
    /// 401 without a session, 403 when the role is too low, 404 for a workspace that is not the person's.
    pub fn scope<R: RoleType>(&self) -> Result<TenantScope<R>, Problem> {
        let workspace = match self.request.headers().get(WORKSPACE_HEADER) {
            None => None,
            Some(value) => Some(
                value
                    .to_str()
                    .ok()
                    .and_then(|text| text.parse::<TenantId>().ok())
                    .ok_or(Problem::NotFound)?,
            ),
        };
        self.session()?
            .scope(workspace)
            .map_err(|refused| match refused {
                Refused::RoleTooLow => Problem::forbidden(
                    "role_too_low",
                    "Your role in this workspace does not allow this.",
                ),
                Refused::NotAMember => Problem::NotFound,
                Refused::Invalid => Problem::Unauthenticated,
            })
    }

    /// An id in the path; one that cannot be an id is not found.
    ///
    /// # Errors
    /// 404.
    pub fn path_id<T: FromStr>(&self, name: &str) -> Result<T, Problem> {
        http_kit::path_id(
            self.request
                .extensions()
                .get::<PathParams>()
                .and_then(|params| params.get(name)),
        )
    }

    /// The validated body.
    ///
    /// # Errors
    /// 400 with field errors, 413, 415.
    pub fn json<T: DeserializeOwned + Validate>(&self) -> Result<T, Problem> {
        Json::from_request(&self.request, self.route.max_body).map(|Json(value)| value)
    }

    /// The query string; unknown parameters are refused.
    ///
    /// # Errors
    /// 400 with field errors.
    pub fn query<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        http_kit::query(self.request.uri())
    }

    /// The client's Idempotency-Key, if it sent one.
    ///
    /// # Errors
    /// 400 when it is malformed.
    pub fn idempotency_key(&self) -> Result<Option<IdempotencyKey>, Problem> {
        IdempotencyKey::from_headers(self.request.headers())
    }

    /// What the platform says about this invocation.
    pub fn invocation(&self) -> Option<&Invocation> {
        self.request.extensions().get()
    }

    /// The `User-Agent` header, at most 256 characters.
    pub fn user_agent(&self) -> Option<&str> {
        self.invocation()
            .and_then(|invocation| invocation.user_agent.as_deref())
    }
}
