//! Entry point; the handler is chosen by `_HANDLER`.

use std::process::ExitCode;

fn main() -> ExitCode {
    lambda::serve(|_handler| async move {
        let app = app::App::from_env()?;
        Ok(mailer::functions(app, mailer::ses_from_env(app)))
    })
}
