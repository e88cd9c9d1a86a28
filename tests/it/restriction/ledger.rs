//! What was objected to and allowed again is kept word by word, with its moment and with who said it.

use serde_json::{Value, json};
use tests::eventually;

use crate::journey_access::prove;
use crate::journey_exports::{id, shown};
use crate::journey_privacy::erased;
use crate::sofi::Chat;

impl Chat {
    /// What the profile tells of it: purpose, act, and the command or who of the team, newest first.
    async fn words(&self, number: usize) -> Vec<[Value; 3]> {
        let profile = eventually("every word is kept", async || {
            let profile = self.profile().await;
            let count = profile["consents"].as_array().map(Vec::len);
            (count >= Some(number)).then_some(profile)
        })
        .await;
        let told = profile["consents"].as_array().expect("a list").iter();
        told.map(|one| {
            let who = match &one["command"] {
                Value::Null => one["by"].clone(),
                command => command.clone(),
            };
            [one["purpose"].clone(), one["act"].clone(), who]
        })
        .collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p31_every_word_of_a_fan_and_of_the_team_about_one_stays_with_its_moment_until_the_fan_is_erased()
 {
    let chat = Chat::open("off").await;
    let me = chat.creator.api.get("/api/v1/me").await.expect(200);
    let mut expected: Vec<[Value; 3]> = Vec::new();
    for (command, purpose, act) in [
        ("/stop", "marketing", "objected"),
        ("/noai", "ai", "objected"),
        ("/ai", "ai", "taken_back"),
        ("/restrict", "use", "objected"),
        ("/unrestrict", "use", "taken_back"),
    ] {
        // Telegram counts in seconds.
        chat.world.host.advance(time::Duration::seconds(2)).await;
        chat.says(command).await;
        expected.insert(0, [json!(purpose), json!(act), json!(command)]);
        assert_eq!(chat.words(expected.len()).await, expected, "{command}");
    }
    chat.says("/stop").await;
    chat.answered(6).await;
    assert_eq!(chat.words(5).await, expected, "said before");

    for (reason, act) in [
        (json!("asked by mail"), "objected"),
        (Value::Null, "taken_back"),
    ] {
        chat.world.host.advance(time::Duration::seconds(2)).await;
        let answer = chat.restrict(reason).await;
        expected.insert(0, [json!("use"), json!(act), me["id"].clone()]);
        assert_eq!(
            answer["consents"].as_array().map(Vec::len),
            Some(expected.len())
        );
        assert_eq!(chat.words(expected.len()).await, expected, "{act}");
    }
    let profile = chat.profile().await;
    let documents = chat.world.api().get("/api/v1/documents/privacy").await;
    let policy = documents.expect(200);
    for one in profile["consents"].as_array().expect("a list") {
        assert_eq!(one["policy"], policy["version"], "{one}");
        assert_eq!(one["policy_sha256"], policy["sha256"], "{one}");
    }
    let export = chat.export().await;
    for part in [r#""command":"/noai""#, r#""act":"taken_back""#] {
        assert!(export.contains(part), "the fan's copy says {part}");
    }

    let api = &chat.creator.api;
    prove(api, None).await;
    let body = json!({ "fan_id": profile["id"] });
    let begun = api.post("/api/v1/privacy/erasures", &body).await;
    let request = id(&begun.expect(202));
    let done = eventually("the fan is erased", async || {
        let request = shown(api, &request).await;
        (request["state"] == "finished").then_some(request)
    })
    .await;
    assert_eq!(erased(&done)["consent"], expected.len() as u64, "{done}");
    chat.world.host.stop().await;
}
