//! One process that runs a function, and the desk over which it gets work.

use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use emulator::Clock as _;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

use super::calls::{Holder, Live};
use super::log::Line;
use super::pool::Shared;
use super::{environment, server, usage};
use crate::ids;
use crate::template::Function;

/// How long a process may take to ask for its first work; Lambda's own limit for init.
const INIT_LIMIT: Duration = Duration::from_secs(10);

/// Kills a process and waits until it is gone.
#[derive(Debug, Clone)]
pub(crate) struct KillSwitch {
    order: mpsc::Sender<&'static str>,
    ended: watch::Receiver<Option<String>>,
}

impl KillSwitch {
    /// Sends SIGKILL (once) and waits for the end.
    pub(crate) async fn kill(&self, why: &'static str) {
        // A full or closed channel means that the order was given already or that the process has ended.
        let _ = self.order.try_send(why);
        let _ = self.ended.clone().wait_for(Option::is_some).await;
    }

    /// How the process ended; waits for it.
    pub(crate) async fn ended(&self) -> String {
        let mut ended = self.ended.clone();
        match ended.wait_for(Option::is_some).await {
            Ok(reason) => reason.clone().unwrap_or_default(),
            Err(_) => "gone".into(),
        }
    }

    /// Whether the process has ended.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended.borrow().is_some()
    }

    /// A switch of nothing, for tests.
    #[cfg(test)]
    pub(crate) fn dead() -> Self {
        let (order, _) = mpsc::channel(1);
        let (_, ended) = watch::channel(Some("never lived".into()));
        Self { order, ended }
    }
}

/// An event on its way to the process.
#[derive(Debug)]
pub(super) struct Delivery {
    pub(super) request_id: String,
    pub(super) trace_id: String,
    pub(super) deadline_ms: u128,
    pub(super) payload: Bytes,
}

/// What the process said about an invocation.
#[derive(Debug)]
pub(super) enum Reply {
    Answer(Bytes),
    Failure { kind: String, body: Bytes },
}

/// What the process and its keeper share.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) function_arn: String,
    pub(super) work: tokio::sync::Mutex<mpsc::Receiver<Delivery>>,
    /// How often the process has asked for work.
    pub(super) asked: watch::Sender<u64>,
    /// What the process reported instead of asking for work.
    pub(super) init_error: watch::Sender<Option<String>>,
    current: Mutex<Option<(String, oneshot::Sender<Reply>)>>,
    pub(super) holder: Arc<Holder>,
}

impl Desk {
    /// Hands a reply to the invocation it belongs to; false when that one is not running.
    pub(super) fn reply(&self, request_id: &str, reply: Reply) -> bool {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        match current.take_if(|(running, _)| running == request_id) {
            // The keeper may have given up meanwhile; then the reply is late, as it would be on AWS.
            Some((_, reply_to)) => reply_to.send(reply).is_ok(),
            None => false,
        }
    }
}

/// How a call of the process ended.
pub(super) enum Ended {
    Reply(Reply),
    TimedOut,
    Exited(String),
}

/// From when a process is. One that is not from now is retired instead of used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Age {
    /// How often everything was begun anew.
    pub(super) generation: u64,
    /// The clock's offset from the machine's, which a process is told when it starts: work that comes because the clock was moved
    /// must not fall to a process of before, also in the moment until those have ended.
    pub(super) offset_seconds: i64,
}

/// A running process with its Runtime API.
pub(super) struct Sandbox {
    pub(super) id: String,
    pub(super) key_id: String,
    pub(super) age: Age,
    /// When its binary was built; a newer one replaces the process at the next invocation.
    pub(super) built: Option<std::time::SystemTime>,
    pub(super) init: Duration,
    pub(super) kill: KillSwitch,
    pub(super) desk: Arc<Desk>,
    pub(super) served: u64,
    pid: u32,
    work: mpsc::Sender<Delivery>,
    tasks: Vec<JoinHandle<()>>,
    last_usage: usage::Usage,
    shared: Arc<Shared>,
}

/// Why a process did not get ready.
pub(super) struct InitFailure(pub(super) String);

impl Sandbox {
    /// Starts the process and waits until it asks for work.
    pub(super) async fn start(
        shared: &Arc<Shared>,
        function: &Function,
        age: Age,
    ) -> Result<Self, InitFailure> {
        let fail =
            |what: &str, error: &dyn std::fmt::Display| InitFailure(format!("{what}: {error}"));
        let id = ids::hex(16);
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .map_err(|e| fail("Runtime API port", &e))?;
        let address = listener
            .local_addr()
            .map_err(|e| fail("Runtime API port", &e))?;
        let key = shared
            .credentials
            .issue(&function.role_arn)
            .map_err(|e| fail("access key", &e))?;
        let holder = shared.tracker.adopt(&key.id);
        let (work, incoming) = mpsc::channel(1);
        let desk = Arc::new(Desk {
            function_arn: function.arn.clone(),
            work: tokio::sync::Mutex::new(incoming),
            asked: watch::Sender::new(0),
            init_error: watch::Sender::new(None),
            current: Mutex::default(),
            holder,
        });
        let binary = shared.binaries.join(&function.binary);
        let built = built(&binary);
        let started = Instant::now();
        let mut child = command(
            &binary,
            environment::of(shared, function, &key, address, &id, age),
        )
        .spawn()
        .map_err(|e| fail(&format!("cannot start {}", function.binary), &e))?;
        let mut tasks = vec![tokio::spawn(server::serve(
            listener,
            Arc::clone(&desk),
            Arc::clone(shared),
        ))];
        tasks.extend(
            child
                .stdout
                .take()
                .map(|out| copy_lines(out, false, shared, function, &id, &desk)),
        );
        tasks.extend(
            child
                .stderr
                .take()
                .map(|err| copy_lines(err, true, shared, function, &id, &desk)),
        );
        let pid = child.id().unwrap_or(0);
        let mut sandbox = Self {
            kill: keep(child),
            key_id: key.id,
            init: Duration::ZERO,
            served: 0,
            last_usage: usage::Usage {
                cpu_ns: Some(0),
                peak_rss_kib: None,
            },
            shared: Arc::clone(shared),
            id,
            age,
            built,
            desk,
            pid,
            work,
            tasks,
        };
        sandbox.ready().await?;
        sandbox.init = started.elapsed();
        Ok(sandbox)
    }

    async fn ready(&mut self) -> Result<(), InitFailure> {
        let mut asked = self.desk.asked.subscribe();
        let mut reported = self.desk.init_error.subscribe();
        let kill = self.kill.clone();
        let failure = tokio::select! {
            _ = asked.wait_for(|times| *times > 0) => return Ok(()),
            report = reported.wait_for(Option::is_some) => {
                report.ok().and_then(|report| report.clone()).unwrap_or_else(|| "init failed".into())
            }
            reason = kill.ended() => format!("the process ended before it asked for work ({reason})"),
            () = tokio::time::sleep(INIT_LIMIT) => "init took longer than 10 s".into(),
        };
        self.kill.kill("init failed").await;
        Err(InitFailure(failure))
    }

    /// Hands over one event and waits for the reply, the time-out or the end of the process.
    pub(super) async fn call(&mut self, delivery: Delivery, limit: Duration) -> Ended {
        let (reply_to, reply) = oneshot::channel();
        let request_id = delivery.request_id.clone();
        *self
            .desk
            .current
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some((request_id, reply_to));
        self.served += 1;
        if self.work.send(delivery).await.is_err() {
            return Ended::Exited("gone".into());
        }
        let kill = self.kill.clone();
        tokio::select! {
            // The reply first: a process that answers and exits at once has answered.
            biased;
            Ok(reply) = reply => Ended::Reply(reply),
            reason = kill.ended() => Ended::Exited(reason),
            () = tokio::time::sleep(limit) => Ended::TimedOut,
        }
    }

    /// CPU time since the last reading and peak memory so far.
    pub(super) fn usage(&mut self) -> (Option<f64>, Option<u64>) {
        let now = usage::of(self.pid);
        let cpu_ms = match (now.cpu_ns, self.last_usage.cpu_ns) {
            #[expect(
                clippy::cast_precision_loss,
                reason = "nanoseconds of one invocation fit 52 bits"
            )]
            (Some(now), Some(before)) => Some(now.saturating_sub(before) as f64 / 1e6),
            _ => None,
        };
        if now.cpu_ns.is_some() {
            self.last_usage = now;
        }
        (cpu_ms, now.peak_rss_kib)
    }

    /// A handle on the invocation that is about to run.
    pub(super) fn live(&self, request_id: &str, function: &str) -> Arc<Live> {
        Arc::new(Live::new(
            request_id.to_owned(),
            function.to_owned(),
            self.kill.clone(),
        ))
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.kill.order.try_send("sandbox retired");
        // The output tasks end by themselves at the end of the streams, after the last line.
        if let Some(server) = self.tasks.first() {
            server.abort();
        }
        self.shared.tracker.forget(&self.key_id);
        self.shared.credentials.revoke(&self.key_id);
    }
}

/// When a binary was built.
pub(super) fn built(binary: &Path) -> Option<std::time::SystemTime> {
    std::fs::metadata(binary).ok()?.modified().ok()
}

fn command(binary: &Path, environment: Vec<(String, String)>) -> Command {
    let mut command = Command::new(binary);
    command
        .env_clear()
        .envs(environment)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        // Its own group: Ctrl-C in the terminal reaches the host alone, which then stops the functions in order.
        .process_group(0);
    command
}

/// Watches over a process: ends it on order, and tells how it ended.
fn keep(mut child: Child) -> KillSwitch {
    let (order, mut orders) = mpsc::channel::<&'static str>(1);
    let (tell, ended) = watch::channel(None);
    tokio::spawn(async move {
        let reason = tokio::select! {
            status = child.wait() => status.map_or_else(|error| error.to_string(), |status| status.to_string()),
            Some(why) = orders.recv() => {
                if let Err(error) = child.kill().await {
                    tracing::warn!(%error, "a function could not be killed");
                }
                why.to_owned()
            }
        };
        tell.send_replace(Some(reason));
    });
    KillSwitch { order, ended }
}

fn copy_lines(
    stream: impl AsyncRead + Unpin + Send + 'static,
    is_error_stream: bool,
    shared: &Arc<Shared>,
    function: &Function,
    sandbox: &str,
    desk: &Arc<Desk>,
) -> JoinHandle<()> {
    let (shared, desk) = (Arc::clone(shared), Arc::clone(desk));
    let (function, sandbox) = (function.name.clone(), sandbox.to_owned());
    tokio::spawn(async move {
        let mut lines = BufReader::new(stream).split(b'\n');
        let mut last_request: Option<String> = None;
        while let Ok(Some(line)) = lines.next_segment().await {
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            // A line may be read after the next invocation has begun: it belongs to the one before when it says so.
            if last_request
                .as_ref()
                .is_none_or(|last| !text.contains(last.as_str()))
            {
                last_request = desk.holder.latest();
            }
            shared.log.push(Line {
                number: 0,
                at_ms: shared.clock.now_ms(),
                function: function.clone(),
                sandbox: sandbox.clone(),
                request_id: last_request.clone(),
                is_error_stream,
                text,
            });
        }
    })
}
