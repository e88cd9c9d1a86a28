//! The emulator as the host uses it: gates, records, event sources, schedules.

mod client;
mod tables;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures::future::BoxFuture;
use serde_json::{Value, json};
use tokio::sync::{Notify, mpsc};

use crate::error::ServiceError;
use crate::gate::{After, Before, Fault, Gate};
use crate::iam::{Decision, Policy, Role, evaluate, removals};
use crate::record::{Call, Record};
use crate::scheduler::{Invocation, Target};
use crate::sqs::{Receive, Send};
use crate::{Emulator, ManualClock, Options};
use client::Client;

const ROLE: &str = "arn:aws:iam::000000000000:role/worker";
/// 2026-01-01T00:00:00Z
const NEW_YEAR_MS: i64 = 1_767_225_600_000;

struct Setup {
    emulator: Emulator,
    clock: Arc<ManualClock>,
    admin: Client,
    role: Client,
}

async fn setup() -> Setup {
    let clock = Arc::new(ManualClock::new(NEW_YEAR_MS));
    let emulator = Emulator::start(Options::new(clock.clone())).await.unwrap();
    let policies = vec![json!({"Statement": [
        {"Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:PutItem"], "Resource": emulator.dynamodb().table_arn("rows"),
         "Condition": {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": "A#*"}}},
        {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*"},
    ]})];
    emulator
        .iam()
        .put_role(Role {
            arn: ROLE.into(),
            policies,
            trust: json!({"Statement": []}),
        })
        .unwrap();
    let table = json!({
        "TableName": "rows", "BillingMode": "PAY_PER_REQUEST", "DeletionProtectionEnabled": true,
        "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
        "TimeToLiveSpecification": {"AttributeName": "expires_at", "Enabled": true},
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true},
        "SSESpecification": {"SSEEnabled": true},
    });
    emulator.dynamodb().create_table(&table).unwrap();
    emulator.dynamodb().create_table(&table).unwrap();
    emulator
        .sqs()
        .create_queue(
            "q",
            &[("VisibilityTimeout".to_owned(), "60".to_owned())].into(),
        )
        .unwrap();
    let admin = Client::new(&emulator, emulator.iam().platform_key());
    let role = Client::new(&emulator, emulator.iam().issue_key(ROLE).unwrap());
    Setup {
        emulator,
        clock,
        admin,
        role,
    }
}

fn put(pk: &str) -> Value {
    json!({ "TableName": "rows", "Item": { "pk": { "S": pk } } })
}

/// Answers every call as the closures say.
struct Scripted<B, A> {
    before: B,
    after: A,
}

impl<B, A> Gate for Scripted<B, A>
where
    B: Fn(&Call) -> Before + std::marker::Send + Sync + 'static,
    A: Fn(&Record) -> After + std::marker::Send + Sync + 'static,
{
    fn before<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Before> {
        Box::pin(async move { (self.before)(call) })
    }

    fn after<'a>(&'a self, record: &'a Record) -> BoxFuture<'a, After> {
        Box::pin(async move { (self.after)(record) })
    }
}

fn fault(fault: Fault) -> Arc<dyn Gate> {
    Arc::new(Scripted {
        before: move |_: &Call| Before::Fault(fault.clone()),
        after: |_: &Record| After::Answer,
    })
}

#[tokio::test]
async fn calls_are_recorded_with_role_action_resource_and_decision() {
    let setup = setup().await;
    setup.role.dynamodb("PutItem", &put("A#1")).await.unwrap();
    let denied = setup
        .role
        .dynamodb("PutItem", &put("B#1"))
        .await
        .unwrap_err();
    assert_eq!(denied.code, "AccessDeniedException");

    let records = setup
        .emulator
        .recorder()
        .select(|r| r.call.principal.role_arn.as_deref() == Some(ROLE));
    let [allowed, denied] = &records[..] else {
        panic!("two calls")
    };
    assert_eq!(allowed.call.operation, "PutItem");
    assert_eq!(allowed.call.at_ms, NEW_YEAR_MS);
    assert_eq!(allowed.call.trace_id.as_deref(), Some("Root=1-test"));
    let check = &allowed.call.checks[0].request;
    assert_eq!(
        (
            check.action.as_str(),
            check.context["dynamodb:LeadingKeys"].as_slice()
        ),
        ("dynamodb:PutItem", &["A#1".to_owned()][..])
    );
    assert_eq!(
        (
            denied.call.decision(),
            denied.error.as_deref(),
            denied.status
        ),
        (Decision::ImplicitDeny, Some("AccessDeniedException"), 400)
    );
    setup.emulator.stop().await;
}

#[tokio::test]
async fn recorded_calls_replay_against_policies_with_one_action_removed() {
    let setup = setup().await;
    setup.role.dynamodb("PutItem", &put("A#1")).await.unwrap();
    setup
        .role
        .dynamodb(
            "GetItem",
            &json!({"TableName": "rows", "Key": {"pk": {"S": "A#1"}}}),
        )
        .await
        .unwrap();
    setup
        .role
        .sqs(
            "SendMessage",
            &json!({"QueueUrl": "x/q", "MessageBody": "a"}),
        )
        .await
        .unwrap();
    let records = setup.emulator.recorder().since(0);
    for removal in removals(&setup.emulator.iam().role(ROLE).unwrap().policies) {
        let policies = Policy::parse_all(&removal.policies).unwrap();
        let denied = records
            .iter()
            .flat_map(|r| &r.call.checks)
            .filter(|c| !evaluate(&policies, &c.request).is_allowed());
        let actions: Vec<_> = denied.map(|check| check.request.action.as_str()).collect();
        assert_eq!(actions, [removal.action.as_str()]);
    }
    setup.emulator.stop().await;
}

#[tokio::test]
async fn faults_are_answered_in_the_services_words_and_run_nothing() {
    let setup = setup().await;
    let transaction = json!({"TransactItems": [{"Put": put("A#1")}, {"Put": put("A#2")}]});
    setup.emulator.set_gate(Some(fault(Fault::Throttle)));
    let error = setup
        .admin
        .dynamodb("PutItem", &put("A#1"))
        .await
        .unwrap_err();
    assert_eq!(error.code, "ProvisionedThroughputExceededException");
    setup
        .emulator
        .set_gate(Some(fault(Fault::TransactionConflict)));
    let error = setup
        .admin
        .dynamodb("TransactWriteItems", &transaction)
        .await
        .unwrap_err();
    assert_eq!(error.code, "TransactionCanceledException");
    assert_eq!(
        error.details.unwrap()["CancellationReasons"][1]["Code"],
        "TransactionConflict"
    );
    setup.emulator.set_gate(Some(fault(Fault::Unavailable)));
    let error = setup.admin.kms("ListKeys", &json!({})).await.unwrap_err();
    assert_eq!(
        (error.status, error.code.as_str()),
        (500, "KMSInternalException")
    );
    setup.emulator.set_gate(None);
    assert!(setup.emulator.dynamodb().dump("rows").unwrap().is_empty());
    assert_eq!(setup.emulator.recorder().count(|r| r.injected), 3);
    setup.emulator.stop().await;
}

#[tokio::test]
async fn a_cut_before_does_nothing_and_a_cut_after_has_done_it() {
    let setup = setup().await;
    setup.emulator.set_gate(Some(fault(Fault::Cut)));
    assert_eq!(
        setup
            .admin
            .dynamodb("PutItem", &put("A#1"))
            .await
            .unwrap_err()
            .code,
        "NoAnswer"
    );
    assert!(setup.emulator.dynamodb().dump("rows").unwrap().is_empty());
    let lost = Scripted {
        before: |_: &Call| Before::Proceed,
        after: |_: &Record| After::Cut,
    };
    setup.emulator.set_gate(Some(Arc::new(lost)));
    assert_eq!(
        setup
            .admin
            .dynamodb("PutItem", &put("A#1"))
            .await
            .unwrap_err()
            .code,
        "NoAnswer"
    );
    assert_eq!(setup.emulator.dynamodb().dump("rows").unwrap().len(), 1);
    setup.emulator.stop().await;
}

/// Holds every call after it ran until it is released.
struct Hold {
    ran: mpsc::UnboundedSender<String>,
    release: Notify,
}

impl Gate for Hold {
    fn after<'a>(&'a self, record: &'a Record) -> BoxFuture<'a, After> {
        Box::pin(async move {
            let _ = self.ran.send(record.call.operation.clone());
            self.release.notified().await;
            After::Answer
        })
    }
}

#[tokio::test]
async fn a_gate_can_hold_a_caller_between_two_calls() {
    let setup = setup().await;
    let (ran, mut seen) = mpsc::unbounded_channel();
    let hold = Arc::new(Hold {
        ran,
        release: Notify::new(),
    });
    setup.emulator.set_gate(Some(hold.clone()));
    let admin = setup.admin.clone();
    let call = tokio::spawn(async move { admin.dynamodb("PutItem", &put("A#1")).await });
    assert_eq!(seen.recv().await.as_deref(), Some("PutItem"));
    assert_eq!(
        setup.emulator.dynamodb().dump("rows").unwrap().len(),
        1,
        "it ran"
    );
    assert!(!call.is_finished(), "but the caller waits");
    hold.release.notify_one();
    call.await.unwrap().unwrap();
    setup.emulator.stop().await;
}

#[tokio::test]
async fn an_event_source_sleeps_until_a_message_comes_or_the_clock_says_so() {
    let setup = setup().await;
    let sqs = setup.emulator.sqs().clone();
    let poller = tokio::spawn(async move {
        sqs.receive("q", Receive::up_to(10, Duration::from_secs(20)))
            .await
    });
    setup
        .admin
        .sqs(
            "SendMessage",
            &json!({"QueueUrl": "x/q", "MessageBody": "a"}),
        )
        .await
        .unwrap();
    let first = poller.await.unwrap().unwrap();
    assert_eq!(first[0].body, "a");

    let sqs = setup.emulator.sqs().clone();
    let poller = tokio::spawn(async move {
        sqs.receive("q", Receive::up_to(10, Duration::from_secs(120)))
            .await
    });
    tokio::task::yield_now().await;
    setup.clock.advance(60_000);
    let again = poller.await.unwrap().unwrap();
    assert_eq!(again[0].attributes["ApproximateReceiveCount"], "2");
    setup
        .emulator
        .sqs()
        .delete("q", &again[0].receipt_handle)
        .unwrap();
    assert_eq!(
        setup.emulator.sqs().depths("q").unwrap(),
        crate::sqs::Depths::default()
    );
    setup.emulator.stop().await;
}

#[tokio::test]
async fn stopping_ends_a_long_poll() {
    let setup = setup().await;
    let sqs = setup.emulator.sqs().clone();
    let poller = tokio::spawn(async move {
        sqs.receive("q", Receive::up_to(1, Duration::from_secs(20)))
            .await
    });
    tokio::task::yield_now().await;
    setup.emulator.stop().await;
    assert!(poller.await.unwrap().unwrap().is_empty());
}

/// Refuses the first attempts and tells of each.
struct Refusing {
    left: AtomicUsize,
    seen: Mutex<Vec<Invocation>>,
    tell: mpsc::UnboundedSender<u32>,
}

impl Target for Refusing {
    fn invoke<'a>(&'a self, invocation: &'a Invocation) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move {
            self.seen.lock().unwrap().push(invocation.clone());
            let refuse = self
                .left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                    left.checked_sub(1)
                })
                .is_ok();
            let _ = self.tell.send(invocation.attempt);
            if refuse {
                Err("not yet".into())
            } else {
                Ok(())
            }
        })
    }
}

#[tokio::test]
async fn a_schedule_retries_its_function_and_goes_on_by_the_clock() {
    let setup = setup().await;
    let (tell, mut attempts) = mpsc::unbounded_channel();
    let target = Arc::new(Refusing {
        left: AtomicUsize::new(1),
        seen: Mutex::default(),
        tell,
    });
    setup.emulator.scheduler().set_target(target.clone());
    let schedule = json!({
        "ScheduleExpression": "rate(1 minute)", "FlexibleTimeWindow": {"Mode": "OFF"},
        "Target": {"Arn": "arn:aws:lambda:eu-central-1:000000000000:function:tick", "RoleArn": "arn:aws:iam::000000000000:role/none",
                   "Input": "{\"at\":\"<aws.scheduler.scheduled-time>\"}"},
    });
    setup.emulator.scheduler().put("tick", &schedule).unwrap();
    assert_eq!(attempts.recv().await, Some(1));
    let mut moved = 0;
    let second = loop {
        // The pause before the retry is taken only after the refusal: nudge the clock until it is seen.
        setup.clock.advance(1_000);
        moved += 1_000;
        if let Ok(attempt) = tokio::time::timeout(Duration::from_millis(50), attempts.recv()).await
        {
            break attempt;
        }
    };
    assert_eq!(second, Some(2));
    setup.clock.advance(60_000 - moved);
    assert_eq!(attempts.recv().await, Some(1));
    let seen = target.seen.lock().unwrap().clone();
    assert_eq!(seen[0].input, "{\"at\":\"2026-01-01T00:00:00Z\"}");
    assert_eq!(seen[2].input, "{\"at\":\"2026-01-01T00:01:00Z\"}");
    setup.emulator.stop().await;
}

#[tokio::test]
async fn messages_behind_a_redrive_move_back_to_their_queue() {
    let setup = setup().await;
    let sqs = setup.emulator.sqs();
    let dead = sqs.create_queue("dead", &[].into()).unwrap();
    let policy = json!({"deadLetterTargetArn": dead.arn, "maxReceiveCount": 1}).to_string();
    sqs.set_attributes("q", &[("RedrivePolicy".to_owned(), policy)].into())
        .unwrap();
    sqs.send(
        "q",
        Send {
            body: "poison".into(),
            ..Send::default()
        },
    )
    .unwrap();
    let now = Receive {
        max: 1,
        visibility: Some(Duration::ZERO),
        wait: Duration::ZERO,
    };
    assert_eq!(sqs.receive("q", now).await.unwrap().len(), 1);
    assert_eq!(sqs.receive("q", now).await.unwrap().len(), 0);
    assert_eq!(sqs.peek("dead", 10).unwrap()[0].body, "poison");
    assert_eq!(sqs.move_back("dead", None).unwrap(), 1);
    assert_eq!(sqs.depths("q").unwrap().visible, 1);
    assert_eq!(sqs.depths("dead").unwrap().visible, 0);
    setup.emulator.stop().await;
}

#[tokio::test]
async fn an_unknown_key_is_refused_before_anything_is_recorded() {
    let setup = setup().await;
    let mut key = setup.emulator.iam().platform_key();
    key.id = "AKIAUNKNOWN".into();
    let error: ServiceError = Client::new(&setup.emulator, key)
        .sqs("ListQueues", &json!({}))
        .await
        .unwrap_err();
    assert_eq!(error.code, "UnrecognizedClientException");
    assert_eq!(setup.emulator.recorder().last_seq(), 0);
    setup.emulator.stop().await;
}
