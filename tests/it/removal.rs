//! Least privilege, measured: a role holds what its function uses, and each thing it holds is needed.

use std::collections::{BTreeMap, BTreeSet};

use emulator::iam::{AccessRequest, Policy, Role, evaluate, removals};
use emulator::record::Check;
use local::gate::{FaultKind, FaultRule};
use serde_json::json;
use tests::{World, eventually};

use crate::garbage;
use crate::journey::{self, Journey};

/// What the platform does in a role's name: it polls the queue and writes the log.
const SOURCE: [&str; 3] = [
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
];
const LOGS: [&str; 2] = ["logs:CreateLogStream", "logs:PutLogEvents"];

#[tokio::test(flavor = "multi_thread")]
async fn every_action_of_every_role_is_used_and_taking_it_away_denies_something() {
    let world = World::start().await;
    let journey = journey::walk(&world).await;
    nothing_waited_for_the_sweep(&world);
    hardships(&world, &journey).await;
    let denials = world.host.gate().denials();
    assert!(
        denials.is_empty(),
        "the templates allow too little: {denials:#?}"
    );
    let mut used = checks_by_role(&world);
    not_walked(&mut used);
    left_behind(&mut used);
    let platform = platform_by_role(&world);
    let (mut listed, mut idle) = (0, Vec::new());
    for role in world.host.aws().iam().roles() {
        let calls = used.get(&role.arn).map(Vec::as_slice).unwrap_or_default();
        let own = platform
            .get(&role.arn)
            .map(Vec::as_slice)
            .unwrap_or_default();
        for removal in removals(&role.policies) {
            let reduced =
                Policy::parse_all(&removal.policies).expect("a reduced policy is a policy");
            let denied = calls
                .iter()
                .filter(|check| is_denied(&reduced, check))
                .count();
            let platform = own
                .iter()
                .filter(|request| !evaluate(&reduced, request).is_allowed())
                .count();
            listed += 1;
            let name = role.arn.rsplit('/').next().unwrap_or_default();
            let sid = removal.sid.as_deref().unwrap_or("-");
            println!(
                "{listed:4} {name:32} {sid:16} {:34} denies {denied:4} calls, {platform} of the platform",
                removal.action
            );
            if denied + platform == 0 {
                idle.push(format!("{name} {sid} {}", removal.action));
            }
        }
    }
    assert!(listed > 200, "only {listed} removals");
    assert!(
        idle.is_empty(),
        "allowed but never needed ({} of {listed}): {idle:#?}",
        idle.len()
    );
    world.host.stop().await;
}

/// Whoever writes a notice or an entry also asks for the work at once; only a fault leaves it to the sweep's next minute.
fn nothing_waited_for_the_sweep(world: &World) {
    let late = world
        .host
        .log()
        .select(|line| line.text.contains("the sweep will"));
    let late: BTreeSet<_> = late.into_iter().map(|line| line.function).collect();
    assert!(late.is_empty(), "work was left to the sweep by {late:?}");
}

/// Everything that each role asked for and got, once.
fn checks_by_role(world: &World) -> BTreeMap<String, Vec<Check>> {
    let recorder = world.host.aws().recorder();
    let records = recorder.select(|record| record.call.principal.role_arn.is_some());
    assert!((records.len() as u64) < 90_000, "the recording is whole");
    let mut found: BTreeMap<String, Vec<Check>> = BTreeMap::new();
    for record in records {
        let role = record
            .call
            .principal
            .role_arn
            .clone()
            .expect("selected by it");
        let known = found.entry(role).or_default();
        for check in record.call.checks {
            if !known.iter().any(|other| other.request == check.request) {
                known.push(check);
            }
        }
    }
    found
}

/// Calls that no walk makes, taken over from another role that makes the same one. Each is named here and printed.
///
/// Security mails wait for SES and for the sweep as bulk mails do; the walk has only the latter wait.
///
/// The sender rings its own doorbell, and an erasure or export asks for its own next job, only when less than the reserve of
/// its time-out is left.
fn not_walked(used: &mut BTreeMap<String, Vec<Check>>) {
    let of = |used: &BTreeMap<String, Vec<Check>>, end: &str| {
        used.keys()
            .find(|role| role.ends_with(end))
            .unwrap_or_else(|| panic!("{end} was used"))
            .clone()
    };
    let (sender, wake) = (of(used, "-workers-sender"), of(used, "-workers-wake"));
    let rings = |check: &&Check| {
        check.request.action == "sqs:SendMessage"
            && check.request.resource.ends_with("doorbell.fifo")
    };
    let ring = used[&wake]
        .iter()
        .find(rings)
        .expect("wake rings the doorbell")
        .clone();
    assert!(
        !used[&sender].iter().any(|check| rings(&check)),
        "the sender rings by itself: this exception can go"
    );
    for (role, twin, queue, sid) in [
        (
            "-privacy-erase",
            "-privacy-erase-fan",
            "erasures",
            "SendErasures",
        ),
        (
            "-privacy-export",
            "-privacy-begin-export",
            "exports",
            "SendExports",
        ),
    ] {
        let (works, asks) = (of(used, role), of(used, twin));
        let goes_on = |check: &&Check| {
            check.request.action == "sqs:SendMessage" && check.request.resource.ends_with(queue)
        };
        let next = used[&asks]
            .iter()
            .find(goes_on)
            .expect("the work is asked for")
            .clone();
        assert!(
            !used[&works].iter().any(|check| goes_on(&check)),
            "{role} asks for its next job by itself: this exception can go"
        );
        println!(
            "not walked: {role} {sid} sqs:SendMessage (a job close to its time-out); checked with the call of {twin}"
        );
        used.entry(works).or_default().push(next);
    }
    for (role, twin, sid) in [
        ("-mailer-send", "-mailer-send-bulk", "Later"),
        ("-operations-tick", "-operations-tick", "SendMail"),
    ] {
        let (role, twin) = (of(used, role), of(used, twin));
        let asks = |check: &&Check, queue: &str| {
            check.request.action == "sqs:SendMessage" && check.request.resource.ends_with(queue)
        };
        let mut check = used[&twin]
            .iter()
            .find(|check| asks(check, "-mail-bulk"))
            .expect("a bulk mail is asked for")
            .clone();
        check.request.resource = check.request.resource.replace("-mail-bulk", "-mail");
        assert!(
            !used[&role].iter().any(|check| asks(&check, "-mail")),
            "{role} asks for security mails: this exception can go"
        );
        println!(
            "not walked: {role} {sid} sqs:SendMessage (a security mail that waits); checked with the call for a bulk mail"
        );
        used.entry(role).or_default().push(check);
    }
    made_by_whoever_is_first(used);
    println!(
        "not walked: workers-sender SendDoorbell sqs:SendMessage (a turn close to its time-out); checked with the call of workers-wake"
    );
    used.entry(sender).or_default().push(ring);
}

/// The key under which people are marked is made with the first fan of a deployment: in this walk by a message, elsewhere it can
/// be by a file.
fn made_by_whoever_is_first(used: &mut BTreeMap<String, Vec<Check>>) {
    let of = |end: &str| {
        let role = used.keys().find(|role| role.ends_with(end));
        role.unwrap_or_else(|| panic!("{end} was used")).clone()
    };
    let (role, twin) = (of("-fans-import"), of("-workers-inbound"));
    let makes = |check: &&Check| {
        let mut context = check.request.context.values().flatten();
        check.request.action == "kms:Encrypt" && context.any(|value| value == "platform")
    };
    let check = used[&twin].iter().find(makes).expect("it is made").clone();
    assert!(
        !used[&role].iter().any(|check| makes(&check)),
        "{role} makes the key by itself: this exception can go"
    );
    println!("not walked: {role} PlatformKey kms:Encrypt; checked with the call of {twin}");
    used.entry(role).or_default().push(check);
}

/// What the erasure of a workspace needs only for what its walk did not leave behind: a message on its way when bots fell
/// silent, an export that was being written. An erasure of a fan makes the same calls.
fn left_behind(used: &mut BTreeMap<String, Vec<Check>>) {
    let of = |end: &str| {
        let role = used.keys().find(|role| role.ends_with(end));
        role.unwrap_or_else(|| panic!("{end} was used")).clone()
    };
    let (role, twin) = (of("-privacy-erase-workspace"), of("-privacy-erase"));
    for (action, part) in [
        ("dynamodb:BatchGetItem", "-work"),
        ("s3:AbortMultipartUpload", ""),
        ("s3:DeleteObject", ""),
    ] {
        let asks = |check: &&Check| {
            check.request.action == action && check.request.resource.ends_with(part)
        };
        if used[&role].iter().any(|check| asks(&check)) {
            continue;
        }
        let check = used[&twin].iter().find(asks).cloned();
        let check = check.unwrap_or_else(|| panic!("{twin} makes {action}"));
        println!("not walked: {role} {action}; checked with the call of {twin}");
        used.entry(role.clone()).or_default().push(check);
    }
}

/// The rule by which the embedded AWS decides.
fn is_denied(policies: &[Policy], check: &Check) -> bool {
    check.refused_by_resource
        || !(check.granted_by_resource || evaluate(policies, &check.request).is_allowed())
}

/// What event sources and logs need, for the roles of functions.
fn platform_by_role(world: &World) -> BTreeMap<String, Vec<AccessRequest>> {
    let deployment = world.host.deployment();
    let mut found: BTreeMap<String, Vec<AccessRequest>> = BTreeMap::new();
    let request = |action: &str, resource: String| AccessRequest {
        action: action.to_owned(),
        resource,
        context: BTreeMap::new(),
    };
    for function in &deployment.functions {
        let needs = found.entry(function.role_arn.clone()).or_default();
        for mapping in deployment
            .mappings
            .iter()
            .filter(|mapping| mapping.function == function.name)
        {
            needs.extend(SOURCE.map(|action| request(action, mapping.queue_arn.clone())));
        }
        if let Some(role) = world.host.aws().iam().role(&function.role_arn) {
            needs.extend(own_logs(&role));
        }
    }
    found
}

/// Writing into the log group that the role itself names, and no other.
fn own_logs(role: &Role) -> Vec<AccessRequest> {
    let policies = Policy::parse_all(&role.policies).expect("a role's policies parse");
    let named = |action: &str| -> BTreeSet<String> {
        let statements = policies.iter().flat_map(|policy| &policy.statements);
        let holding =
            statements.filter(|statement| statement.actions.iter().any(|held| held == action));
        holding
            .flat_map(|statement| statement.resources.clone().unwrap_or_default())
            .collect()
    };
    let mut needs = Vec::new();
    for action in LOGS {
        let groups = named(action);
        assert!(
            groups.len() <= 1,
            "{} writes into several log groups",
            role.arn
        );
        for group in groups {
            needs.push(AccessRequest {
                action: action.to_owned(),
                resource: group,
                context: BTreeMap::new(),
            });
        }
    }
    needs
}

/// What a role needs only when something goes wrong: a database that fails, a message that is no job, a dead token.
async fn hardships(world: &World, journey: &Journey) {
    world.settled().await;
    fail(world, "workers.inbound", "BatchGetItem");
    journey
        .fan
        .says(world, &journey.bot, "through a failing database")
        .await;
    used(world, "-workers-inbound", "sqs:ChangeMessageVisibility").await;
    fail(world, "workers.sender", "Query");
    journey
        .creator
        .answer(&journey.conversation, "through a failing database")
        .await;
    used(world, "-workers-sender", "sqs:ChangeMessageVisibility").await;
    world.host.gate().clear_faults();
    for (queue, role) in [
        ("-audit.fifo", "-audit-chain"),
        ("-alerts.fifo", "-conversations-alert"),
    ] {
        let sqs = world.host.aws().sqs();
        let mut names = sqs.queues().into_iter().map(|known| known.name);
        let name = names.find(|name| name.ends_with(queue));
        garbage::throw(sqs, &name.expect("a queue"));
        used(world, role, "sqs:ChangeMessageVisibility").await;
    }
    world.host.advance(time::Duration::seconds(400)).await;
    world.settled().await;

    let fault = json!({ "bot": journey.bot.telegram_id, "method": "sendMessage", "count": 1, "fault": { "kind": "unauthorized" } });
    world.telegram("POST", "/faults", fault).await;
    journey
        .creator
        .answer(&journey.conversation, "with a dead token")
        .await;
    eventually("the bot's token is known to be dead", async || {
        let bots = journey.creator.api.get("/api/v1/bots").await.expect(200);
        let bots = bots["bots"].as_array().cloned().unwrap_or_default();
        bots.iter()
            .any(|bot| bot["id"] == journey.bot.id.as_str() && bot["state"] != "connected")
            .then_some(())
    })
    .await;
    // The mails to its owners are asked for after that.
    world.settled().await;
    used(world, "-workers-sender", "kms:Encrypt").await;
}

/// The next calls of this operation fail, retries of the SDK included.
fn fail(world: &World, handler: &str, operation: &str) {
    let function = world
        .host
        .functions()
        .resolve(handler)
        .expect("a function")
        .to_owned();
    world.host.gate().add_fault(FaultRule {
        kind: FaultKind::Unavailable,
        service: Some("dynamodb".to_owned()),
        operation: Some(operation.to_owned()),
        function: Some(function),
        times: Some(6),
        skip: 0,
        delay_ms: 0,
    });
}

async fn used(world: &World, role_end: &str, action: &str) {
    eventually(&format!("{role_end} uses {action}"), async || {
        let found = world.host.gate().used();
        found
            .iter()
            .any(|(role, used)| role.ends_with(role_end) && used.contains(action))
            .then_some(())
    })
    .await;
}
