//! The part of the walk in which a person closes their account, takes that back by logging in, and is erased.

use serde_json::{Value, json};
use tests::{Answer, Api, PASSWORD, World, eventually};

use crate::journey_access::prove;
use crate::journey_closing::{ask, closing, over, overdue};
use crate::journey_team::colleague;

/// Where a person closes their account.
pub(crate) const ACCOUNT_CLOSING: &str = "/api/v1/me/closing";

/// What is held of a person.
pub(crate) const COPY: &str = "/api/v1/me/export";

/// Walks it with people of its own.
pub(crate) async fn walk(world: &World) {
    let iris = world.creator("Iris Holm").await;
    prove(&iris.api, None).await;
    let alone = close(&iris.api).await;
    assert_eq!(alone.problem(409), "last_owner_of");
    let offer = json!({ "role": "owner" });
    let otto = colleague(world, &iris.api, "Otto Reil", offer).await;
    prove(&otto.api, None).await;
    otto.api.get(COPY).await.expect(200);
    close(&otto.api).await.expect(202);
    world.mail_saying(&otto.email, "your account stays").await;
    frozen(world).await;

    let back = enter(world, &otto.email).await.expect(201);
    assert_eq!(back["account_reopened"], true, "{back}");
    let again = crate::journey_access::api(world, &back);
    close(&again).await.expect(202);
    frozen(world).await;
    erase(world).await;
    world.mail_saying(&otto.email, "signed certificate").await;
    world.settled().await;
}

/// Closes the account.
pub(crate) async fn close(api: &Api) -> Answer {
    api.post(ACCOUNT_CLOSING, &json!({})).await
}

/// Logs in, whatever comes of it.
pub(crate) async fn enter(world: &World, email: &str) -> Answer {
    let form = json!({ "email": email, "password": PASSWORD });
    world.api().post("/api/v1/sessions", &form).await
}

/// Waits until the account stands still.
pub(crate) async fn frozen(world: &World) -> Value {
    eventually("the account stands still", async || {
        let row = closing(world).await?;
        (row["state"]["S"] == "frozen").then_some(row)
    })
    .await
}

/// Lets the seven days be over without anybody's session ending, and waits until the account is erased.
pub(crate) async fn erase(world: &World) {
    let job = overdue(world).await;
    ask(world, &job);
    over(world).await;
}
