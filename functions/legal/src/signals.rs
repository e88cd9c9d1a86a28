//! `GET /.well-known/gpc.json`

use http::StatusCode;
use http::header::CACHE_CONTROL;
use http_kit::Answer;
use serde::Serialize;
use utoipa::ToSchema;

/// That Global Privacy Control is honoured, in the words of its specification.
#[derive(Serialize, ToSchema)]
pub(crate) struct PrivacySignalsOut {
    /// Always `true`.
    gpc: bool,
    /// The day of the last change of what this says, `YYYY-MM-DD`.
    #[serde(rename = "lastUpdate")]
    last_update: &'static str,
}

/// Says that we honour the browser's signal against selling and sharing of data.
#[utoipa::path(get, path = "/.well-known/gpc.json", operation_id = "get_privacy_signals", tag = "legal",
    responses((status = 200, description = "What is honoured.", body = PrivacySignalsOut)))]
pub(crate) fn handle() -> Answer {
    let out = PrivacySignalsOut {
        gpc: true,
        last_update: "2026-11-28",
    };
    let mut answer = http_kit::json(StatusCode::OK, &out)?;
    answer.headers_mut().insert(CACHE_CONTROL, crate::CACHE);
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_has_the_two_members_of_the_specification() {
        let answer = handle().expect("an answer");
        let body: serde_json::Value = serde_json::from_slice(answer.body()).expect("JSON");
        assert_eq!(
            body,
            serde_json::json!({ "gpc": true, "lastUpdate": "2026-11-28" })
        );
    }
}
