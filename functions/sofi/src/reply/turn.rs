//! One turn: read, decide, claim, ask, check, end.

use std::time::Duration;

use ai::Reply;
use ai::route::{Outcome, TOTAL_TIME};
use app::App;
use domain::Timestamp;
use domain::sofi::{ReplyMode, TurnEnd};
use jobs::SofiTurn;
use lambda::Invocation;
use rules::identity::{self, Media};
use store::TenantDb;
use store::row::{SpendRow, TraceRow};
use tenancy::{TenantScope, Worker};
use vault::TenantKey;
use wording::Language;

use super::ReplyError;
use super::again::{PAUSE, TRIES, again, silent, worth_another};
use super::ask;
use super::bill::bill;
use super::claim::{claim, claimed};
use super::decide::{Step, decide, mode};
use super::finish::{self, Ended, Ending};
use super::load::{View, load};
use super::plan::{Plan, caring, dress, handed_over, promise};
use super::tell;
use crate::limits::vendor_name;
use crate::output::{self, NewFact};
use crate::plan;
use crate::spend::{affordable, limits_of, spent};
use crate::vendors::{self, Bill};

/// So often a lost race is run again at once.
pub(crate) const RACES: u32 = 6;
/// Time to leave unused, for the writes after the vendor's answer.
const RESERVE: Duration = Duration::from_secs(8);
/// What stays the same during a turn.
pub(crate) struct Desk<'a> {
    pub(crate) app: &'static App,
    pub(crate) db: &'a TenantDb<Worker>,
    pub(crate) key: &'a TenantKey,
    scope: &'a TenantScope<Worker>,
}

/// Works the turn that waits in a conversation, if one does.
pub(crate) async fn work(
    app: &'static App,
    scope: &TenantScope<Worker>,
    job: &SofiTurn,
    invocation: &Invocation,
) -> Result<(), ReplyError> {
    let key = app.tenant_key(scope).await?;
    let db = app.store.within(scope)?;
    let desk = Desk {
        app,
        db: &db,
        key: &key,
        scope,
    };
    for _ in 0..RACES {
        let Some(view) = Box::pin(load(app, scope, &db, &key, job)).await? else {
            return Ok(());
        };
        match Box::pin(step(&desk, view, invocation)).await? {
            Next::Again => {}
            Next::Done => return Ok(()),
        }
    }
    // Many fans of a workspace are answered at once: this one is looked at in a moment, not when the queue gives it back.
    tracing::warn!(tenant.id = %job.tenant, bot.id = %job.bot, "a turn lost every race");
    app.jobs.sofi_later(job, PAUSE).await?;
    Ok(())
}

/// Whether a turn must be looked at again at once.
enum Next {
    Again,
    Done,
}

async fn step(desk: &Desk<'_>, view: View, invocation: &Invocation) -> Result<Next, ReplyError> {
    let mode = mode(&view, desk.app.config.ai_drafts_only);
    match decide(&view, mode, desk.app.clock.now()) {
        Step::Leave => Ok(Next::Done),
        Step::Wait(left) => {
            tokio::time::sleep(left).await;
            Ok(Next::Again)
        }
        Step::End {
            reason,
            needs_person,
        } => close(desk, view, handed_over(desk, reason, needs_person)).await,
        Step::Honest { needs_person } => {
            let language = ask::language(&view);
            let text = identity::honest_answer(language, &view.creator);
            let plan = Plan {
                discloses: true,
                needs_person,
                ..Plan::saying(text, identity::REASON, desk.app.clock.now())
            };
            // A fixed text of ours needs nobody's approval, and the question no delay: it goes in draft mode too.
            close(desk, view, plan).await
        }
        Step::Care(care) => close(desk, view, caring(desk, care)).await,
        Step::Media(kind) => media(desk, view, mode, &kind).await,
        Step::Ask => Box::pin(reply(desk, view, mode, invocation)).await,
    }
}

async fn media(
    desk: &Desk<'_>,
    view: View,
    mode: ReplyMode,
    kind: &str,
) -> Result<Next, ReplyError> {
    let (language, creator) = (ask::language(&view), &view.creator);
    let looked_at = match kind {
        "photo" => Some(Media::Photo),
        "voice" | "audio" => Some(Media::Voice),
        "sticker" | "animation" => Some(Media::Sticker),
        "video" | "video_note" => Some(Media::Video),
        "album" => Some(Media::Album),
        _ => None,
    };
    let text = match looked_at {
        Some(kind) => identity::media_received(language, creator, kind),
        // A contact, a place, a poll: nothing is thanked for by a wrong name.
        None => identity::handed_over(language, creator),
    };
    let plan = promise(desk, &view, mode, "media_needs_person", text);
    close(desk, view, plan).await
}

/// Ends a turn that no vendor was asked about.
async fn close(desk: &Desk<'_>, mut view: View, plan: Plan) -> Result<Next, ReplyError> {
    let trace = TraceRow::ended(
        &view.turn.row,
        plan.end,
        plan.reason.unwrap_or_default(),
        desk.app.clock.now(),
    );
    let mut ending = dress(&view, plan, trace);
    match finish::end(desk, &mut view, &mut ending).await? {
        Ended::Overtaken => Ok(Next::Again),
        Ended::Done { queued } => {
            after(desk, &view, &ending, queued).await;
            Ok(Next::Done)
        }
    }
}

async fn reply(
    desk: &Desk<'_>,
    view: View,
    mode: ReplyMode,
    invocation: &Invocation,
) -> Result<Next, ReplyError> {
    let now = desk.app.clock.now();
    let language = ask::language(&view);
    let cannot = || identity::cannot_answer(language, &view.creator);
    let written = plan::written(view.month.iter().flatten().map(|found| &found.row));
    if let Some(reason) = plan::stops(view.standing, written) {
        let plan = promise(desk, &view, mode, reason, cannot());
        let told = tell::Stopped::of(reason, &view, now);
        let next = close(desk, view, plan).await?;
        tell_stopped(desk, &told).await;
        return Ok(next);
    }
    let limits = limits_of(view.limits.as_ref());
    let ready = vendors::ready(desk.app, &limits).await?;
    if ready.is_empty() {
        let plan = promise(desk, &view, mode, "no_vendor", cannot());
        return close(desk, view, plan).await;
    }
    let request = ask::talk(&view).request();
    let worst = vendors::worst_case(&ready, &request);
    let today = spent(view.spend.iter().flatten().map(|found| &found.row));
    let tokens = vendors::worst_tokens(&ready, &request);
    if !affordable(&limits, today, worst, tokens) {
        tracing::warn!(tenant.id = %view.turn.row.tenant, "the day's budget is spent");
        telemetry::metric("BudgetReached", telemetry::Unit::Count, 1.0, &[]);
        let plan = Plan {
            refused: Some((worst, tokens)),
            ..promise(desk, &view, mode, finish::BUDGET, cannot())
        };
        let bot = view.bot.as_ref().map(|bot| bot.username.clone());
        let next = close(desk, view, plan).await?;
        tell_owners(desk, &bot.unwrap_or_default()).await;
        return Ok(next);
    }
    let mut view = view;
    let typing = mode == ReplyMode::Auto;
    let Some(turn) = claim(desk, &view, (worst, tokens), typing).await? else {
        return Ok(Next::Again);
    };
    // What the claim wrote is what the end settles against.
    refresh_spend(&mut view, &turn.row, now);
    view.turn = turn;
    let before = vendors::breakers(&view.vendors);
    let mut breakers = before.clone();
    let total = TOTAL_TIME.min(invocation.left().saturating_sub(RESERVE));
    let (outcome, ()) = futures::join!(
        vendors::ask(desk.app, &ready, &mut breakers, &request, total),
        ring(desk, &view, typing)
    );
    vendors::remember(desk.db, &before, &breakers, desk.app.clock.now()).await?;
    Box::pin(take(desk, view, mode, outcome, &request, now)).await
}

/// The fan's turn has ended: a failure here must not bring it back. Whoever meets the spent budget next tells the owners.
async fn tell_owners(desk: &Desk<'_>, bot: &str) {
    let told = tell::budget_reached(desk.app, desk.scope, desk.db, bot);
    if let Err(error) = Box::pin(told).await {
        tracing::warn!(
            error.chain = telemetry::chain(&error),
            "the owners were not told"
        );
    }
}

/// As [`tell_owners`], of a plan that is over or used up.
async fn tell_stopped(desk: &Desk<'_>, stopped: &tell::Stopped) {
    let told = tell::stopped(desk.app, desk.scope, desk.db, stopped);
    if let Err(error) = Box::pin(told).await {
        tracing::warn!(
            error.chain = telemetry::chain(&error),
            "the owners were not told"
        );
    }
}

/// The claim changed our shard of the day: the next write must say so.
fn refresh_spend(view: &mut View, turn: &store::row::TurnRow, now: Timestamp) {
    let (row, rev) = super::claim::shard_row(view, now);
    let row = claimed(row, &view.turn.row, (turn.reserved, turn.reserved_tokens));
    let shard = usize::from(store::keys::shard(turn.conversation.to_bytes()));
    if let Some(slot) = view.spend.get_mut(shard) {
        *slot = Some(store::Found::<SpendRow> {
            row,
            rev: rev.map_or(1, |rev| rev + 1),
        });
    }
}

async fn ring(desk: &Desk<'_>, view: &View, wanted: bool) {
    let turn = &view.turn.row;
    if wanted
        && let Err(error) = desk
            .app
            .jobs
            .ring(turn.tenant, turn.bot, &desk.app.unique())
            .await
    {
        tracing::warn!(bot.id = %turn.bot, error.chain = telemetry::chain(&error), "the doorbell did not ring");
    }
}

/// Takes what the vendors answered.
async fn take(
    desk: &Desk<'_>,
    mut view: View,
    mode: ReplyMode,
    outcome: Outcome,
    request: &ai::Request,
    began: Timestamp,
) -> Result<Next, ReplyError> {
    let language = ask::language(&view);
    let mut trace = traced(desk, &view, &outcome, request);
    let tokens = trace.input_tokens + trace.output_tokens;
    let (plan, facts) = match outcome.result {
        Ok(reply) => answered(
            desk, &view, mode, &reply, request, language, began, &mut trace,
        ),
        Err(why) => {
            let last = view.turn.row.attempts >= TRIES || !worth_another(&why);
            if !last {
                again(desk, view, &trace, tokens).await?;
                return Ok(Next::Done);
            }
            tracing::warn!(tenant.id = %view.turn.row.tenant, error.chain = telemetry::chain(&why), "no vendor replied");
            let text = identity::cannot_answer(language, &view.creator);
            (promise(desk, &view, mode, silent(&why), text), Vec::new())
        }
    };
    trace.end = plan.end;
    trace.reason = plan.reason.map(str::to_owned);
    let mut ending = dress(&view, plan, trace);
    ending.facts = facts;
    ending.tokens = tokens;
    match finish::end(desk, &mut view, &mut ending).await? {
        Ended::Done { queued } => {
            after(desk, &view, &ending, queued).await;
            Ok(Next::Done)
        }
        Ended::Overtaken => {
            telemetry::metric("ReplyOvertaken", telemetry::Unit::Count, 1.0, &[]);
            bill(desk, &view, ending.trace.cost, ending.tokens).await?;
            Ok(Next::Done)
        }
    }
}

fn traced(desk: &Desk<'_>, view: &View, outcome: &Outcome, request: &ai::Request) -> TraceRow {
    let now = desk.app.clock.now();
    let mut trace = TraceRow::ended(&view.turn.row, TurnEnd::HandedOver, "", now);
    trace.persona = view.persona.as_ref().map(|(version, _)| *version);
    trace.facts = ask::usable(view).iter().map(|fact| fact.id).collect();
    trace.asked = vendors::asked(outcome);
    let bill = Bill::of(outcome, request);
    trace.input_tokens = bill.input;
    trace.cached_tokens = bill.cached;
    trace.output_tokens = bill.output;
    trace.cost = bill.cost;
    trace.latency_ms = bill.latency_ms;
    trace
}

/// A vendor replied: the rules decide what leaves.
#[expect(
    clippy::too_many_arguments,
    reason = "everything that a check is made of, once"
)]
fn answered(
    desk: &Desk<'_>,
    view: &View,
    mode: ReplyMode,
    reply: &Reply,
    request: &ai::Request,
    language: Language,
    began: Timestamp,
    trace: &mut TraceRow,
) -> (Plan, Vec<NewFact>) {
    trace.vendor = Some(vendor_name(reply.vendor));
    trace.model = Some(reply.model.clone());
    trace.zero_retention = reply.zero_retention;
    let talk = ask::talk(view);
    let checked = output::check(&talk, reply, &request.instructions);
    trace.rules_run = checked.ran;
    trace.rules_hit = checked.hit;
    if let Some(care) = checked.care {
        return (caring(desk, care), Vec::new());
    }
    let Some(text) = checked.text.filter(|_| checked.handed_over.is_none()) else {
        let said = identity::handed_over(language, &view.creator);
        let reason = checked.handed_over.unwrap_or("rule");
        return (promise(desk, view, mode, reason, said), Vec::new());
    };
    let grounds = ask::grounds(view).into_iter();
    let grounds: Vec<&str> = grounds.filter_map(|said| said.text.as_deref()).collect();
    let facts = output::admitted(&talk, reply, &grounds);
    let plan = Plan {
        end: TurnEnd::Replied,
        reason: None,
        text: Some(text),
        discloses: checked.honest,
        promises: false,
        needs_person: false,
        began,
        refused: None,
        care: None,
    };
    (plan.in_mode(mode), facts)
}

/// What follows a written end: the sender is woken. If that is lost, the minute's sweep does it.
async fn after(desk: &Desk<'_>, view: &View, ending: &Ending, queued: bool) {
    let promised = ending.text.is_some() && ending.trace.end == TurnEnd::HandedOver;
    let told = view.bot.as_ref().is_some_and(|bot| !bot.alerts.is_empty())
        && (ending.needs_person || ending.trace.end == TurnEnd::Drafted);
    if !queued && !promised && !told && ending.care.is_none() {
        return;
    }
    let turn = &view.turn.row;
    let wait = desk.app.clock.now().until(ending.not_before);
    let woken = if wait.is_zero() {
        let unique = desk.app.unique();
        desk.app.jobs.ring(turn.tenant, turn.bot, &unique).await
    } else {
        desk.app.jobs.wake_later(turn.tenant, turn.bot, wait).await
    };
    if let Err(error) = woken {
        tracing::warn!(bot.id = %turn.bot, error.chain = telemetry::chain(&error), "the doorbell did not ring");
    }
}
