//! JSON bodies: type, size, syntax, unknown fields and rules, all errors with dotted paths.

use std::borrow::Cow;

use bytes::Bytes;
use http::Request;
use http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::Segment;

use crate::field_errors::{FieldError, FieldErrors, join, sentence};
use crate::plain::in_plain_words;
use crate::problem::Problem;

/// Bytes a body may have unless its route says otherwise.
pub const DEFAULT_MAX_BODY: usize = 256 * 1024;

/// Characters kept of a parser's message.
const MESSAGE_LIMIT: usize = 200;

/// Rules of an input that its types do not say. Report everything that is wrong, not only the first.
///
/// Inputs are `#[serde(deny_unknown_fields)]` by convention, so that a misspelt field is an error
/// and not a change that silently does not happen.
pub trait Validate {
    /// Reports what is wrong to `errors`.
    fn validate(&self, errors: &mut FieldErrors);
}

/// A body that was read and validated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Json<T>(
    /// The input.
    pub T,
);

impl<T: DeserializeOwned + Validate> Json<T> {
    /// Reads and validates the body of `request`, of at most `max_body` bytes (the route's limit).
    ///
    /// # Errors
    /// 415 when it is not JSON by its content type, 413 when it is too large, 400 with field errors.
    pub fn from_request(request: &Request<Bytes>, max_body: usize) -> Result<Self, Problem> {
        acceptable(request, max_body)?;
        let value: T = parse(request.body())?;
        let mut errors = FieldErrors::new();
        value.validate(&mut errors);
        errors.finish()?;
        Ok(Self(value))
    }
}

/// Checks that need no type, so that they are compiled once.
fn acceptable(request: &Request<Bytes>, max_body: usize) -> Result<(), Problem> {
    let kind = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(|kind| kind.trim().to_ascii_lowercase());
    // A form or text/plain body can be sent by a foreign page without a preflight request; JSON cannot.
    if kind.as_deref() != Some("application/json") {
        return Err(Problem::UnsupportedMediaType);
    }
    if request.body().len() > max_body {
        return Err(Problem::TooLarge { limit: max_body });
    }
    Ok(())
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    // serde would take a list for the fields in their order.
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        return Err(Problem::invalid(
            "",
            "wrong_type",
            "The body is a JSON object, not a list.",
        ));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        refuse(
            &dotted(error.path()),
            error.inner().classify(),
            &error.inner().to_string(),
        )
    })?;
    deserializer
        .end()
        .map_err(|error| refuse("", Category::Syntax, &error.to_string()))?;
    Ok(value)
}

/// Turns what serde says into a field error with a stable code. `path` is where serde stood.
fn refuse(path: &str, category: Category, message: &str) -> Problem {
    if category != Category::Data {
        return Problem::invalid("", "malformed_json", "The body is not well-formed JSON.");
    }
    // "… at line 1 column 5" is of no use to a person who filled in a form.
    let message = message
        .rsplit_once(" at line ")
        .map_or(message, |(before, _)| before);
    Problem::Invalid(vec![field_error(path, message)])
}

/// One field error from serde's path and message; also used for query strings.
pub(crate) fn field_error(path: &str, message: &str) -> FieldError {
    let named = |prefix: &str| {
        message
            .strip_prefix(prefix)
            .and_then(|rest| rest.strip_prefix('`'))
            .and_then(|rest| rest.split('`').next())
    };
    let last = path.rsplit('.').next().unwrap_or_default();
    let (field, code, text): (String, &'static str, Cow<'static, str>) =
        if let Some(name) = named("missing field ") {
            (
                join(path, name),
                "required",
                "This field is required.".into(),
            )
        } else if let Some(name) = named("unknown field ") {
            // The path may or may not end in the unknown name, depending on the format.
            let field = if last == name {
                path.to_owned()
            } else {
                join(path, name)
            };
            (
                join("", &field),
                "unknown_field",
                "This field is not known.".into(),
            )
        } else if let Some(name) = named("duplicate field ") {
            let field = if last == name {
                path.to_owned()
            } else {
                join(path, name)
            };
            (
                join("", &field),
                "duplicate_field",
                "This field is given twice.".into(),
            )
        } else {
            let code = if message.starts_with("invalid type") {
                "wrong_type"
            } else if message.starts_with("unknown variant") {
                "unknown_value"
            } else {
                "invalid_value"
            };
            let text = in_plain_words(path, message).unwrap_or_else(|| sentence(message));
            // A message of our own types may quote the input, which may be a secret in the wrong field.
            let text: String = telemetry::redact(&text)
                .chars()
                .take(MESSAGE_LIMIT)
                .collect();
            (path.to_owned(), code, text.into())
        };
    FieldError {
        field,
        code: Cow::Borrowed(code),
        message: text,
    }
}

/// `tags[2].name` as `tags.2.name`.
pub(crate) fn dotted(path: &serde_path_to_error::Path) -> String {
    let mut out = String::new();
    for segment in path {
        let name = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => key.clone(),
            Segment::Enum { variant } => variant.clone(),
            Segment::Unknown => continue,
        };
        out = join(&out, &name);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Input {
        name: String,
        #[serde(default)]
        tags: Vec<Tag>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Tag {
        label: String,
        #[serde(default)]
        colour: Option<Colour>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Colour {
        Red,
        Green,
    }

    impl Validate for Input {
        fn validate(&self, errors: &mut FieldErrors) {
            if self.name.is_empty() {
                errors.add("name", "too_short", "A name is needed.");
            }
            errors.nested("tags", |errors| {
                for (index, tag) in self.tags.iter().enumerate() {
                    if tag.label.len() > 5 {
                        errors.nested(&index.to_string(), |errors| {
                            errors.add("label", "too_long", "At most 5.")
                        });
                    }
                    let _known = matches!(tag.colour, Some(Colour::Red | Colour::Green));
                }
            });
        }
    }

    fn read(body: &str) -> Result<Input, Problem> {
        let request = Request::builder()
            .header("content-type", "application/json; charset=utf-8")
            .body(Bytes::from(body.to_owned()))
            .expect("a request");
        Json::from_request(&request, 200).map(|json| json.0)
    }

    fn first(body: &str) -> (String, String) {
        match read(body) {
            Err(Problem::Invalid(errors)) => (errors[0].field.clone(), errors[0].code.to_string()),
            other => panic!("must be refused as invalid: {other:?}"),
        }
    }

    #[test]
    fn a_list_is_no_object_even_if_its_members_fit() {
        let refused = parse::<Input>(br#" ["name", []]"#).expect_err("refused");
        assert!(matches!(refused, Problem::Invalid(fields) if fields[0].code == "wrong_type"));
        assert!(parse::<Vec<u8>>(b"[1]").is_err());
    }

    #[test]
    fn a_good_body_is_read() {
        let input = read(r#"{"name":"a","tags":[{"label":"b","colour":"red"}]}"#).expect("valid");
        assert_eq!(input.tags[0].label, "b");
    }

    #[test]
    fn errors_name_the_field_by_a_dotted_path() {
        for (body, field, code) in [
            (r"{}", "name", "required"),
            (
                r#"{"name":"a","tags":[{"label":"b"},{}]}"#,
                "tags.1.label",
                "required",
            ),
            (
                r#"{"name":"a","tags":[{"label":7}]}"#,
                "tags.0.label",
                "wrong_type",
            ),
            (
                r#"{"name":"a","tags":[{"label":"b","colour":"blue"}]}"#,
                "tags.0.colour",
                "unknown_value",
            ),
            (
                r#"{"name":"a","tags":[{"label":"b","extra":1}]}"#,
                "tags.0.extra",
                "unknown_field",
            ),
            (r#"{"name":"a","surname":"b"}"#, "surname", "unknown_field"),
            (r#"{"name":"a","name":"b"}"#, "name", "duplicate_field"),
            (r#"{"name":"a""#, "", "malformed_json"),
            (r#"{"name":"a"} x"#, "", "malformed_json"),
            ("", "", "malformed_json"),
        ] {
            assert_eq!(first(body), (field.to_owned(), code.to_owned()), "{body}");
        }
    }

    #[test]
    fn no_problem_speaks_of_rust_types() {
        for body in [
            r#"{"name":7}"#,
            r#"{"name":"a","tags":{}}"#,
            r#"{"name":"a","tags":[7]}"#,
            r#"{"name":"a","tags":[{"label":"b","colour":"blue"}]}"#,
            r#"{"name":"a","tags":[{"label":"b","colour":7}]}"#,
            "7",
        ] {
            let Err(Problem::Invalid(errors)) = read(body) else {
                panic!("must be refused: {body}")
            };
            let said = &errors[0].message;
            let foreign = [
                "struct",
                "enum",
                "variant",
                "expected",
                "invalid type",
                "sequence",
                "blue",
            ];
            assert!(!foreign.iter().any(|word| said.contains(word)), "{said}");
        }
    }

    #[test]
    fn all_broken_rules_are_reported_together() {
        let Err(Problem::Invalid(errors)) = read(r#"{"name":"","tags":[{"label":"longer"}]}"#)
        else {
            panic!("must be refused")
        };
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["name", "tags.0.label"]);
    }

    #[test]
    fn a_secret_in_the_wrong_place_is_not_echoed() {
        let Err(problem) = read(r#"{"name":"a","tags":"12345:AAcanary-canary-canary-canary"}"#)
        else {
            panic!("must be refused")
        };
        let response = problem.into_response("r");
        assert!(!String::from_utf8_lossy(response.body()).contains("canary"));
    }

    #[test]
    fn size_and_type_are_checked_before_anything_is_parsed() {
        let request = |kind: &str, body: String| {
            Request::builder()
                .header("content-type", kind)
                .body(Bytes::from(body))
                .expect("a request")
        };
        let large = request(
            "application/json",
            format!(r#"{{"name":"{}"}}"#, "a".repeat(300)),
        );
        assert!(matches!(
            Json::<Input>::from_request(&large, 200),
            Err(Problem::TooLarge { limit: 200 })
        ));
        for kind in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/jsonx",
            "",
        ] {
            let wrong = request(kind, r#"{"name":"a"}"#.to_owned());
            assert!(
                matches!(
                    Json::<Input>::from_request(&wrong, 200),
                    Err(Problem::UnsupportedMediaType)
                ),
                "{kind}"
            );
        }
        let untyped = Request::new(Bytes::from_static(br#"{"name":"a"}"#));
        assert!(matches!(
            Json::<Input>::from_request(&untyped, 200),
            Err(Problem::UnsupportedMediaType)
        ));
    }

    #[test]
    fn deep_nesting_is_refused_and_does_not_overflow() {
        let body = "[".repeat(190);
        assert_eq!(first(&body).1, "wrong_type");
    }
}
