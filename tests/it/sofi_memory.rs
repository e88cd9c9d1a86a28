//! What Sofi knows of a fan, as it stands in the next prompt.

use serde_json::{Value, json};

use crate::sofi::Chat;

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
            "facts": [{ "text": "Has a pet otter called Bo", "confidence": 90 }],
        });
        self.world.ai("POST", "/replies", taught).await;
        self.says("I have a pet otter called Bo").await;
        self.answered(1).await;
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
