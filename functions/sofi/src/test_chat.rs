//! `POST /api/v1/bots/{bot_id}/test-chats`: what Sofi would answer, without a fan.
//!
//! The same words of distress, prompt, vendors, breakers, budget and hard rules as for a fan's turn. Nothing is kept but
//! the day's spending: there is no conversation, no outbox and no trace.
//!
//! Sequential calls, warm: 1 session, 1 to read, 2 to set aside, the vendor, 2 to settle. Uses GetItem on `routing` and
//! `keys`, BatchGetItem on `tenant`, BatchGetItem and PutItem on `work`, kms:Decrypt (purpose `data`); under the function's
//! own session kms:Decrypt for `platform`.

mod answer;
mod input;
mod set_aside;
mod setting;

use std::time::Duration;

use ai::route::{NoReply, Outcome, TOTAL_TIME};
use app::{App, OrProblem};
use care::Care;
use domain::ids::BotId;
use http::StatusCode;
use http_kit::{Answer, Problem};
use rules::identity;
use tenancy::{Manager, TenantScope};

use crate::limits::Limits;
use crate::spend::limits_of;
use crate::talk::Talk;
use crate::vendors::{self, Bill};
use crate::{output, plan, talk};
pub(crate) use answer::TestReply;
pub(crate) use input::TestChat;
use set_aside::SetAside;

/// Time to leave unused, for the writes after the vendor's answer.
const RESERVE: Duration = Duration::from_secs(5);

/// Answers as Sofi would. No fan sees it, and nothing of it is kept but what it cost. A first message to a fan also says
/// that an AI writes; that line is left out here.
#[utoipa::path(post, path = "/api/v1/bots/{bot_id}/test-chats",
    params(("bot_id" = String, Path, description = "The bot.")), request_body = TestChat,
    responses((status = 201, description = "What would be answered.", body = TestReply)))]
pub(crate) async fn handle(
    app: &App,
    scope: &TenantScope<Manager>,
    bot: BotId,
    input: TestChat,
    left: Duration,
) -> Answer {
    let db = app.store.within(scope).or_problem()?;
    let key = Box::pin(app.tenant_key(scope)).await.or_problem()?;
    let now = app.clock.now();
    let setting = setting::read(&db, &key, bot, input.persona_version, now).await?;
    let talk = setting.talk(&input, talk::cache_key(&bot.to_bytes()));
    if let Some(fixed) = fixed(&talk, input.language.as_deref()) {
        return http_kit::created(&fixed);
    }
    plan_allows(setting.stopped)?;
    let limits = limits_of(setting.limits.as_ref());
    somebody_may_answer(&limits)?;
    let ready = Box::pin(vendors::ready(app, &limits)).await.or_problem()?;
    if ready.is_empty() {
        return Err(no_vendor(NoReply::NoVendor));
    }
    let request = talk.request();
    let worst = vendors::worst_case(&ready, &request);
    let tokens = vendors::worst_tokens(&ready, &request);
    let held = SetAside::take(app, &db, &limits, bot, (worst, tokens)).await?;
    let before = vendors::breakers(&setting.vendors);
    let mut breakers = before.clone();
    let total = TOTAL_TIME.min(left.saturating_sub(RESERVE));
    let outcome = Box::pin(vendors::ask(app, &ready, &mut breakers, &request, total)).await;
    let bill = Bill::of(&outcome, &request);
    // The bill first: it must not be lost because a breaker could not be written.
    held.settle(app, &db, &bill, outcome.result.is_ok()).await?;
    vendors::remember(&db, &before, &breakers, app.clock.now())
        .await
        .or_problem()?;
    let answer = judged(&talk, &input, outcome, &bill, &request.instructions)?;
    http_kit::json(StatusCode::CREATED, &answer)
}

/// What no vendor is asked about: distress, and the question who writes.
fn fixed(talk: &Talk<'_>, language: Option<&str>) -> Option<TestReply> {
    let blank = TestReply::blank(talk);
    if let Some(care) = talk.distress() {
        return Some(caring(talk, care, language, blank));
    }
    talk.asks_identity().then(|| TestReply {
        reply: Some(identity::honest_answer(talk.language, talk.creator)),
        ..blank
    })
}

/// The fixed text for a fan in distress; the rest as it is.
fn caring(talk: &Talk<'_>, care: Care, language: Option<&str>, rest: TestReply) -> TestReply {
    let country = language.and_then(|tag| tag.split(['-', '_']).nth(1));
    TestReply {
        reply: Some(care::answer(care, talk.language, country, talk.creator)),
        handed_over: Some("care"),
        care: Some(care.name()),
        ..rest
    }
}

/// What the rules leave of a vendor's answer.
fn judged(
    talk: &Talk<'_>,
    input: &TestChat,
    outcome: Outcome,
    bill: &Bill,
    prompt: &str,
) -> Result<TestReply, Problem> {
    let billed = TestReply {
        tokens: bill.tokens(),
        cost_micro_usd: bill.cost,
        latency_ms: bill.latency_ms,
        ..TestReply::blank(talk)
    };
    let reply = match outcome.result {
        Ok(reply) => reply,
        // A vendor's refusal of the content is an answer: a fan would be told that a person comes.
        Err(NoReply::Failed(ai::AskError::Refused { .. })) => {
            return Ok(TestReply {
                handed_over: Some("vendor_refused"),
                ..billed
            });
        }
        Err(why) => return Err(no_vendor(why)),
    };
    let checked = output::check(talk, &reply, prompt);
    if let Some(care) = checked.care {
        let told = TestReply {
            rules_hit: checked.hit,
            ..billed
        };
        return Ok(caring(talk, care, input.language.as_deref(), told));
    }
    let text = checked.text.filter(|_| checked.handed_over.is_none());
    let handed_over = match &text {
        Some(_) => None,
        None => checked.handed_over.or(Some("rule")),
    };
    let facts = match &text {
        Some(_) => output::admitted(talk, &reply, &talk.newest),
        None => Vec::new(),
    };
    Ok(TestReply {
        handed_over,
        care: care::detect_output(&reply.text).map(Care::name),
        rules_hit: checked.hit,
        rules_run: checked.ran,
        vendor: Some(crate::limits::vendor_name(reply.vendor)),
        model: Some(reply.model),
        facts: facts.into_iter().map(Into::into).collect(),
        reply: text,
        ..billed
    })
}

/// Refuses what only another plan, or the next month, would change.
fn plan_allows(stopped: Option<&'static str>) -> Result<(), Problem> {
    match stopped {
        None => Ok(()),
        Some(plan::MESSAGES) => Err(Problem::conflict(
            plan::MESSAGES,
            "This month's messages of Sofi are used up. An owner can choose a larger plan under Plan and billing; otherwise they begin anew on the first.",
        )),
        Some(code) => Err(Problem::conflict(
            code,
            "Nothing is paid for, so Sofi writes nothing. An owner can choose a plan under Plan and billing.",
        )),
    }
}

/// Refuses what waiting would not change: a workspace that lets no vendor see its chats.
fn somebody_may_answer(limits: &Limits) -> Result<(), Problem> {
    if limits.vendors.is_empty() {
        return Err(Problem::unprocessable(
            "no_vendor_allowed",
            "The AI budget of this workspace allows no vendor.",
        ));
    }
    Ok(())
}

fn no_vendor(why: NoReply) -> Problem {
    Problem::vendor_unavailable(
        "no_vendor",
        "No AI vendor can answer now. Check the allowed vendors under the AI budget, or try again in a minute.",
        why,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::talk::tests::talk;
    use ai::{AskError, Concern, Reply, Usage, Vendor};
    use serde_json::json;

    fn input(text: &str) -> TestChat {
        serde_json::from_value(json!({ "messages": [{ "from": "fan", "text": text }] }))
            .expect("an input")
    }

    fn answered(said: &str, written: &str) -> TestReply {
        noticed(said, written, Concern::None)
    }

    fn noticed(said: &str, written: &str, concern: Concern) -> TestReply {
        let reply = Reply {
            text: written.to_owned(),
            concern,
            proposed_facts: Vec::new(),
            vendor: Vendor::Groq,
            model: "a-model".to_owned(),
            usage: Usage::default(),
            zero_retention: None,
            latency: Duration::ZERO,
        };
        let outcome = Outcome {
            result: Ok(reply),
            attempts: Vec::new(),
        };
        let bill = Bill {
            cost: 7,
            input: 3,
            output: 2,
            ..Bill::default()
        };
        judged(&talk(&[said]), &input(said), outcome, &bill, "the prompt").expect("an answer")
    }

    fn failed(why: NoReply) -> Result<TestReply, Problem> {
        let outcome = Outcome {
            result: Err(why),
            attempts: Vec::new(),
        };
        judged(&talk(&["hi"]), &input("hi"), outcome, &Bill::default(), "p")
    }

    #[test]
    fn an_ordinary_reply_is_shown_with_what_it_cost() {
        let shown = answered("how are you?", "Lovely day here!");
        assert_eq!(shown.reply.as_deref(), Some("Lovely day here!"));
        assert_eq!((shown.tokens, shown.cost_micro_usd), (5, 7));
        assert_eq!((shown.handed_over, shown.persona_version), (None, Some(3)));
        assert!(!shown.rules_run.is_empty());
    }

    #[test]
    fn what_a_rule_stops_is_not_shown() {
        let shown = answered("where?", "Look at https://evil.example/x");
        assert_eq!((shown.reply, shown.handed_over), (None, Some("rule")));
        assert!(!shown.rules_hit.is_empty());
    }

    #[test]
    fn distress_and_the_question_who_writes_ask_no_vendor() {
        let care = fixed(&talk(&["hi", "I want to kill myself"]), None).expect("fixed");
        assert_eq!((care.care, care.vendor), (Some("self_harm"), None));
        let honest = fixed(&talk(&["are you a bot?"]), None).expect("fixed");
        assert!(honest.reply.is_some_and(|text| !text.is_empty()));
        assert!(fixed(&talk(&["how was your day?"]), None).is_none());
    }

    #[test]
    fn distress_that_only_the_model_notices_is_shown_as_the_fixed_text_and_what_asking_cost() {
        let shown = noticed("how was your day?", "Lovely day here!", Concern::Grief);
        let text = shown.reply.expect("a fixed text");
        assert!(!text.is_empty() && !text.contains("Lovely"), "{text}");
        assert_eq!(
            (shown.handed_over, shown.care),
            (Some("care"), Some("grief"))
        );
        assert_eq!(shown.rules_hit, ["concern:grief"]);
        assert_eq!((shown.tokens, shown.cost_micro_usd), (5, 7));
        assert!(shown.vendor.is_none() && shown.facts.is_empty());
    }

    #[test]
    fn a_plan_that_stops_sofi_is_a_refusal_that_says_what_helps() {
        assert!(plan_allows(None).is_ok());
        for code in [plan::LAPSED, plan::MESSAGES] {
            let problem = plan_allows(Some(code)).expect_err("refused");
            assert_eq!((problem.status().as_u16(), problem.code()), (409, code));
        }
    }

    #[test]
    fn allowing_no_vendor_is_the_workspaces_choice_and_no_outage() {
        assert!(somebody_may_answer(&Limits::default()).is_ok());
        let none = Limits {
            vendors: Vec::new(),
            ..Limits::default()
        };
        let problem = somebody_may_answer(&none).expect_err("refused");
        assert_eq!(
            (problem.status().as_u16(), problem.code()),
            (422, "no_vendor_allowed")
        );
    }

    #[test]
    fn no_answer_at_all_is_a_refusal_that_says_what_to_do() {
        let problem = failed(NoReply::Failed(AskError::Timeout))
            .err()
            .expect("no answer");
        assert_eq!(
            (problem.status().as_u16(), problem.code()),
            (503, "no_vendor")
        );
        let refused = failed(NoReply::Failed(AskError::Refused { usage: None }));
        assert_eq!(
            refused.map(|shown| shown.handed_over).ok(),
            Some(Some("vendor_refused"))
        );
    }
}
