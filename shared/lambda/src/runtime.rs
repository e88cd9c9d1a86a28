//! The loop: initialise, then take invocations from the Runtime API until the platform stops us.

use std::env;
use std::future::Future;
use std::process::ExitCode;
use std::sync::Arc;

use lambda_runtime::{Diagnostic, LambdaEvent, Runtime, service_fn};
use serde_json::value::RawValue;
use telemetry::TraceId;

use crate::error::{BoxError, Error};
use crate::event::Invocation;
use crate::functions::{Functions, Handler};

/// Variables without which `lambda_runtime` panics; Lambda and the laptop host always set them.
const REQUIRED: [&str; 4] = [
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_VERSION",
];

/// Runs a function binary: sets up telemetry, awaits `init` for the table of handlers, then serves the
/// one that `_HANDLER` names until the platform ends the process.
///
/// `init` is told the handler's name. It runs before the first event is asked for, at full CPU, so it
/// is the place to open connections. Its error, and an unknown `_HANDLER`, are reported as init errors.
///
/// One thread: a Lambda environment handles one event at a time, and the second thread costs more
/// than it gives.
pub fn serve<I, F>(init: I) -> ExitCode
where
    I: FnOnce(Handler) -> F,
    F: Future<Output = Result<Functions, BoxError>>,
{
    telemetry::init();
    let runtime = match tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(source) => return report(&Error::Init(source.into())),
    };
    let outcome = runtime.block_on(async {
        for name in REQUIRED {
            if env::var_os(name).is_none() {
                return Err(Error::NoRuntime(name));
            }
        }
        let started = start(init).await;
        match started {
            Ok((handler, functions)) => run(handler, functions).await,
            Err(error) => {
                report_init_error(&error).await;
                Err(error)
            }
        }
    });
    outcome.map_or_else(|error| report(&error), |()| ExitCode::SUCCESS)
}

/// Everything before the first event.
async fn start<I, F>(init: I) -> Result<(Handler, Functions), Error>
where
    I: FnOnce(Handler) -> F,
    F: Future<Output = Result<Functions, BoxError>>,
{
    let name = env::var("_HANDLER").map_err(|_| Error::NoHandler)?;
    let handler = Handler::parse(&name).ok_or_else(|| Error::UnknownHandler {
        name,
        known: "handlers named crate.operation".to_owned(),
    })?;
    let functions = init(handler.clone()).await.map_err(Error::Init)?;
    match functions.kind(&handler) {
        Some(_) => Ok((handler, functions)),
        None => Err(functions.unknown(handler.as_str())),
    }
}

/// The loop itself, the only instantiation of `lambda_runtime` in the workspace.
async fn run(handler: Handler, functions: Functions) -> Result<(), Error> {
    let shared = Arc::new((handler, functions));
    let service = service_fn(move |event: LambdaEvent<Box<RawValue>>| {
        let shared = Arc::clone(&shared);
        async move {
            let (handler, functions) = &*shared;
            let invocation = Invocation {
                trace_id: event
                    .context
                    .xray_trace_id
                    .as_deref()
                    .and_then(TraceId::parse),
                deadline_ms: event.context.deadline,
                ..Invocation::in_process(&event.context.request_id)
            };
            let answer = functions
                .invoke(handler, event.payload.get(), invocation)
                .await?;
            RawValue::from_string(answer).map_err(Error::Answer)
        }
    });
    // Not `lambda_runtime::run`: its span would repeat ours under undeclared names.
    Runtime::new(service).run().await.map_err(Error::Runtime)
}

/// Tells the Runtime API that initialisation failed, so that the platform shows the reason.
async fn report_init_error(error: &Error) {
    let diagnostic = Diagnostic {
        error_type: error.kind().to_owned(),
        error_message: telemetry::chain(error),
    };
    let sent = async {
        let body = lambda_runtime_api_client::body::Body::from(serde_json::to_vec(&diagnostic)?);
        let request = http::Request::post("/2018-06-01/runtime/init/error")
            .header(
                "lambda-runtime-function-error-type",
                diagnostic.error_type.as_str(),
            )
            .header(http::header::CONTENT_TYPE, "application/json")
            .body(body)?;
        lambda_runtime_api_client::PooledClient::builder()
            .build()
            .call(request)
            .await
    };
    if let Err(error) = sent.await {
        tracing::warn!(
            error.chain = telemetry::chain(error.as_ref()),
            "the init error could not be reported"
        );
    }
}

fn report(error: &Error) -> ExitCode {
    tracing::error!(
        error.kind = error.kind(),
        error.chain = telemetry::chain(error),
        "function stopped"
    );
    ExitCode::FAILURE
}
