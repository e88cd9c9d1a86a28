//! Entry point; the handler is chosen by `_HANDLER`.

use std::process::ExitCode;

fn main() -> ExitCode {
    lambda::serve(|handler| async move {
        let app = app::App::from_env()?;
        // The job reads no sessions.
        if handler.as_str() != "privacy.erase" {
            app.warm().await;
        }
        Ok(privacy::functions(app))
    })
}
