//! Fans are kept after the last contact for as long as their workspace has chosen, and no longer.

use emulator::sqs::Send as Message;
use local::KillPlan;
use serde_json::{Value, json};
use tests::{Api, Bot, Creator, World, eventually};
use time::format_description::well_known::Rfc3339;

use crate::journey_access::prove;
use crate::journey_exports::{EXPORTS, id, ready, shown};
use crate::journey_privacy::{certificate_of, finished, requests};
use crate::journey_team::colleague;

/// Where it is chosen how long fans are kept; a choice is looked at anew.
pub(crate) const RETENTION: &str = "/api/v1/privacy/retention";
/// So many erasures of a workspace begin within a minute.
const AT_ONCE: usize = 20;
/// The length of a moment up to its whole second.
const SECONDS: usize = "2026-11-30T00:00:00".len();

/// A workspace and what asks for its search.
struct Stage {
    world: World,
    mira: Creator,
    day: Bot,
    tenant: Value,
}

impl Stage {
    async fn open() -> Self {
        let world = World::start().await;
        let limits = json!({ "rate_limits": false });
        world.telegram("PATCH", "/settings", limits).await;
        let mira = world.creator("Mira").await;
        let day = mira.connect_bot(&world, "mira_day_bot").await;
        let me = mira.api.get("/api/v1/me").await.expect(200);
        let tenant = me["workspaces"][0]["id"].clone();
        Self {
            world,
            mira,
            day,
            tenant,
        }
    }

    /// The sweep asks as well, within a minute.
    fn search(&self) {
        look_through(&self.world, &self.tenant);
    }

    /// Chooses with a proof.
    async fn choose(&self, days: u16) -> Value {
        prove(&self.mira.api, None).await;
        let choice = json!({ "days": days });
        self.mira.api.put(RETENTION, &choice).await.expect(200)
    }

    async fn after(&self, days: i64) -> Api {
        self.world.host.advance(time::Duration::days(days)).await;
        self.mira.log_in(&self.world).await
    }

    /// So many fans, each of whom has written once.
    async fn fans(&self, count: usize) {
        for number in 0..count {
            let fan = self.world.person(&format!("Fan {number}"), "en").await;
            fan.says(&self.world, &self.day, "hello").await;
        }
        eventually("all of them are there", async || {
            (self.mira.conversations().await.len() == count).then_some(())
        })
        .await;
        self.world.settled().await;
    }
}

/// Has a workspace looked through, if it is time.
pub(crate) fn look_through(world: &World, tenant: &Value) {
    let sqs = world.host.aws().sqs();
    let mut names = sqs.queues().into_iter().map(|queue| queue.name);
    let queue = names.find(|name| name.ends_with("-erasures"));
    let job = json!({ "v": 1, "search": "retention", "tenant": tenant });
    let message = Message {
        body: job.to_string(),
        ..Message::default()
    };
    sqs.send(&queue.expect("a queue"), message)
        .expect("takes it");
}

/// The conversation of a fan, by a session that is still good.
async fn named(api: &Api, name: &str) -> Option<Value> {
    let page = api.get("/api/v1/conversations").await.expect(200);
    let all = page["conversations"].as_array().expect("a list").clone();
    all.into_iter().find(|one| one["name"] == name)
}

fn path_of(conversation: &Value) -> String {
    let fan = conversation["fan_id"].as_str().expect("an id");
    format!("/api/v1/fans/{fan}")
}

/// An export of the whole workspace that can be downloaded.
async fn exported(api: &Api) -> String {
    prove(api, None).await;
    let export = id(&api.post(EXPORTS, &json!({})).await.expect(202));
    ready(api, &export).await;
    export
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_of_the_workspace_keeps_who_is_due_for_a_week_and_the_next_one_no_longer() {
    let stage = Stage::open().await;
    let world = &stage.world;
    let robin = world.person("Robin", "en").await;
    robin.says(world, &stage.day, "hello").await;
    let gone = path_of(&stage.mira.conversation("Robin").await);
    stage.choose(30).await;
    let api = stage.after(29).await;
    exported(&api).await;
    let api = stage.after(2).await;
    stage.search();
    world.settled().await;
    let all = requests(&api).await;
    assert_eq!(all.len(), 1, "only the export: {all:?}");

    let api = stage.after(4).await;
    let second = exported(&api).await;
    let api = stage.after(1).await;
    stage.search();
    world.settled().await;
    let all = requests(&api).await;
    assert_eq!(all.len(), 2, "the week is not over: {all:?}");

    let api = stage.after(2).await;
    stage.search();
    let request = eventually("Robin is erased", async || {
        let all = requests(&api).await;
        let mut erased = all.into_iter().filter(|one| one["origin"] == "retention");
        erased.find(|one| one["state"] == "finished")
    })
    .await;
    assert_eq!(request["requested_by"], Value::Null);
    api.get(&gone).await.problem(404);
    let taken = shown(&api, &second).await;
    assert_eq!(taken["state"], "withdrawn", "Robin was in it: {taken}");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_lets_the_bot_into_their_own_account_stays_until_they_take_it_out() {
    let stage = Stage::open().await;
    let world = &stage.world;
    let ada = world.person("Ada", "en").await;
    ada.says(world, &stage.day, "hello").await;
    let act = json!({ "act": "connect_business" });
    ada.act(world, &stage.day, act).await;
    let fan = path_of(&stage.mira.conversation("Ada").await);
    world.settled().await;
    stage.choose(30).await;
    let api = stage.after(31).await;
    stage.search();
    world.settled().await;
    assert!(requests(&api).await.is_empty(), "the bot is at work there");

    let act = json!({ "act": "end_business" });
    ada.act(world, &stage.day, act).await;
    world.settled().await;
    let api = stage.after(2).await;
    stage.search();
    let request = finished(&api, 1).await;
    assert_eq!(request["origin"], "retention");
    api.get(&fan).await.problem(404);
    let path = format!("/api/v1/bots/{}/business-accounts", stage.day.id);
    let accounts = api.get(&path).await.expect(200);
    assert_eq!(accounts["business_accounts"], json!([]));
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p41_who_was_not_heard_of_for_as_long_as_was_chosen_is_erased_and_may_come_back() {
    let stage = Stage::open().await;
    let world = &stage.world;
    let night = stage.mira.connect_bot(world, "mira_night_bot").await;
    let robin = world.person("Robin", "en").await;
    let sam = world.person("Sam", "en").await;
    robin.says(world, &stage.day, "canary-of-robin").await;
    sam.says(world, &stage.day, "by day").await;
    sam.says(world, &night, "by night").await;
    let gone = path_of(&stage.mira.conversation("Robin").await);
    let kept = path_of(&stage.mira.conversation("Sam").await);
    world.settled().await;
    let chosen = stage.choose(30).await;
    assert_eq!(
        (&chosen["days"], &chosen["next"]["days"]),
        (&json!(365), &json!(30))
    );
    assert_eq!(chosen["first_in_days"], 30, "{chosen}");

    let api = stage.after(29).await;
    sam.says(world, &night, "still there").await;
    stage.search();
    world.settled().await;
    assert!(
        requests(&api).await.is_empty(),
        "nobody goes before the time"
    );

    let api = stage.after(2).await;
    stage.search();
    let request = finished(&api, 1).await;
    let (origin, by) = (&request["origin"], &request["requested_by"]);
    assert_eq!((origin, by), (&json!("retention"), &Value::Null));
    let certificate = api.get(&certificate_of(&request)).await.expect(200);
    let certificate = certificate["certificate"].as_str().expect("a text");
    let certificate: Value = serde_json::from_str(certificate).expect("JSON");
    assert_eq!(certificate["origin"], "retention");
    api.get(&gone).await.problem(404);
    api.get(&kept).await.expect(200);
    let rows = world.control("/dump").await["tables"].to_string();
    assert!(
        !rows.contains(gone.rsplit('/').next().expect("an id")),
        "a row names who is gone"
    );

    // Telegram counts whole seconds: this is after the erasure.
    world.host.advance(time::Duration::seconds(2)).await;
    robin.says(world, &stage.day, "hello again").await;
    let again = eventually("Robin is there again", async || named(&api, "Robin").await).await;
    let id = again["id"].as_str().expect("an id");
    let path = format!("/api/v1/conversations/{id}/messages");
    let messages = api.get(&path).await.expect(200)["messages"].take();
    let texts = messages.as_array().expect("a list").iter();
    let texts: Vec<_> = texts.map(|message| &message["text"]).collect();
    assert_eq!(texts, ["hello again"], "nothing of the former fan");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p41_thirty_days_after_a_bot_was_disconnected_its_fans_go_but_not_who_another_bot_knows() {
    let stage = Stage::open().await;
    let world = &stage.world;
    let night = stage.mira.connect_bot(world, "mira_night_bot").await;
    let robin = world.person("Robin", "en").await;
    let sam = world.person("Sam", "en").await;
    robin.says(world, &stage.day, "by day").await;
    sam.says(world, &stage.day, "by day").await;
    sam.says(world, &night, "by night").await;
    let gone = path_of(&stage.mira.conversation("Robin").await);
    let kept = path_of(&stage.mira.conversation("Sam").await);
    world.settled().await;
    prove(&stage.mira.api, None).await;
    let bot = format!("/api/v1/bots/{}", stage.day.id);
    let disconnected = stage.mira.api.delete(&bot).await;
    assert_eq!(disconnected.status, 200, "{}", disconnected.body);

    let api = stage.after(29).await;
    stage.search();
    world.settled().await;
    assert!(requests(&api).await.is_empty(), "it can be connected again");

    let api = stage.after(2).await;
    stage.search();
    let request = finished(&api, 1).await;
    assert_eq!(request["origin"], "retention");
    api.get(&gone).await.problem(404);
    api.get(&kept).await.expect(200);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shorter_time_asks_who_it_is_counts_a_week_later_and_can_be_taken_back() {
    let stage = Stage::open().await;
    let (world, api) = (&stage.world, &stage.mira.api);
    let put = async |days: u16| api.put(RETENTION, &json!({ "days": days })).await;
    world.host.advance(time::Duration::seconds(301)).await;
    assert_eq!(put(30).await.problem(403), "step_up_required");
    for wrong in [29, 731] {
        put(wrong).await.problem(400);
    }
    let longer = put(400).await.expect(200);
    let nobody = json!({ "days": 400, "next": null, "first_in_days": null });
    assert_eq!(longer, nobody, "a longer time counts at once");

    let shorter = stage.choose(30).await;
    assert_eq!(
        (&shorter["days"], &shorter["next"]["days"]),
        (&json!(400), &json!(30))
    );
    assert_eq!(put(30).await.expect(200), shorter, "no new week begins");
    let me = api.get("/api/v1/me").await.expect(200);
    let shown = &me["workspaces"][0]["retention"];
    assert_eq!(
        (&shown["days"], &shown["next_days"]),
        (&json!(400), &json!(30))
    );
    assert_eq!(shown["next_from"], shorter["next"]["from"]);
    assert_eq!(put(400).await.expect(200), nobody, "taken back");

    stage.choose(30).await;
    let api = stage.after(8).await;
    let me = api.get("/api/v1/me").await.expect(200);
    let expected = json!({ "days": 30, "next_days": null, "next_from": null });
    assert_eq!(me["workspaces"][0]["retention"], expected);
    let log = api.get("/api/v1/audit?action=retention.change").await;
    let log = log.expect(200)["entries"].take();
    let subjects = log.as_array().expect("entries").iter();
    let subjects: Vec<_> = subjects.map(|entry| &entry["subject"]).collect();
    assert_eq!(
        subjects, [&stage.tenant; 4],
        "each change, and no repetition"
    );
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_of_a_workspace_go_within_a_minute_and_the_others_after_it() {
    let stage = Stage::open().await;
    let world = &stage.world;
    stage.fans(AT_ONCE + 2).await;
    stage.choose(30).await;
    let api = stage.after(40).await;
    stage.search();
    eventually("as many have begun as may", async || {
        (requests(&api).await.len() >= AT_ONCE).then_some(())
    })
    .await;
    let later = world.host.now_ms() / 1000 + 5;
    world.host.advance(time::Duration::seconds(130)).await;
    stage.search();
    eventually("the others have begun", async || {
        (requests(&api).await.len() == AT_ONCE + 2).then_some(())
    })
    .await;
    world.host.advance(time::Duration::seconds(60)).await;
    finished(&api, AT_ONCE + 2).await;
    let later = time::OffsetDateTime::from_unix_timestamp(later).expect("a moment");
    let later = later.format(&Rfc3339).expect("a text");
    let began = requests(&api).await;
    let began = began.iter().map(|request| &request["requested_at"]);
    let began: Vec<_> = began.map(|at| at.as_str().expect("a moment")).collect();
    let soon = began.iter().filter(|at| at[..SECONDS] < later[..SECONDS]);
    assert_eq!(soon.count(), AT_ONCE, "{began:?} and {later}");
    assert_eq!(named(&api, "Fan 0").await, None);
    world.host.stop().await;
}

/// Whose list the search of a workspace goes on in, of bots that were disconnected; nothing: in none.
async fn behind(stage: &Stage) -> Option<String> {
    let searches = stage.world.rows("retention").await.into_iter();
    let mut own = searches.filter(|(_, row)| row["tenant"]["S"] == stage.tenant);
    let (_, row) = own.next().expect("the search of the workspace");
    row["behind"]["L"][0]["S"].as_str().map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn through_the_fans_of_a_disconnected_bot_the_search_goes_on_where_it_stopped() {
    let stage = Stage::open().await;
    let world = &stage.world;
    stage.fans(AT_ONCE + 2).await;
    prove(&stage.mira.api, None).await;
    let bot = format!("/api/v1/bots/{}", stage.day.id);
    let disconnected = stage.mira.api.delete(&bot).await;
    assert_eq!(disconnected.status, 200, "{}", disconnected.body);
    let api = stage.after(31).await;
    stage.search();
    let place = eventually("as many have begun as may", async || {
        let (begun, place) = (requests(&api).await.len(), behind(&stage).await);
        place.filter(|_| begun >= AT_ONCE)
    })
    .await;
    assert_eq!(place, stage.day.id);
    world.host.advance(time::Duration::seconds(130)).await;
    stage.search();
    eventually("the others have begun, and the walk is over", async || {
        let begun = requests(&api).await.len();
        (begun == AT_ONCE + 2 && behind(&stage).await.is_none()).then_some(())
    })
    .await;
    world.host.advance(time::Duration::seconds(60)).await;
    finished(&api, AT_ONCE + 2).await;
    let fans = api.get("/api/v1/fans").await.expect(200);
    assert_eq!(fans["fans"], json!([]));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_was_killed_goes_on_and_nobody_is_erased_twice() {
    let stage = Stage::open().await;
    let world = &stage.world;
    stage.fans(3).await;
    stage.choose(30).await;
    let api = stage.after(40).await;
    world.host.plan_kill(KillPlan {
        function: Some("privacy.erase".to_owned()),
        before_call: Some(9),
        after_call: None,
        operation: None,
        times: 1,
        skip: 0,
    });
    stage.search();
    eventually("it was killed", async || {
        (world.host.kills().len() == 1).then_some(())
    })
    .await;
    // What the killed one had in hand is hidden for its visibility time-out.
    world.host.advance(time::Duration::seconds(400)).await;
    stage.search();
    finished(&api, 3).await;
    world.settled().await;
    assert_eq!(requests(&api).await.len(), 3);
    let fans = api.get("/api/v1/fans").await.expect(200);
    assert_eq!(fans["fans"], json!([]));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn owners_hear_by_mail_of_a_shorter_time_and_of_what_others_have_exported() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let manager = json!({ "role": "manager" });
    let ola = colleague(&world, &mira.api, "Ola Berg", manager).await;
    let said = |email: &str, words: &str| {
        let mails = world.mails_to(email);
        let texts = mails.iter().filter_map(|mail| mail.text.as_deref());
        texts.filter(|text| text.contains(words)).count()
    };
    let longer = json!({ "days": 400 });
    ola.api.put(RETENTION, &longer).await.expect(200);
    prove(&ola.api, None).await;
    let shorter = json!({ "days": 30 });
    ola.api.put(RETENTION, &shorter).await.expect(200);
    let shortened = "kept for 30 days";
    let mail = world.mail_saying(&mira.email, shortened).await;
    assert!(mail.text.is_some_and(|text| text.contains("Ola Berg")));
    // The same choice once more is none.
    ola.api.put(RETENTION, &shorter).await.expect(200);

    ola.api.post(EXPORTS, &json!({})).await.expect(202);
    let exported = "has data of the workspace";
    world.mail_saying(&mira.email, exported).await;
    prove(&mira.api, None).await;
    mira.api.post(EXPORTS, &json!({})).await.expect(202);
    world.settled().await;
    assert_eq!(said(&mira.email, exported), 1, "not of one's own");
    assert_eq!(said(&mira.email, shortened), 1);
    assert_eq!(said(&mira.email, "kept for 400 days"), 0);
    assert_eq!(said(&ola.email, shortened) + said(&ola.email, exported), 0);
    world.host.stop().await;
}
