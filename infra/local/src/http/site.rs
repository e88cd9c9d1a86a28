//! The dashboard's built files, as the distribution serves them from its bucket.
//!
//! Paths without an extension are the dashboard's own routes and get `index.html`; a file that is not there is a 404, never
//! the page, so that a chunk of an older build is missed and not parsed as a script.

use std::path::{Path, PathBuf};

use axum::body::Body;
use http::{Method, Response, StatusCode};

use super::routes::decode;

/// First parts of paths that are not the dashboard's.
const OTHERS: [&str; 6] = [
    "api",
    "compliance",
    "legal",
    ".well-known",
    "hooks",
    "__local",
];

/// Whether a request asks for the dashboard: it reads, and its path belongs to nobody else.
pub(super) fn is_for(method: &Method, path: &str) -> bool {
    let path = path.trim_start_matches('/');
    let first = path.split('/').next();
    // The word alone is the page for our staff: the distribution's pattern is `/compliance/*`.
    let is_page = path == "compliance" || first.is_none_or(|it| !OTHERS.contains(&it));
    matches!(*method, Method::GET | Method::HEAD) && is_page
}

/// Answers with a file of `folder`, with `index.html`, or with 404.
pub(super) async fn answer(folder: &Path, path: &str) -> Response<Body> {
    let Some(name) = file_name(path) else {
        return text(StatusCode::NOT_FOUND, "There is no such file.");
    };
    match tokio::fs::read(folder.join(&name)).await {
        Ok(bytes) => Response::builder()
            .header("content-type", content_type(&name))
            .header("cache-control", cache_control(&name))
            .body(Body::from(bytes))
            .expect("fixed headers are valid"),
        Err(_) if name == Path::new("index.html") && path == "/" => Response::builder()
            .status(StatusCode::TEMPORARY_REDIRECT)
            .header("location", "/__local")
            .body(Body::empty())
            .expect("fixed headers are valid"),
        Err(_) if name == Path::new("index.html") => text(
            StatusCode::NOT_FOUND,
            "The dashboard has not been built: npm ci && npm run build in functions/dashboard, or start without --no-build.",
        ),
        Err(_) => text(StatusCode::NOT_FOUND, "There is no such file."),
    }
}

/// The file for a path below the folder; `None` for one that would leave it or is hidden.
fn file_name(path: &str) -> Option<PathBuf> {
    let last = path.rsplit('/').next().unwrap_or_default();
    if !last.contains('.') {
        return Some(PathBuf::from("index.html"));
    }
    let mut name = PathBuf::new();
    for part in path.trim_start_matches('/').split('/') {
        let part = decode(part);
        if part.is_empty() || part.starts_with('.') || part.contains(['/', '\\', '\0', ':']) {
            return None;
        }
        name.push(part);
    }
    Some(name)
}

fn content_type(name: &Path) -> &'static str {
    match name.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Names of files in `assets` carry their content's hash; all others are asked for anew.
fn cache_control(name: &Path) -> &'static str {
    if name.starts_with("assets") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

fn text(status: StatusCode, text: &'static str) -> Response<Body> {
    Response::builder()
        .status(status)
        .header("content-type", "text/plain; charset=utf-8")
        .body(Body::from(text))
        .expect("fixed headers are valid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dashboard_gets_what_is_read_and_nobody_elses() {
        for path in [
            "/",
            "/inbox",
            "/inbox/cnv_1",
            "/assets/index-1a.js",
            "/apiary",
            "/compliance",
        ] {
            assert!(is_for(&Method::GET, path), "{path}");
        }
        for path in [
            "/api/v1/me",
            "/compliance/export-requests",
            "/legal",
            "/legal/terms",
            "/.well-known/gpc.json",
            "/hooks/x",
        ] {
            assert!(!is_for(&Method::GET, path), "{path}");
        }
        assert!(!is_for(&Method::POST, "/inbox"));
    }

    #[test]
    fn own_routes_get_the_page_and_files_stay_below_the_folder() {
        assert_eq!(file_name("/inbox/cnv_1"), Some(PathBuf::from("index.html")));
        assert_eq!(
            file_name("/assets/a-1.js"),
            Some(PathBuf::from("assets/a-1.js"))
        );
        for path in [
            "/../secret.txt",
            "/assets/%2e%2e/x.js",
            "/a/..%2f..%2fx.js",
            "/.git/config.js",
            "//x.js",
            "/c%3a/x.js",
        ] {
            let found = file_name(path);
            assert!(
                found.is_none() || found == Some(PathBuf::from("x.js")),
                "{path}: {found:?}"
            );
        }
    }

    #[tokio::test]
    async fn a_missing_chunk_is_missed_and_not_the_page() {
        let folder = std::env::temp_dir().join(format!("sofi-site-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("assets")).expect("a folder");
        std::fs::write(folder.join("index.html"), "<!doctype html>").expect("a file");
        std::fs::write(folder.join("assets/a-1.js"), "1").expect("a file");
        let page = answer(&folder, "/inbox/cnv_1").await;
        let script = answer(&folder, "/assets/a-1.js").await;
        let old = answer(&folder, "/assets/a-0.js").await;
        let unbuilt = answer(&folder.join("none"), "/inbox").await;
        std::fs::remove_dir_all(&folder).expect("removes");
        assert_eq!(page.headers()["cache-control"], "no-cache");
        assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
        assert!(
            script.headers()["cache-control"]
                .to_str()
                .expect("ASCII")
                .contains("immutable")
        );
        assert_eq!(
            (old.status(), unbuilt.status()),
            (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
        );
    }
}
