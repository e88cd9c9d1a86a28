//! Entry point; the handler is chosen by `_HANDLER`.

use std::process::ExitCode;

fn main() -> ExitCode {
    lambda::serve(|handler| async move {
        let app = app::App::from_env()?;
        // An operator waits gladly, and these roles read no session.
        let by_operators = ["accounts.renew-pepper", "accounts.end-all-sessions"];
        if !by_operators.contains(&handler.as_str()) {
            app.warm().await;
        }
        Ok(accounts::functions(app))
    })
}
