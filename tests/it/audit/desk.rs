//! A workspace with a log, and hands to lay on it.

use serde_json::{Value, json};
use tests::{Bot, Creator, Signed, World, eventually};

use crate::journey_access::prove;

/// A workspace whose log has a dozen entries.
pub(super) struct Desk {
    pub(super) world: World,
    pub(super) creator: Creator,
    pub(super) bot: Bot,
    pub(super) fan: String,
    pub(super) tenant: String,
}

impl Desk {
    pub(super) async fn open() -> Self {
        let world = World::start().await;
        let creator = world.creator("Mira Vale").await;
        let bot = creator.connect_bot(&world, "mira_audit_bot").await;
        let fan = world.person("Robin", "en").await;
        fan.says(&world, &bot, "hello").await;
        let conversation = creator.conversation("Robin").await;
        let me = creator.api.get("/api/v1/me").await.expect(200);
        let tenant = text(&me["workspaces"][0]["id"]);
        let desk = Self {
            fan: text(&conversation["fan_id"]),
            tenant: tenant.rsplit_once('_').expect("a prefix").1.to_owned(),
            world,
            creator,
            bot,
        };
        for number in 1..=3 {
            desk.note(&format!("note {number}")).await;
        }
        desk.creator
            .sofi(&desk.bot, &json!({ "mode": "draft" }))
            .await;
        let budget = json!({ "vendors": ["xai"], "daily_cost_micro_usd": 7, "daily_tokens": 8 });
        let set = desk.creator.api.put("/api/v1/ai/budget", &budget).await;
        set.expect(200);
        desk
    }

    pub(super) async fn note(&self, note: &str) {
        let path = format!("/api/v1/fans/{}", self.fan);
        let body = json!({ "tags": ["vip"], "note": note });
        self.creator.api.patch(&path, &body).await.expect(200);
    }

    /// So many days later, with a new session: the old one is over.
    pub(super) async fn after(&mut self, days: i64) {
        self.world.host.advance(time::Duration::days(days)).await;
        self.creator.api = self.creator.log_in(&self.world).await;
    }

    pub(super) async fn verdict(&self) -> Value {
        let mut path = "/api/v1/audit/verification".to_owned();
        loop {
            let answer = self.creator.api.get(&path).await.expect(200);
            match answer["next_cursor"].as_str() {
                Some(next) => path = format!("/api/v1/audit/verification?cursor={next}"),
                None => return answer,
            }
        }
    }

    /// Waits until the chain holds so many entries, and everything is right.
    pub(super) async fn chained(&self, count: usize) -> Value {
        eventually("every act is chained", async || {
            let verdict = self.verdict().await;
            assert_eq!(verdict["state"], "ok", "{verdict}");
            (verdict["count"] == count).then_some(verdict)
        })
        .await
    }

    pub(super) async fn entries(&self, filter: &str) -> Vec<Value> {
        let (mut all, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/v1/audit?limit=3{filter}{cursor}");
            let page = self.creator.api.get(&path).await.expect(200);
            all.extend(page["entries"].as_array().expect("a list").clone());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return all,
            }
        }
    }

    pub(super) async fn export(&self) -> String {
        prove(&self.creator.api, None).await;
        let answer = self.creator.api.get("/api/v1/audit/export").await;
        assert_eq!(answer.status, 200);
        String::from_utf8(answer.bytes).expect("text")
    }

    /// The same, and the entry that says so is struck out before it is chained.
    pub(super) async fn unheard_export(&self) -> String {
        let sources = self.world.host.sources();
        sources.pause_all();
        let export = self.export().await;
        for (table, partition) in [("-audit", "INTENTS"), ("-work", "UNCHAINED")] {
            let mut rows = self.rows(table, partition);
            let row = rows.pop().expect("the entry of the export");
            self.delete(table, &row).await;
        }
        for source in sources.states() {
            sources.set_running(&source.mapping.id, true);
        }
        export
    }

    pub(super) fn table(&self, end: &str) -> String {
        let tables = self.world.host.aws().dynamodb().tables().expect("tables");
        let found = tables.into_iter().find(|name| name.ends_with(end));
        found.expect("a table of this name")
    }

    /// Rows of one partition of this workspace, in their order.
    pub(super) fn rows(&self, table: &str, partition: &str) -> Vec<Value> {
        self.rows_of(&self.tenant, table, partition)
    }

    /// The same of another workspace or account.
    pub(super) fn rows_of(&self, tenant: &str, table: &str, partition: &str) -> Vec<Value> {
        let pk = format!("T#{tenant}#{partition}");
        let all = self.world.host.aws().dynamodb().dump(&self.table(table));
        let mut rows: Vec<Value> = all.expect("the table exists");
        rows.retain(|row| row["pk"]["S"] == pk.as_str());
        rows.sort_by_key(|row| text(&row["sk"]["S"]));
        rows
    }

    /// The last minute that `tick` has looked at.
    pub(super) fn swept(&self) -> i64 {
        let work = self.world.host.aws().dynamodb().dump(&self.table("-work"));
        let rows: Vec<Value> = work.expect("the table exists");
        let row = rows.iter().find(|row| row["pk"]["S"] == "D#TICK");
        row.map_or(0, |row| {
            text(&row["swept_minute"]["N"]).parse().expect("a number")
        })
    }

    /// Waits until the day is over and its head is in the archive.
    pub(super) async fn anchor(&self) {
        for _ in 0..3 {
            let before = self.swept();
            self.world.host.advance(time::Duration::hours(9)).await;
            eventually("the minutes are swept", async || {
                (self.swept() > before + 500).then_some(())
            })
            .await;
        }
        eventually("the day is anchored", async || {
            self.anchors().into_iter().next()
        })
        .await;
    }

    /// The names of this workspace's anchors.
    pub(super) fn anchors(&self) -> Vec<String> {
        let s3 = self.world.host.aws().s3();
        let mut buckets = s3.buckets().into_iter();
        let bucket = buckets.find(|name| name.contains("anchor"));
        let keys = s3.keys(&bucket.expect("a bucket"));
        let mut keys = keys.expect("the bucket exists");
        let prefix = format!("{}/", self.tenant);
        keys.retain(|key| key.starts_with(&prefix));
        keys
    }

    pub(super) async fn put(&self, row: &Value) {
        self.put_in("-audit", row).await;
    }

    pub(super) async fn put_in(&self, table: &str, row: &Value) {
        let request = json!({ "TableName": self.table(table), "Item": row });
        let platform = Signed::platform(&self.world);
        platform
            .dynamodb("PutItem", &request)
            .await
            .expect("written");
    }

    pub(super) async fn delete(&self, table: &str, row: &Value) {
        let key = json!({ "pk": row["pk"], "sk": row["sk"] });
        let request = json!({ "TableName": self.table(table), "Key": key });
        let platform = Signed::platform(&self.world);
        platform
            .dynamodb("DeleteItem", &request)
            .await
            .expect("deleted");
    }

    /// Lays hands on rows, sees what verification says, and puts them back.
    pub(super) async fn tampered(
        &self,
        name: &str,
        before: &[&Value],
        after: &[Option<Value>],
    ) -> Value {
        for (row, change) in before.iter().zip(after) {
            match change {
                Some(changed) => self.put(changed).await,
                None => self.delete("-audit", row).await,
            }
        }
        let verdict = self.verdict().await;
        println!("{name:44} {}", verdict["finding"]);
        assert_eq!(verdict["state"], "broken", "{name}: {verdict}");
        for row in before {
            self.put(row).await;
        }
        assert_eq!(self.verdict().await["state"], "ok", "{name} is undone");
        verdict["finding"].clone()
    }
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

pub(super) fn with(row: &Value, field: &str, value: Value) -> Value {
    let mut row = row.clone();
    row[field] = value;
    row
}

/// A row with the content of another one and its own key.
pub(super) fn in_place_of(row: &Value, other: &Value) -> Value {
    with(
        &with(other, "sk", row["sk"].clone()),
        "pk",
        row["pk"].clone(),
    )
}

pub(super) fn found(how: &str, sequence: u64) -> Value {
    json!({ "how": how, "sequence": sequence, "entry": null })
}
