//! Entry point; the handler is chosen by `_HANDLER`.

use std::process::ExitCode;

fn main() -> ExitCode {
    lambda::serve(|handler| async move {
        if handler.as_str() == workers::READS_TEXTS {
            care::prepare();
        }
        Ok(workers::functions(app::App::from_env()?))
    })
}
