use std::sync::Mutex;
use std::time::Duration;

use domain::{Clock, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::error::Part;
use crate::reply::Concern;
use crate::request::Versions;
use crate::wire::Asking;

/// A clock that stands until a model moves it.
#[derive(Default)]
struct Hands(Mutex<i64>);

impl Hands {
    fn advance(&self, by: Duration) {
        *self.0.lock().expect("no poison") += i64::try_from(by.as_millis()).expect("a short time");
    }
}

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(*self.0.lock().expect("no poison"))
    }
}

/// A model that takes its time and then does what it was told.
struct Scripted<'a> {
    vendor: Vendor,
    clock: &'a Hands,
    takes: Duration,
    result: fn() -> Result<(), AskError>,
    given: Mutex<Vec<Duration>>,
}

impl<'a> Scripted<'a> {
    fn new(
        vendor: Vendor,
        clock: &'a Hands,
        takes: u64,
        result: fn() -> Result<(), AskError>,
    ) -> Self {
        Scripted {
            vendor,
            clock,
            takes: Duration::from_secs(takes),
            result,
            given: Mutex::default(),
        }
    }

    fn given(&self) -> Vec<u64> {
        self.given
            .lock()
            .expect("no poison")
            .iter()
            .map(Duration::as_secs)
            .collect()
    }
}

impl Llm for Scripted<'_> {
    fn vendor(&self) -> Vendor {
        self.vendor
    }

    fn model(&self) -> &str {
        self.vendor.as_str()
    }

    fn ask<'a>(&'a self, _request: &'a Request, within: Duration) -> Asking<'a> {
        Box::pin(async move {
            self.given.lock().expect("no poison").push(within);
            self.clock.advance(self.takes.min(within));
            if self.takes > within {
                return Err(AskError::Timeout);
            }
            (self.result)().map(|()| Reply {
                text: "Hi!".to_owned(),
                concern: Concern::None,
                proposed_facts: Vec::new(),
                vendor: self.vendor,
                model: self.vendor.as_str().to_owned(),
                usage: Usage {
                    input: 10,
                    cached_input: 0,
                    output: 5,
                },
                zero_retention: Some(true),
                latency: self.takes,
            })
        })
    }
}

fn request() -> Request {
    Request {
        instructions: String::new(),
        messages: Vec::new(),
        max_output_tokens: 1,
        cache_key: String::new(),
        versions: Versions {
            rules: "1",
            persona: 1,
        },
    }
}

fn overloaded() -> AskError {
    AskError::Overloaded { status: 503 }
}

fn fails() -> Result<(), AskError> {
    Err(overloaded())
}

fn unreadable() -> Result<(), AskError> {
    Err(AskError::Malformed {
        part: Part::Content,
        usage: Some(Usage {
            input: 7,
            cached_input: 0,
            output: 800,
        }),
    })
}

fn refuses() -> Result<(), AskError> {
    Err(AskError::Refused { usage: None })
}

fn replies() -> Result<(), AskError> {
    Ok(())
}

async fn ask(models: &[&dyn Llm], breakers: &mut Breakers, clock: &Hands) -> Outcome {
    ask_any(models, breakers, &request(), clock, TOTAL_TIME).await
}

#[test]
fn only_vendors_that_are_allowed_and_have_a_key_are_asked_in_our_order() {
    use Vendor::{Groq, Xai};
    assert_eq!(order(&[Groq, Xai], &[Groq, Xai]), [Xai, Groq]);
    assert_eq!(order(&[Groq], &[Groq, Xai]), [Groq]);
    assert_eq!(order(&[Groq, Xai], &[Xai]), [Xai]);
    assert_eq!(order(&[Groq], &[Xai]), []);
    assert_eq!(order(&[], &[Groq, Xai]), []);
}

#[tokio::test]
async fn the_first_vendor_that_replies_is_the_only_one_asked() {
    let clock = Hands::default();
    let first = Scripted::new(Vendor::Xai, &clock, 1, replies);
    let second = Scripted::new(Vendor::Groq, &clock, 1, replies);
    let outcome = ask(&[&first, &second], &mut Breakers::default(), &clock).await;
    assert_eq!(outcome.result.expect("a reply").vendor, Vendor::Xai);
    assert_eq!(outcome.attempts.len(), 1);
    assert_eq!(outcome.attempts[0].error, None);
    assert_eq!(outcome.attempts[0].latency, Duration::from_secs(1));
    assert_eq!(outcome.attempts[0].zero_retention, Some(true));
    assert!(second.given().is_empty());
}

#[tokio::test]
async fn a_failing_vendor_is_followed_by_the_next_and_both_are_on_record() {
    let clock = Hands::default();
    let first = Scripted::new(Vendor::Xai, &clock, 1, unreadable);
    let second = Scripted::new(Vendor::Groq, &clock, 1, replies);
    let outcome = ask(&[&first, &second], &mut Breakers::default(), &clock).await;
    assert_eq!(outcome.result.expect("a reply").vendor, Vendor::Groq);
    assert_eq!(outcome.attempts[0].error, Some("malformed_content"));
    assert_eq!(outcome.attempts[0].usage.expect("billed").output, 800);
    assert_eq!(outcome.attempts[1].usage.expect("billed").input, 10);
}

#[tokio::test]
async fn a_refused_content_is_not_offered_to_the_next_vendor() {
    let clock = Hands::default();
    let first = Scripted::new(Vendor::Xai, &clock, 1, refuses);
    let second = Scripted::new(Vendor::Groq, &clock, 1, replies);
    let outcome = ask(&[&first, &second], &mut Breakers::default(), &clock).await;
    assert!(matches!(
        outcome.result,
        Err(NoReply::Failed(AskError::Refused { .. }))
    ));
    assert!(second.given().is_empty());
}

#[tokio::test]
async fn a_slow_first_vendor_leaves_time_for_the_second() {
    let clock = Hands::default();
    let first = Scripted::new(Vendor::Xai, &clock, 60, replies);
    let second = Scripted::new(Vendor::Groq, &clock, 60, replies);
    let outcome = ask(&[&first, &second], &mut Breakers::default(), &clock).await;
    assert!(matches!(
        outcome.result,
        Err(NoReply::Failed(AskError::Timeout))
    ));
    assert_eq!(first.given(), [12]);
    assert_eq!(second.given(), [8]);
    assert_eq!(clock.now(), Timestamp::from_seconds(20));
}

#[tokio::test]
async fn a_vendor_without_a_successor_gets_all_the_time() {
    let clock = Hands::default();
    let only = Scripted::new(Vendor::Xai, &clock, 15, replies);
    let outcome = ask(&[&only], &mut Breakers::default(), &clock).await;
    outcome.result.expect("a reply");
    assert_eq!(only.given(), [20]);

    // The other vendor exists, but is left alone.
    let mut breakers = Breakers::default();
    breakers
        .of(Vendor::Groq)
        .record(clock.now(), Some(&AskError::ModelGone));
    let other = Scripted::new(Vendor::Groq, &clock, 1, replies);
    let only = Scripted::new(Vendor::Xai, &clock, 15, replies);
    ask(&[&only, &other], &mut breakers, &clock)
        .await
        .result
        .expect("a reply");
    assert_eq!(only.given(), [20]);
}

#[tokio::test]
async fn three_failures_and_the_vendor_is_skipped() {
    let clock = Hands::default();
    let mut breakers = Breakers::default();
    let first = Scripted::new(Vendor::Xai, &clock, 1, fails);
    let second = Scripted::new(Vendor::Groq, &clock, 1, replies);
    for _ in 0..5 {
        ask(&[&first, &second], &mut breakers, &clock)
            .await
            .result
            .expect("a reply");
    }
    assert_eq!(first.given().len(), 3);
    assert_eq!(second.given().len(), 5);
    assert!(breakers.peek(Vendor::Xai).is_open());
    assert!(!breakers.peek(Vendor::Groq).is_open());
}

#[tokio::test]
async fn when_all_are_left_alone_nobody_is_asked_and_the_caller_learns_until_when() {
    let clock = Hands::default();
    let mut breakers = Breakers::default();
    for vendor in Vendor::IN_ORDER {
        breakers
            .of(vendor)
            .record(clock.now(), Some(&AskError::Unauthorized));
    }
    let model = Scripted::new(Vendor::Xai, &clock, 1, replies);
    let outcome = ask(&[&model], &mut breakers, &clock).await;
    assert!(
        matches!(outcome.result, Err(NoReply::AllOpen { until }) if until == Timestamp::from_seconds(30))
    );
    assert!(outcome.attempts.is_empty());
}

#[tokio::test]
async fn without_a_vendor_there_is_no_reply() {
    let clock = Hands::default();
    let outcome = ask(&[], &mut Breakers::default(), &clock).await;
    assert!(matches!(outcome.result, Err(NoReply::NoVendor)));
}

#[tokio::test]
async fn without_time_nobody_is_asked() {
    let clock = Hands::default();
    let model = Scripted::new(Vendor::Xai, &clock, 1, replies);
    let little = LEAST_TIME - Duration::from_millis(1);
    let outcome = ask_any(
        &[&model],
        &mut Breakers::default(),
        &request(),
        &clock,
        little,
    )
    .await;
    assert!(matches!(outcome.result, Err(NoReply::NoTime)));
    assert!(model.given().is_empty());
}

#[test]
fn asking_can_be_done_on_any_thread() {
    fn check<T: Send>(_: T) {}
    let clock = Hands::default();
    let model = Scripted::new(Vendor::Xai, &clock, 1, replies);
    let (mut breakers, request) = (Breakers::default(), request());
    check(ask_any(
        &[&model],
        &mut breakers,
        &request,
        &clock,
        TOTAL_TIME,
    ));
}

#[test]
fn failures_that_are_a_minute_apart_do_not_open() {
    let mut breaker = Breaker::default();
    for minute in 0..10 {
        breaker.record(Timestamp::from_seconds(minute * 31), Some(&overloaded()));
        assert!(!breaker.is_open());
    }
}

#[test]
fn what_one_fan_can_cause_never_opens() {
    let mut breaker = Breaker::default();
    for second in 0..100 {
        let now = Timestamp::from_seconds(second);
        breaker.record(now, refuses().err().as_ref());
        breaker.record(now, unreadable().err().as_ref());
        breaker.record(
            now,
            Some(&AskError::BadRequest {
                status: 400,
                code: None,
            }),
        );
    }
    assert!(!breaker.is_open());
}

#[test]
fn each_failed_probe_doubles_the_time_up_to_ten_minutes_and_a_good_one_closes() {
    let mut breaker = Breaker::default();
    let mut now = Timestamp::from_seconds(0);
    breaker.record(now, Some(&AskError::ModelGone));
    for seconds in [30, 60, 120, 240, 480, 600, 600] {
        let until = breaker.admit(now).expect_err("it is open");
        assert_eq!(now.until(until), Duration::from_secs(seconds));
        now = until;
        breaker.admit(now).expect("one probe");
        breaker.record(now, Some(&overloaded()));
    }
    now = now.plus(LONGEST_OPEN);
    breaker.admit(now).expect("one probe");
    breaker.record(now, None);
    assert_eq!(breaker, Breaker::default());
}

#[test]
fn a_vendor_that_names_a_longer_wait_is_left_alone_for_it() {
    let mut breaker = Breaker::default();
    let now = Timestamp::from_seconds(0);
    let limited = |seconds| AskError::RateLimited {
        retry_after: Some(Duration::from_secs(seconds)),
    };
    for _ in 0..3 {
        breaker.record(now, Some(&limited(90)));
    }
    assert_eq!(breaker.admit(now), Err(Timestamp::from_seconds(90)));
    let mut breaker = Breaker::default();
    for _ in 0..3 {
        breaker.record(now, Some(&limited(86_400)));
    }
    assert_eq!(breaker.admit(now), Err(Timestamp::from_seconds(600)));
}

#[test]
fn a_lost_probe_does_not_close_the_door_for_ever() {
    let mut breaker = Breaker::default();
    breaker.record(Timestamp::from_seconds(0), Some(&AskError::Unauthorized));
    breaker
        .admit(Timestamp::from_seconds(30))
        .expect("one probe");
    assert!(breaker.admit(Timestamp::from_seconds(59)).is_err());
    breaker
        .admit(Timestamp::from_seconds(60))
        .expect("another probe");
}

#[test]
fn rows_of_the_past_are_read() {
    assert_eq!(
        serde_json::from_str::<Breakers>("{}").expect("a row"),
        Breakers::default()
    );
    let row = r#"{"xai":{"state":{"is":"open","until":30000,"for_millis":30000}}}"#;
    let breakers: Breakers = serde_json::from_str(row).expect("a row");
    assert!(
        !breakers
            .peek(Vendor::Xai)
            .would_admit(Timestamp::from_seconds(29))
    );
    assert!(
        breakers
            .peek(Vendor::Xai)
            .would_admit(Timestamp::from_seconds(30))
    );
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Wait(u32),
    Call(u8),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (0..90_000_u32).prop_map(Step::Wait),
        (0..6_u8).prop_map(Step::Call)
    ];
    proptest::collection::vec(step, 0..120)
}

fn outcome_of(kind: u8) -> Option<AskError> {
    match kind {
        0 => None,
        1 => Some(overloaded()),
        2 => Some(AskError::Timeout),
        3 => Some(AskError::Unauthorized),
        4 => refuses().err(),
        _ => Some(AskError::RateLimited {
            retry_after: Some(Duration::from_secs(45)),
        }),
    }
}

proptest! {
    #[test]
    fn a_breaker_keeps_its_promises_in_any_story(steps in steps()) {
        let mut breaker = Breaker::default();
        let mut now = Timestamp::from_millis(0);
        let mut recent: Vec<Timestamp> = Vec::new();
        for step in steps {
            match step {
                Step::Wait(millis) => now = now.plus(Duration::from_millis(millis.into())),
                Step::Call(kind) => {
                    prop_assert_eq!(breaker.would_admit(now), breaker.clone().admit(now).is_ok());
                    let was_open = breaker.is_open();
                    match breaker.admit(now) {
                        Err(until) => {
                            // Never for longer than the limit, and never without cause.
                            prop_assert!(was_open && now < until && now.until(until) <= LONGEST_OPEN);
                        }
                        Ok(()) => {
                            if was_open {
                                prop_assert!(breaker.clone().admit(now).is_err(), "one probe at a time");
                            }
                            let error = outcome_of(kind);
                            let counts = error.as_ref().is_some_and(AskError::counts_for_breaker);
                            breaker.record(now, error.as_ref());
                            recent.retain(|at| at.until(now) < Duration::from_secs(60));
                            if counts {
                                recent.push(now);
                            }
                            if !counts {
                                prop_assert!(!breaker.is_open(), "a vendor that is well is not left alone");
                            } else if was_open || error.as_ref().is_some_and(AskError::opens_breaker_at_once) {
                                prop_assert!(breaker.is_open());
                            } else if breaker.is_open() {
                                prop_assert!(recent.len() >= 3, "it opens after three failures in a minute");
                            }
                            if !counts && was_open {
                                recent.clear();
                            }
                        }
                    }
                }
            }
            let row = serde_json::to_string(&breaker).expect("a row");
            prop_assert_eq!(&serde_json::from_str::<Breaker>(&row).expect("the same"), &breaker);
        }
    }
}
