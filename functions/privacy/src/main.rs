//! Entry point; the handler is chosen by `_HANDLER`.

use std::process::ExitCode;

fn main() -> ExitCode {
    lambda::serve(|handler| async move {
        let app = app::App::from_env()?;
        // The jobs read no sessions.
        if !privacy::JOBS.contains(&handler.as_str()) {
            app.warm().await;
        }
        Ok(privacy::functions(app))
    })
}
