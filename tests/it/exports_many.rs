//! Exports of many fans: memory stays where it is, and whoever is killed changes no part of the file.

mod crowd;

use std::io::Cursor;
use std::time::Duration;

use local::{HostOptions, KillPlan};
use serde_json::{Value, json};
use tests::{Creator, World, eventually_within, root};

use crate::exports::members;
use crate::journey_access::prove;
use crate::journey_exports::{EXPORTS, id, shown, signer};
use crowd::{Crowd, Model};

const FEW: usize = 20_000;
const MANY: usize = 100_000;
/// How many with `--ignored`, if `EXPORT_FANS` does not say otherwise.
const MILLION: usize = 1_000_000;
/// The most that a process may take, in KiB.
const MOST: u64 = 256 << 10;
/// The size of the first thousand parts.
const PART: usize = 8 << 20;
/// Kills, by their place among the calls of an invocation, and at single operations.
const AT_CALLS: usize = 5;
const AT_OPERATIONS: [(&str, Option<u32>, Option<u32>); 5] = [
    ("s3:UploadPart", Some(1), None),
    ("s3:UploadPart", None, Some(1)),
    // The tail is there, and the row names the one before; the row names it, and the one before is there still.
    ("s3:PutObject", None, Some(1)),
    ("s3:DeleteObject", Some(1), None),
    ("s3:CompleteMultipartUpload", None, Some(1)),
];
const SEED: u64 = 25;
/// The time for which a job has its row, and the minute until the sweep after it.
const WAKES: time::Duration = time::Duration::seconds(150);
/// How long an export may take here: a start, and a time for each fan.
const START: Duration = Duration::from_secs(600);
const FOR_EACH: Duration = Duration::from_millis(60);
/// Members that tell of the request itself, and so of each one something else.
const OF_THE_REQUEST: [&str; 5] = [
    "/privacy_request-",
    "/audit_",
    "index.html",
    "manifest.json",
    "manifest.sig",
];

/// A workspace with one fan whom the product knows, and many who are made after that one.
struct Stage {
    world: World,
    mira: Creator,
    crowd: Crowd,
}

/// What an export came to.
struct Written {
    id: String,
    /// Of the largest process, in KiB.
    peak: u64,
}

impl Stage {
    async fn open(change: impl FnOnce(&mut HostOptions)) -> Self {
        let world = World::with(change).await;
        let mira = world.creator("Mira").await;
        let bot = mira.connect_bot(&world, "crowd_bot").await;
        let robin = world.person("Robin", "en").await;
        for words in ["the first words", "=1+1, and the second"] {
            robin.says(&world, &bot, words).await;
        }
        let chat = mira.conversation("Robin").await;
        let (chat, fan) = (text(&chat["id"]), text(&chat["fan_id"]));
        let fact = json!({ "text": "Robin likes the sea" });
        let path = format!("/api/v1/fans/{fan}/facts");
        mira.api.post(&path, &fact).await.expect(201);
        world.settled().await;
        let me = mira.api.get("/api/v1/me").await.expect(200);
        let model = Model {
            tenant: &text(&me["workspaces"][0]["id"]),
            fan: &fan,
            chat: &chat,
            name: "Robin",
        };
        let crowd = Crowd::after(&world, &model).await;
        // Nobody asks for the calls of hours.
        world.host.aws().recorder().set_limit(1_000);
        Self { world, mira, crowd }
    }

    /// Mails that lead to this request.
    fn mails(&self, request: &str) -> usize {
        let mails = self.world.mails_to(&self.mira.email).into_iter();
        let texts = mails.filter_map(|mail| mail.text);
        texts.filter(|text| text.contains(request)).count()
    }

    /// Exports the workspace, in which there are so many of the crowd.
    async fn export(&self, fans: usize) -> Written {
        let (world, api, host) = (&self.world, &self.mira.api, &self.world.host);
        // In processes of its own: a peak is that of a whole life.
        host.advance(time::Duration::seconds(1)).await;
        prove(api, None).await;
        let earlier = host.history().select(|_, _| true).len() as u64;
        let request = api.post(EXPORTS, &json!({})).await.expect(202);
        let id = id(&request);
        let limit = START + FOR_EACH * u32::try_from(fans).expect("fewer than people");
        let mut killed = host.kills().len();
        eventually_within(limit, "a mail says that the export is ready", async || {
            let kills = host.kills().len();
            // The row belongs to who died until its time is over, and time must not pass beside a job that works.
            if kills > killed {
                killed = kills;
                host.advance(WAKES).await;
            }
            (self.mails(&id) > 0).then_some(())
        })
        .await;
        // What killed ones had in hand is hidden for its visibility time-out.
        host.advance(time::Duration::seconds(460)).await;
        world.settled().await;
        assert_eq!(self.mails(&id), 1, "one mail");
        let export = shown(api, &id).await["export"].take();
        assert_eq!(
            (&export["state"], &export["fans"]),
            (&json!("ready"), &json!(fans + 1))
        );
        let lost = host.log().select(|line| line.text.contains("did not open"));
        assert!(lost.is_empty(), "every value opens");
        let job = host.functions().resolve("privacy.export").expect("a job");
        let runs = host.history().select(|_, run| run.function == job);
        let runs = runs.iter().filter(|(number, _)| *number > earlier);
        let peak = runs.filter_map(|(_, run)| run.peak_rss_kib).max();
        let peak = peak.expect("the system tells");
        println!(
            "{fans} fans: {} bytes, {} MB at most",
            export["bytes"],
            peak >> 10
        );
        Written { id, peak }
    }

    /// The bytes of an export, from where they are kept.
    fn file(&self, export: &Written) -> Vec<u8> {
        let (s3, id) = (self.world.host.aws().s3(), export.id.rsplit_once('_'));
        let name = format!("{}.zip", id.expect("an id").1);
        for bucket in s3.buckets() {
            let mut keys = s3.keys(&bucket).expect("a bucket").into_iter();
            if let Some(key) = keys.find(|key| key.ends_with(&name)) {
                return s3.object(&bucket, &key).expect("an object");
            }
        }
        panic!("no file of {}", export.id);
    }

    /// The file is in order and has every fan.
    async fn is_whole(&self, file: &[u8], fans: usize) {
        let findings = archive::verify(&mut Cursor::new(file), &signer(&self.world).await);
        assert_eq!(findings.expect("reads"), []);
        let manifest: Value =
            serde_json::from_slice(&members(file)["manifest.json"]).expect("JSON");
        let sections = manifest["sections"].as_array().expect("sections");
        let mut fan = sections.iter().filter(|section| section["name"] == "fan");
        assert_eq!(fan.next().expect("a section")["records"], json!(fans + 1));
    }

    /// Ten of them, each in an invocation of its own.
    fn plan_kills(&self) -> usize {
        let plan = |operation: Option<&str>, before_call, after_call| KillPlan {
            function: Some("privacy.export".to_owned()),
            before_call,
            after_call,
            operation: operation.map(str::to_owned),
            times: 1,
            skip: 0,
        };
        let mut random = SEED;
        for _ in 0..AT_CALLS {
            // Xorshift: the same places in every run.
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let call = 1 + u32::try_from(random % 1_000).expect("below a thousand");
            self.world.host.plan_kill(plan(None, Some(call), None));
        }
        for (operation, before, after) in AT_OPERATIONS {
            self.world
                .host
                .plan_kill(plan(Some(operation), before, after));
        }
        AT_CALLS + AT_OPERATIONS.len()
    }
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// All parts are the same but the end, where the request itself is told of; and there, whatever tells of something else.
fn are_alike(calm: &[u8], killed: &[u8]) {
    let parts = calm.len() / PART;
    let pairs = calm.chunks(PART).zip(killed.chunks(PART));
    let same = pairs.take_while(|(one, other)| one == other).count();
    assert!(parts >= 3 && same + 1 >= parts, "{same} of {parts} parts");
    let (calm, killed) = (members(calm), members(killed));
    assert!(calm.keys().eq(killed.keys()), "the same files");
    for (path, bytes) in &calm {
        let own = OF_THE_REQUEST.iter().any(|part| path.contains(part));
        assert!(own || killed[path] == *bytes, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn five_times_the_fans_take_the_same_memory_and_ten_kills_change_no_part() {
    let stage = Stage::open(|_| {}).await;
    let host = &stage.world.host;
    stage.crowd.write(&stage.world, 0..FEW);
    let calm = stage.export(FEW).await;
    let planned = stage.plan_kills();
    let killed = stage.export(FEW).await;
    assert_eq!((host.kills().len(), host.kill_plans()), (planned, vec![]));
    let file = stage.file(&killed);
    are_alike(&stage.file(&calm), &file);
    stage.is_whole(&file, FEW).await;

    stage.crowd.write(&stage.world, FEW..MANY);
    let many = stage.export(MANY).await;
    stage.is_whole(&stage.file(&many), MANY).await;
    let peaks = [calm.peak, killed.peak, many.peak];
    assert!(peaks.iter().all(|peak| *peak < MOST), "{peaks:?}");
    let apart = many.peak.abs_diff(calm.peak);
    assert!(apart * 10 <= calm.peak, "{peaks:?}");
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes half an hour; tests/run exports_million"]
async fn a_million_fans_take_no_more_memory_than_a_function_has() {
    let fans =
        std::env::var("EXPORT_FANS").map_or(MILLION, |count| count.parse().expect("a number"));
    // The rows and the file of a million do not fit into every memory.
    let folder = root().join("target/exports-million");
    let _ = std::fs::remove_dir_all(&folder);
    let stage = Stage::open(|options| options.data_dir = Some(folder.clone())).await;
    stage.crowd.write(&stage.world, 0..fans);
    let written = stage.export(fans).await;
    assert!(written.peak < MOST, "{} KiB", written.peak);
    stage.world.host.stop().await;
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}
