//! AI vendors and Stripe behind the functions: stand-ins, counted and killable calls, a vendor that is real, a sandbox of
//! Stripe's own.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use local::{Host, HostError, HostOptions, InvokeError, KillPlan, Request, Stripe};
use serde_json::{Value, json};

const TEMPLATE: &str = r#"
Globals: {Function: {Timeout: 20}}
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {Statement: []}}
  Echo:
    Type: AWS::Serverless::Function
    Metadata: {BuildProperties: {Binary: sample_function}}
    Properties: {Handler: sample.echo, Role: !GetAtt Role.Arn}
"#;

async fn try_host(change: impl FnOnce(&mut HostOptions)) -> Result<Host, HostError> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("sofi-vendors-{}-{count}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&folder).expect("temporary folder");
    let template = folder.join("template.yaml");
    std::fs::write(&template, TEMPLATE).expect("temporary file");
    let this = std::env::current_exe().expect("a test has a path");
    let examples: PathBuf = this.parent().expect("deps").join("../examples");
    let mut options = HostOptions::new(template, examples);
    change(&mut options);
    let host = Host::start(options).await;
    std::fs::remove_dir_all(folder).expect("temporary folder");
    host
}

async fn host() -> Host {
    try_host(|_| {}).await.expect("starts")
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

fn xai(text: &str) -> Value {
    json!({
        "address": "XAI_API_URL", "path": "/v1/responses",
        "with": {"model": "grok-4.3", "store": false, "input": text},
    })
}

fn groq(text: &str) -> Value {
    let messages = json!([{"role": "user", "content": text}]);
    json!({
        "address": "GROQ_API_URL", "path": "/openai/v1/chat/completions",
        "with": {"model": "openai/gpt-oss-20b", "messages": messages},
    })
}

fn order(calls: &[Value]) -> Value {
    json!({"do": "vendors", "calls": calls})
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_to_vendors_reach_the_stand_in_and_count_as_round_trips() {
    let host = host().await;
    let answer = invoke(&host, order(&[xai("hello"), groq("hi")])).await;
    let answers = answer.expect("answers")["answers"].clone();
    assert_eq!(answers[0]["body"]["object"], "response");
    assert_eq!(answers[1]["body"]["object"], "chat.completion");
    let runs = host.history().select(|_, _| true);
    assert_eq!((runs[0].1.calls, runs[0].1.round_trips), (2, 2));
    let ai = host.ai().expect("the stand-in runs");
    let counters = ai.call("GET", "/counters", Value::Null).await;
    let counters = counters.expect("counters");
    assert_eq!(
        (&counters["xai"]["calls"], &counters["groq"]["calls"]),
        (&json!(1), &json!(1))
    );
    host.reset().await.expect("resets");
    let log = ai.call("GET", "/log", Value::Null).await.expect("a log");
    assert_eq!(log["calls"], json!([]));
    host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_kills_a_function_before_its_vendor_hears_of_it() {
    let host = host().await;
    host.plan_kill(KillPlan {
        function: Some("sample.echo".into()),
        before_call: Some(1),
        after_call: None,
        operation: Some("groq:chat/completions".into()),
        times: 1,
        skip: 0,
    });
    let outcome = invoke(&host, order(&[xai("hello"), groq("hi")])).await;
    assert!(matches!(outcome, Err(InvokeError::Exited { .. })));
    let ai = host.ai().expect("the stand-in runs");
    let log = ai.call("GET", "/log", Value::Null).await.expect("a log");
    let vendors: Vec<_> = log["calls"].as_array().into_iter().flatten().collect();
    assert_eq!((vendors.len(), &vendors[0]["vendor"]), (1, &json!("xai")));
    assert_eq!(host.kills()[0].operation, "groq:chat/completions");
    host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_hears_when_a_function_gives_up() {
    let host = host().await;
    let ai = host.ai().expect("the stand-in runs");
    ai.call("PATCH", "/settings", json!({"hold": true}))
        .await
        .expect("holds");
    let mut call = xai("hello");
    call["patience_ms"] = json!(100);
    let answer = invoke(&host, order(&[call])).await.expect("answers");
    assert_eq!(answer["answers"][0]["status"], Value::Null);
    ai.call("POST", "/wait", json!({"ended": 1, "pending": 0}))
        .await
        .expect("the stand-in notices");
    let log = ai.call("GET", "/log", Value::Null).await.expect("a log");
    assert_eq!(log["calls"][0]["outcome"], "cancelled");
    host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_waits_for_what_is_under_way_and_not_for_an_answer_that_is_held_back() {
    let host = host().await;
    let later = async || {
        while host.functions().states().iter().all(|it| it.busy == 0) {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        host.advance(time::Duration::hours(1)).await;
        host.history().select(|_, _| true).len()
    };
    let sleeps = invoke(&host, json!({"do": "sleep", "ms": 500}));
    let (slept, ended) = tokio::join!(sleeps, later());
    assert_eq!(slept.expect("answers")["slept"], 500);
    assert_eq!(ended, 1, "it has ended before the clock is moved");

    let ai = host.ai().expect("the stand-in runs");
    let hold = async |hold: bool| {
        let settings = ai.call("PATCH", "/settings", json!({ "hold": hold }));
        settings.await.expect("takes it");
    };
    hold(true).await;
    let meanwhile = async {
        let ended = later().await;
        hold(false).await;
        ended
    };
    let (answered, ended) = tokio::join!(invoke(&host, order(&[xai("hello")])), meanwhile);
    assert_eq!(answered.expect("answers")["answers"][0]["status"], 200);
    assert_eq!(ended, 1, "the clock is moved beside it");
    host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_can_be_real_and_its_key_is_in_no_functions_environment() {
    // A second stand-in plays the real vendor.
    let real = ai_stand_in::start(ai_stand_in::Options::default())
        .await
        .expect("starts");
    let host = try_host(|options| {
        options.vendor_urls.insert("xai".into(), real.url());
        let key = "a-key-of-the-test".to_owned();
        options.vendor_keys.insert(local::XAI_KEY.into(), key);
    })
    .await
    .expect("starts");
    assert_eq!(host.real_vendors(), ["xai"]);
    assert_eq!(host.vendor_keys()[local::XAI_KEY], "a-key-of-the-test");
    let answer = invoke(&host, order(&[xai("hello"), groq("hi")])).await;
    assert_eq!(answer.expect("answers")["answers"][0]["status"], 200);
    let calls = async |control: &ai_stand_in::Control| {
        let counters = control.call("GET", "/counters", Value::Null).await;
        let counters = counters.expect("counters");
        [&counters["xai"]["calls"], &counters["groq"]["calls"]].map(Value::as_u64)
    };
    assert_eq!(calls(&real.control()).await, [Some(1), Some(0)]);
    let ai = host.ai().expect("the stand-in runs for the other");
    assert_eq!(calls(ai).await, [Some(0), Some(1)]);
    let environment = invoke(&host, json!({"do": "environment"})).await;
    let environment = environment.expect("answers").to_string();
    assert!(environment.contains("XAI_API_URL") && environment.contains("GROQ_API_URL"));
    for key in host.vendor_keys().values() {
        assert!(!environment.contains(key.as_str()));
    }
    host.stop().await;
    real.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vendor_that_nobody_knows_is_refused() {
    let host = try_host(|options| {
        let url = "http://127.0.0.1:1".to_owned();
        options.vendor_urls.insert("acme".into(), url);
    });
    assert!(matches!(host.await, Err(HostError::Vendor(name)) if name == "acme"));
}

/// What is sold, as it is committed.
fn plans() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../api/plans.json")
}

/// Asks Stripe as somebody with a key; with a body it is a POST.
async fn at_stripe(url: &str, path: &str, body: Option<&'static str>) -> Value {
    let client = reqwest::Client::builder().no_proxy().build();
    let client = client.expect("a client");
    let address = format!("{url}{path}");
    let request = match body {
        Some(body) => client.post(address).body(body),
        None => client.get(address),
    };
    let answer = request.bearer_auth("sk_test_of_the_test").send().await;
    answer.expect("answers").json().await.expect("JSON")
}

fn count(list: &Value) -> usize {
    list["data"].as_array().expect("a list").len()
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_to_stripe_reach_the_stand_in_and_a_plan_kills_a_function_before_one() {
    let host = host().await;
    let call = json!({"address": "STRIPE_API_URL", "path": "/v1/customers/cus_1", "with": {}});
    let calls = order(std::slice::from_ref(&call));
    let answer = invoke(&host, calls.clone()).await.expect("answers");
    // The sample has no key of Stripe's.
    assert_eq!(answer["answers"][0]["status"], 401);
    let stripe = host.stripe().expect("the stand-in runs");
    let log = stripe.call("GET", "/log", Value::Null).await;
    let asked = log.expect("a log")["calls"].clone();
    assert_eq!(asked.as_array().map(Vec::len), Some(1));
    assert_eq!(asked[0]["path"], "/v1/customers/cus_1");
    host.plan_kill(KillPlan {
        function: Some("sample.echo".into()),
        before_call: Some(1),
        after_call: None,
        operation: Some("stripe:customers/*".into()),
        times: 1,
        skip: 0,
    });
    let outcome = invoke(&host, calls).await;
    assert!(matches!(outcome, Err(InvokeError::Exited { .. })));
    assert_eq!(host.kills()[0].operation, "stripe:customers/*");
    host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stripe_has_after_a_restart_what_it_had_and_nothing_twice() {
    let folder = std::env::temp_dir().join(format!("sofi-stripe-{}", std::process::id()));
    let start = || {
        try_host(|options| {
            options.data_dir = Some(folder.clone());
            options.plans = plans();
        })
    };
    let host = start().await.expect("starts");
    let made = at_stripe(host.stripe_url(), "/v1/customers", Some("name=Mira+Vale")).await;
    host.stop().await;
    let host = start().await.expect("starts again");
    let url = host.stripe_url();
    let path = format!("/v1/customers/{}", made["id"].as_str().expect("an id"));
    assert_eq!(at_stripe(url, &path, None).await["name"], "Mira Vale");
    assert_eq!(count(&at_stripe(url, "/v1/prices", None).await), 6);
    let endpoints = at_stripe(url, "/v1/webhook_endpoints", None).await;
    assert_eq!(count(&endpoints), 1);
    let hook = format!("{}/hooks/stripe", host.url());
    assert_eq!(endpoints["data"][0]["url"], hook.as_str());
    host.reset().await.expect("resets");
    assert_eq!(count(&at_stripe(url, "/v1/customers", None).await), 0);
    assert_eq!(count(&at_stripe(url, "/v1/prices", None).await), 6);
    host.stop().await;
    std::fs::remove_dir_all(folder).expect("temporary folder");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sandbox_of_stripes_own_gets_the_prices_that_it_lacks_and_no_stand_in_runs() {
    // A second stand-in plays Stripe.
    let real = stripe_stand_in::start(stripe_stand_in::Options::default());
    let real = real.await.expect("starts");
    for _ in 0..2 {
        let host = try_host(|options| {
            options.stripe = Stripe::Sandbox {
                api_url: real.url(),
            };
            let key = "sk_test_of_the_test".to_owned();
            options.vendor_keys.insert(local::STRIPE_KEY.into(), key);
            options.plans = plans();
        });
        let host = host.await.expect("starts");
        assert!(host.stripe().is_none());
        assert_eq!(host.stripe_url(), real.url());
        let prices = at_stripe(&real.url(), "/v1/prices", None).await;
        assert_eq!(count(&prices), 6);
        let endpoints = at_stripe(&real.url(), "/v1/webhook_endpoints", None).await;
        assert_eq!(count(&endpoints), 0);
        host.stop().await;
    }
    real.stop().await.expect("stops");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_key_of_stripes_stops_the_start() {
    let host = try_host(|options| {
        let key = "sk_live_of_the_test".to_owned();
        options.vendor_keys.insert(local::STRIPE_KEY.into(), key);
    });
    assert!(matches!(host.await, Err(HostError::LiveStripeKey)));
}
