//! A whole host with a sample function: requests, queues, kills, time-outs, the clock.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use emulator::ShiftClock;
use emulator::sqs::Send;
use local::runtime::record::Ending;
use local::{Host, HostOptions, InvokeError, KillPlan, Request};
use serde_json::{Value, json};

const TEMPLATE: &str = r#"
Globals: {Function: {Timeout: 2, MemorySize: 256}}
Resources:
  Api: {Type: AWS::Serverless::HttpApi}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Service: lambda.amazonaws.com}}]
      Policies:
        - PolicyName: queue
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: [sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes]
                Resource: !GetAtt Queue.Arn
  Dead: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      FifoQueue: true
      VisibilityTimeout: 12
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 2}
  Echo:
    Type: AWS::Serverless::Function
    Metadata: {BuildProperties: {Binary: sample_function}}
    Properties:
      Handler: sample.echo
      Role: !GetAtt Role.Arn
      Environment: {Variables: {GREETING: hello}}
      Events:
        Post: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: POST, Path: '/echo/{name}'}}
  Worker:
    Type: AWS::Serverless::Function
    Metadata: {BuildProperties: {Binary: sample_function}}
    Properties:
      Handler: sample.worker
      Role: !GetAtt Role.Arn
      Events:
        Queue:
          Type: SQS
          Properties: {Queue: !GetAtt Queue.Arn, BatchSize: 10, FunctionResponseTypes: [ReportBatchItemFailures]}
  Tick:
    Type: AWS::Serverless::Function
    Metadata: {BuildProperties: {Binary: sample_function}}
    Properties:
      Handler: sample.tick
      Role: !GetAtt Role.Arn
      Events: {Minute: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 minute)}}}
"#;

async fn host() -> Host {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!(
        "sofi-host-{}-{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&folder).expect("temporary folder");
    let template = folder.join("template.yaml");
    std::fs::write(&template, TEMPLATE).expect("temporary file");
    let host = Host::start(HostOptions::new(template, examples()))
        .await
        .expect("starts");
    std::fs::remove_dir_all(folder).expect("temporary folder");
    host
}

/// Cargo builds examples beside the tests: `<profile>/deps/host-...` and `<profile>/examples`.
fn examples() -> PathBuf {
    let this = std::env::current_exe().expect("a test has a path");
    this.parent()
        .and_then(std::path::Path::parent)
        .expect("deps in a profile")
        .join("examples")
}

fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client")
}

async fn echo(host: &Host, body: Value) -> reqwest::Response {
    client()
        .post(format!("{}/echo/you?x=1", host.url()))
        .json(&body)
        .send()
        .await
        .expect("an answer")
}

async fn invoke(host: &Host, event: Value) -> Result<Value, InvokeError> {
    let request = Request {
        payload: event.to_string().into(),
        source: "test".into(),
        trace_root: None,
    };
    let answer = host.functions().invoke("sample.echo", request).await?;
    Ok(serde_json::from_slice(&answer).expect("JSON"))
}

/// Waits until something is so; what it waits for is an event in another process.
async fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    for _ in 0..500 {
        if is_so() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never happened: {what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_reaches_the_function_and_its_answer_comes_back_whole() {
    let host = host().await;
    let answer = echo(&host, json!({"k": "v"})).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers().get_all("set-cookie").iter().count(), 2);
    let body: Value = answer.json().await.expect("JSON");
    assert_eq!(body["event"]["pathParameters"]["name"], "you");
    assert_eq!(body["event"]["body"], r#"{"k":"v"}"#);
    assert_eq!(
        (&body["handler"], &body["greeting"]),
        (&json!("sample.echo"), &json!("hello"))
    );
    assert_eq!(
        body["foreign"],
        Value::Null,
        "the host's own environment stays outside"
    );

    let again: Value = echo(&host, json!({})).await.json().await.expect("JSON");
    assert_eq!(again["pid"], body["pid"], "warm");
    let runs = host.history().select(|_, run| run.handler == "sample.echo");
    assert_eq!(
        runs.iter().map(|(_, run)| run.cold).collect::<Vec<_>>(),
        [true, false]
    );
    assert!(runs[0].1.init_ms.is_some_and(|ms| ms > 0.0));
    if cfg!(target_os = "linux") {
        assert!(runs[1].1.peak_rss_kib.is_some_and(|kib| kib > 500));
        assert!(runs[1].1.cpu_ms.is_some());
    }
    let id = &runs[1].1.request_id;
    eventually("log lines carry their request", || {
        let lines = host
            .log()
            .select(|line| line.request_id.as_ref() == Some(id));
        lines.iter().any(|line| line.text.contains(id.as_str()))
    })
    .await;

    let missing = client()
        .get(format!("{}/api/nowhere", host.url()))
        .send()
        .await
        .expect("an answer");
    assert_eq!(missing.status(), 404);
    assert_eq!(
        missing.json::<Value>().await.expect("JSON"),
        json!({"message": "Not Found"})
    );
    host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_exits_and_time_outs_become_what_the_gateway_makes_of_them() {
    let host = host().await;
    for order in ["fail", "exit", "sleep"] {
        let answer = echo(&host, json!({"do": order})).await;
        assert_eq!(answer.status(), 500, "{order}");
        assert_eq!(
            answer.json::<Value>().await.expect("JSON"),
            json!({"message": "Internal Server Error"})
        );
    }
    let endings: Vec<_> = host
        .history()
        .select(|_, run| run.handler == "sample.echo")
        .iter()
        .map(|(_, run)| (run.ending, run.cold))
        .collect();
    // A reported error keeps the process; an exit and a time-out cost it.
    assert_eq!(
        endings,
        [
            (Ending::Failed, true),
            (Ending::Exited, false),
            (Ending::TimedOut, true)
        ]
    );
    assert_eq!(echo(&host, json!({})).await.status(), 200);
    host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_is_worked_in_order_and_poison_ends_in_the_dead_letter_queue() {
    let host = host().await;
    let sqs = host.aws().sqs();
    for (number, body) in ["one", "bad", "three"].into_iter().enumerate() {
        let message = Send {
            body: body.into(),
            group_id: Some(if body == "bad" {
                "poison".into()
            } else {
                "fine".into()
            }),
            deduplication_id: Some(format!("{number}")),
            ..Send::default()
        };
        sqs.send("sofi-Queue.fifo", message).expect("sent");
    }
    let depths = |queue: &str| {
        let depths = sqs.depths(queue).expect("a queue");
        depths.visible + depths.in_flight + depths.delayed
    };
    eventually("the good messages are deleted", || {
        depths("sofi-Queue.fifo") == 1
    })
    .await;
    host.advance(time::Duration::seconds(13)).await;
    eventually("it has been received twice", || {
        host.sources().states()[0].counts.failed == 2
    })
    .await;
    host.advance(time::Duration::seconds(13)).await;
    eventually("the poison is dead-lettered", || {
        depths("sofi-Dead.fifo") == 1 && depths("sofi-Queue.fifo") == 0
    })
    .await;

    let redrive = format!("{}/__local/queues/sofi-Dead.fifo/redrive", host.url());
    host.sources().pause_all();
    let moved: Value = client()
        .post(redrive)
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    assert_eq!(moved["moved"], 1);
    assert_eq!(depths("sofi-Queue.fifo"), 1);
    host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_kills_between_two_calls_and_the_next_invocation_starts_cold() {
    let host = host().await;
    let calls = json!({"do": "telegram", "calls": [{"method": "getMe"}, {"method": "getMe"}]});
    assert_eq!(
        invoke(&host, calls.clone()).await.expect("answers")["answers"]
            .as_array()
            .map(Vec::len),
        Some(2)
    );
    let plan = KillPlan {
        function: Some("sample.echo".into()),
        before_call: None,
        after_call: Some(1),
        operation: None,
        times: 1,
        skip: 0,
    };
    host.plan_kill(plan);
    assert!(matches!(
        invoke(&host, calls.clone()).await,
        Err(InvokeError::Exited { .. })
    ));
    assert!(invoke(&host, calls).await.is_ok());
    let runs = host.history().select(|_, run| run.handler == "sample.echo");
    let runs: Vec<_> = runs.into_iter().map(|(_, run)| run).collect();
    assert_eq!(
        runs.iter().map(|run| run.round_trips).collect::<Vec<_>>(),
        [2, 1, 2]
    );
    assert_eq!(
        runs.iter().map(|run| run.cold).collect::<Vec<_>>(),
        [true, false, true]
    );
    let kills = host.kills();
    assert_eq!(
        (kills.len(), kills[0].moment, kills[0].call),
        (1, "after", 1)
    );
    assert_eq!(kills[0].operation, "telegram:getMe");
    assert!(host.kill_plans().is_empty());
    host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn moving_the_clock_reaches_functions_and_schedules() {
    let host = host().await;
    let before: Value = echo(&host, json!({})).await.json().await.expect("JSON");
    assert_eq!(before["offset"], Value::Null);
    let change = client()
        .put(format!("{}/__local/clock", host.url()))
        .json(&json!({"advance_seconds": 90}))
        .send()
        .await
        .expect("an answer");
    assert_eq!(change.status(), 200);
    let after: Value = echo(&host, json!({})).await.json().await.expect("JSON");
    assert_eq!(after["offset"], "90");
    assert_ne!(after["pid"], before["pid"]);
    eventually("the schedule has fired", || {
        !host
            .history()
            .select(|_, run| run.handler == "sample.tick" && run.ending == Ending::Answered)
            .is_empty()
    })
    .await;
    host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_run_at_once_and_a_paused_function_waits() {
    let host = host().await;
    let nap = || invoke(&host, json!({"do": "sleep", "ms": 300}));
    // The first start of a binary reads it from disk; the two below should meet it warm.
    assert!(nap().await.is_ok());
    host.functions().kill("sample.echo").await.expect("known");
    let (one, two) = tokio::join!(nap(), nap());
    assert!(one.is_ok() && two.is_ok());
    let runs = host.history().select(|_, run| run.handler == "sample.echo");
    assert!(
        runs.iter()
            .all(|(_, run)| run.cold && run.waited_ms < 300.0),
        "side by side"
    );
    host.functions().pause("sample.echo").expect("known");
    let waiting = tokio::time::timeout(Duration::from_millis(100), nap()).await;
    assert!(waiting.is_err(), "paused");
    host.functions().resume("Echo").expect("known");
    assert!(nap().await.is_ok());
    host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_control_api_shows_and_refuses() {
    let host = Arc::new(host().await);
    echo(&host, json!({})).await;
    let get = |path: &str| {
        let url = format!("{}/__local{path}", host.url());
        async move { client().get(url).send().await.expect("an answer") }
    };
    for path in [
        "",
        "/status",
        "/clock",
        "/latency",
        "/dump",
        "/mail",
        "/deployment",
        "/faults",
        "/calls",
        "/bridge",
        "/iam",
        "/functions",
        "/sources",
        "/schedules",
        "/invocations",
        "/logs",
        "/kill-plan",
        "/queues",
    ] {
        assert_eq!(get(path).await.status(), 200, "{path}");
    }
    let runs: Value = get("/invocations?function=sample.echo")
        .await
        .json()
        .await
        .expect("JSON");
    let one: Value = get(&format!(
        "/invocations/{}",
        runs[0]["request_id"].as_str().expect("an id")
    ))
    .await
    .json()
    .await
    .expect("JSON");
    assert_eq!(one["handler"], "sample.echo");
    let reset = format!("{}/__local/reset", host.url());
    let foreign = client()
        .post(&reset)
        .header("origin", "https://example.org")
        .send()
        .await
        .expect("an answer");
    assert_eq!(foreign.status(), 403);
    assert_eq!(
        client()
            .post(&reset)
            .send()
            .await
            .expect("an answer")
            .status(),
        200
    );
    assert_eq!(
        get("/invocations")
            .await
            .json::<Value>()
            .await
            .expect("JSON"),
        json!([])
    );
    host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn state_survives_a_restart() {
    let folder = std::env::temp_dir().join(format!("sofi-host-state-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("temporary folder");
    let template = folder.join("template.yaml");
    std::fs::write(&template, TEMPLATE).expect("temporary file");
    let options = || {
        let mut options = HostOptions::new(&template, examples());
        options.data_dir = Some(folder.join("state"));
        options.clock = Arc::new(ShiftClock::default());
        options.sources_running = false;
        options
    };
    let first = Host::start(options()).await.expect("starts");
    let message = Send {
        body: "kept".into(),
        group_id: Some("g".into()),
        deduplication_id: Some("d".into()),
        ..Send::default()
    };
    first
        .aws()
        .sqs()
        .send("sofi-Queue.fifo", message)
        .expect("sent");
    first.advance(time::Duration::hours(1)).await;
    first.stop().await;
    let second = Host::start(options()).await.expect("starts again");
    assert_eq!(
        second
            .aws()
            .sqs()
            .peek("sofi-Queue.fifo", 10)
            .expect("a queue")[0]
            .body,
        "kept"
    );
    let status: Value = client()
        .get(format!("{}/__local/status", second.url()))
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    assert_eq!(status["offset_seconds"], 3600, "the clock goes on");
    second.stop().await;
    std::fs::remove_dir_all(folder).expect("temporary folder");
}
