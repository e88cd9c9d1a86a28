//! A function binary for `tests/runtime_api.rs`, which runs it as the platform does.

use std::process::ExitCode;

use bytes::Bytes;
use http::Response;

fn main() -> ExitCode {
    lambda::serve(|handler| async move {
        if handler.operation() == "no-init" {
            return Err("the table is not there".into());
        }
        Ok(lambda::Functions::new("sample")
            .http("echo", |request| async move {
                assert!(request.body() != "panic", "a message that nobody may see");
                let invocation = request.extensions().get::<lambda::Invocation>().cloned();
                let facts = invocation.map(|known| {
                    let trace = known
                        .trace_id
                        .map(|trace| trace.root().to_owned())
                        .unwrap_or_default();
                    format!("{} {} {trace}", known.request_id, known.deadline_ms)
                });
                Response::new(Bytes::from(facts.unwrap_or_default()))
            })
            .http("no-init", |_| async { Response::new(Bytes::new()) }))
    })
}
