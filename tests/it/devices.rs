//! Which browsers an account knows, and what makes it forget them.

use reqwest::Method;
use serde_json::json;
use tests::{Answer, PASSWORD, World};

use crate::access::{close, login};
use crate::journey_access::api;
use crate::second_factor::reset;
use crate::sessions::told;

const OTHER: &str = "another horse altogether";

/// The cookie by which the browser of an answer is known from now on.
fn mark(answer: &Answer) -> String {
    let value = answer.cookie("__Host-sofi_device").expect("it is marked");
    format!("__Host-sofi_device={value}")
}

async fn enter(world: &World, email: &str, mark: &str) -> Answer {
    let body = json!({ "email": email, "password": OTHER });
    let headers = [("cookie", mark)];
    let api = world.api();
    api.send(Method::POST, "/api/v1/sessions", Some(&body), &headers)
        .await
}

/// Waits for the mail about a login from a browser that is not familiar, the next one after so many.
async fn is_told(world: &World, email: &str, before: usize) {
    tests::eventually("the login is told", async || {
        (told(world, email) == before + 1).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_makes_every_browser_unfamiliar_but_the_one_that_chose_it() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let theirs = mark(&login(&world, &email, PASSWORD).await);
    let opened = login(&world, &email, PASSWORD).await;
    let own = mark(&opened);
    let me = api(&world, &opened.expect(201));
    let change = json!({ "current": PASSWORD, "new": OTHER });
    let headers = [("cookie", own.as_str())];
    let changed = me.send(Method::PUT, "/api/v1/me/password", Some(&change), &headers);
    changed.await.expect(201);
    world.settled().await;

    let before = told(&world, &email);
    enter(&world, &email, &own).await.expect(201);
    world.settled().await;
    assert_eq!(told(&world, &email), before, "the owner's own is familiar");
    enter(&world, &email, &theirs).await.expect(201);
    is_told(&world, &email, before).await;
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_reset_a_browser_of_before_is_told_of_and_is_slowed_like_a_strangers() {
    let world = World::start().await;
    let email = world.creator("Mira Vale").await.email;
    let theirs = mark(&login(&world, &email, PASSWORD).await);
    let done = reset(&world, &email, &mut Vec::new(), OTHER, &[]).await;
    close(&world, &email).await;
    assert_eq!(enter(&world, &email, &theirs).await.status, 429);
    enter(&world, &email, &mark(&done)).await.expect(201);
    world.settled().await;

    let before = told(&world, &email);
    enter(&world, &email, &theirs).await.expect(201);
    is_told(&world, &email, before).await;
    world.host.stop().await;
}
