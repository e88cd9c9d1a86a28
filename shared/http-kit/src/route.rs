//! The static table of routes, from which everything else about them is made.

use domain::role::Right;

use crate::body::DEFAULT_MAX_BODY;
use crate::template::Template;

/// Method of a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// `GET`: changes nothing.
    Get,
    /// `POST`.
    Post,
    /// `PUT`.
    Put,
    /// `PATCH`.
    Patch,
    /// `DELETE`.
    Delete,
}

impl Method {
    /// As in a request line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// As a key of an OpenAPI path.
    pub const fn as_key(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Put => "put",
            Self::Patch => "patch",
            Self::Delete => "delete",
        }
    }
}

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone: sign-up, sign-in, health, published documents.
    Public,
    /// A signed-in person, whether or not they belong to a workspace: their own account.
    Person,
    /// A signed-in member of the workspace that the call is for.
    Session {
        /// What the member must be allowed.
        right: Right,
    },
    /// One of our staff, with a passkey.
    Staff,
    /// A vendor that proves itself by a secret of the hook. Not part of the public document.
    Hook,
}

/// One route. Make it with [`Route::get`] and its sisters in the crate's `pub const ROUTES: &[Route]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// Method.
    pub method: Method,
    /// Path template, such as `/api/v1/fans/{fan_id}`.
    pub path: &'static str,
    /// Handler: crate and operation, such as `fans.get`; equals `Handler` in the template.
    pub operation: &'static str,
    /// Id in the OpenAPI document: verb and resource, such as `get_fan`.
    pub operation_id: &'static str,
    /// Who may call it.
    pub access: Access,
    /// Bytes that its body may have.
    pub max_body: usize,
    /// Whether it takes an `Idempotency-Key`.
    pub idempotent: bool,
    /// Whether the person must have proved themselves within the last minutes; see `App::serve`.
    pub step_up: bool,
    /// Whether it changes nothing for anybody, so that it does not matter which page has a browser call it.
    pub harmless: bool,
    /// Whether it changes something that may change while the workspace is being closed.
    pub while_closing: bool,
}

impl Route {
    /// A route with the default body limit and without an idempotency key.
    pub const fn new(
        method: Method,
        path: &'static str,
        operation: &'static str,
        operation_id: &'static str,
        access: Access,
    ) -> Self {
        Self {
            method,
            path,
            operation,
            operation_id,
            access,
            max_body: DEFAULT_MAX_BODY,
            idempotent: false,
            step_up: false,
            harmless: false,
            while_closing: false,
        }
    }

    /// A route that reads.
    pub const fn get(
        path: &'static str,
        operation: &'static str,
        operation_id: &'static str,
        access: Access,
    ) -> Self {
        Self::new(Method::Get, path, operation, operation_id, access)
    }

    /// A route that creates or acts.
    pub const fn post(
        path: &'static str,
        operation: &'static str,
        operation_id: &'static str,
        access: Access,
    ) -> Self {
        Self::new(Method::Post, path, operation, operation_id, access)
    }

    /// A route that replaces.
    pub const fn put(
        path: &'static str,
        operation: &'static str,
        operation_id: &'static str,
        access: Access,
    ) -> Self {
        Self::new(Method::Put, path, operation, operation_id, access)
    }

    /// A route that changes some fields.
    pub const fn patch(
        path: &'static str,
        operation: &'static str,
        operation_id: &'static str,
        access: Access,
    ) -> Self {
        Self::new(Method::Patch, path, operation, operation_id, access)
    }

    /// A route that deletes.
    pub const fn delete(
        path: &'static str,
        operation: &'static str,
        operation_id: &'static str,
        access: Access,
    ) -> Self {
        Self::new(Method::Delete, path, operation, operation_id, access)
    }

    /// With another body limit, in bytes.
    #[must_use]
    pub const fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Taking an `Idempotency-Key`.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// Dangerous: only for a person who has just proved again who they are.
    #[must_use]
    pub const fn step_up(mut self) -> Self {
        self.step_up = true;
        self
    }

    /// Changing nothing for anybody: browsers call it by themselves, without our header.
    #[must_use]
    pub const fn harmless(mut self) -> Self {
        self.harmless = true;
        self
    }

    /// Open while the workspace is being closed, though it changes something: what the members take with them, and the way back.
    #[must_use]
    pub const fn while_closing(mut self) -> Self {
        self.while_closing = true;
        self
    }

    /// Whether a workspace that is being closed refuses it: its data stands still.
    pub const fn needs_open_workspace(&self) -> bool {
        !matches!(self.method, Method::Get) && !self.harmless && !self.while_closing
    }

    /// Whether a token of the API can open it: not what is for a person who proves who they are.
    pub fn takes_tokens(&self) -> bool {
        matches!(self.access, Access::Session { right } if right.can_be_granted()) && !self.step_up
    }

    /// The part of the operation before the dot: the function crate.
    pub fn crate_name(&self) -> &'static str {
        self.operation
            .split_once('.')
            .map_or(self.operation, |(name, _)| name)
    }

    /// The part of the operation after the dot: the name in the crate's table of functions.
    pub fn handler(&self) -> &'static str {
        self.operation.split_once('.').map_or("", |(_, name)| name)
    }

    /// `GET /api/v1/fans/{fan_id}`, as the HTTP API's route key.
    pub fn key(&self) -> String {
        format!("{} {}", self.method.as_str(), self.path)
    }
}

/// A mistake in a table of routes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RouteError {
    /// The path is no template.
    #[error("the path of {0} is not a template")]
    Path(&'static str),
    /// The operation is not `crate.name`.
    #[error("{0} is not an operation")]
    Operation(&'static str),
    /// Two routes have the same operation, operation id, or method and shape of path.
    #[error("{0} and {1} collide")]
    Collision(&'static str, &'static str),
}

/// Checks a table, also one joined of several crates. For tests: the table is static.
///
/// # Errors
/// The first mistake.
pub fn check_routes(routes: &[Route]) -> Result<(), RouteError> {
    for (index, route) in routes.iter().enumerate() {
        let template = Template::parse(route.path).ok_or(RouteError::Path(route.operation))?;
        let plain = |text: &str| {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b))
        };
        if !plain(route.crate_name()) || !plain(route.handler()) || !plain(route.operation_id) {
            return Err(RouteError::Operation(route.operation));
        }
        for other in &routes[..index] {
            let same_place = other.method == route.method
                && Template::parse(other.path)
                    .is_some_and(|other| other.shape() == template.shape());
            if same_place
                || other.operation == route.operation
                || other.operation_id == route.operation_id
            {
                return Err(RouteError::Collision(other.operation, route.operation));
            }
        }
    }
    Ok(())
}

/// The route that serves `method path`, with its parameters; a literal segment wins over a parameter.
pub fn find_route<'r, 'p>(
    routes: &'r [Route],
    method: &str,
    path: &'p str,
) -> Option<(&'r Route, Vec<(&'static str, &'p str)>)> {
    routes
        .iter()
        .filter(|route| route.method.as_str() == method)
        .filter_map(|route| {
            let template = Template::parse(route.path)?;
            let params = template.matches(path)?;
            Some((template.specificity(), route, params))
        })
        .max_by(|(one, ..), (other, ..)| one.cmp(other))
        .map(|(_, route, params)| (route, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SESSION: Access = Access::Session {
        right: Right::KeepNotes,
    };
    const ROUTES: &[Route] = &[
        Route::get("/api/v1/fans/{fan_id}", "fans.get", "get_fan", SESSION),
        Route::patch(
            "/api/v1/fans/{fan_id}",
            "fans.update",
            "update_fan",
            SESSION,
        )
        .max_body(16 * 1024)
        .idempotent(),
        Route::get(
            "/api/v1/fans/newest",
            "fans.newest",
            "get_newest_fan",
            SESSION,
        ),
        Route::post(
            "/api/v1/sessions",
            "accounts.login",
            "create_session",
            Access::Public,
        ),
    ];

    #[test]
    fn a_route_says_where_its_handler_is() {
        assert_eq!(ROUTES[0].crate_name(), "fans");
        assert_eq!(ROUTES[0].handler(), "get");
        assert_eq!(ROUTES[0].key(), "GET /api/v1/fans/{fan_id}");
        assert_eq!(ROUTES[0].max_body, 256 * 1024);
        assert!(ROUTES[1].idempotent);
    }

    #[test]
    fn the_most_specific_route_is_found() {
        let found = |method, path| {
            find_route(ROUTES, method, path).map(|(route, params)| (route.operation, params))
        };
        assert_eq!(
            found("GET", "/api/v1/fans/f1"),
            Some(("fans.get", vec![("fan_id", "f1")]))
        );
        assert_eq!(
            found("GET", "/api/v1/fans/newest"),
            Some(("fans.newest", vec![]))
        );
        assert_eq!(found("DELETE", "/api/v1/fans/f1"), None);
    }

    #[test]
    fn mistakes_in_a_table_are_named() {
        assert_eq!(check_routes(ROUTES), Ok(()));
        let with = |route: Route| check_routes(&[ROUTES[0], route]);
        assert_eq!(
            with(Route::get(
                "/api/v1/fans/{id}",
                "fans.other",
                "other",
                SESSION
            )),
            Err(RouteError::Collision("fans.get", "fans.other"))
        );
        assert_eq!(
            with(Route::get("/x", "fans.get", "other", SESSION)),
            Err(RouteError::Collision("fans.get", "fans.get"))
        );
        assert_eq!(
            with(Route::get("/x", "fans", "x", SESSION)),
            Err(RouteError::Operation("fans"))
        );
        assert_eq!(
            with(Route::get("/x/", "fans.x", "x", SESSION)),
            Err(RouteError::Path("fans.x"))
        );
    }
}
