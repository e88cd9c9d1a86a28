//! Every mail goes once, later if SES cannot, or is shown as unknown.

use emulator::ses::Mail;
use emulator::sqs::Send;
use local::KillPlan;
use local::gate::{FaultKind, FaultRule};
use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, code_in, eventually};

use crate::addresses::take_back;

/// What the mails of these tests are about; getting in brings others.
const BUDGET: &str = "Today's AI budget is spent";

/// Where a person says which mails they do without.
const MAILS: &str = "/api/v1/me/mails";

/// The two ways of mails: each has a queue and a function of its own.
#[derive(Clone, Copy, Debug)]
enum Lane {
    /// A link to choose a password.
    Security,
    /// A budget that is spent.
    Bulk,
}

impl Lane {
    const ALL: [Self; 2] = [Self::Security, Self::Bulk];

    const fn template(self) -> &'static str {
        match self {
            Self::Security => "password_reset",
            Self::Bulk => "budget_reached",
        }
    }

    const fn function(self) -> &'static str {
        match self {
            Self::Security => "mailer.send",
            Self::Bulk => "mailer.send-bulk",
        }
    }

    fn sent(self, mail: &Mail) -> bool {
        match self {
            Self::Security => mail
                .text
                .as_deref()
                .is_some_and(|text| text.contains("/reset#")),
            Self::Bulk => mail.subject == BUDGET,
        }
    }
}

/// The event source of bulk mails.
pub(crate) const BULK: &str = "MailerSendBulkFunctionQueue";

/// A workspace whose budget is spent, so that the next fan makes a mail to its owner: one a day. On the other lane its
/// owner has forgotten the password, again and again.
pub(crate) struct Spent {
    pub(crate) world: World,
    pub(crate) creator: Creator,
    bot: Bot,
    fan: Person,
    lane: Lane,
}

impl Spent {
    pub(crate) async fn start() -> Self {
        Self::on(Lane::Bulk).await
    }

    async fn on(lane: Lane) -> Self {
        let world = World::start().await;
        let creator = world.creator("Mira Vale").await;
        let bot = creator.connect_bot(&world, "mail_test_bot").await;
        creator.sofi(&bot, &json!({ "mode": "auto" })).await;
        let nothing =
            json!({ "vendors": ["xai", "groq"], "daily_cost_micro_usd": 0, "daily_tokens": 1_000 });
        let api = &creator.api;
        api.put("/api/v1/ai/budget", &nothing).await.expect(200);
        let fan = world.person("Robin", "en").await;
        // Some of these tests last longer than the trial.
        crate::journey_billing::buy(&world, &creator, "creator", "year").await;
        Self {
            world,
            creator,
            bot,
            fan,
            lane,
        }
    }

    /// What the mail is about happens; answers as soon as there is a notice more than before.
    pub(crate) async fn tell(&self) -> Value {
        let before = self.notices();
        match self.lane {
            Lane::Bulk => drop(self.fan.says(&self.world, &self.bot, "hello?").await),
            Lane::Security => {
                let body = json!({ "email": self.creator.email });
                let api = self.world.api();
                api.post("/api/v1/password-resets", &body).await.expect(202);
            }
        }
        eventually("there is a notice", async || {
            let mut rows = self.notices();
            rows.retain(|row| !before.iter().any(|old| old["pk"] == row["pk"]));
            rows.pop()
        })
        .await
    }

    /// Every notice of this lane's fact, as it is stored.
    fn notices(&self) -> Vec<Value> {
        told(&self.world, self.lane.template())
    }

    /// The newest row of a notice.
    fn now(&self, notice: &Value) -> Value {
        let rows = self.notices();
        let found = rows.into_iter().find(|row| row["pk"] == notice["pk"]);
        found.expect("a notice stays in the ledger")
    }

    /// Waits until a notice is in a state.
    pub(crate) async fn reaches(&self, notice: &Value, state: &str) -> Value {
        eventually(&format!("the notice is {state}"), async || {
            let row = self.now(notice);
            (row["state"]["S"] == state).then_some(row)
        })
        .await
    }

    /// Waits until it was tried so often and waits again.
    async fn tried(&self, notice: &Value, attempts: usize) {
        eventually(&format!("it was tried {attempts} times"), async || {
            let row = self.now(notice);
            let tries = attempts.to_string();
            (row["attempts"]["N"] == tries.as_str() && row["state"]["S"] == "pending").then_some(())
        })
        .await;
    }

    pub(crate) fn mails(&self) -> usize {
        let mut inbox = self.world.host.aws().ses().inbox();
        inbox.retain(|mail| self.lane.sent(mail));
        inbox.len()
    }

    pub(crate) async fn advance(&self, seconds: i64) {
        self.world
            .host
            .advance(time::Duration::seconds(seconds))
            .await;
    }

    /// Nothing more happens within an hour.
    async fn hour(&self) {
        for _ in 0..6 {
            self.advance(600).await;
            self.world.settled().await;
        }
    }
}

/// Every notice of a spent budget, as it is stored.
pub(crate) fn notices(world: &World) -> Vec<Value> {
    told(world, Lane::Bulk.template())
}

fn told(world: &World, template: &str) -> Vec<Value> {
    let rows = world.host.aws().dynamodb().dump("sofi-work");
    let mut rows = rows.expect("a table");
    rows.retain(|row| row["kind"]["S"] == "notice" && row["template"]["S"] == template);
    rows
}

/// The queue message for a notice.
pub(crate) fn job(notice: &Value) -> String {
    let pk = notice["pk"]["S"].as_str().expect("a key");
    let parts: Vec<_> = pk.split('#').collect();
    json!({ "v": 1, "tenant": format!("ten_{}", parts[1]), "notice": parts[3] }).to_string()
}

/// What SES does to coming mails; without a number until it is cleared.
pub(crate) fn fault(kind: FaultKind, times: Option<u32>) -> FaultRule {
    FaultRule {
        kind,
        service: Some("ses".to_owned()),
        operation: Some("SendEmail".to_owned()),
        function: None,
        times,
        skip: 0,
        delay_ms: 0,
    }
}

/// Pauses or resumes an event source.
pub(crate) async fn source(world: &World, id: &str, action: &str) {
    let path = format!("/__local/sources/{id}/{action}");
    world.api().post(&path, &json!({})).await.expect(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_without_a_warning_is_sent_everything_else_and_what_must_be_told_cannot_be_named()
{
    let spent = Spent::start().await;
    let api = &spent.creator.api;
    let off = json!({ "off": ["budget_reached"] });
    assert_eq!(api.put(MAILS, &off).await.expect(200), off);
    let me = api.get("/api/v1/me").await.expect(200);
    assert_eq!(me["mails_off"], off["off"]);
    for kind in ["receipt", "renewal_notice", "new_device"] {
        let refused = api.put(MAILS, &json!({ "off": [kind] })).await.status;
        assert!((400..500).contains(&refused), "{kind}: {refused}");
    }
    let notice = spent.tell().await;
    let ended = spent.reaches(&notice, "suppressed").await;
    assert_eq!(ended["reason"]["S"], "switched_off");
    assert_eq!(spent.mails(), 0);
    let forgotten = json!({ "email": spent.creator.email });
    let guest = spent.world.api();
    let asked = guest.post("/api/v1/password-resets", &forgotten).await;
    asked.expect(202);
    spent
        .world
        .mail_saying(&spent.creator.email, "/reset#")
        .await;
    spent.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spent_budget_is_told_to_the_owner_once_a_day() {
    let spent = Spent::start().await;
    let notice = spent.tell().await;
    let row = spent.reaches(&notice, "sent").await;
    assert!(
        row.get("content").is_none() && row.get("dpk").is_none(),
        "{row}"
    );
    let mail = spent
        .world
        .mail_saying(&spent.creator.email, "budget")
        .await;
    assert_eq!(row["ses_id"]["S"], mail.message_id.as_str());
    let (text, html) = (mail.text.clone(), mail.html.clone());
    assert!(text.expect("text").contains("support@soficrm.com"));
    assert!(html.expect("HTML").contains("mail_test_bot"));
    let page = format!("/__local/mail/{}/html", mail.message_id);
    let shown = spent.world.api().get(&page).await;
    let is_boxed = |(name, value): &(String, String)| {
        name == "content-security-policy" && value.contains("sandbox")
    };
    assert!(shown.headers.iter().any(is_boxed), "{:?}", shown.headers);
    assert!(String::from_utf8_lossy(&shown.bytes).contains("mail_test_bot"));

    spent.fan.says(&spent.world, &spent.bot, "anybody?").await;
    spent.hour().await;
    assert_eq!(spent.mails(), 1, "once a day");
    spent.advance(86_400).await;
    let next = spent.tell().await;
    spent.reaches(&next, "sent").await;
    assert_eq!(spent.mails(), 2);
    spent.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_throttled_mail_goes_once_and_later() {
    for lane in Lane::ALL {
        throttled(lane).await;
    }
}

async fn throttled(lane: Lane) {
    let spent = Spent::on(lane).await;
    let gate = spent.world.host.gate();
    gate.add_fault(fault(FaultKind::Throttle, Some(2)));
    let notice = spent.tell().await;
    spent.tried(&notice, 1).await;
    spent.advance(31).await;
    spent.tried(&notice, 2).await;
    assert_eq!(spent.mails(), 0);
    spent.advance(61).await;
    spent.reaches(&notice, "sent").await;
    spent.hour().await;
    assert_eq!(spent.mails(), 1);
    spent.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_security_mail_does_not_wait_behind_others() {
    let spent = Spent::start().await;
    let gate = spent.world.host.gate();
    let bulk = spent.world.host.functions().resolve(Lane::Bulk.function());
    gate.add_fault(FaultRule {
        function: Some(bulk.expect("a function").to_owned()),
        ..fault(FaultKind::Throttle, None)
    });
    let notice = spent.tell().await;
    spent.tried(&notice, 1).await;
    let email = &spent.creator.email;
    let body = json!({ "email": email });
    let api = spent.world.api();
    api.post("/api/v1/password-resets", &body).await.expect(202);
    spent.world.mail_saying(email, "/reset#").await;
    assert_eq!(spent.mails(), 0, "the other one waits");
    gate.clear_faults();
    spent.advance(31).await;
    spent.reaches(&notice, "sent").await;
    assert_eq!(spent.mails(), 1);
    spent.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_outlives_an_hour_without_ses() {
    for lane in Lane::ALL {
        without_ses(lane).await;
    }
}

async fn without_ses(lane: Lane) {
    let spent = Spent::on(lane).await;
    let gate = spent.world.host.gate();
    gate.add_fault(fault(FaultKind::Unavailable, None));
    let notice = spent.tell().await;
    // 30 s, 1, 2, 4, 8 minutes; after that the sweep asks, not the queue.
    for (tries, wait) in [31, 61, 121, 241, 481].into_iter().enumerate() {
        spent.tried(&notice, tries + 1).await;
        spent.advance(wait).await;
    }
    spent.tried(&notice, 6).await;
    for _ in 0..3 {
        spent.advance(961).await;
    }
    gate.clear_faults();
    for _ in 0..6 {
        spent.advance(600).await;
    }
    spent.reaches(&notice, "sent").await;
    spent.hour().await;
    assert_eq!(spent.mails(), 1);
    spent.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_lost_an_address_is_told_though_ses_was_away_for_more_than_a_day() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let (changes, wanted) = ("/api/v1/me/email-changes", "intruder@example.com");
    let asked = creator.api.post(changes, &json!({ "email": wanted })).await;
    asked.expect(202);
    let code = code_in(&world.mail_saying(wanted, "to use this address").await);
    let gate = world.host.gate();
    gate.add_fault(fault(FaultKind::Unavailable, None));
    let path = format!("{changes}/completions");
    let completed = creator.api.post(&path, &json!({ "code": code })).await;
    completed.expect(201);
    for hour in 0..36 {
        if hour == 30 {
            gate.clear_faults();
        }
        world.host.advance(time::Duration::hours(1)).await;
    }
    take_back(&world, &creator.email).await.expect(201);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_shown_as_unknown_and_never_sent_again() {
    for lane in Lane::ALL {
        lost_answer(lane).await;
    }
}

async fn lost_answer(lane: Lane) {
    let spent = Spent::on(lane).await;
    let gate = spent.world.host.gate();
    gate.add_fault(fault(FaultKind::CutAfter, Some(1)));
    let notice = spent.tell().await;
    spent.reaches(&notice, "unknown").await;
    assert_eq!(spent.mails(), 1, "SES had taken it");

    spent.advance(86_400).await;
    gate.add_fault(fault(FaultKind::CutBefore, Some(1)));
    let next = spent.tell().await;
    let row = spent.reaches(&next, "unknown").await;
    assert_eq!(row["reason"]["S"], "answer_lost");
    spent.hour().await;
    assert_eq!(spent.mails(), 1, "neither goes out by itself");
    spent.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn repeated_messages_send_one_mail() {
    let spent = Spent::start().await;
    source(&spent.world, BULK, "pause").await;
    let notice = spent.tell().await;
    let again = || {
        let message = Send {
            body: job(&notice),
            ..Send::default()
        };
        let sent = spent.world.host.aws().sqs().send("sofi-mail-bulk", message);
        sent.expect("the queue takes it");
    };
    (0..4).for_each(|_| again());
    source(&spent.world, BULK, "resume").await;
    spent.reaches(&notice, "sent").await;
    again();
    spent.hour().await;
    assert_eq!(spent.mails(), 1);
    spent.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_whose_message_was_lost_is_found_by_the_sweep() {
    let spent = Spent::start().await;
    source(&spent.world, BULK, "pause").await;
    let notice = spent.tell().await;
    eventually("its message is there", async || {
        (spent.world.depth("-mail-bulk") > 0).then_some(())
    })
    .await;
    let purged = spent.world.host.aws().sqs().purge("sofi-mail-bulk");
    purged.expect("a queue");
    source(&spent.world, BULK, "resume").await;
    for _ in 0..3 {
        spent.advance(60).await;
    }
    spent.reaches(&notice, "sent").await;
    assert_eq!(spent.mails(), 1);
    spent.world.host.stop().await;
}

/// Where the mailer dies: the operation, which of them, before or after it; what the ledger then says, and what went out.
const DEATHS: [(&str, u32, bool, &str, usize); 7] = [
    ("kms:Decrypt", 1, false, "sent", 1),
    ("dynamodb:TransactWriteItems", 1, true, "sent", 1),
    ("dynamodb:TransactWriteItems", 1, false, "unknown", 0),
    ("ses:SendEmail", 1, true, "unknown", 0),
    ("ses:SendEmail", 1, false, "unknown", 1),
    ("dynamodb:TransactWriteItems", 2, true, "unknown", 1),
    ("dynamodb:TransactWriteItems", 2, false, "sent", 1),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_mailer_that_dies_between_two_calls_never_sends_twice() {
    for lane in Lane::ALL {
        deaths(lane).await;
    }
}

async fn deaths(lane: Lane) {
    let spent = Spent::on(lane).await;
    for (round, (operation, number, before, state, mails)) in DEATHS.into_iter().enumerate() {
        let known = spent.mails();
        spent.world.host.plan_kill(KillPlan {
            function: Some(lane.function().to_owned()),
            before_call: before.then_some(number),
            after_call: (!before).then_some(number),
            operation: Some(operation.to_owned()),
            times: 1,
            skip: 0,
        });
        let notice = spent.tell().await;
        eventually("the mailer died", async || {
            (spent.world.host.kills().len() > round).then_some(())
        })
        .await;
        // The lease of the one that died, and the queue's visibility.
        spent.advance(181).await;
        let row = spent.reaches(&notice, state).await;
        spent.hour().await;
        assert_eq!(spent.now(&notice)["state"], row["state"]);
        let when = if before { "before" } else { "after" };
        let moment = format!("{lane:?} {when} {operation} {number}");
        assert_eq!(spent.mails() - known, mails, "{moment}");
        spent.advance(86_400).await;
    }
    spent.world.host.stop().await;
}
