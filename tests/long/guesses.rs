//! Ten thousand guesses: on one account from many networks, and on many accounts from one.
//!
//! What is counted as looked at has reached the hash of a password; everything else was sent away before it.

use std::collections::BTreeMap;

use reqwest::Method;
use serde_json::{Value, json};
use tests::{Answer, Api, Creator, PASSWORD, World};
use tokio::task::JoinSet;

const GUESSES: usize = 10_000;
/// Guesses under way at a time.
const AT_ONCE: usize = 8;
/// The brakes' longest wait is a quarter of an hour.
const A_WHILE: time::Duration = time::Duration::minutes(16);

fn form(email: &str, password: &str) -> Value {
    json!({ "email": email, "password": password })
}

async fn log_in(api: &Api, email: &str, password: &str) -> Answer {
    api.post("/api/v1/sessions", &form(email, password)).await
}

/// Sends all guesses, some at once, and counts the answers by status. `guess` says from where, and what.
async fn count(world: &World, guess: impl Fn(usize) -> (String, Value)) -> BTreeMap<u16, usize> {
    let mut clients: BTreeMap<String, Api> = BTreeMap::new();
    let mut answers = BTreeMap::new();
    let mut under_way: JoinSet<u16> = JoinSet::new();
    for number in 0..GUESSES {
        if under_way.len() >= AT_ONCE {
            let status = under_way.join_next().await.expect("some are under way");
            *answers.entry(status.expect("an answer")).or_default() += 1;
        }
        let (from, body) = guess(number);
        let api = clients
            .entry(from)
            .or_insert_with_key(|from| world.api().from(from))
            .clone();
        under_way.spawn(async move { api.post("/api/v1/sessions", &body).await.status });
    }
    while let Some(status) = under_way.join_next().await {
        *answers.entry(status.expect("an answer")).or_default() += 1;
    }
    answers
}

/// Logs in on the device that this cookie marks.
async fn on_device(api: &Api, email: &str, device: &str) -> Answer {
    let cookie = format!("__Host-sofi_device={device}");
    let headers = [("cookie", cookie.as_str())];
    let body = form(email, PASSWORD);
    api.send(Method::POST, "/api/v1/sessions", Some(&body), &headers)
        .await
}

async fn known_device(world: &World, creator: &Creator) -> String {
    let opened = log_in(&world.api(), &creator.email, PASSWORD).await;
    let device = opened.cookie("__Host-sofi_device");
    device.expect("the device is marked").to_owned()
}

fn looked_at(answers: &BTreeMap<u16, usize>) -> usize {
    let of = |status| answers.get(&status).copied().unwrap_or_default();
    assert_eq!(of(422) + of(429), GUESSES, "nothing else: {answers:?}");
    of(422)
}

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_thousand_guesses_on_one_account_hardly_any_is_looked_at() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let device = known_device(&world, &creator).await;
    // Five hundred networks, so that none of them is sent away for itself.
    let answers = count(&world, |number| {
        let from = format!("127.{}.{}.1", 10 + number % 10, number % 500 / 10);
        (
            from,
            form(&creator.email, &format!("guess number {number}")),
        )
    })
    .await;
    let looked_at = looked_at(&answers);
    println!("one account: {looked_at} of {GUESSES} guesses from 500 networks were looked at");
    // Ten, and as many again for each quarter of an hour that this took; some of those at once share a moment.
    assert!((4..=40).contains(&looked_at), "{looked_at}");
    let elsewhere = world.api().from("127.99.1.1");
    let shut = log_in(&elsewhere, &creator.email, PASSWORD).await;
    assert_eq!(shut.status, 429, "a stranger's device has to wait");
    on_device(&elsewhere, &creator.email, &device)
        .await
        .expect(201);

    world.host.advance(A_WHILE).await;
    let anybody = log_in(&elsewhere, &creator.email, PASSWORD).await;
    anybody.expect(201);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_thousand_guesses_from_one_network_a_hundred_are_looked_at() {
    let world = World::start().await;
    let creator = world.creator("Mira Vale").await;
    let device = known_device(&world, &creator).await;
    let answers = count(&world, |number| {
        let email = match number % 100 {
            50 => creator.email.clone(),
            _ => format!("person.{number}@example.com"),
        };
        ("127.9.9.9".to_owned(), form(&email, "123456789"))
    })
    .await;
    let looked_at = looked_at(&answers);
    println!("many accounts: {looked_at} of {GUESSES} guesses from one network were looked at");
    assert!((90..=100).contains(&looked_at), "{looked_at}");
    let there = world.api().from("127.9.9.9");
    let shut = log_in(&there, &creator.email, PASSWORD).await;
    assert_eq!(shut.status, 429, "that network has to wait");
    // The owner gets in: there on a known device, and elsewhere on any.
    on_device(&there, &creator.email, &device).await.expect(201);
    let elsewhere = world.api().from("127.99.1.1");
    let owner = log_in(&elsewhere, &creator.email, PASSWORD).await;
    owner.expect(201);

    world.host.advance(A_WHILE).await;
    let again = log_in(&there, "person.1@example.com", "123456789").await;
    assert_eq!(again.status, 422, "looked at again");
    world.host.stop().await;
}
