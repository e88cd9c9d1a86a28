//! The legal texts and the headers of every answer, as a browser gets them.

use std::collections::BTreeMap;

use domain::retention::TABLE;
use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, World, root};

const TEXTS: [&str; 7] = [
    "terms",
    "privacy",
    "dpa",
    "acceptable-use",
    "cookies",
    "subprocessors",
    "security",
];

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    let mut all = answer.headers.iter().filter(|(known, _)| known == name);
    let (_, value) = all.next().unwrap_or_else(|| panic!("{name} is there"));
    assert!(all.next().is_none(), "{name} is there once");
    value
}

/// What `infra/headers.json` says for a group, without what a handler may say itself.
fn wanted(group: &str) -> BTreeMap<String, String> {
    let file = std::fs::read(root().join("infra/headers.json")).expect("the file");
    let file: Value = serde_json::from_slice(&file).expect("JSON");
    let groups = file["groups"].as_array().expect("groups");
    let group = groups
        .iter()
        .find(|one| one["name"] == group)
        .expect("the group");
    [&file["common"], &group["headers"]]
        .into_iter()
        .flat_map(|set| set.as_object().expect("headers"))
        .map(|(name, value)| (name.clone(), value.as_str().expect("text").to_owned()))
        .collect()
}

fn carries(answer: &Answer, group: &str) {
    for (name, value) in wanted(group) {
        assert_eq!(header(answer, &name), value, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_carries_the_headers_of_the_one_file() {
    let world = World::start().await;
    let api = world.api();
    let wrong = json!({ "email": "nobody@example.com", "password": "not the password" });
    let answers = [
        (200, api.get("/api/v1/health").await),
        (401, api.get("/api/v1/me").await),
        (404, api.get("/api/v1/documents/imprint").await),
        (404, api.get("/api/v1/nothing/here").await),
        (422, api.post("/api/v1/sessions", &wrong).await),
    ];
    for (status, answer) in &answers {
        assert_eq!(answer.status, *status, "{}", answer.body);
        carries(answer, "api");
        assert_eq!(header(answer, "cache-control"), "no-store");
        let allowed = "access-control-allow-origin";
        assert!(answer.headers.iter().all(|(name, _)| name != allowed));
    }
    let text = api.get("/api/v1/documents/terms").await;
    carries(&text, "api");
    assert_eq!(header(&text, "cache-control"), "public, max-age=300");
    for page in ["/legal", "/legal/privacy", "/.well-known/security.txt"] {
        let answer = api.get(page).await;
        assert_eq!(answer.status, 200, "{page}");
        carries(&answer, "legal");
        assert_eq!(header(&answer, "cache-control"), "public, max-age=300");
    }
    carries(&api.get("/inbox").await, "site");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_text_is_a_page_and_the_same_text_as_json_in_every_version() {
    let world = World::start().await;
    let api = world.api();
    for word in TEXTS {
        let current = api
            .get(&format!("/api/v1/documents/{word}"))
            .await
            .expect(200);
        for version in current["versions"].as_array().expect("versions") {
            let version = version["version"].as_str().expect("a version");
            let json = api
                .get(&format!("/api/v1/documents/{word}?version={version}"))
                .await
                .expect(200);
            let page = api.get(&format!("/legal/{word}?version={version}")).await;
            assert_eq!(page.status, 200, "{word} {version}");
            assert_eq!(header(&page, "content-type"), "text/html; charset=utf-8");
            let html = String::from_utf8(page.bytes).expect("text");
            let title = json["text"].as_str().expect("text").lines().next();
            let title = title.expect("a line").trim_start_matches("# ");
            assert!(
                html.contains(&format!("<h1>{title}</h1>")),
                "{word} {version}"
            );
            assert!(html.contains(json["sha256"].as_str().expect("a hash")));
        }
    }
    assert_eq!(api.get("/legal/imprint").await.status, 404);
    assert_eq!(api.get("/legal/terms?version=1999-01-01").await.status, 404);
    assert_eq!(api.get("/legal/terms?other=1").await.status, 400);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn programs_read_who_receives_data_and_what_is_honoured() {
    let world = World::start().await;
    let api = world.api();
    let list = api.get("/api/v1/subprocessors").await.expect(200);
    let names: Vec<_> = list["subprocessors"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["name"].as_str().expect("a name"))
        .collect();
    assert_eq!(
        names,
        ["Amazon Web Services", "Telegram", "xAI", "Groq", "Stripe"]
    );
    let signal = [("sec-gpc", "1")];
    let honoured = api
        .send(Method::GET, "/.well-known/gpc.json", None, &signal)
        .await
        .expect(200);
    assert_eq!(honoured["gpc"], true);
    let file = api.get("/.well-known/security.txt").await;
    assert_eq!(header(&file, "content-type"), "text/plain; charset=utf-8");
    let text = String::from_utf8(file.bytes).expect("text");
    assert!(
        text.contains("Contact: mailto:support@soficrm.com\n"),
        "{text}"
    );
    assert!(text.contains("\nExpires: 20"), "{text}");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p41_the_times_that_are_published_are_those_of_the_code() {
    let world = World::start().await;
    let policy = world.api().get("/api/v1/documents/privacy").await;
    let text = policy.expect(200)["text"].take();
    let text = text.as_str().expect("a text");
    let (_, section) = text
        .split_once("\n## 10. How long data is kept\n")
        .expect("the section");
    let section = section.split("\n## ").next().unwrap_or_default();
    let rows = section.lines().filter_map(|line| {
        let cells = line.strip_prefix("| ")?.strip_suffix(" |")?;
        cells.split_once(" | ")
    });
    let published: Vec<_> = rows.skip(1).collect();
    let code: Vec<_> = TABLE.iter().map(|rule| (rule.data, rule.kept)).collect();
    assert_eq!(published, code);
    world.host.stop().await;
}
