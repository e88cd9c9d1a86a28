//! What the model says is not what leaves: hundreds of questions and hostile messages, with a model that lies and obeys.

mod orders;

use std::collections::BTreeSet;

use rules::identity::denies_ai;
use serde_json::{Value, json};
use tests::{Bot, Creator, Person, World, root};

/// Fans who write at the same time.
const AT_ONCE: usize = 60;
/// Questions of each way that is not the ordinary one.
const OTHERWISE: usize = 50;
/// Questions that the rules have never been mended for all together.
const UNSEEN: usize = 120;
/// What an honest answer says in one of the languages of the corpus.
const SAYS_AI: [&str; 22] = [
    "AI",
    "IA",
    "KI",
    "ИИ",
    "ШІ",
    "SI",
    "MI",
    "yapay zek",
    "الذكاء",
    "ذكاء",
    "هوش",
    "एआई",
    "AI助",
    "人工智能",
    "人工智慧",
    "בינה",
    "τεχνητή",
    "ΤΝ",
    "ปัญญาประดิษฐ์",
    "trí tuệ",
    "人工知能",
    "인공지능",
];
/// What is said before anybody asks anything.
const SMALL_TALK: [&str; 4] = [
    "what a day",
    "tell me something nice",
    "que tal el finde",
    "schöner Abend heute",
];

struct Stage {
    world: World,
    creator: Creator,
    bot: Bot,
}

/// How the question reaches Sofi.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// As a message where Sofi answers by itself.
    Auto,
    /// As a message where Sofi writes drafts only.
    Draft,
    /// As an edit of a message that has been answered.
    Edit,
}

/// A question and what the fan has got before and after it.
#[derive(Debug)]
struct Asked {
    question: String,
    before: Vec<String>,
    answers: Vec<String>,
}

impl Stage {
    async fn open() -> Self {
        let world = World::start().await;
        let creator = world.creator("Mira Vale").await;
        world
            .telegram("PATCH", "/settings", json!({ "rate_limits": false }))
            .await;
        let bot = creator.connect_bot(&world, "words_test_bot").await;
        creator.sofi(&bot, &json!({ "mode": "auto" })).await;
        let stage = Self {
            world,
            creator,
            bot,
        };
        stage.limits(1_000_000_000, 1_000_000_000).await;
        stage
    }

    /// What a day may cost.
    async fn limits(&self, micro_usd: i64, tokens: i64) {
        let limits = json!({ "vendors": ["xai", "groq"], "daily_cost_micro_usd": micro_usd, "daily_tokens": tokens });
        let api = &self.creator.api;
        api.put("/api/v1/ai/budget", &limits).await.expect(200);
    }

    /// Each text is written by a fan of its own; returns what each got, when everything is quiet.
    async fn talk(&self, texts: &[String]) -> Vec<(String, Vec<String>)> {
        let mut got = Vec::new();
        for (batch, texts) in texts.chunks(AT_ONCE).enumerate() {
            let mut fans = Vec::new();
            for (number, text) in texts.iter().enumerate() {
                let name = format!("Fan{}", batch * AT_ONCE + number);
                let fan = self.world.person(&name, "en").await;
                fan.says(&self.world, &self.bot, text).await;
                fans.push(fan);
            }
            self.world.settled_soon().await;
            for (fan, text) in fans.iter().zip(texts) {
                got.push((text.clone(), answers(&self.world, &self.bot, fan).await));
            }
        }
        got
    }

    /// Fans who have been answered already, and so know who writes, ask these questions.
    async fn ask(&self, way: Way, questions: &[(String, String)]) -> Vec<Asked> {
        let mut asked = Vec::new();
        for (batch, questions) in questions.chunks(AT_ONCE).enumerate() {
            let mut fans = Vec::new();
            for (number, (language, _)) in questions.iter().enumerate() {
                let number = batch * AT_ONCE + number;
                let name = format!("{way:?}{number}");
                let fan = self.world.person(&name, language).await;
                let talk = format!("{} {number}", SMALL_TALK[number % SMALL_TALK.len()]);
                let said = fan.says(&self.world, &self.bot, &talk).await;
                fans.push((fan, said["message"]["message_id"].clone()));
            }
            self.world.settled_soon().await;
            let mut before = Vec::new();
            for (fan, _) in &fans {
                before.push(answers(&self.world, &self.bot, fan).await);
            }
            if way == Way::Draft {
                let draft = json!({ "mode": "draft" });
                self.creator.sofi(&self.bot, &draft).await;
            }
            for ((fan, number), (_, question)) in fans.iter().zip(questions) {
                let act = match way {
                    Way::Auto | Way::Draft => json!({ "act": "text", "text": question }),
                    Way::Edit => json!({ "act": "edit", "message_id": number, "text": question }),
                };
                fan.act(&self.world, &self.bot, act).await;
            }
            self.world.settled_soon().await;
            let auto = json!({ "mode": "auto" });
            self.creator.sofi(&self.bot, &auto).await;
            for (((fan, _), (_, question)), before) in fans.iter().zip(questions).zip(before) {
                let mut all = answers(&self.world, &self.bot, fan).await;
                let answers = all.split_off(before.len());
                asked.push(Asked {
                    question: question.clone(),
                    before,
                    answers,
                });
            }
        }
        asked
    }
}

async fn answers(world: &World, bot: &Bot, fan: &Person) -> Vec<String> {
    let seen = fan.sees(world, bot).await;
    seen.into_iter()
        .filter_map(|(from_bot, text)| from_bot.then_some(text))
        .collect()
}

fn corpus(name: &str) -> Vec<Vec<String>> {
    let path = root().join("shared/rules/corpus").join(name);
    let text = std::fs::read_to_string(&path).expect("the corpus is there");
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

/// So many questions of a corpus, evenly over its languages.
fn questions(name: &str, count: usize) -> Vec<(String, String)> {
    let rows = corpus(name);
    let place = |number: usize| number * rows.len() / count;
    let chosen = (0..count.min(rows.len())).map(|number| &rows[place(number)]);
    chosen.map(|row| (row[0].clone(), row[1].clone())).collect()
}

/// The replies inside what the model wrote.
async fn lies(world: &World) -> BTreeSet<String> {
    let log = world.ai("GET", "/log", Value::Null).await;
    let calls = log["calls"].as_array().expect("calls");
    let reply = |call: &Value| {
        let written: Value = serde_json::from_str(call["answer"].as_str()?).ok()?;
        written["reply"].as_str().map(str::to_owned)
    };
    let mut lies: BTreeSet<String> = calls.iter().filter_map(reply).collect();
    lies.remove("");
    lies
}

fn owns_up(text: &str) -> bool {
    SAYS_AI.iter().any(|word| text.contains(word)) && !denies_ai(text)
}

/// Texts of ours in which a human being is said to write.
fn untrue<'a>(texts: impl Iterator<Item = &'a String>, lies: &BTreeSet<String>) -> Vec<&'a String> {
    texts
        .filter(|text| denies_ai(text) || lies.iter().any(|lie| text.contains(lie.as_str())))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_lie_and_no_silence_leaves_when_a_fan_asks_who_writes() {
    let stage = Stage::open().await;
    let lie = json!({ "fault": { "kind": "lie", "language": "any" } });
    stage.world.ai("POST", "/faults", lie).await;
    let chosen = questions("identity.tsv", 520);
    let languages: BTreeSet<&String> = chosen.iter().map(|(language, _)| language).collect();
    assert!(
        chosen.len() >= 500 && languages.len() >= 20,
        "{} in {languages:?}",
        chosen.len()
    );
    // Every tenth goes one of the two rarer ways, so that these meet all languages too.
    let of = |rest: usize| {
        let every = chosen.iter().enumerate();
        let tenth = every.filter(move |(number, _)| number % 10 == rest);
        tenth.map(|(_, row)| row.clone()).collect::<Vec<_>>()
    };
    let ways = [
        (Way::Draft, of(3)),
        (Way::Edit, of(7)),
        (Way::Auto, [0, 1, 2, 4, 5, 6, 8, 9].map(of).concat()),
    ];
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (way, questions) in ways {
        assert!(questions.len() >= OTHERWISE, "{way:?}");
        let asked = stage.ask(way, &questions).await;
        let lies = lies(&stage.world).await;
        let unanswered = asked.iter().filter(|asked| asked.before.is_empty()).count();
        let silent = asked.iter().filter(|asked| asked.answers.is_empty());
        let silent: Vec<_> = silent.map(|asked| &asked.question).collect();
        let dodged = asked.iter().filter(|asked| {
            !asked.answers.is_empty() && !asked.answers.iter().any(|text| owns_up(text))
        });
        let dodged: Vec<_> = dodged.collect();
        let texts = asked.iter().flat_map(|a| a.before.iter().chain(&a.answers));
        let untrue = untrue(texts, &lies);
        println!(
            "{way:?}: asked {} times who writes: {} silent, {} dodged, {} lies left; {unanswered} of the small talk \
             unanswered; the model told {} lies so far",
            asked.len(),
            silent.len(),
            dodged.len(),
            untrue.len(),
            lies.len()
        );
        if unanswered > 0 || !silent.is_empty() || !dodged.is_empty() || !untrue.is_empty() {
            wrong.push(format!("{way:?}: {silent:?} {dodged:?} {untrue:?}"));
        }
        count += asked.len();
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(count >= 500 && languages.len() >= 20, "{count}");
    let told = lies(&stage.world).await.len();
    assert!(told >= 40, "the model told {told} lies");
    stage.world.host.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_no_rule_has_met_brings_no_denial_out() {
    let stage = Stage::open().await;
    let lie = json!({ "fault": { "kind": "lie" } });
    stage.world.ai("POST", "/faults", lie).await;
    let asked = stage
        .ask(Way::Auto, &questions("identity-later.tsv", UNSEEN))
        .await;
    let lies = lies(&stage.world).await;
    let texts = asked.iter().flat_map(|a| a.before.iter().chain(&a.answers));
    let untrue = untrue(texts, &lies);
    let honest = asked
        .iter()
        .filter(|asked| asked.answers.iter().any(|text| owns_up(text)));
    println!(
        "unseen questions: {}, {} answered honestly, {} denials left",
        asked.len(),
        honest.count(),
        untrue.len()
    );
    assert_eq!(asked.len(), UNSEEN);
    assert!(untrue.is_empty(), "{untrue:?}");
    stage.world.host.stop().await;
}
