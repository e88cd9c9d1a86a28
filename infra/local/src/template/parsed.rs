//! Template files as they were parsed, for the next reader in the same process: `cargo run` reads twice, and the system tests
//! start hundreds of hosts from the same megabyte of YAML.
//!
//! A file is known by its text, not by the time of its last change, so that nobody gets a template that is no longer there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

use super::error::TemplateError;
use super::yaml;

struct Parsed {
    text: String,
    template: Arc<Value>,
}

/// The last text of each file, and what it says.
static FILES: Mutex<BTreeMap<PathBuf, Parsed>> = Mutex::new(BTreeMap::new());

fn files() -> MutexGuard<'static, BTreeMap<PathBuf, Parsed>> {
    FILES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a file with this text says; parsed only if it is not the text that the file had last.
pub(super) fn of(path: &Path, text: String) -> Result<Arc<Value>, TemplateError> {
    let known = files()
        .get(path)
        .filter(|known| known.text == text)
        .map(|known| Arc::clone(&known.template));
    if let Some(template) = known {
        return Ok(template);
    }
    let template = Arc::new(yaml::parse(path, &text)?);
    let parsed = Parsed {
        text,
        template: Arc::clone(&template),
    };
    files().insert(path.to_owned(), parsed);
    Ok(template)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(path: &str, text: &str) -> Arc<Value> {
        of(Path::new(path), text.to_owned()).expect("YAML")
    }

    #[test]
    fn a_file_is_parsed_once_for_each_text_and_a_changed_one_says_what_it_says_now() {
        let first = says("parsed/one.yaml", "A: 1");
        assert!(Arc::ptr_eq(&first, &says("parsed/one.yaml", "A: 1")));
        // As long as before, and within the same tick of a file system's clock.
        assert_eq!(says("parsed/one.yaml", "A: 2")["A"], 2);
        assert_eq!(first["A"], 1);
        assert_eq!(says("parsed/two.yaml", "A: 3")["A"], 3);
    }

    #[test]
    fn a_text_that_is_no_yaml_is_an_error_each_time() {
        for _ in 0..2 {
            let refused = of(Path::new("parsed/three.yaml"), "A: [".to_owned());
            assert!(matches!(refused, Err(TemplateError::Yaml { .. })));
        }
    }
}
