//! `GET /api/v1/subprocessors`

use domain::subprocessors::{self, SubprocessorList};
use http::StatusCode;
use http::header::CACHE_CONTROL;
use http_kit::{Answer, Problem};

/// Lists who else receives data: for what, which, where, with which safeguard and since when.
#[utoipa::path(get, path = "/api/v1/subprocessors", operation_id = "list_subprocessors", tag = "legal",
    responses((status = 200, description = "The list that `GET /legal/subprocessors` shows.", body = SubprocessorList)))]
pub(crate) fn handle() -> Answer {
    let list = subprocessors::current().map_err(Problem::internal)?;
    let mut answer = http_kit::json(StatusCode::OK, &list)?;
    answer.headers_mut().insert(CACHE_CONTROL, crate::CACHE);
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_given_with_its_version() {
        let answer = handle().expect("an answer");
        let body: serde_json::Value = serde_json::from_slice(answer.body()).expect("JSON");
        assert_eq!(
            body["version"],
            domain::documents::current(domain::documents::DocumentId::Subprocessors).version
        );
        assert!(
            body["subprocessors"]
                .as_array()
                .is_some_and(|all| !all.is_empty())
        );
    }
}
