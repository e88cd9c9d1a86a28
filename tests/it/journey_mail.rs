//! The part of the walk in which mails are sent, postponed and sent back.

use emulator::ses::Report;
use emulator::sqs::Send;
use local::gate::FaultKind;
use serde_json::json;
use tests::{World, eventually};

use crate::journey::{Journey, restart};
use crate::mail::{fault, job, notices, source};

/// A mail that is throttled first; a bounce; the same notice through the other queue.
pub(crate) async fn walk(world: &World, journey: &Journey) {
    let nothing =
        json!({ "vendors": ["xai", "groq"], "daily_cost_micro_usd": 0, "daily_tokens": 1_000 });
    let api = &journey.creator.api;
    api.put("/api/v1/ai/budget", &nothing).await.expect(200);
    let auto = json!({ "mode": "auto" });
    journey.creator.sofi(&journey.bot, &auto).await;
    let fan = world.person("Toni", "en").await;

    world
        .host
        .gate()
        .add_fault(fault(FaultKind::Throttle, Some(1)));
    fan.says(world, &journey.bot, "anybody there?").await;
    eventually("SES throttled", async || {
        let rows = notices(world);
        rows.iter()
            .any(|row| row["attempts"]["N"] == "1" && row["state"]["S"] == "pending")
            .then_some(())
    })
    .await;
    world.host.advance(time::Duration::seconds(31)).await;
    mails(world, 1).await;
    report(world, journey, Report::Bounce).await;
    report(world, journey, Report::Complaint).await;

    // A security mail has no product path yet, so a bulk notice goes through its queue; both jobs do the same.
    for handler in ["mailer.send", "mailer.send-bulk", "mailer.feedback"] {
        restart(world, handler).await;
    }
    world.host.advance(time::Duration::days(100)).await;
    source(world, "MailerSendBulkFunctionQueue", "pause").await;
    fan.says(world, &journey.bot, "and today?").await;
    let waiting = eventually("another notice waits", async || {
        let rows = notices(world);
        rows.into_iter().find(|row| row["state"]["S"] == "pending")
    })
    .await;
    let message = Send {
        body: job(&waiting),
        ..Send::default()
    };
    let sent = world.host.aws().sqs().send("sofi-mail", message);
    sent.expect("the queue takes it");
    eventually("it was worked", async || {
        let rows = notices(world);
        (!rows.iter().any(|row| row["state"]["S"] == "pending")).then_some(())
    })
    .await;
    source(world, "MailerSendBulkFunctionQueue", "resume").await;
    world.settled().await;
    let wide = json!({ "vendors": ["xai", "groq"], "daily_cost_micro_usd": 10_000_000, "daily_tokens": 10_000_000 });
    journey
        .creator
        .log_in(world)
        .await
        .put("/api/v1/ai/budget", &wide)
        .await
        .expect(200);
}

async fn report(world: &World, journey: &Journey, what: Report) {
    let ses = world.host.aws().ses();
    let passed = ses.report(&journey.creator.email, what);
    assert!(passed.expect("there is a mail"), "the rule lets it through");
    world.settled().await;
}

async fn mails(world: &World, number: usize) {
    eventually("the mail goes out", async || {
        (world.host.aws().ses().inbox().len() >= number).then_some(())
    })
    .await;
}
