//! Entry point; the handler is chosen by `_HANDLER`.

use std::process::ExitCode;

fn main() -> ExitCode {
    lambda::serve(|handler| async move {
        // Every AI's text that is approved is read for distress; `conversations.send` reads one only where a draft was copied.
        if handler.as_str() == "conversations.approve-draft" {
            care::prepare();
        }
        let app = app::App::from_env()?;
        // Routes answer people, who wait; the job opens its connections when it needs them.
        if handler.as_str() != "conversations.alert" {
            app.warm().await;
        }
        Ok(conversations::functions(app))
    })
}
