//! Entry point; the handler is chosen by `_HANDLER`.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Everything served here is embedded, so no connection is opened.
    lambda::serve(|_handler| async { Ok(legal::functions(app::App::from_env()?)) })
}
