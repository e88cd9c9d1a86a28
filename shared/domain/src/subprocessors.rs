//! Who else receives data, as a list for programs. The text `subprocessors` shows the same rows; tests compare the two, and
//! the checks of the repository compare the hosts with those that the product's code names.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The current list, as it is embedded.
const CURRENT: &str = include_str!("../documents/2026-11-28/subprocessors.json");

/// The companies that receive data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubprocessorList {
    /// Version of the text `subprocessors` that shows this list.
    pub version: String,
    /// The companies.
    pub subprocessors: Vec<Subprocessor>,
}

/// One company that receives data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Subprocessor {
    /// What it is called.
    pub name: String,
    /// What for.
    pub purpose: String,
    /// Which data.
    pub data: String,
    /// Whether fans' data is among it.
    pub fan_data: bool,
    /// Where the data is handled.
    pub country: String,
    /// What makes a transfer to another country lawful.
    pub transfer: String,
    /// Since when it may receive data, `YYYY-MM-DD`.
    pub since: String,
    /// When it receives data.
    pub condition: String,
    /// Hosts that the product calls there; `*` stands for one or more labels.
    pub hosts: Vec<String>,
}

/// The current list.
///
/// # Errors
/// Never in practice: a test reads the embedded text.
pub fn current() -> Result<SubprocessorList, serde_json::Error> {
    serde_json::from_str(CURRENT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{self, DocumentId};

    #[test]
    fn the_text_shows_exactly_the_rows_of_the_list() {
        let list = current().expect("the embedded list");
        let text = documents::current(DocumentId::Subprocessors);
        assert_eq!(list.version, text.version);
        let rows: Vec<String> = list
            .subprocessors
            .iter()
            .map(|one| {
                format!(
                    "| {} | {} | {} | {} | {} | {} | {} |",
                    one.name,
                    one.purpose,
                    one.data,
                    one.country,
                    one.transfer,
                    one.since,
                    one.condition
                )
            })
            .collect();
        let shown: Vec<&str> = text
            .text
            .lines()
            .filter(|line| line.starts_with("| "))
            .skip(1)
            .collect();
        assert_eq!(shown, rows);
    }

    #[test]
    fn every_transfer_has_a_safeguard_and_a_date() {
        for one in current().expect("the embedded list").subprocessors {
            assert!(!one.transfer.is_empty(), "{}", one.name);
            assert!(
                one.since.len() == 10 && *one.since <= *"2026-11-28",
                "{}",
                one.name
            );
        }
    }

    #[test]
    fn the_privacy_policy_names_each_company() {
        let policy = documents::current(DocumentId::Privacy).text;
        for one in current().expect("the embedded list").subprocessors {
            assert!(policy.contains(&one.name), "{}", one.name);
        }
    }
}
