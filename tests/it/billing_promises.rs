//! What the privacy policy promises of payments: no card is ever ours, people are told of Stripe before they are there, and
//! everything is processed for a purpose that is told.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tests::{Answer, Api, Creator, World, root};

use crate::exports::members;
use crate::journey_access::prove;
use crate::journey_billing::buy;
use crate::journey_exports::{EXPORTS, download, id, ready};

const BILLING: &str = "/api/v1/billing";
const CHECKOUTS: &str = "/api/v1/billing/checkouts";
/// The number of a card that processors publish for tests.
const CARD: &str = "4242424242424242";
/// What a form for cards is made of.
const FORMS: [&str; 4] = ["js.stripe.com", "cc-number", "cc-csc", "cc-exp"];
/// What the fields of one are called.
const FIELDS: [&str; 7] = [
    "card_number",
    "cvc",
    "cvv",
    "exp_month",
    "exp_year",
    "iban",
    "pan",
];

fn order(plan: &str, said: bool) -> Value {
    json!({ "plan": plan, "interval": "month", "terms_accepted": said, "immediate_start_acknowledged": said })
}

/// All text files below a folder, by their path.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if let Ok(text) = fs::read_to_string(&path) {
            found.push((path.display().to_string(), text));
        }
    }
    found
}

/// The names of all properties in a part of the API's document.
fn properties(part: &Value, names: &mut BTreeSet<String>) {
    if let Some(named) = part["properties"].as_object() {
        names.extend(named.keys().cloned());
    }
    let parts: Vec<&Value> = match part {
        Value::Object(parts) => parts.values().collect(),
        Value::Array(parts) => parts.iter().collect(),
        _ => Vec::new(),
    };
    for part in parts {
        properties(part, names);
    }
}

/// What Stripe was asked, oldest first.
async fn asked(world: &World) -> Vec<Value> {
    let log = world.stripe("GET", "/log", Value::Null).await;
    log["calls"].as_array().expect("a list").clone()
}

async fn policy(api: &Api) -> String {
    let policy = api.get("/api/v1/documents/privacy").await.expect(200);
    let words = policy["text"].as_str().expect("a text").split_whitespace();
    words.collect::<Vec<_>>().join(" ")
}

fn rules(answer: &Answer) -> &str {
    let header = answer.header("content-security-policy");
    header.expect("each answer has the rules of its group")
}

#[tokio::test(flavor = "multi_thread")]
async fn p10_nothing_asks_for_a_card_and_the_number_of_one_is_in_no_log_whoever_wrote_it() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    for path in ["/legal", "/legal/privacy", "/legal/terms", BILLING] {
        let page = mira.api.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        let text = String::from_utf8_lossy(&page.bytes).to_lowercase();
        assert!(
            !text.contains("<input") && !text.contains("<script"),
            "{path}"
        );
        assert!(!rules(&page).contains("stripe"), "{path}");
    }
    assert!(!rules(&mira.api.get("/billing").await).contains("stripe"));
    let headers = fs::read_to_string(root().join("infra/headers.json")).expect("the file");
    assert!(!headers.contains("stripe"), "of the pages too");
    let sources = files(&root().join("functions/dashboard/src"));
    assert!(sources.len() > 100, "{}", sources.len());
    for (path, text) in &sources {
        let found = FORMS.iter().find(|form| text.contains(**form));
        assert_eq!(found, None, "{path}");
    }
    let document = fs::read(root().join("infra/api/openapi.json")).expect("the document");
    let document: Value = serde_json::from_slice(&document).expect("JSON");
    let mut names = BTreeSet::new();
    properties(&document, &mut names);
    assert!(names.contains("immediate_start_acknowledged"));
    let found = FIELDS.iter().find(|field| names.contains(**field));
    assert_eq!(found, None);

    write_a_card_everywhere(&world, &mira).await;
    let lines = world.host.log().select(|_| true);
    assert!(lines.len() > 20, "{}", lines.len());
    for line in lines {
        assert!(
            !line.text.contains(CARD),
            "{}",
            line.text.replace(CARD, "***")
        );
    }
    world.host.stop().await;
}

/// In a form, in a path, in an event that nobody signed, and in a chat.
async fn write_a_card_everywhere(world: &World, mira: &Creator) {
    let wrong = mira.api.post(CHECKOUTS, &order(CARD, true)).await;
    assert!((400..500).contains(&wrong.status), "{}", wrong.status);
    let path = format!("/api/v1/conversations/{CARD}");
    let lost = mira.api.get(&path).await.status;
    assert!((400..500).contains(&lost), "{lost}");
    let event = json!({ "id": CARD, "type": CARD });
    let unsigned = world.api().post("/hooks/stripe", &event).await.status;
    assert!((400..500).contains(&unsigned), "{unsigned}");
    let bot = mira.connect_bot(world, "mira_bot").await;
    let robin = world.person("Robin", "en").await;
    robin.says(world, &bot, CARD).await;
    mira.conversation("Robin").await;
    world.settled().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p11_that_stripe_may_read_the_device_is_told_before_and_nobody_is_led_there_without_a_click()
 {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let told = mira.api.get(BILLING).await.expect(200);
    let address = told["processor"]["privacy_policy"].as_str();
    assert_eq!(address, Some("https://stripe.com/privacy"));
    let policy = policy(&mira.api).await;
    let ours = "as its own privacy policy describes (<https://stripe.com/privacy>)";
    assert!(policy.contains(ours));
    // What is shown has opened nothing, and what was not accepted neither.
    mira.api
        .post(CHECKOUTS, &order("creator", false))
        .await
        .problem(400);
    let opens = |call: &Value| call["path"] == "/v1/checkout/sessions";
    assert!(!asked(&world).await.iter().any(opens));
    // The way is an address in an answer, never a redirect that a browser follows by itself.
    let opened = mira.api.post(CHECKOUTS, &order("creator", true)).await;
    assert_eq!(opened.header("location"), None);
    let opened = opened.expect(201);
    let address = opened["url"].as_str().expect("an address");
    assert!(address.starts_with(world.host.stripe_url()));
    assert!(asked(&world).await.iter().any(opens));
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p12_what_is_said_of_stripes_standard_has_a_source_and_no_card_passes_through_us() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    let told = mira.api.get(BILLING).await.expect(200);
    let standard = told["processor"]["standard"].as_str().expect("a standard");
    let source = told["processor"]["standard_source"].as_str();
    assert!(
        source
            .expect("a source")
            .starts_with("https://docs.stripe.com/")
    );
    let said = format!("Stripe is certified as a {standard} service provider");
    assert!(policy(&mira.api).await.contains(&said), "{said}");
    buy(&world, &mira, "creator", "month").await;
    // Stripe knows the card; of its answers nothing about one is kept.
    let dump = world.control("/dump").await;
    for place in ["tables", "queues", "buckets"] {
        let held = dump[place].to_string();
        let found = FIELDS
            .iter()
            .find(|field| held.contains(&format!("\"{field}\"")));
        assert_eq!(found, None, "{place}");
        assert!(!held.contains(CARD), "{place}");
    }
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn p13_a_copy_says_of_every_field_for_which_purpose_and_on_which_basis_it_is_processed() {
    let world = World::start().await;
    let mira = world.creator("Mira Vale").await;
    prove(&mira.api, None).await;
    let request = id(&mira.api.post(EXPORTS, &json!({})).await.expect(202));
    ready(&mira.api, &request).await;
    let file = download(&mira.api, &request).await;
    let manifest: Value = serde_json::from_slice(&members(&file)["manifest.json"]).expect("JSON");
    let sections = manifest["sections"].as_array().expect("sections").iter();
    let mut found = BTreeSet::new();
    for section in sections {
        for field in section["fields"].as_array().expect("fields") {
            let class = &field["class"];
            let word = |name: &str| class[name].as_str().expect("a word").to_owned();
            let (purpose, basis) = (word("purpose"), word("basis"));
            if word("capacity") == "processor" {
                assert_eq!((&*purpose, &*basis), ("service", "instruction"), "{field}");
            } else if purpose == "service" {
                assert_eq!(basis, "contract", "{field}");
            }
            found.insert((purpose, basis));
        }
    }
    for (purpose, basis) in [("service", "contract"), ("service", "instruction")] {
        assert!(
            found.contains(&(purpose.to_owned(), basis.to_owned())),
            "{found:?}"
        );
    }
    world.host.stop().await;
}
