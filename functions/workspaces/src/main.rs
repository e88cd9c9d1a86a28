//! Entry point; the handler is chosen by `_HANDLER`.

use std::process::ExitCode;

fn main() -> ExitCode {
    lambda::serve(|_handler| async {
        let app = app::App::from_env()?;
        app.warm().await;
        Ok(workspaces::functions(app))
    })
}
