//! What Sofi knows of a fan, as it stands in the next prompt.

use serde_json::{Value, json};

use crate::sofi::Chat;

/// What the model makes of the fan's first words.
const OTTER: &str = "Has a pet otter called Bo";

impl Chat {
    /// Where the facts about the fan are.
    pub(crate) async fn facts(&self) -> String {
        let conversation = self.creator.conversation("Robin").await;
        let fan = conversation["fan_id"].as_str().expect("a fan");
        format!("/api/v1/fans/{fan}/facts")
    }

    /// The fan's first words, of which Sofi remembers a fact.
    pub(crate) async fn tells_of_an_otter(&self) {
        let taught = json!({
            "match": "otter", "reply": "How lovely, an otter!",
            "facts": [{ "text": OTTER, "confidence": 90 }],
        });
        self.world.ai("POST", "/replies", taught).await;
        self.says("I have a pet otter called Bo").await;
        self.answered(1).await;
    }

    /// Whatever the fan says, the model takes it that they have an otter.
    async fn is_taken_for_an_otters(&self) {
        let always = json!({
            "match": "", "reply": "How lovely!",
            "facts": [{ "text": OTTER, "confidence": 90 }],
        });
        self.world.ai("POST", "/replies", always).await;
    }

    /// The fan says so: Telegram's number of the message.
    async fn tells(&self, text: &str) -> i64 {
        let said = self.fan.says(&self.world, &self.bot, text).await;
        said["message"]["message_id"].as_i64().expect("a number")
    }

    /// What is remembered now: each fact, and the number of the message that it is said to be from.
    async fn remembered(&self) -> Vec<(String, Option<i64>)> {
        let path = self.facts().await;
        let facts = self.creator.api.get(&path).await.expect(200);
        let facts = facts["facts"].as_array().expect("facts").iter();
        let told = |fact: &Value| {
            let text = fact["text"].as_str().expect("a text").to_owned();
            let source = &fact["source_message"]["telegram_message_id"];
            (text, source.as_i64())
        };
        facts.map(told).collect()
    }

    /// Where the only fact is.
    async fn only_fact(&self) -> String {
        let path = self.facts().await;
        let facts = self.creator.api.get(&path).await.expect(200);
        assert_eq!(facts["facts"].as_array().map(Vec::len), Some(1), "{facts}");
        let id = facts["facts"][0]["id"].as_str().expect("an id");
        format!("{path}/{id}")
    }

    /// The prompt that the fan's next words bring about, when they have been answered as the bot's `number`th message.
    pub(crate) async fn next_prompt(&self, text: &str, number: usize) -> String {
        self.says(text).await;
        self.answered(number).await;
        self.prompts().await.pop().expect("a prompt")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fact_that_a_person_corrected_stands_in_the_next_prompt_in_its_new_words() {
    let chat = Chat::open("auto").await;
    chat.tells_of_an_otter().await;
    let path = chat.facts().await;
    let known = chat.creator.api.get(&path).await.expect(200)["facts"][0].take();
    assert_eq!(known["edited_by"], Value::Null, "{known}");

    let fact = format!("{path}/{}", known["id"].as_str().expect("an id"));
    let change = json!({ "text": "Has two otters, Bo and Mo" });
    let changed = chat.creator.api.patch(&fact, &change).await.expect(200);
    assert_eq!(changed["source_message"], known["source_message"]);
    assert!(changed["edited_by"].is_string(), "{changed}");
    let prompt = chat.next_prompt("what should we play?", 2).await;
    assert!(prompt.contains("Has two otters, Bo and Mo"), "{prompt}");
    assert!(!prompt.contains("Has a pet otter called Bo"), "{prompt}");

    assert_eq!(chat.creator.api.delete(&fact).await.status, 204);
    let prompt = chat.next_prompt("and tomorrow?", 3).await;
    assert!(!prompt.contains("Has two otters"), "{prompt}");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sensitive_or_unsure_or_expired_stands_in_no_prompt() {
    let chat = Chat::open("auto").await;
    chat.says("hello").await;
    chat.answered(1).await;
    let path = chat.facts().await;
    for fact in [
        json!({ "text": "Likes green tea" }),
        json!({ "text": "Plays the harp", "confidence": 50 }),
        json!({ "text": "Perhaps owns a kayak", "confidence": 49 }),
        json!({ "text": "Has diabetes" }),
        json!({ "text": "Sings in a choir", "sensitivity": "sensitive" }),
        json!({ "text": "Visits Lisbon this week", "days": 1 }),
    ] {
        chat.creator.api.post(&path, &fact).await.expect(201);
    }
    let stands = |prompt: &str, yes: &[&str], no: &[&str]| {
        for words in yes {
            assert!(prompt.contains(words), "{words} is missing in {prompt}");
        }
        for words in no {
            assert!(!prompt.contains(words), "{words} stands in {prompt}");
        }
    };
    let prompt = chat.next_prompt("what should we play?", 2).await;
    let ordinary = ["Likes green tea", "Plays the harp"];
    stands(&prompt, &ordinary, &["kayak", "diabetes", "choir"]);
    stands(&prompt, &["Visits Lisbon"], &[]);

    let lets = json!({ "sensitive_facts": true });
    chat.creator.sofi(&chat.bot, &lets).await;
    let prompt = chat.next_prompt("and tomorrow?", 3).await;
    stands(&prompt, &["Has diabetes", "Sings in a choir"], &["kayak"]);

    chat.world.host.advance(time::Duration::hours(25)).await;
    let prompt = chat.next_prompt("good morning", 4).await;
    stands(&prompt, &ordinary, &["Lisbon", "kayak"]);
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_forgotten_deleted_or_corrected_comes_back_only_where_the_fan_says_it_again() {
    let chat = Chat::open("auto").await;
    chat.is_taken_for_an_otters().await;
    let first = chat.tells("I have a pet otter called Bo").await;
    chat.answered(1).await;
    let otter = |number| vec![(OTTER.to_owned(), Some(number))];
    assert_eq!(chat.remembered().await, otter(first));

    chat.says("/forget").await;
    chat.answered(2).await;
    chat.says("hi").await;
    chat.answered(3).await;
    assert!(chat.remembered().await.is_empty(), "of the history");

    let again = chat.tells("as I said, an otter, a pet called Bo").await;
    chat.answered(4).await;
    assert_eq!(chat.remembered().await, otter(again));
    let fact = chat.only_fact().await;
    assert_eq!(chat.creator.api.delete(&fact).await.status, 204);
    chat.says("what should we play?").await;
    chat.answered(5).await;
    assert!(chat.remembered().await.is_empty(), "it was deleted");

    let third = chat.tells("my otter Bo is the best pet").await;
    chat.answered(6).await;
    assert_eq!(chat.remembered().await, otter(third));
    let fact = chat.only_fact().await;
    let change = json!({ "text": "Has two ferrets" });
    chat.creator.api.patch(&fact, &change).await.expect(200);
    chat.says("and tomorrow?").await;
    chat.answered(7).await;
    let corrected = [("Has two ferrets".to_owned(), Some(third))];
    assert_eq!(chat.remembered().await, corrected);
    let prompts = chat.prompts().await;
    assert_eq!(prompts.len(), 6, "a vendor was asked of each");
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_texts_that_are_answered_together_the_one_that_says_it_is_the_source() {
    let chat = Chat::open("auto").await;
    chat.is_taken_for_an_otters().await;
    chat.says("hello there").await;
    let number = chat.tells("I have a pet otter called Bo").await;
    chat.says("what should we play?").await;
    chat.answered(1).await;
    let otter = [(OTTER.to_owned(), Some(number))];
    assert_eq!(chat.remembered().await, otter);
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reply_that_was_being_written_when_the_fan_asked_to_be_forgotten_remembers_nothing() {
    let chat = Chat::open("auto").await;
    chat.is_taken_for_an_otters().await;
    chat.hold(true).await;
    chat.says("I have a pet otter called Bo").await;
    chat.held().await;
    chat.says("/forget").await;
    chat.answered(1).await;
    let anew = async || (chat.prompts().await.len() >= 2).then_some(());
    chat.world.soon("the reply is written anew", anew).await;
    chat.hold(false).await;
    chat.answered(2).await;
    assert_eq!(chat.quiet().await.len(), 2);
    assert!(chat.remembered().await.is_empty());
    chat.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_for_which_a_draft_waits_bears_out_nothing_that_was_forgotten_or_deleted_since() {
    for forgets in [true, false] {
        let chat = Chat::open("draft").await;
        chat.is_taken_for_an_otters().await;
        let number = chat.tells("I have a pet otter called Bo").await;
        chat.quiet().await;
        let otter = [(OTTER.to_owned(), Some(number))];
        assert_eq!(chat.remembered().await, otter, "the draft's turn");
        if forgets {
            chat.says("/forget").await;
            chat.answered(1).await;
        } else {
            let fact = chat.only_fact().await;
            assert_eq!(chat.creator.api.delete(&fact).await.status, 204);
            chat.world.host.advance(time::Duration::minutes(5)).await;
        }
        chat.says("what should we play?").await;
        chat.quiet().await;
        assert_eq!(chat.prompts().await.len(), 2, "another draft is written");
        let remembered = chat.remembered().await;
        assert!(remembered.is_empty(), "by /forget: {forgets}");
        chat.world.host.stop().await;
    }
}
