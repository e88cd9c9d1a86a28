//! Entry point; the handler is chosen by `_HANDLER`.

use std::process::ExitCode;

fn main() -> ExitCode {
    lambda::serve(|handler| async move {
        let app = app::App::from_env()?;
        // An operator waits gladly, and this role reads no sessions.
        if handler.as_str() != "accounts.renew-pepper" {
            app.warm().await;
        }
        Ok(accounts::functions(app))
    })
}
