//! The tracing layer that writes declared fields, and nothing else, as JSON lines.

use std::env;
use std::fmt::{self, Write as _};
use std::io::Write as _;
use std::sync::OnceLock;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;

use crate::chain::{redact, truncate};
use crate::fields::{Shape, is_token, shape_of};
use crate::panics;

/// Crates of this workspace that are not function crates. Only lines from these and from the
/// function's own crate carry a message and fields; lines of libraries say where they come from.
const OWN_CRATES: &[&str] = &[
    "ai",
    "anchors",
    "app",
    "archive",
    "aws",
    "care",
    "domain",
    "http_kit",
    "jobs",
    "lambda",
    "mail",
    "objects",
    "rules",
    "store",
    "stripe",
    "telegram",
    "telemetry",
    "tenancy",
    "vault",
    "vendor_kit",
    "wording",
];
/// Characters kept of a message.
const MESSAGE_LIMIT: usize = 200;

static STAGE: OnceLock<String> = OnceLock::new();

/// Where finished lines go, line feed included.
pub type Sink = Box<dyn Fn(&[u8]) + Send + Sync>;

/// What the environment says about logging.
#[derive(Clone, Debug)]
pub struct LogConfig {
    /// Least important level of our own crates that is written (`LOG_LEVEL`, else
    /// `AWS_LAMBDA_LOG_LEVEL`, else `info`).
    /// Libraries write warnings and errors at most.
    pub level: LevelFilter,
    /// Crate of the running function, with underscores: the part of `_HANDLER` before the dot.
    pub function_crate: String,
}

impl LogConfig {
    /// Reads `LOG_LEVEL`, `AWS_LAMBDA_LOG_LEVEL` and `_HANDLER`.
    pub fn from_env() -> Self {
        // Lambda sets the second one when its own log format is JSON; it knows a level more than we do.
        let level = ["LOG_LEVEL", "AWS_LAMBDA_LOG_LEVEL"]
            .iter()
            .find_map(|name| env::var(name).ok())
            .and_then(|level| level.replace("FATAL", "ERROR").parse().ok())
            .unwrap_or(LevelFilter::INFO);
        let handler = env::var("_HANDLER").unwrap_or_default();
        let function_crate = handler
            .split('.')
            .next()
            .unwrap_or_default()
            .replace('-', "_");
        Self {
            level,
            function_crate,
        }
    }
}

/// Installs logging for the process: JSON lines on standard output and a panic hook that reports
/// places only. Cheap enough for a cold start; a second call changes nothing.
pub fn init() {
    STAGE.get_or_init(|| env::var("STAGE").unwrap_or_else(|_| "none".to_owned()));
    let layer = JsonLayer::new(LogConfig::from_env(), Box::new(write_stdout));
    let subscriber = tracing_subscriber::registry().with(layer);
    if tracing::subscriber::set_global_default(subscriber).is_ok() {
        panics::install(|location| {
            tracing::error!(error.kind = "panic", location, "panicked");
        });
    }
}

/// The stage for metrics; `none` outside a deployed stack.
pub(crate) fn stage() -> String {
    STAGE.get().cloned().unwrap_or_else(|| "none".to_owned())
}

/// Writes one line at once, so that lines of threads do not mix. A closed pipe is not our problem.
pub(crate) fn write_stdout(line: &[u8]) {
    let mut stdout = std::io::stdout().lock();
    let _written = stdout.write_all(line).and_then(|()| stdout.flush());
}

/// Layer over [`tracing_subscriber::Registry`] that writes the declared fields of events and of the
/// spans around them.
pub struct JsonLayer {
    config: LogConfig,
    sink: Sink,
}

impl JsonLayer {
    /// A layer that writes finished lines to `sink`.
    pub fn new(config: LogConfig, sink: Sink) -> Self {
        Self { config, sink }
    }

    fn is_ours(&self, metadata: &Metadata<'_>) -> bool {
        let name = metadata.target().split("::").next().unwrap_or_default();
        OWN_CRATES.contains(&name) || name == self.config.function_crate
    }
}

impl<S> Layer<S> for JsonLayer
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        let most = if self.is_ours(metadata) {
            self.config.level
        } else {
            self.config.level.min(LevelFilter::WARN)
        };
        *metadata.level() <= most
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(self.config.level)
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if !self.is_ours(span.metadata()) {
            return;
        }
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        span.extensions_mut().insert(fields);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(fields) = span.extensions_mut().get_mut::<Fields>() {
            values.record(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut all = Fields::default();
        if let Some(scope) = context.event_scope(event) {
            for span in scope.from_root() {
                if let Some(fields) = span.extensions().get::<Fields>() {
                    for (name, value) in &fields.values {
                        all.set(name, value.clone());
                    }
                }
            }
        }
        if self.is_ours(event.metadata()) {
            event.record(&mut all);
        }
        (self.sink)(&line(OffsetDateTime::now_utc(), event.metadata(), &all));
    }
}

fn line(now: OffsetDateTime, metadata: &Metadata<'_>, fields: &Fields) -> Vec<u8> {
    let mut line = String::with_capacity(256);
    line.push_str("{\"timestamp\":");
    push_json(&mut line, &now.format(&Rfc3339).unwrap_or_default());
    line.push_str(",\"level\":");
    push_json(&mut line, metadata.level().as_str());
    line.push_str(",\"target\":");
    push_json(&mut line, metadata.target());
    if let Some(message) = &fields.message {
        line.push_str(",\"message\":");
        push_json(&mut line, message);
    } else if let Some(number) = metadata.line() {
        let _infallible = write!(line, ",\"line\":{number}");
    }
    for (name, value) in &fields.values {
        line.push(',');
        push_json(&mut line, name);
        line.push(':');
        match value {
            Value::Text(text) => push_json(&mut line, text),
            Value::Unsigned(number) => drop(write!(line, "{number}")),
            Value::Signed(number) => drop(write!(line, "{number}")),
            Value::Float(number) if number.is_finite() => drop(write!(line, "{number}")),
            Value::Float(_) => line.push_str("null"),
            Value::Bool(truth) => drop(write!(line, "{truth}")),
        }
    }
    line.push_str("}\n");
    line.into_bytes()
}

fn push_json(out: &mut String, text: &str) {
    // Serialising a str to a String cannot fail.
    if let Ok(quoted) = serde_json::to_string(text) {
        out.push_str(&quoted);
    }
}

#[derive(Clone, Debug)]
enum Value {
    Text(String),
    Unsigned(u128),
    Signed(i128),
    Float(f64),
    Bool(bool),
}

/// The declared fields of one span or event, in the order of their first appearance.
#[derive(Default)]
struct Fields {
    message: Option<String>,
    values: Vec<(&'static str, Value)>,
}

impl Fields {
    fn set(&mut self, name: &'static str, value: Value) {
        match self.values.iter_mut().find(|(known, _)| *known == name) {
            Some((_, slot)) => *slot = value,
            None => self.values.push((name, value)),
        }
    }

    fn number(&mut self, field: &Field, value: Value) {
        match shape_of(field.name()) {
            Some((name, Shape::Number | Shape::Token(_))) => self.set(name, value),
            Some((name, Shape::Bool | Shape::Text(_))) => self.set(name, invalid()),
            None => {}
        }
    }

    fn text(&mut self, name: &'static str, shape: Shape, text: &str) {
        let value = match shape {
            Shape::Token(max) if is_token(text, max) => Value::Text(redact(text)),
            Shape::Text(max) => Value::Text(truncate(redact(text), max)),
            // `%number` arrives as text; it is as good as the number.
            Shape::Number => match text.parse() {
                Ok(number) => Value::Signed(number),
                Err(_) => invalid(),
            },
            Shape::Token(_) | Shape::Bool => invalid(),
        };
        self.set(name, value);
    }
}

fn invalid() -> Value {
    Value::Text("[invalid]".to_owned())
}

impl Visit for Fields {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.number(field, Value::Float(value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.number(field, Value::Signed(value.into()));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.number(field, Value::Unsigned(value.into()));
    }

    fn record_i128(&mut self, field: &Field, value: i128) {
        self.number(field, Value::Signed(value));
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        self.number(field, Value::Unsigned(value));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        match shape_of(field.name()) {
            Some((name, Shape::Bool)) => self.set(name, Value::Bool(value)),
            Some((name, _)) => self.set(name, invalid()),
            None => {}
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if let Some((name, shape)) = shape_of(field.name()) {
            self.text(name, shape, value);
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.message = literal(value);
        } else if let Some((name, shape)) = shape_of(field.name()) {
            let mut text = Capped::new(4_096);
            let _cut = write!(text, "{value:?}");
            self.text(name, shape, &text.text);
        }
    }
}

/// The message when it is one literal; `None` as soon as values were formatted into it. A literal
/// is written in one piece, a message with arguments in several. What this cannot see, a message
/// that is nothing but one argument, is refused by a test over the sources (`tests/messages.rs`).
fn literal(value: &dyn fmt::Debug) -> Option<String> {
    struct Pieces {
        count: usize,
        text: String,
    }
    impl fmt::Write for Pieces {
        fn write_str(&mut self, piece: &str) -> fmt::Result {
            self.count += 1;
            if self.count > 1 {
                return Err(fmt::Error);
            }
            self.text.push_str(piece);
            Ok(())
        }
    }
    let mut pieces = Pieces {
        count: 0,
        text: String::new(),
    };
    write!(pieces, "{value:?}").ok()?;
    Some(truncate(redact(&pieces.text), MESSAGE_LIMIT))
}

/// A string that refuses to grow past a limit, so that a huge value costs no memory.
struct Capped {
    text: String,
    limit: usize,
}

impl Capped {
    fn new(limit: usize) -> Self {
        Self {
            text: String::new(),
            limit,
        }
    }
}

impl fmt::Write for Capped {
    fn write_str(&mut self, piece: &str) -> fmt::Result {
        let room = self.limit.saturating_sub(self.text.len());
        if piece.len() <= room {
            self.text.push_str(piece);
            return Ok(());
        }
        let end = (0..=room)
            .rev()
            .find(|end| piece.is_char_boundary(*end))
            .unwrap_or(0);
        self.text.push_str(&piece[..end]);
        Err(fmt::Error)
    }
}

#[cfg(test)]
#[path = "layer_tests.rs"]
mod tests;
