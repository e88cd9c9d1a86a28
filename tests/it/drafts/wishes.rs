//! A fan who asks for a person while one is asked for already: the latest wish counts, and each is told when to expect an answer.

use serde_json::{Value, json};
use tests::eventually;

use super::{Desk, REPLY, path_of};

/// What the fan is told, each time they ask.
const TOLD: &str = "you would like a person";

/// A fan who asked for a person, was not answered within the hour that they were told, and wrote again: Sofi drafts, and the
/// first wish still waits. The draft and the conversation's address.
async fn unanswered(name: &str) -> (Desk, Value, String) {
    let desk = Desk::open(name).await;
    let within_an_hour = json!({ "mode": "draft", "answer_within_hours": 1 });
    desk.creator.sofi(&desk.bot, &within_an_hour).await;
    wishes(&desk).await;
    desk.is_asked_for(true).await;
    desk.world.host.advance(time::Duration::minutes(61)).await;
    let (draft, path) = desk.drafted("how was your day?").await;
    desk.is_asked_for(true).await;
    (desk, draft, path)
}

async fn wishes(desk: &Desk) {
    // Telegram's dates are whole seconds.
    desk.world.host.advance(time::Duration::seconds(2)).await;
    desk.fan.says(&desk.world, &desk.bot, "/human").await;
}

/// The same while nothing is sent: waits until the wish is there.
async fn wishes_anew(desk: &Desk) {
    let before = desk.conversation().await["last_message_id"].clone();
    wishes(desk).await;
    eventually("the wish is there", async || {
        let newest = desk.conversation().await["last_message_id"].clone();
        (newest != before).then_some(())
    })
    .await;
}

impl Desk {
    /// So often the fan was told when to expect an answer; what else they received.
    async fn told(&self, times: usize) -> Vec<String> {
        self.world.settled().await;
        let received = self.received().await.into_iter();
        let (told, others): (Vec<_>, Vec<_>) = received.partition(|text| text.contains(TOLD));
        assert_eq!(told.len(), times, "{told:?} {others:?}");
        others
    }

    /// Lets the sender stop, or go on.
    async fn sender(&self, word: &str) {
        let path = format!("/__local/functions/workers.sender/{word}");
        self.world.api().post(&path, &json!({})).await.expect(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a02_a_draft_of_before_a_second_wish_is_refused_where_a_person_was_asked_for_already() {
    let (desk, draft, path) = unanswered("Ada Holm").await;
    wishes(&desk).await;
    assert!(desk.told(2).await.is_empty());
    let newest = desk.conversation().await["last_message_id"].clone();
    let seen = json!({ "rev": draft["rev"], "last_seen_message_id": newest });
    let refused = desk.approve(&path, &seen, "seen").await;
    assert_eq!(refused.problem(409), "fan_wants_person");
    // Nor do its words leave as a person's own.
    let copied = json!({ "text": REPLY, "last_seen_message_id": newest });
    let messages = format!("{path}/messages");
    let refused = desk.creator.api.post(&messages, &copied).await;
    assert_eq!(refused.problem(409), "fan_wants_person");
    assert!(desk.told(2).await.is_empty());
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a02_an_approval_of_before_a_second_wish_is_taken_back() {
    let (desk, draft, path) = unanswered("Ebba Lind").await;
    desk.told(1).await;
    desk.sender("pause").await;
    let approval = json!({ "rev": draft["rev"] });
    desk.approve(&path, &approval, "before").await.expect(201);
    wishes_anew(&desk).await;
    desk.sender("resume").await;
    assert!(desk.told(2).await.is_empty());
    let unsent = desk.message(&draft["id"]).await;
    assert_eq!(unsent["failure"], "fan_wants_person", "{unsent}");
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a02_a_draft_of_after_the_wish_may_be_sent_on_a_persons_word() {
    let (desk, draft, path) = unanswered("Inga Berg").await;
    let approval = json!({ "rev": draft["rev"] });
    desk.approve(&path, &approval, "after").await.expect(201);
    let sent = desk.told(1).await;
    assert!(sent.len() == 1 && sent[0].ends_with(REPLY), "{sent:?}");
    desk.is_asked_for(false).await;
    desk.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_before_a_second_wish_do_not_answer_it_and_words_of_after_it_do() {
    let desk = Desk::open("Una Frost").await;
    wishes(&desk).await;
    desk.is_asked_for(true).await;
    desk.told(1).await;
    let conversation = desk.conversation().await;
    let id = conversation["id"].as_str().expect("an id");
    let newest = &conversation["last_message_id"];
    desk.sender("pause").await;
    let own = json!({ "text": "One moment", "last_seen_message_id": newest });
    let messages = format!("{}/messages", path_of(&conversation["id"]));
    desk.creator.api.post(&messages, &own).await.expect(201);
    wishes_anew(&desk).await;
    desk.sender("resume").await;
    assert_eq!(desk.told(2).await, ["One moment"]);
    desk.is_asked_for(true).await;
    assert_eq!(desk.conversation().await["hold"]["reason"], "fan");

    desk.creator.answer(id, "I am here").await;
    assert_eq!(desk.told(2).await.len(), 2);
    desk.is_asked_for(false).await;
    assert_eq!(desk.conversation().await["hold"]["reason"], "person");
    desk.world.host.stop().await;
}
