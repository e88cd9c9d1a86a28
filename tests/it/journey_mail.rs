//! The part of the walk in which mails are sent, postponed and sent back.

use emulator::ses::Report;
use emulator::sqs::Send;
use local::gate::FaultKind;
use serde_json::json;
use tests::{Bot, Creator, World, eventually};

use crate::journey::{Journey, restart};
use crate::mail::{fault, job, notices, source};

/// A mail that is throttled first; a bounce; a notice of another workspace through the other queue.
pub(crate) async fn walk(world: &World, journey: &Journey) {
    spend(&journey.creator, &journey.bot).await;
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
    world.mail_to(&journey.creator.email, 1).await;
    report(world, journey, Report::Bounce).await;
    report(world, journey, Report::Complaint).await;
    let wide = json!({ "vendors": ["xai", "groq"], "daily_cost_micro_usd": 10_000_000, "daily_tokens": 10_000_000 });
    let api = &journey.creator.api;
    api.put("/api/v1/ai/budget", &wide).await.expect(200);
    through_the_other_queue(world).await;
}

/// A security mail has no product path yet, so a bulk notice goes through its queue; both jobs do the same.
async fn through_the_other_queue(world: &World) {
    for handler in ["mailer.send", "mailer.send-bulk", "mailer.feedback"] {
        restart(world, handler).await;
    }
    let other = world.creator("Lia Moss").await;
    let bot = other.connect_bot(world, "moss_test_bot").await;
    spend(&other, &bot).await;
    source(world, "MailerSendBulkFunctionQueue", "pause").await;
    let fan = world.person("Kim", "en").await;
    fan.says(world, &bot, "and you?").await;
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
    world.mail_to(&other.email, 1).await;
    source(world, "MailerSendBulkFunctionQueue", "resume").await;
    world.settled().await;
}

async fn spend(creator: &Creator, bot: &Bot) {
    let nothing =
        json!({ "vendors": ["xai", "groq"], "daily_cost_micro_usd": 0, "daily_tokens": 1_000 });
    let api = &creator.api;
    api.put("/api/v1/ai/budget", &nothing).await.expect(200);
    creator.sofi(bot, &json!({ "mode": "auto" })).await;
}

async fn report(world: &World, journey: &Journey, what: Report) {
    let ses = world.host.aws().ses();
    let passed = ses.report(&journey.creator.email, what);
    assert!(passed.expect("there is a mail"), "the rule lets it through");
    world.settled().await;
}
