//! The layers of isolation that work without the product's own care: IAM, and the binding of ciphertext to its place.
//! (Types have compile-time tests in `tenancy`, the guard of the clients its unit tests in `store` and `vault`.)

use emulator::iam::{Role, removals};
use serde_json::{Value, json};
use tests::{Creator, Signed, World, eventually};

/// A workspace's id as it stands in keys and session tags.
async fn tenant(creator: &Creator) -> String {
    let me = creator.api.get("/api/v1/me").await.expect(200);
    let id = me["workspaces"][0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    id.rsplit_once('_')
        .map_or(id.clone(), |(_, suffix)| suffix.to_owned())
}

fn table(world: &World, end: &str) -> String {
    let tables = world.host.aws().dynamodb().tables().expect("tables");
    tables
        .into_iter()
        .find(|name| name.ends_with(end))
        .unwrap_or_else(|| panic!("a table {end}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_for_one_tenant_open_no_row_of_another() {
    let world = World::start().await;
    let (ours, theirs) = (
        world.creator("Our Side").await,
        world.creator("Their Side").await,
    );
    let (ours, theirs) = (tenant(&ours).await, tenant(&theirs).await);
    let (tenant_table, work_table) = (table(&world, "-tenant"), table(&world, "-work"));
    let key = |tenant: &str| json!({ "pk": { "S": format!("T#{tenant}#WORKSPACE") }, "sk": { "S": "HEAD" } });
    let query = |tenant: &str, index: bool| {
        let name = if index { "lpk" } else { "pk" };
        let mut query = json!({ "TableName": tenant_table, "KeyConditionExpression": format!("{name} = :p"),
            "ExpressionAttributeValues": { ":p": { "S": format!("T#{tenant}#INBOX#0") } } });
        if index {
            query["IndexName"] = json!("lists");
        }
        query
    };
    let put = |table: &str, tenant: &str| json!({ "Put": { "TableName": table, "Item": { "pk": { "S": format!("T#{tenant}#TEST") }, "sk": { "S": "X" } } } });
    let denied = Err("AccessDeniedException".to_owned());
    let mut shown = Vec::new();
    let roles = tenant_roles(&world);
    assert!(roles.len() > 40, "{roles:?}");
    for role in &roles {
        let (plain, arn) = Signed::function(&world, role);
        let tagged = plain
            .tagged(&arn, &ours)
            .await
            .expect("the role may assume itself");
        let attempts = [
            (
                "GetItem",
                json!({ "TableName": tenant_table, "Key": key(&theirs) }),
            ),
            (
                "BatchGetItem",
                json!({ "RequestItems": { tenant_table.as_str(): { "Keys": [key(&ours), key(&theirs)] } } }),
            ),
            ("Query", query(&theirs, false)),
            ("Query on the index", query(&theirs, true)),
            (
                "PutItem",
                json!({ "TableName": tenant_table, "Item": put("", &theirs)["Put"]["Item"] }),
            ),
            (
                "UpdateItem",
                json!({ "TableName": tenant_table, "Key": key(&theirs) }),
            ),
            (
                "DeleteItem",
                json!({ "TableName": tenant_table, "Key": key(&theirs) }),
            ),
            ("Scan", json!({ "TableName": tenant_table })),
            (
                "TransactWriteItems",
                json!({ "TransactItems": [put(&work_table, &ours), put(&tenant_table, &theirs)] }),
            ),
        ];
        for (name, body) in &attempts {
            let operation = name.split(' ').next().expect("a word");
            for (session, who) in [(&tagged, "tagged for another tenant"), (&plain, "untagged")] {
                let answer = session.dynamodb(operation, body).await;
                assert!(refused(&answer), "{role} {name} {who}: {answer:?}");
                shown.push(format!("{role:40} {name:20} {who}"));
            }
        }
        let foreign = plain
            .dynamodb(
                "GetItem",
                &json!({ "TableName": tenant_table, "Key": key(&ours) }),
            )
            .await;
        assert!(
            refused(&foreign),
            "{role}, untagged, its own tenant: {foreign:?}"
        );
    }
    // The same credentials do open what is theirs, so the refusals above are about the tenant.
    let (plain, arn) = Signed::function(&world, "sofi-conversations-list");
    let tagged = plain
        .tagged(&arn, &ours)
        .await
        .expect("the role may assume itself");
    tagged
        .dynamodb("Query", &query(&ours, true))
        .await
        .expect("the own list opens");
    assert_eq!(
        tagged.dynamodb("Query", &query(&theirs, true)).await,
        denied
    );
    // Nobody else may take a role's place.
    let (other, _) = Signed::function(&world, "sofi-fans-get");
    assert!(
        other.tagged(&arn, &ours).await.is_err(),
        "a role is assumed by itself only"
    );
    println!("{} refusals:\n{}", shown.len(), shown.join("\n"));
    world.host.stop().await;
}

/// Roles that may assume themselves with a tenant's tag.
fn tenant_roles(world: &World) -> Vec<String> {
    let assumes = |role: &Role| {
        let mut removals = removals(&role.policies).into_iter();
        removals.any(|removal| removal.action == "sts:TagSession")
    };
    let roles = world.host.aws().iam().roles().into_iter();
    roles
        .filter(assumes)
        .map(|role| role.arn.rsplit('/').next().unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_for_one_tenant_open_no_key_of_another() {
    let world = World::start().await;
    let (ours, theirs) = (
        world.creator("Our Side").await,
        world.creator("Their Side").await,
    );
    let (ours, theirs) = (tenant(&ours).await, tenant(&theirs).await);
    let platform = Signed::platform(&world);
    let key = data_key(&world);
    let mut tried = 0;
    for purpose in ["data", "telegram", "mail"] {
        let context = |tenant: &str| json!({ "tenant": tenant, "purpose": purpose });
        let sealed = async |tenant: &str| {
            let request = json!({ "KeyId": key, "Plaintext": "c2VjcmV0", "EncryptionContext": context(tenant) });
            let answer = platform.kms("Encrypt", &request).await;
            answer.expect("the platform may seal")["CiphertextBlob"].clone()
        };
        let (own, foreign) = (sealed(&ours).await, sealed(&theirs).await);
        let open = |blob: &Value, tenant: &str| json!({ "CiphertextBlob": blob, "EncryptionContext": context(tenant) });
        let mut opened = 0;
        for role in tenant_roles(&world) {
            let (plain, arn) = Signed::function(&world, &role);
            let tagged = plain.tagged(&arn, &ours).await;
            let tagged = tagged.expect("the role may assume itself");
            for (who, session) in [("tagged", &tagged), ("untagged", &plain)] {
                let answer = session.kms("Decrypt", &open(&foreign, &theirs)).await;
                assert!(refused(&answer), "{role} {who} {purpose}: {answer:?}");
                let request = json!({ "KeyId": key, "Plaintext": "c2VjcmV0", "EncryptionContext": context(&theirs) });
                let answer = session.kms("Encrypt", &request).await;
                assert!(refused(&answer), "{role} {who} {purpose}: {answer:?}");
                tried += 2;
            }
            // With the own tenant named, IAM lets the call pass: then the context itself is wrong.
            let lied = tagged.kms("Decrypt", &open(&foreign, &ours)).await;
            assert!(lied.is_err(), "{role} {purpose}: {lied:?}");
            let opens = tagged.kms("Decrypt", &open(&own, &ours)).await.is_ok();
            opened += usize::from(opens);
        }
        assert!(opened > 0, "nobody opens {purpose} of their own tenant");
    }
    println!("{tried} refusals of keys");
    world.host.stop().await;
}

/// The key under which tenants' keys are sealed, as calls have named it.
fn data_key(world: &World) -> String {
    let recorder = world.host.aws().recorder();
    let opened = recorder.select(|record| record.call.operation == "Decrypt");
    let first = opened.first().expect("a key was used");
    first.call.checks[0].request.resource.clone()
}

fn refused(answer: &Result<Value, String>) -> bool {
    // A transaction names the refusal as a whole, as every other operation does.
    matches!(answer, Err(code) if code == "AccessDeniedException")
}

#[tokio::test(flavor = "multi_thread")]
async fn p21_a_row_copied_into_another_tenant_does_not_open() {
    const TEXT: &str = "copied canary text";
    let world = World::start().await;
    let (ours, theirs) = (
        world.creator("Our Side").await,
        world.creator("Their Side").await,
    );
    let (our_bot, their_bot) = (
        ours.connect_bot(&world, "ours_test_bot").await,
        theirs.connect_bot(&world, "theirs_test_bot").await,
    );
    let fan = world.person("Robin", "en").await;
    fan.says(&world, &our_bot, TEXT).await;
    fan.says(&world, &their_bot, "their own text").await;
    let (our_conversation, their_conversation) = (
        ours.conversation("Robin").await,
        theirs.conversation("Robin").await,
    );
    let their_id = their_conversation["id"].as_str().expect("an id");
    let (from, to) = (tenant(&ours).await, tenant(&theirs).await);
    world.settled().await;
    let mut copied = 0;
    let suffix = |value: &Value, field: &str| {
        let id = value[field].as_str().expect("an id");
        id.rsplit_once('_').expect("a prefix").1.to_owned()
    };
    let replaced = [
        (from, to),
        (
            suffix(&our_conversation, "id"),
            suffix(&their_conversation, "id"),
        ),
        (
            suffix(&our_conversation, "fan_id"),
            suffix(&their_conversation, "fan_id"),
        ),
        (
            our_bot.id.rsplit_once('_').expect("a prefix").1.to_owned(),
            their_bot
                .id
                .rsplit_once('_')
                .expect("a prefix")
                .1
                .to_owned(),
        ),
    ];
    // With every key of a row made to fit its new place, only the seal can tell.
    let name = table(&world, "-tenant");
    for row in world
        .host
        .aws()
        .dynamodb()
        .dump(&name)
        .expect("the table exists")
    {
        let pk = row["pk"]["S"].as_str().unwrap_or_default();
        if !pk.starts_with(&format!("T#{}#CNV#", replaced[0].0))
            && !pk.starts_with(&format!("T#{}#FAN#", replaced[0].0))
        {
            continue;
        }
        let item = replaced.iter().fold(row.to_string(), |text, (from, to)| {
            text.replace(from.as_str(), to)
        });
        let item: Value = serde_json::from_str(&item).expect("still JSON");
        let request = json!({ "TableName": name, "Item": item });
        let platform = Signed::platform(&world);
        platform
            .dynamodb("PutItem", &request)
            .await
            .expect("the platform may write");
        copied += 1;
    }
    assert!(copied >= 3, "only {copied} rows were copied");
    let fan = format!(
        "/api/v1/fans/{}",
        their_conversation["fan_id"].as_str().expect("an id")
    );
    let messages = format!("/api/v1/conversations/{their_id}/messages");
    let mut answers = 0;
    for path in [
        messages.as_str(),
        "/api/v1/conversations",
        "/api/v1/sync",
        &fan,
    ] {
        let answer = theirs.api.get(path).await;
        let text = String::from_utf8_lossy(&answer.bytes);
        assert!(!text.contains(TEXT), "{path} shows a copied text: {text}");
        println!(
            "{path}: {} with {} bytes",
            answer.status,
            answer.bytes.len()
        );
        answers += 1;
    }
    assert_eq!(answers, 4);
    assert!(
        world
            .host
            .log()
            .select(|line| line.text.contains(TEXT))
            .is_empty()
    );
    let untouched = eventually("the first workspace reads its own", async || {
        let id = our_conversation["id"].as_str().expect("an id");
        ours.messages(id)
            .await
            .into_iter()
            .find(|message| message["text"] == TEXT)
    })
    .await;
    assert_eq!(untouched["text"], TEXT);
    world.host.stop().await;
}
