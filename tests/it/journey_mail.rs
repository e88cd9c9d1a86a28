//! The part of the walk in which mails are sent, postponed and sent back.

use emulator::ses::Report;
use emulator::sqs::Send;
use local::gate::FaultKind;
use serde_json::{Value, json};
use tests::{Bot, Creator, World, eventually};

use crate::journey::{Journey, restart};
use crate::mail::{BULK, fault, job, notices, source};

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
    world.mail_saying(&journey.creator.email, "budget").await;
    report(world, journey, Report::Bounce).await;
    report(world, journey, Report::Complaint).await;
    let wide = json!({ "vendors": ["xai", "groq"], "daily_cost_micro_usd": 10_000_000, "daily_tokens": 10_000_000 });
    let api = &journey.creator.api;
    api.put("/api/v1/ai/budget", &wide).await.expect(200);
    through_the_other_queue(world).await;
}

/// A bulk notice goes through the queue of security mails; both jobs do the same. Another
/// notice loses its message and is found by the sweep.
async fn through_the_other_queue(world: &World) {
    for handler in ["mailer.send", "mailer.send-bulk", "mailer.feedback"] {
        restart(world, handler).await;
    }
    source(world, BULK, "pause").await;
    let (other, waiting) = waiting(world, "Lia Moss", "moss_test_bot").await;
    let message = Send {
        body: job(&waiting),
        ..Send::default()
    };
    let sent = world.host.aws().sqs().send("sofi-mail", message);
    sent.expect("the queue takes it");
    world.mail_saying(&other.email, "budget").await;

    let (other, _) = self::waiting(world, "Ada Finch", "finch_test_bot").await;
    eventually("both messages are there", async || {
        (world.depth("-mail-bulk") >= 2).then_some(())
    })
    .await;
    let purged = world.host.aws().sqs().purge("sofi-mail-bulk");
    purged.expect("a queue");
    source(world, BULK, "resume").await;
    for _ in 0..3 {
        world.host.advance(time::Duration::minutes(1)).await;
    }
    world.mail_saying(&other.email, "budget").await;
    world.settled().await;
}

/// A workspace whose budget is spent, and the notice of it.
async fn waiting(world: &World, name: &str, username: &str) -> (Creator, Value) {
    let creator = world.creator(name).await;
    let bot = creator.connect_bot(world, username).await;
    spend(&creator, &bot).await;
    let fan = world.person("Kim", "en").await;
    fan.says(world, &bot, "and you?").await;
    let notice = eventually("a notice waits", async || {
        let rows = notices(world);
        rows.into_iter().find(|row| row["state"]["S"] == "pending")
    })
    .await;
    (creator, notice)
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
