//! All fans of a workspace: listed in pages, found by names and tags, tagged together; and that none of it says who they are
//! where it is stored.

use serde_json::{Value, json};
use tests::{Api, Bot, Creator, World, eventually};

use crate::journey_team::colleague;

/// A person who has written to a bot.
async fn fan(world: &World, bot: &Bot, profile: Value) -> i64 {
    let person = world.telegram("POST", "/people", profile).await["id"].clone();
    let id = person.as_i64().expect("an id");
    say(world, bot, id, "hello").await;
    id
}

async fn say(world: &World, bot: &Bot, person: i64, text: &str) {
    let act = json!({ "act": "text", "text": text, "bot": bot.telegram_id });
    let path = format!("/people/{person}/acts");
    world.telegram("POST", &path, act).await;
}

/// All pages of a list.
async fn all(api: &Api, query: &[(&str, &str)], limit: usize) -> Vec<Value> {
    let (mut fans, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let mut form = reqwest::Url::parse("http://localhost/api/v1/fans").expect("an address");
        form.query_pairs_mut()
            .extend_pairs(query)
            .append_pair("limit", &limit.to_string());
        if let Some(cursor) = &cursor {
            form.query_pairs_mut().append_pair("cursor", cursor);
        }
        let path = format!("{}?{}", form.path(), form.query().unwrap_or_default());
        let page = api.get(&path).await.expect(200);
        let listed = page["fans"].as_array().expect("a list");
        assert!(listed.len() <= limit);
        fans.extend(listed.clone());
        match page["next_cursor"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => return fans,
        }
    }
}

/// Names of whom a search finds, sorted.
async fn found(api: &Api, query: &[(&str, &str)]) -> Vec<String> {
    let fans = all(api, query, 50).await;
    let name = |fan: &Value| fan["name"].as_str().expect("a name").to_owned();
    let mut names: Vec<_> = fans.iter().map(name).collect();
    names.sort();
    names
}

/// Waits until so many fans are there.
async fn settled(api: &Api, count: usize) {
    eventually("the fans are there", async || {
        (all(api, &[], 100).await.len() == count).then_some(())
    })
    .await;
}

async fn id_of(api: &Api, query: &str) -> String {
    let fans = all(api, &[("query", query)], 50).await;
    assert_eq!(fans.len(), 1, "{query}: {fans:?}");
    fans[0]["id"].as_str().expect("an id").to_owned()
}

async fn tag(api: &Api, body: Value) -> Vec<Value> {
    let done = api.post("/api/v1/fans/tags", &body).await.expect(200);
    done["fans"].as_array().expect("a list").clone()
}

async fn tags_in_use(api: &Api) -> Vec<String> {
    let tags = api.get("/api/v1/fans/tags").await.expect(200);
    let tags = tags["tags"].as_array().expect("a list").clone();
    let name = |tag: &Value| tag["name"].as_str().expect("a name").to_owned();
    tags.iter().map(name).collect()
}

async fn open(name: &str, bots: &[&str]) -> (World, Creator, Vec<Bot>) {
    let world = World::start().await;
    world
        .telegram("PATCH", "/settings", json!({ "rate_limits": false }))
        .await;
    let creator = world.creator(name).await;
    let mut connected = Vec::new();
    for bot in bots {
        connected.push(creator.connect_bot(&world, bot).await);
    }
    (world, creator, connected)
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_a_hundred_fans_are_listed_once_each_newest_first() {
    let (world, mira, bots) = open("Mira Vale", &["mira_list_bot"]).await;
    for number in 0..120 {
        fan(
            &world,
            &bots[0],
            json!({ "first_name": format!("Fan {number:03}") }),
        )
        .await;
    }
    settled(&mira.api, 120).await;
    for limit in [7, 50, 100] {
        let fans = all(&mira.api, &[], limit).await;
        let mut ids: Vec<_> = fans.iter().map(|fan| fan["id"].to_string()).collect();
        let seen: Vec<_> = fans
            .iter()
            .map(|fan| fan["first_seen"].to_string())
            .collect();
        ids.sort();
        ids.dedup();
        assert_eq!((fans.len(), ids.len()), (120, 120), "pages of {limit}");
        assert!(seen.first() >= seen.last(), "{seen:?}");
    }
    let tenth = found(&mira.api, &[("query", "fan 01")]).await;
    assert_eq!(tenth.len(), 10, "{tenth:?}");
    let one = &all(&mira.api, &[("query", "119")], 50).await[0];
    assert_eq!(one["conversation"]["bot_id"], bots[0].id.as_str());
    assert_eq!(one["conversation"]["reachability"], "reachable");
    let chat = one["conversation"]["id"].as_str().expect("an id");
    assert_eq!(mira.messages(chat).await[0]["text"], "hello");
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fan_is_found_by_beginnings_of_names_as_they_are_now() {
    let (world, mira, bots) = open("Mira Vale", &["mira_find_bot"]).await;
    let bot = &bots[0];
    let zoe = json!({ "first_name": "Zoë", "last_name": "Çelik-Groß", "username": "zc_photos" });
    let zoe = fan(&world, bot, zoe).await;
    fan(
        &world,
        bot,
        json!({ "first_name": "Алёна", "last_name": "Громова" }),
    )
    .await;
    fan(
        &world,
        bot,
        json!({ "first_name": "Maximiliane", "last_name": "Ito" }),
    )
    .await;
    fan(
        &world,
        bot,
        json!({ "first_name": "Maximilian", "last_name": "Sand" }),
    )
    .await;
    settled(&mira.api, 4).await;
    let api = &mira.api;
    for (query, expected) in [
        ("zo", vec!["Zoë Çelik-Groß"]),
        ("ZOE", vec!["Zoë Çelik-Groß"]),
        ("celik", vec!["Zoë Çelik-Groß"]),
        ("gross zoë", vec!["Zoë Çelik-Groß"]),
        ("@zc_ph", vec!["Zoë Çelik-Groß"]),
        ("photos", vec!["Zoë Çelik-Groß"]),
        ("@zoe", vec![]),
        ("алена", vec!["Алёна Громова"]),
        ("ГРОМ алё", vec!["Алёна Громова"]),
        ("maxi", vec!["Maximilian Sand", "Maximiliane Ito"]),
        ("maximiliane", vec!["Maximiliane Ito"]),
        ("maxi sa", vec!["Maximilian Sand"]),
        ("maxi celik", vec![]),
        ("oe", vec![]),
        ("!!", vec![]),
    ] {
        assert_eq!(found(api, &[("query", query)]).await, expected, "{query}");
    }

    let path = format!("/people/{zoe}");
    let renamed = json!({ "first_name": "Xenia", "last_name": "Celik", "username": "xenia_c" });
    world.telegram("PATCH", &path, renamed).await;
    say(&world, bot, zoe, "new name").await;
    eventually("the new name is found", async || {
        let now = found(api, &[("query", "xen")]).await;
        (now == ["Xenia Celik"]).then_some(())
    })
    .await;
    for former in ["zoe", "gross", "@zc", "photos"] {
        assert!(
            found(api, &[("query", former)]).await.is_empty(),
            "{former}"
        );
    }
    assert_eq!(found(api, &[("query", "celik")]).await, ["Xenia Celik"]);
    assert_eq!(all(api, &[], 50).await.len(), 4, "nobody twice");

    let eve = world.creator("Eve Rook").await;
    let theirs = all(&mira.api, &[], 1).await[0]["id"].clone();
    assert!(found(&eve.api, &[("query", "maxi")]).await.is_empty());
    assert!(found(&eve.api, &[]).await.is_empty());
    let done = tag(&eve.api, json!({ "fan_ids": [theirs], "add": ["mine"] })).await;
    assert_eq!(done[0]["outcome"], "not_found");
    assert!(tags_in_use(&eve.api).await.is_empty() && tags_in_use(api).await.is_empty());
    let long = "x".repeat(101);
    let refused = api.get(&format!("/api/v1/fans?query={long}")).await;
    assert_eq!(refused.status, 400, "{}", refused.body);
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_of_many_change_one_by_one_and_the_inverse_is_the_way_back() {
    let (world, mira, bots) = open("Mira Vale", &["mira_tags_bot"]).await;
    for name in ["Ana", "Ben", "Cai"] {
        fan(&world, &bots[0], json!({ "first_name": name })).await;
    }
    settled(&mira.api, 3).await;
    let api = &mira.api;
    let (ana, ben, cai) = (
        id_of(api, "ana").await,
        id_of(api, "ben").await,
        id_of(api, "cai").await,
    );
    let many: Vec<String> = (0..50).map(|number| format!("tag {number}")).collect();
    for (fan, tags) in [(&ana, json!(["VIP", "old"])), (&cai, json!(many))] {
        let path = format!("/api/v1/fans/{fan}");
        let now = api.patch(&path, &json!({ "tags": tags })).await.expect(200);
        assert_eq!(now["tags"], tags);
    }
    let nobody = "fan_00000000000000000000000000";
    let change = json!({ "fan_ids": [ana, ben, cai, nobody, ana], "add": ["vip", "New One"], "remove": ["OLD"] });
    let done = tag(api, change.clone()).await;
    let outcomes: Vec<_> = done.iter().map(|fan| fan["outcome"].clone()).collect();
    assert_eq!(
        outcomes,
        ["changed", "changed", "too_many_tags", "not_found"]
    );
    assert_eq!(
        (&done[0]["added"], &done[0]["removed"]),
        (&json!(["New One"]), &json!(["old"]))
    );
    assert_eq!(
        (&done[1]["added"], &done[1]["removed"]),
        (&json!(["VIP", "New One"]), &json!([]))
    );
    assert_eq!(
        (&done[2]["added"], &done[2]["removed"]),
        (&json!([]), &json!([]))
    );
    let again = tag(api, change).await;
    assert_eq!(
        again[0]["outcome"], "unchanged",
        "asking twice changes nothing"
    );

    assert_eq!(found(api, &[("tag", "VIP")]).await, ["Ana", "Ben"]);
    assert_eq!(
        found(api, &[("tag", "new one"), ("query", "be")]).await,
        ["Ben"]
    );
    assert_eq!(found(api, &[("tag", "tag 49")]).await, ["Cai"]);
    assert!(found(api, &[("tag", "old")]).await.is_empty());
    let used = tags_in_use(api).await;
    assert!(
        used.contains(&"New One".to_owned()) && !used.contains(&"old".to_owned()),
        "{used:?}"
    );

    for fan in &done[..2] {
        let back = json!({ "fan_ids": [fan["id"]], "add": fan["removed"], "remove": fan["added"] });
        assert_eq!(tag(api, back).await[0]["outcome"], "changed");
    }
    let shown = async |fan: &str| {
        let fan = api.get(&format!("/api/v1/fans/{fan}")).await.expect(200);
        fan["tags"].clone()
    };
    assert_eq!(shown(&ana).await, json!(["VIP", "old"]));
    assert_eq!(shown(&ben).await, json!([]));
    assert_eq!(found(api, &[("tag", "vip")]).await, ["Ana"]);
    let used = tags_in_use(api).await;
    assert!(!used.contains(&"New One".to_owned()), "{used:?}");
    assert!(
        used.contains(&"VIP".to_owned()) && !used.contains(&"vip".to_owned()),
        "{used:?}"
    );

    let path = format!("/api/v1/fans/{ben}");
    let given = json!({ "tags": ["vip", "mine"] });
    let now = api.patch(&path, &given).await.expect(200);
    assert_eq!(now["tags"], json!(["VIP", "mine"]), "as it is written");

    let others: Vec<String> = (50..100).map(|number| format!("tag {number}")).collect();
    let path = format!("/api/v1/fans/{cai}");
    let now = api
        .patch(&path, &json!({ "tags": others }))
        .await
        .expect(200);
    assert_eq!(now["tags"], json!(others), "all fifty for fifty others");
    assert_eq!(found(api, &[("tag", "tag 50")]).await, ["Cai"]);
    assert!(found(api, &[("tag", "tag 49")]).await.is_empty());
    let log = api.get("/api/v1/audit").await.expect(200).to_string();
    assert!(
        log.contains("fan.change") && log.contains("New One"),
        "{log}"
    );
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_who_sees_one_bot_lists_finds_and_tags_only_its_fans() {
    let (world, mira, bots) = open("Mira Vale", &["mira_day_bot", "mira_night_bot"]).await;
    let (seen, hidden) = (&bots[0], &bots[1]);
    fan(&world, seen, json!({ "first_name": "Robin Day" })).await;
    fan(&world, hidden, json!({ "first_name": "Robin Night" })).await;
    let both = fan(&world, hidden, json!({ "first_name": "Robin Both" })).await;
    settled(&mira.api, 3).await;
    let narrow = json!({ "role": "chatter", "bots": [seen.id] });
    let uma = colleague(&world, &mira.api, "Uma Lind", narrow).await.api;
    assert_eq!(found(&uma, &[]).await, ["Robin Day"]);
    let night = id_of(&mira.api, "night").await;
    let body = json!({ "fan_ids": [night], "add": ["mine"] });
    assert_eq!(tag(&uma, body.clone()).await[0]["outcome"], "not_found");
    tag(&mira.api, body).await;
    assert!(found(&uma, &[("tag", "mine")]).await.is_empty());

    say(&world, seen, both, "hello you").await;
    eventually("who writes to the bot is met", async || {
        let fans = found(&uma, &[("query", "robin")]).await;
        (fans == ["Robin Both", "Robin Day"]).then_some(())
    })
    .await;
    let shown = &all(&uma, &[("query", "both")], 50).await[0];
    assert_eq!(shown["conversation"]["bot_id"], seen.id.as_str());
    let of = async |bot: &Bot| found(&mira.api, &[("bot_id", &bot.id)]).await;
    assert_eq!(of(seen).await, ["Robin Both", "Robin Day"]);
    assert_eq!(of(hidden).await, ["Robin Both", "Robin Night"]);
    assert!(found(&uma, &[("bot_id", &hidden.id)]).await.is_empty());
    world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_key_says_a_name_or_a_tag() {
    let (world, mira, bots) = open("Mira Vale", &["mira_blind_bot"]).await;
    let canary = json!({ "first_name": "Quizzacanary", "username": "quizzaname" });
    let person = fan(&world, &bots[0], canary).await;
    settled(&mira.api, 1).await;
    let id = id_of(&mira.api, "quizza").await;
    let done = tag(&mira.api, json!({ "fan_ids": [id], "add": ["quizzatag"] })).await;
    assert_eq!(done[0]["outcome"], "changed");
    let dump = world.control("/dump").await;
    let mut keys = 0;
    let mut names = Vec::new();
    collect(&dump["tables"], &mut |name, value| {
        if ["pk", "sk", "lpk", "lsk", "dpk", "dsk"].contains(&name) {
            keys += 1;
            assert!(!value.to_lowercase().contains("quizza"), "{name}: {value}");
        } else if value.to_lowercase().contains("quizza") {
            names.push(format!("{name}: {value}"));
        }
    });
    assert!(keys > 100, "only {keys} keys");
    // The fan's own row neither: its tags are sealed.
    assert_eq!(names, Vec::<String>::new());

    // What a known fan writes adds no row to any list.
    let before = entries(&world).await;
    say(&world, &bots[0], person, "again").await;
    eventually("it is stored", async || {
        let chat = mira.conversation("Quizzacanary").await;
        let messages = mira.messages(chat["id"].as_str().expect("an id")).await;
        (messages.len() == 2).then_some(())
    })
    .await;
    assert_eq!(entries(&world).await, before);
    world.host.stop().await;
}

/// Rows of lists.
async fn entries(world: &World) -> usize {
    let mut count = 0;
    let dump = world.control("/dump").await;
    collect(&dump["tables"], &mut |name, value| {
        count += usize::from(name == "kind" && value == "fan_entry");
    });
    count
}

/// Every text with the name of the attribute that it stands in.
fn collect(value: &Value, take: &mut impl FnMut(&str, &str)) {
    fn walk(name: &str, value: &Value, take: &mut impl FnMut(&str, &str)) {
        match value {
            Value::Object(fields) => {
                for (field, value) in fields {
                    // Types of attributes stand between a name and its value.
                    let typed = ["S", "N", "B", "L", "M", "BOOL"].contains(&field.as_str());
                    walk(if typed { name } else { field }, value, take);
                }
            }
            Value::Array(values) => values.iter().for_each(|value| walk(name, value, take)),
            Value::String(text) => take(name, text),
            _ => {}
        }
    }
    walk("", value, take);
}
