//! The environment of a function's process: what Lambda sets, what the template says, and what only the laptop adds.

use std::net::SocketAddr;

use super::pool::Shared;
use super::sandbox::Age;
use crate::template::Function;
use emulator::iam::AccessKey;

/// All variables of one process. Nothing of the host's own environment is passed on.
pub(super) fn of(
    shared: &Shared,
    function: &Function,
    key: &AccessKey,
    runtime_api: SocketAddr,
    sandbox: &str,
    age: Age,
) -> Vec<(String, String)> {
    let mut variables: Vec<(String, String)> = Vec::with_capacity(32);
    let mut set = |name: &str, value: String| variables.push((name.to_owned(), value));
    for (name, value) in &function.environment {
        let value = shared.overrides.get(name).unwrap_or(value);
        set(name, value.clone());
    }
    set("PATH", "/usr/local/bin:/usr/bin:/bin:/opt/bin".into());
    set("LANG", "en_US.UTF-8".into());
    set("TZ", ":UTC".into());
    set("LAMBDA_TASK_ROOT", shared.binaries.display().to_string());
    set("LAMBDA_RUNTIME_DIR", "/var/runtime".into());
    set("_HANDLER", function.handler.clone());
    set("AWS_REGION", shared.region.clone());
    set("AWS_DEFAULT_REGION", shared.region.clone());
    set("AWS_LAMBDA_RUNTIME_API", runtime_api.to_string());
    set("AWS_LAMBDA_FUNCTION_NAME", function.name.clone());
    set("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST".into());
    set(
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
        function.memory_mb.to_string(),
    );
    set("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand".into());
    set(
        "AWS_LAMBDA_LOG_GROUP_NAME",
        format!("/aws/lambda/{}", function.name),
    );
    set(
        "AWS_LAMBDA_LOG_STREAM_NAME",
        format!("laptop/[$LATEST]{sandbox}"),
    );
    set(
        "AWS_LAMBDA_LOG_FORMAT",
        if function.json_logs {
            "JSON".into()
        } else {
            "Text".into()
        },
    );
    set("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR".into());
    set("AWS_ACCESS_KEY_ID", key.id.clone());
    set("AWS_SECRET_ACCESS_KEY", key.secret.clone());
    if let Some(token) = &key.session_token {
        set("AWS_SESSION_TOKEN", token.clone());
    }
    // From here on: never in a template, and what marks a laptop.
    set("AWS_ENDPOINT_URL", shared.aws_endpoint.clone());
    // Calls to Telegram, to Stripe and to AI vendors go through the sandbox's own server, so that they are counted and can be kill
    // points.
    for (name, address) in shared.relay.variables(runtime_api) {
        set(name, address);
    }
    if age.offset_seconds != 0 {
        set("CLOCK_OFFSET_SECONDS", age.offset_seconds.to_string());
    }
    for (name, value) in &shared.extra {
        set(name, value.clone());
    }
    variables
}
