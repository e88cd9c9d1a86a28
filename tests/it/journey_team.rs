//! The part of the walk that is about the team: inviting, joining, changing, leaving.

use serde_json::{Value, json};
use tests::{Api, PASSWORD, World, accepted, code_in, token_in};

use crate::journey::Journey;
use crate::journey_access::{log_in, prove};
use crate::journey_alerts::begin;

/// A member of somebody's workspace who has none of their own.
pub(crate) struct Colleague {
    /// The API with the session that joined.
    pub api: Api,
    /// Their address.
    pub email: String,
    /// Who they are.
    pub user: String,
}

/// The team of the walk.
pub(crate) struct Team {
    /// Manages.
    pub manager: Colleague,
    /// Chats, and sees one bot.
    pub chatter: Colleague,
    /// Reads.
    pub analyst: Colleague,
    /// An invitation that stays open.
    pub invitation: String,
    /// A token that is good.
    pub token: String,
}

/// Signs up without a workspace, and logs in.
pub(crate) async fn newcomer(world: &World, name: &str) -> (Api, String) {
    let email = format!("{}@example.com", name.to_lowercase().replace(' ', "."));
    let api = world.api();
    let mut texts = accepted(&api).await;
    // The processing agreement binds a workspace, and none is made.
    texts.retain(|text| text["document"] != "dpa");
    let body = json!({
        "name": name, "email": email, "password": PASSWORD, "adult_attested": true,
        "accepted": texts,
    });
    let taken = api.post("/api/v1/registrations", &body).await.expect(201);
    let id = taken["registration_id"].as_str().expect("an id");
    let code = code_in(&world.mail_saying(&email, "Enter this code").await);
    let path = format!("/api/v1/registrations/{id}/verifications");
    api.post(&path, &json!({ "code": code })).await.expect(201);
    (log_in(world, &email, PASSWORD).await, email)
}

/// Invites an address and gives the token of the mail.
pub(crate) async fn invite(world: &World, api: &Api, email: &str, offer: Value) -> String {
    let mut body = offer;
    body["email"] = json!(email);
    let invitations = || {
        let mut mails = world.mails_to(email);
        let asks = |text: &String| text.contains("asks you to join");
        mails.retain(|mail| mail.text.as_ref().is_some_and(asks));
        mails
    };
    let known = invitations().len();
    api.post("/api/v1/workspace/invitations", &body)
        .await
        .expect(201);
    let mail = tests::eventually("the invitation arrives", async || {
        let mut mails = invitations();
        (mails.len() > known).then(|| mails.pop()).flatten()
    });
    token_in(&mail.await)
}

/// Accepts an invitation.
pub(crate) async fn accept(api: &Api, token: &str) -> tests::Answer {
    let path = "/api/v1/workspace/invitations/acceptances";
    api.post(path, &json!({ "token": token })).await
}

/// Somebody new in a team.
pub(crate) async fn colleague(world: &World, owner: &Api, name: &str, offer: Value) -> Colleague {
    let (api, email) = newcomer(world, name).await;
    // Its other sessions end when rights change; there must be one to end.
    log_in(world, &email, PASSWORD).await;
    world.mail_saying(&email, "had not seen before").await;
    let token = invite(world, owner, &email, offer).await;
    accept(&api, &token).await.expect(201);
    let me = api.get("/api/v1/me").await.expect(200);
    let user = me["id"].as_str().expect("an id").to_owned();
    Colleague { api, email, user }
}

/// The path of a member.
pub(crate) fn path(member: &Colleague) -> String {
    format!("/api/v1/workspace/members/{}", member.user)
}

/// Walks it, and leaves a team with one open invitation.
pub(crate) async fn walk(world: &World, journey: &Journey) -> Team {
    let owner = journey.creator.log_in(world).await;
    world.api().get("/api/v1/workspace/roles").await.expect(200);
    let manager = colleague(world, &owner, "Ola Berg", json!({ "role": "manager" })).await;
    let one_bot = json!({ "role": "chatter", "bots": [journey.bot.id] });
    let chatter = colleague(world, &owner, "Uma Lind", one_bot).await;
    let analyst = colleague(world, &owner, "Ito Sand", json!({ "role": "analyst" })).await;
    narrowed_sync(world, journey, &chatter).await;
    changes(world, &owner, journey).await;
    own_workspace(world, &analyst).await;
    let email = "nobody.yet@example.com";
    invite(world, &manager.api, email, json!({ "role": "analyst" })).await;
    let open = "/api/v1/workspace/invitations";
    let listed = manager.api.get(open).await.expect(200);
    let id = listed["invitations"][0]["id"].as_str().expect("an id");
    let back = manager.api.delete(&format!("{open}/{id}")).await;
    assert_eq!(back.status, 204, "{}", back.body);
    invite(world, &manager.api, email, json!({ "role": "analyst" })).await;
    let listed = manager.api.get(open).await.expect(200);
    let invitation = listed["invitations"][0]["id"].as_str().expect("an id");
    let token = crate::journey_tokens::walk(world, &owner).await;
    Team {
        token: token.id,
        invitation: invitation.to_owned(),
        manager,
        chatter,
        analyst,
    }
}

/// Whoever sees one bot only hears of its conversations.
async fn narrowed_sync(world: &World, journey: &Journey, chatter: &Colleague) {
    let cursor = chatter.api.get("/api/v1/sync").await.expect(200)["cursor"].clone();
    journey
        .fan
        .says(world, &journey.bot, "who reads this?")
        .await;
    let path = format!("/api/v1/sync?cursor={}", cursor.as_str().expect("a cursor"));
    tests::eventually("a narrowed member hears of it", async || {
        let news = chatter.api.get(&path).await.expect(200);
        let events = news["events"].as_array().expect("a list");
        (!events.is_empty()).then_some(())
    })
    .await;
}

/// An owner for a while, and what needs another owner to be there.
async fn changes(world: &World, owner: &Api, journey: &Journey) {
    let (creator, bot) = (&journey.creator, &journey.bot);
    let second = colleague(world, owner, "Rio Vance", json!({ "role": "owner" })).await;
    prove(owner, None).await;
    let demoted = json!({ "role": "chatter", "bots": null });
    owner.patch(&path(&second), &demoted).await.expect(200);
    let bots = owner.get("/api/v1/bots").await.expect(200);
    let narrowed = json!({ "bots": [bots["bots"][0]["id"]] });
    log_in(world, &second.email, PASSWORD).await;
    owner.patch(&path(&second), &narrowed).await.expect(200);
    let promoted = json!({ "role": "owner" });
    owner.patch(&path(&second), &promoted).await.expect(200);
    let again = log_in(world, &second.email, PASSWORD).await;
    // Whoever is gone hears no more, whether they were sent away or left.
    let phone = world.person("Rio", "en").await;
    begin(world, &again, bot, &phone).await;
    assert_eq!(owner.delete(&path(&second)).await.status, 204);
    let third = colleague(world, owner, "Kit Moor", json!({ "role": "owner" })).await;
    log_in(world, &third.email, PASSWORD).await;
    let phone = world.person("Kit", "en").await;
    begin(world, &third.api, bot, &phone).await;
    let left = third.api.delete("/api/v1/workspace/members/current").await;
    assert_eq!(left.status, 204, "{}", left.body);
    let alerts = format!("/api/v1/bots/{}/alerts", bot.id);
    let hear = owner.get(&alerts).await.expect(200);
    assert_eq!(hear["alerts"], json!([]));
    let team = owner.get("/api/v1/workspace/members").await.expect(200);
    let owners = team["members"].as_array().expect("a list").iter();
    let owners: Vec<_> = owners.filter(|member| member["role"] == "owner").collect();
    assert_eq!(owners.len(), 1, "{owners:?}");
    assert_eq!(owners[0]["email"], creator.email);
}

/// Somebody who works for others may have a workspace too.
async fn own_workspace(world: &World, analyst: &Colleague) {
    log_in(world, &analyst.email, PASSWORD).await;
    let name = json!({ "name": "Ito Sand" });
    analyst
        .api
        .post("/api/v1/workspaces", &name)
        .await
        .expect(201);
    let me = analyst.api.get("/api/v1/me").await.expect(200);
    let workspaces = me["workspaces"].as_array().expect("a list");
    let roles: Vec<_> = workspaces.iter().map(|entry| &entry["role"]).collect();
    assert_eq!(roles, ["analyst", "owner"]);
}
