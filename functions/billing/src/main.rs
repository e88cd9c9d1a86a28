//! Entry point; the handler is chosen by `_HANDLER`.

use std::process::ExitCode;

fn main() -> ExitCode {
    lambda::serve(|handler| async move {
        let app = app::App::from_env()?;
        // The job and the webhook read no sessions.
        if billing::needs_session(handler.as_str()) {
            app.warm().await;
        }
        Ok(billing::functions(app))
    })
}
