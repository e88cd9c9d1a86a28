//! The one error of the template reader.

use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Why a template cannot be used. Every variant names the file.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// The file is missing or unreadable.
    #[error("{}: cannot be read", file.display())]
    Read {
        /// The template file.
        file: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// The file is not YAML.
    #[error("{}: is not valid YAML", file.display())]
    Yaml {
        /// The template file.
        file: PathBuf,
        /// The cause.
        source: serde_yaml_ng::Error,
    },
    /// A resource, parameter, condition or output says something that cannot be resolved or used.
    #[error("{}: {resource}: {property}: {problem}", file.display())]
    Invalid {
        /// The template file.
        file: PathBuf,
        /// Logical id of the resource, or the section (`Parameters`, `Conditions`, `Outputs`) and name.
        resource: String,
        /// Dotted path of the property below the resource.
        property: String,
        /// What is wrong, in words.
        problem: String,
    },
}

/// Where in a template a value stands; carried along so that each error can name it. There is one for each of tens of thousands of
/// values, and hardly ever an error.
#[derive(Debug, Clone)]
pub(super) struct Place {
    file: Arc<Path>,
    resource: Arc<str>,
    property: String,
}

impl Place {
    pub(super) fn new(file: &Path, resource: impl Into<String>) -> Self {
        let resource: String = resource.into();
        Self {
            file: file.into(),
            resource: resource.into(),
            property: String::new(),
        }
    }

    /// The place of a child property or list index.
    pub(super) fn child(&self, name: impl std::fmt::Display) -> Self {
        let property = if self.property.is_empty() {
            name.to_string()
        } else {
            format!("{}.{name}", self.property)
        };
        Self {
            file: Arc::clone(&self.file),
            resource: Arc::clone(&self.resource),
            property,
        }
    }

    /// An error at this place.
    pub(super) fn error(&self, problem: impl Into<String>) -> TemplateError {
        TemplateError::Invalid {
            file: self.file.to_path_buf(),
            resource: self.resource.to_string(),
            property: if self.property.is_empty() {
                "(itself)".into()
            } else {
                self.property.clone()
            },
            problem: problem.into(),
        }
    }
}
