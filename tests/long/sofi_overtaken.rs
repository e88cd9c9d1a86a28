//! Fans go on while Sofi writes: one more message, an edit, `/human`. All of it is stored before the vendor answers, so that every
//! reply in flight is overtaken, while workers die: none of them reaches a fan, and what does answers the newest words.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::{Bot, Person, World};

use crate::sofi_storm::{INBOUND, REPLIES, TakenOver, heal};

const FANS: usize = 30;
const ROUNDS: usize = 3;
/// So many replies are in flight when fans go on: all but those whose worker dies, and some that are slow to begin.
const HELD: usize = 20;
const DEMO: &str = "[Demo reply";

/// The newest words of a fan in each round; none where the fan wants a person.
type Newest = BTreeMap<(String, usize), String>;

#[tokio::test(flavor = "multi_thread")]
async fn no_reply_answers_words_that_were_overtaken_and_none_follows_the_wish_for_a_person() {
    // A worker waits for each reply that is in flight.
    let world = World::with(|options| options.concurrency = 30).await;
    let creator = world.creator("Overtaken Owner").await;
    let bot = creator.connect_bot(&world, "sofi_overtaken_bot").await;
    let quick = json!({ "rate_limits": false });
    world.telegram("PATCH", "/settings", quick).await;
    creator.sofi(&bot, &json!({ "mode": "auto" })).await;
    let mut fans = Vec::new();
    for number in 0..FANS {
        fans.push(world.person(&format!("Fan{number:03}"), "en").await);
    }
    plan_kills(&world);

    let everything = [INBOUND.as_slice(), &REPLIES].concat();
    let mut newest = Newest::new();
    for round in 0..ROUNDS {
        hold(&world, true).await;
        let mut numbers = Vec::new();
        for fan in &fans {
            says(&world, &bot, fan, &words(round, 0)).await;
            numbers.push(says(&world, &bot, fan, &words(round, 1)).await);
        }
        let held = json!({ "held": HELD, "timeout_ms": 60_000 });
        world.ai("POST", "/wait", held).await;
        for (number, fan) in fans.iter().enumerate() {
            if let Some(text) = goes_on(&world, &bot, fan, (number, round), numbers[number]).await {
                newest.insert((fan.first_name.clone(), round), text);
            }
        }
        world.settled_but(&REPLIES).await;
        hold(&world, false).await;
        heal(&world, &bot, &TakenOver::new(), &everything).await;
    }
    world.host.clear_kill_plans();
    world.settled().await;
    reconcile(&world, &bot, &fans, &newest).await;
    world.host.stop().await;
}

fn words(round: usize, part: usize) -> String {
    format!("round {round} part {part}")
}

/// Whether the vendor keeps what it is asked.
async fn hold(world: &World, hold: bool) {
    let settings = json!({ "hold": hold });
    world.ai("PATCH", "/settings", settings).await;
}

/// Workers die after their claim, before the vendor hears of it, and after the end of a turn.
fn plan_kills(world: &World) {
    let plan = |operation: &str, before, after, skip| local::KillPlan {
        function: Some("sofi.reply".to_owned()),
        before_call: before,
        after_call: after,
        operation: Some(operation.to_owned()),
        times: 1,
        skip,
    };
    for skip in [3, 40] {
        let write = "dynamodb:TransactWriteItems";
        world.host.plan_kill(plan(write, None, Some(1), skip));
        world.host.plan_kill(plan(write, None, Some(2), skip + 10));
        let ask = plan("xai:responses", Some(1), None, skip + 5);
        world.host.plan_kill(ask);
    }
}

/// Telegram's number of what a fan has written.
async fn says(world: &World, bot: &Bot, fan: &Person, text: &str) -> i64 {
    let said = fan.says(world, bot, text).await;
    said["message"]["message_id"].as_i64().expect("a number")
}

/// What a fan does while the reply is written, and the newest words after it; none where the fan wants a person.
async fn goes_on(
    world: &World,
    bot: &Bot,
    fan: &Person,
    (number, round): (usize, usize),
    message: i64,
) -> Option<String> {
    match number % 3 {
        0 => {
            let text = format!("{} again", words(round, 1));
            let edit = json!({ "act": "edit", "message_id": message, "text": text });
            fan.act(world, bot, edit).await;
            Some(text)
        }
        1 if round + 1 == ROUNDS => {
            says(world, bot, fan, "/human").await;
            None
        }
        _ => {
            let text = words(round, 2);
            says(world, bot, fan, &text).await;
            Some(text)
        }
    }
}

async fn reconcile(world: &World, bot: &Bot, fans: &[Person], newest: &Newest) {
    let (mut answers, mut silent, mut people, mut wrong) = (0, 0, 0, Vec::new());
    for fan in fans {
        let seen = fan.sees(world, bot).await;
        for round in 0..ROUNDS {
            let about = format!("round {round} ");
            let of_round = |(from_bot, text): &&(bool, String)| {
                *from_bot && text.contains(DEMO) && text.contains(&about)
            };
            let said: Vec<_> = seen.iter().filter(of_round).collect();
            let wanted = newest.get(&(fan.first_name.clone(), round));
            match (said.as_slice(), wanted) {
                ([], Some(_)) => silent += 1,
                ([], None) => people += 1,
                ([(_, text)], Some(wanted)) if text.contains(wanted) => answers += 1,
                _ => wrong.push(format!("{} in round {round}: {seen:?}", fan.first_name)),
            }
        }
        let mut after = seen.iter().skip_while(|(_, text)| text != "/human");
        if after.any(|(from_bot, text)| *from_bot && text.contains(DEMO)) {
            wrong.push(format!("{} after /human: {seen:?}", fan.first_name));
        }
    }
    let log = world.ai("GET", "/log", Value::Null).await;
    let calls = log["calls"].as_array().expect("calls").len();
    let kills = world.host.kills().len();
    println!(
        "reconciliation: answered {answers} + by no model {silent} + a person asked for {people} = {}, expected {} quiet \
         periods of {FANS} fans; {calls} calls to vendors; kills: {kills}",
        answers + silent + people,
        FANS * ROUNDS
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(answers + silent + people, FANS * ROUNDS);
    assert_eq!(people, FANS / 3, "those who asked for one");
    assert!(answers > FANS, "most fans are answered: {answers}");
    assert!(calls > answers, "replies were overtaken: {calls}");
    assert!(kills > 0, "workers died");
}
