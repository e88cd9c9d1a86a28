//! Collecting every error of an input, not only the first.

use std::borrow::Cow;
use std::fmt::Display;

use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::Problem;

/// Errors reported at most for one input; more help nobody.
const LIMIT: usize = 50;
/// Characters kept of a field path: its names may come from the client.
const PATH_LIMIT: usize = 200;

/// What is wrong with one field of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// Dotted path of the field, such as `tags.2.name`; empty for the input as a whole.
    pub field: String,
    /// Stable code in snake case, such as `required` or `too_long`.
    #[schema(value_type = String)]
    pub code: Cow<'static, str>,
    /// What is wrong, for people, in English.
    #[schema(value_type = String)]
    pub message: Cow<'static, str>,
}

/// Field errors on their way to one [`Problem::Invalid`].
#[derive(Debug, Default)]
pub struct FieldErrors {
    path: String,
    errors: Vec<FieldError>,
}

impl FieldErrors {
    /// No errors yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Reports `field` of the current level; an empty name means the level itself.
    pub fn add(&mut self, field: &str, code: &'static str, message: impl Into<Cow<'static, str>>) {
        if self.errors.len() < LIMIT {
            let field = join(&self.path, field);
            self.errors.push(FieldError {
                field,
                code: Cow::Borrowed(code),
                message: message.into(),
            });
        }
    }

    /// Keeps the value of `result`, or reports its error under `field` and gives `None`.
    pub fn check<T, E: Display>(
        &mut self,
        field: &str,
        code: &'static str,
        result: Result<T, E>,
    ) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.add(field, code, sentence(&error.to_string()));
                None
            }
        }
    }

    /// Reports what `inner` finds under `field`; for members use their number as name.
    pub fn nested<R>(&mut self, field: &str, inner: impl FnOnce(&mut Self) -> R) -> R {
        let outer = self.path.clone();
        self.path = join(&outer, field);
        let result = inner(self);
        self.path = outer;
        result
    }

    /// Whether nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// All errors as one problem, if there are any.
    ///
    /// # Errors
    /// [`Problem::Invalid`] when something was reported.
    pub fn finish(self) -> Result<(), Problem> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(Problem::Invalid(self.errors))
        }
    }
}

/// Joins a path and a name with a dot, and cuts what is too long.
pub(crate) fn join(path: &str, name: &str) -> String {
    let joined = match (path.is_empty(), name.is_empty()) {
        (_, true) => path.to_owned(),
        (true, false) => name.to_owned(),
        (false, false) => format!("{path}.{name}"),
    };
    joined.chars().take(PATH_LIMIT).collect()
}

/// Our errors display in lower case without a full stop; people read sentences.
pub(crate) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let mut out: String = chars
        .next()
        .map(|first| first.to_uppercase().collect())
        .unwrap_or_default();
    out.extend(chars);
    if !out.is_empty() && !out.ends_with(['.', '!', '?']) {
        out.push('.');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_errors_are_collected_with_dotted_paths() {
        let mut errors = FieldErrors::new();
        errors.add("name", "required", "A name is needed.");
        errors.nested("tags", |errors| {
            errors.nested("2", |errors| {
                errors.add("label", "too_long", "At most 40 characters.")
            });
            errors.add("", "too_many", "At most 20 tags.");
        });
        let number = errors.check("age", "not_a_number", "x".parse::<u8>());
        assert_eq!(number, None);
        assert_eq!(
            errors.check("size", "not_a_number", "7".parse::<u8>()),
            Some(7)
        );
        let Err(Problem::Invalid(errors)) = errors.finish() else {
            panic!("there are errors")
        };
        let fields: Vec<&str> = errors.iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, ["name", "tags.2.label", "tags", "age"]);
        assert_eq!(errors[3].message, "Invalid digit found in string.");
    }

    #[test]
    fn no_error_is_no_problem() {
        assert!(FieldErrors::new().finish().is_ok());
    }

    #[test]
    fn a_flood_of_errors_is_cut() {
        let mut errors = FieldErrors::new();
        for _ in 0..1_000 {
            errors.add(&"x".repeat(1_000), "c", "m");
        }
        let Err(Problem::Invalid(errors)) = errors.finish() else {
            panic!("there are errors")
        };
        assert_eq!(errors.len(), 50);
        assert!(errors[0].field.len() <= 200);
    }
}
