//! The one client of this process.

use app::{App, OrProblem};
use http_kit::Problem;
use telegram::Client;

use crate::error::BotsError;

/// The client; half of the routes need none.
pub(crate) fn client(app: &App) -> Result<&'static Client, Problem> {
    Client::of_process(app.config.telegram_api_url.as_deref())
        .map_err(BotsError::from)
        .or_problem()
}
