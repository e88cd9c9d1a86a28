//! `POST /api/v1/csp-report`: what browsers say of pages that broke the content security policy.
//!
//! A report quotes addresses of pages and pieces of scripts, so that nothing of it is kept but which directive was broken,
//! as a metric: a policy that is too narrow, or an injection, shows as a count.

use http_kit::Answer;
use serde::Deserialize;
use telemetry::{Dimension, Unit};
use utoipa::ToSchema;

/// Directives of our policy; anything else is counted together.
const DIRECTIVES: &[&str] = &[
    "base-uri",
    "connect-src",
    "default-src",
    "font-src",
    "form-action",
    "frame-ancestors",
    "img-src",
    "manifest-src",
    "media-src",
    "require-trusted-types-for",
    "script-src",
    "style-src",
    "trusted-types",
    "worker-src",
];

/// A report as browsers send it, `application/csp-report`.
#[derive(Deserialize, ToSchema)]
pub(crate) struct CspReportIn {
    /// The report.
    #[serde(rename = "csp-report")]
    report: CspViolation,
}

/// A violation. Browsers say more; it is not read.
#[derive(Deserialize, ToSchema)]
pub(crate) struct CspViolation {
    /// Which directive was broken.
    #[serde(rename = "effective-directive", alias = "violated-directive", default)]
    effective_directive: String,
}

/// Takes a browser's report that a page broke the content security policy.
#[utoipa::path(post, path = "/api/v1/csp-report", operation_id = "create_csp_report", tag = "operations",
    request_body(content = CspReportIn, content_type = "application/csp-report"),
    responses((status = 204, description = "The report was counted.")))]
pub(crate) fn handle(body: &[u8]) -> Answer {
    // Whoever writes here is a browser, or nobody that an error would help.
    let report = serde_json::from_slice::<CspReportIn>(body).ok();
    let broken = report.map_or("other", |input| {
        directive(&input.report.effective_directive)
    });
    telemetry::metric(
        "csp_violations",
        Unit::Count,
        1.0,
        &[(Dimension::Code, broken)],
    );
    http_kit::no_content()
}

/// The directive of ours that a report names. Older browsers quote its values after it; `-elem` and `-attr` say where.
fn directive(text: &str) -> &'static str {
    let name = text.split_ascii_whitespace().next().unwrap_or_default();
    let name = name
        .strip_suffix("-elem")
        .or_else(|| name.strip_suffix("-attr"))
        .unwrap_or(name);
    DIRECTIVES
        .iter()
        .copied()
        .find(|known| *known == name)
        .unwrap_or("other")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_counted_by_the_directive_alone() {
        for (said, counted) in [
            ("script-src-elem", "script-src"),
            ("style-src-attr", "style-src"),
            ("img-src 'self' https://canary.example", "img-src"),
            ("canary-src", "other"),
            ("", "other"),
        ] {
            assert_eq!(directive(said), counted, "{said}");
        }
    }

    #[test]
    fn whatever_is_sent_is_answered_alike() {
        for body in [
            "",
            "[]",
            "{",
            r#"{"csp-report":{"violated-directive":"img-src"}}"#,
        ] {
            let answer = handle(body.as_bytes()).expect("an answer");
            assert_eq!(answer.status(), 204, "{body}");
        }
    }
}
