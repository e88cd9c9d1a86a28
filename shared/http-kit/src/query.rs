//! Query strings and path parameters.

use std::borrow::Cow;
use std::str::FromStr;

use http::Uri;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::body::{dotted, field_error};
use crate::problem::Problem;

/// Reads the query string into `T`, which is `#[serde(deny_unknown_fields)]`: a misspelt parameter is
/// an error, because ignoring it would answer another question. A parameter given twice is refused.
///
/// # Errors
/// 400 with the parameter as field.
pub fn query<T: DeserializeOwned>(uri: &Uri) -> Result<T, Problem> {
    let text = uri.query().unwrap_or_default();
    let mut seen: Vec<Cow<'_, str>> = Vec::new();
    for (name, _) in form_urlencoded::parse(text.as_bytes()) {
        if seen.contains(&name) {
            return Err(Problem::Invalid(vec![field_error(
                "",
                &format!("duplicate field `{name}`"),
            )]));
        }
        seen.push(name);
    }
    let deserializer = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text.as_bytes()));
    serde_path_to_error::deserialize(deserializer).map_err(|error| {
        Problem::Invalid(vec![field_error(
            &dotted(error.path()),
            &error.inner().to_string(),
        )])
    })
}

/// Reads a path parameter as an id. One that cannot be an id names nothing, so it is a 404 like any
/// other thing that is not there.
///
/// # Errors
/// 404.
pub fn path_id<T: FromStr>(value: Option<&str>) -> Result<T, Problem> {
    value
        .and_then(|value| value.parse().ok())
        .ok_or(Problem::NotFound)
}

/// How many entries of a list to give: 1 to 100, 50 if not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limit(u16);

impl Limit {
    /// Entries given when the client does not say.
    pub const DEFAULT: u16 = 50;
    /// Entries given at most.
    pub const MAX: u16 = 100;

    /// The number.
    pub fn get(self) -> usize {
        usize::from(self.0)
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(Self::DEFAULT)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = i64::deserialize(deserializer)?;
        match u16::try_from(number) {
            Ok(number) if (1..=Self::MAX).contains(&number) => Ok(Self(number)),
            _ => Err(D::Error::custom("a limit is between 1 and 100")),
        }
    }
}

impl PartialSchema for Limit {
    fn schema() -> RefOr<Schema> {
        let object: Object = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(1))
            .maximum(Some(i32::from(Self::MAX)))
            .default(Some(Self::DEFAULT.into()))
            .description(Some("Entries to give at most."))
            .build();
        object.into()
    }
}

impl ToSchema for Limit {}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq, Eq)]
    #[serde(deny_unknown_fields)]
    struct Page {
        #[serde(default)]
        limit: Limit,
        cursor: Option<String>,
        #[serde(default)]
        unread: bool,
    }

    fn read(query_string: &str) -> Result<Page, (String, String)> {
        let uri: Uri = format!("/api/v1/fans?{query_string}")
            .parse()
            .expect("an address");
        query(&uri).map_err(|problem| match problem {
            Problem::Invalid(errors) => (errors[0].field.clone(), errors[0].code.to_string()),
            other => panic!("must be refused as invalid: {other:?}"),
        })
    }

    #[test]
    fn parameters_are_read_and_decoded() {
        assert_eq!(
            read(""),
            Ok(Page {
                limit: Limit(50),
                cursor: None,
                unread: false
            })
        );
        assert_eq!(
            read("limit=7&cursor=a%2Bb&unread=true"),
            Ok(Page {
                limit: Limit(7),
                cursor: Some("a+b".to_owned()),
                unread: true
            })
        );
    }

    #[test]
    fn wrong_parameters_are_named() {
        for (query_string, field, code) in [
            ("limt=7", "limt", "unknown_field"),
            ("limit=0", "limit", "invalid_value"),
            ("limit=101", "limit", "invalid_value"),
            ("limit=-1", "limit", "invalid_value"),
            ("limit=many", "limit", "invalid_value"),
            ("limit=1&limit=2", "limit", "duplicate_field"),
            ("unread=yes", "unread", "invalid_value"),
        ] {
            assert_eq!(
                read(query_string),
                Err((field.to_owned(), code.to_owned())),
                "{query_string}"
            );
        }
    }

    #[test]
    fn an_impossible_id_is_a_thing_that_is_not_there() {
        assert_eq!(path_id::<u64>(Some("12")).ok(), Some(12));
        assert!(matches!(path_id::<u64>(Some("x")), Err(Problem::NotFound)));
        assert!(matches!(path_id::<u64>(None), Err(Problem::NotFound)));
    }
}
