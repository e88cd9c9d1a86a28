//! Entry point; the handler is chosen by `_HANDLER`.

use std::process::ExitCode;

fn main() -> ExitCode {
    lambda::serve(|_handler| async { Ok(workers::functions(app::App::from_env()?)) })
}
