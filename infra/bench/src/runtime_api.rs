//! The Lambda Runtime API for one process: hands out events, and says when the process asked and answered.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::http1::{Reader, Request, Response};

const PREFIX: &str = "/2018-06-01/runtime/";
/// Every invocation may take this long, as the deadline header says.
const DEADLINE: Duration = Duration::from_secs(10);

/// What the process did.
#[derive(Debug)]
pub enum Report {
    /// It asked for work.
    Asked(Instant),
    /// It answered an invocation; the body arrived whole at that time.
    Answered(Instant, Vec<u8>),
    /// It reported an error, of an invocation or of its start.
    Failed(String),
}

/// A server of its own for each process, so that nothing of an earlier one can be mixed in.
#[derive(Debug)]
pub struct RuntimeApi {
    /// For `AWS_LAMBDA_RUNTIME_API`.
    pub address: SocketAddr,
    events: Sender<String>,
    reports: Receiver<Report>,
    stop: Arc<AtomicBool>,
}

impl RuntimeApi {
    /// Starts listening on a free port.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let (events, waiting) = channel();
        let (report, reports) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let waiting = Arc::new(Mutex::new(waiting));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if stopped.load(Ordering::Relaxed) {
                    return;
                }
                let (waiting, report) = (Arc::clone(&waiting), report.clone());
                // A connection ends with an error when the process is killed: that is how every run ends.
                thread::spawn(move || serve(stream, &waiting, &report));
            }
        });
        Ok(Self {
            address,
            events,
            reports,
            stop,
        })
    }

    /// Hands an event to the process, now or when it asks.
    pub fn offer(&self, event: String) {
        // The receiver lives as long as the listening thread, and that as long as `self`.
        let _ = self.events.send(event);
    }

    /// What the process does next; `None` when nothing happens within `patience`.
    pub fn next_report(&self, patience: Duration) -> Option<Report> {
        self.reports.recv_timeout(patience).ok()
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // Wakes the listening thread.
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(
    mut stream: TcpStream,
    waiting: &Mutex<Receiver<String>>,
    report: &Sender<Report>,
) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = Reader::default();
    let mut number = 0u64;
    while let Some(request) = reader.next(&mut stream)? {
        let arrived = Instant::now();
        if request.path.ends_with("/invocation/next") {
            let _ = report.send(Report::Asked(arrived));
            let event = waiting
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .recv();
            let Ok(event) = event else { return Ok(()) };
            number += 1;
            next(event, number).write(&mut stream)?;
            continue;
        }
        let _ = report.send(told(request, arrived));
        accepted().write(&mut stream)?;
    }
    Ok(())
}

fn told(request: Request, arrived: Instant) -> Report {
    let path = request.path.strip_prefix(PREFIX).unwrap_or_default();
    if path.starts_with("invocation/") && path.ends_with("/response") {
        return Report::Answered(arrived, request.body);
    }
    Report::Failed(format!(
        "{path}: {}",
        String::from_utf8_lossy(&request.body)
    ))
}

fn next(event: String, number: u64) -> Response {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Response {
        status: 200,
        headers: vec![
            ("content-type", "application/json".into()),
            (
                "lambda-runtime-aws-request-id",
                format!("8476a536-e9f4-11e8-9739-{number:012x}"),
            ),
            (
                "lambda-runtime-deadline-ms",
                (now + DEADLINE).as_millis().to_string(),
            ),
            (
                "lambda-runtime-invoked-function-arn",
                "arn:aws:lambda:eu-central-1:000000000000:function:bench".into(),
            ),
            (
                "lambda-runtime-trace-id",
                "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0".into(),
            ),
        ],
        body: event.into_bytes(),
    }
}

fn accepted() -> Response {
    let mut response = Response::new(202, br#"{"status":"OK"}"#.to_vec());
    response
        .headers
        .push(("content-type", "application/json".into()));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read as _, Write as _};

    #[test]
    fn an_event_goes_out_and_its_answer_comes_back() {
        let api = RuntimeApi::start().expect("starts");
        let mut process = TcpStream::connect(api.address).expect("connects");
        write!(process, "GET {PREFIX}invocation/next HTTP/1.1\r\n\r\n").expect("writes");
        api.offer("{\"a\":1}".into());
        let mut seen = [0; 1024];
        let count = process.read(&mut seen).expect("reads");
        assert!(String::from_utf8_lossy(&seen[..count]).ends_with("{\"a\":1}"));
        write!(
            process,
            "POST {PREFIX}invocation/x/response HTTP/1.1\r\nContent-Length: 2\r\n\r\n{{}}"
        )
        .expect("writes");
        let patience = Duration::from_secs(5);
        assert!(matches!(api.next_report(patience), Some(Report::Asked(_))));
        assert!(
            matches!(api.next_report(patience), Some(Report::Answered(_, body)) if body == b"{}")
        );
    }
}
