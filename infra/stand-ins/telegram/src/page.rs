//! The page on which one person is several fans.

/// A file of the page: its content type and text.
pub(crate) fn asset(path: &str) -> Option<(&'static str, &'static str)> {
    const SCRIPT: &str = "text/javascript; charset=utf-8";
    match path {
        "/" => Some(("text/html; charset=utf-8", include_str!("page/index.html"))),
        "/app.js" => Some((SCRIPT, include_str!("page/app.js"))),
        "/core.js" => Some((SCRIPT, include_str!("page/core.js"))),
        "/accounts.js" => Some((SCRIPT, include_str!("page/accounts.js"))),
        "/chat.js" => Some((SCRIPT, include_str!("page/chat.js"))),
        "/bubbles.js" => Some((SCRIPT, include_str!("page/bubbles.js"))),
        "/panels.js" => Some((SCRIPT, include_str!("page/panels.js"))),
        "/style.css" => Some(("text/css; charset=utf-8", include_str!("page/style.css"))),
        "/icon.svg" => Some(("image/svg+xml", include_str!("page/icon.svg"))),
        _ => None,
    }
}
