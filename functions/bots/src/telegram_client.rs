//! The one client of this process.

use std::sync::OnceLock;

use app::{App, OrProblem};
use http_kit::Problem;
use telegram::Client;

use crate::error::BotsError;

const BOT_API: &str = "https://api.telegram.org";

static CLIENT: OnceLock<Client> = OnceLock::new();

/// The client; made at the first call, because half of the routes need none.
pub(crate) fn client(app: &App) -> Result<&'static Client, Problem> {
    if let Some(client) = CLIENT.get() {
        return Ok(client);
    }
    let address = app.config.telegram_api_url.as_deref().unwrap_or(BOT_API);
    let client = Client::new(address).map_err(BotsError::from).or_problem()?;
    Ok(CLIENT.get_or_init(|| client))
}
