//! What a handler tells the edge about its answer.

use std::error::Error;
use std::sync::Arc;

/// Extension of an HTTP response for the outermost layer, which logs it once and never sends it.
///
/// `http-kit` fills it when it turns a problem into an answer; the `lambda` crate logs it.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The stable problem code, for example `fan_not_found`; none for a success.
    pub code: Option<&'static str>,
    /// What really went wrong, for answers whose body does not say so.
    pub cause: Option<Arc<dyn Error + Send + Sync>>,
}
