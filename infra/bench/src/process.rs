//! One process of a function: started, asked, weighed, killed.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Failure;
use crate::runtime_api::{Report, RuntimeApi};

/// Far longer than anything measured here takes.
const PATIENCE: Duration = Duration::from_secs(30);

/// A function as Lambda would start it.
#[derive(Clone, Debug)]
pub struct Subject {
    /// Name in the report.
    pub name: &'static str,
    /// Program.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<String>,
    /// `_HANDLER`.
    pub handler: &'static str,
    /// Variables besides those of Lambda.
    pub environment: Vec<(String, String)>,
    /// Makes the event of a number.
    pub event: fn(u64) -> String,
    /// Whether it calls AWS: then a run without calls is a failed one.
    pub calls_aws: bool,
}

/// One answer.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// From handing over the event to the whole answer, in milliseconds.
    pub ms: f64,
    /// Time on a CPU since the last answer or start, in milliseconds.
    pub cpu_ms: f64,
}

/// A running process.
#[derive(Debug)]
pub struct Process {
    /// From before exec to the first request for work, in milliseconds.
    pub init_ms: f64,
    /// Time on a CPU until then, in milliseconds.
    pub init_cpu_ms: f64,
    child: Child,
    api: RuntimeApi,
    cpu_ms: f64,
}

impl Process {
    /// Starts it and waits until it asks for work.
    ///
    /// # Errors
    /// When it cannot be started, or stops or is silent instead of asking.
    pub fn start(subject: &Subject) -> Result<Self, Failure> {
        let api = RuntimeApi::start()?;
        let mut command = Command::new(&subject.program);
        command
            .args(&subject.arguments)
            .env_clear()
            .envs(lambda(subject, &api))
            .envs(
                subject
                    .environment
                    .iter()
                    .map(|(name, value)| (name, value)),
            )
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let started = Instant::now();
        let child = command.spawn().map_err(|source| Failure::Start {
            program: subject.program.clone(),
            source,
        })?;
        let mut process = Self {
            init_ms: 0.0,
            init_cpu_ms: 0.0,
            child,
            api,
            cpu_ms: 0.0,
        };
        match process.api.next_report(PATIENCE) {
            Some(Report::Asked(at)) => process.init_ms = ms(at - started),
            other => return Err(unexpected(subject.name, other)),
        }
        process.init_cpu_ms = process.cpu();
        process.cpu_ms = process.init_cpu_ms;
        Ok(process)
    }

    /// Hands over an event and waits for the answer, which must say 200.
    ///
    /// # Errors
    /// When the answer is another one, or does not come.
    pub fn call(&mut self, event: String) -> Result<Answer, Failure> {
        let began = Instant::now();
        self.api.offer(event);
        loop {
            match self.api.next_report(PATIENCE) {
                // It asks for the next event after each answer.
                Some(Report::Asked(_)) => {}
                Some(Report::Answered(at, body)) => {
                    let answer: serde_json::Value =
                        serde_json::from_slice(&body).unwrap_or_default();
                    if answer["statusCode"] != 200 {
                        return Err(Failure::Answer("function", answer.to_string()));
                    }
                    let before = self.cpu_ms;
                    self.cpu_ms = self.cpu();
                    return Ok(Answer {
                        ms: ms(at - began),
                        cpu_ms: self.cpu_ms - before,
                    });
                }
                other => return Err(unexpected("function", other)),
            }
        }
    }

    /// The process's id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Peak resident memory so far, in MB.
    pub fn peak_memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap_or_default();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .unwrap_or_default();
        line.trim()
            .trim_end_matches(" kB")
            .parse::<f64>()
            .unwrap_or(0.0)
            / 1024.0
    }

    /// Time on a CPU of all its threads so far. The kernel counts it in nanoseconds here, in ticks elsewhere.
    fn cpu(&self) -> f64 {
        let Ok(threads) = fs::read_dir(format!("/proc/{}/task", self.id())) else {
            return 0.0;
        };
        let of_thread = |path: PathBuf| {
            let text = fs::read_to_string(path.join("schedstat")).ok()?;
            text.split(' ').next()?.parse::<f64>().ok()
        };
        threads
            .flatten()
            .filter_map(|thread| of_thread(thread.path()))
            .sum::<f64>()
            / 1e6
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to kill and its status is waiting.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lambda(subject: &Subject, api: &RuntimeApi) -> Vec<(&'static str, String)> {
    vec![
        ("PATH", "/usr/local/bin:/usr/bin:/bin".into()),
        ("LANG", "en_US.UTF-8".into()),
        ("TZ", ":UTC".into()),
        ("_HANDLER", subject.handler.into()),
        ("AWS_REGION", "eu-central-1".into()),
        ("AWS_ACCESS_KEY_ID", "ASIABENCHBENCHBENCH1".into()),
        (
            "AWS_SECRET_ACCESS_KEY",
            "bench/bench/bench/bench/bench/bench/benc".into(),
        ),
        ("AWS_SESSION_TOKEN", "IQoJb3JpZ2luX2VjEBENCH".repeat(30)),
        ("AWS_LAMBDA_RUNTIME_API", api.address.to_string()),
        ("AWS_LAMBDA_FUNCTION_NAME", "bench".into()),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST".into()),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256".into()),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand".into()),
        ("AWS_LAMBDA_LOG_FORMAT", "JSON".into()),
        ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/bench".into()),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "bench".into()),
    ]
}

fn unexpected(name: &'static str, report: Option<Report>) -> Failure {
    let what = match report {
        Some(Report::Failed(error)) => error,
        Some(_) => "an answer before it asked for work".to_owned(),
        None => "silent".to_owned(),
    };
    Failure::Answer(name, what)
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
