//! One update: read, decide, write; after a lost race again.

use app::{App, AppError};
use care::Care;
use domain::sofi::ReplyMode;
use futures::future::OptionFuture;
use jobs::{InboundUpdate, SofiTurn};
use store::StoreError;
use store::row::ParkedRow;
use telegram::{Content, Envelope, Incoming};
use tenancy::{TenantScope, Worker};

use super::content::park_reason;
use super::decide::{Decision, Facts, Verdict, decide};
use super::load::{Extras, Loaded, Place, load};
use super::park::{self, Delivery, Kept};
use super::save::{Desk, forget, save};
use super::sofi::{QUIET, SofiFacts, TurnChange};
use super::subject::{Subject, subject};
use super::tally::{Split, Tally};

/// What fans are told of a person's answer where nobody has set another time.
pub(crate) const ANSWER_WITHIN_HOURS: u32 = 24;
/// So often a lost race is run again before the queue's own pause.
const RACES: u32 = 8;

/// Works one update.
///
/// # Errors
/// See [`super::failure::cure`].
pub(crate) async fn work(
    app: &App,
    scope: &TenantScope<Worker>,
    delivery: &Delivery,
    tally: &Tally,
) -> Result<(), AppError> {
    let job = &delivery.job;
    let body = job.body();
    let Ok(envelope) = Envelope::parse(&body) else {
        return aside(app, scope, delivery, "unparsable", tally).await;
    };
    let incoming = Incoming::read(&envelope);
    let (chat_id, message_id) = match subject(&envelope, &incoming) {
        Subject::Chat {
            chat_id,
            message_id,
        } => (chat_id, message_id),
        Subject::Skip(code) => {
            tally.count("updates_skipped", Split::Code(code));
            return Ok(());
        }
        Subject::Park(reason) => return aside(app, scope, delivery, reason, tally).await,
    };
    let key = app.tenant_key(scope).await?;
    let ids = key.peer_ids();
    let at = Place {
        bot: job.bot,
        conversation: ids.conversation(job.bot, chat_id),
        fan: ids.fan(chat_id),
        message_id,
        update_id: envelope.update_id,
        parked: delivery.parked_id(),
    };
    let db = app.store.within(scope)?;
    let desk = Desk {
        app,
        scope,
        db: &db,
        key: &key,
        at,
    };
    let extras = extras(&incoming);
    let mut asked = false;
    let parking = |reason| park::row(app, &key, delivery, &body, Some(&envelope), reason);
    let kind = || Split::Kind(envelope.kind.name().to_owned());
    for _ in 0..RACES {
        let loaded = load(&db, &key, &at, extras).await?;
        let Some(decision) = judge(app, &loaded, &incoming, job, &at, extras.care) else {
            let (name, code) = if loaded.seen {
                ("updates_duplicate", "update")
            } else {
                ("updates_dropped", "bot_not_connected")
            };
            tally.count(name, Split::Code(code));
            return Ok(());
        };
        let parked: Option<ParkedRow> = decision.park.map(parking);
        if decision.sofi.forget {
            forget(&db, at.fan).await?;
        }
        // Sofi is asked while the turn is being written: the message is delayed, one that finds no turn does nothing,
        // and a turn that nobody was asked about is found by `tick`.
        let waits = matches!(decision.sofi.turn, TurnChange::Wait { .. }) && !asked;
        asked |= waits;
        let ask = OptionFuture::from(waits.then(|| ask_sofi(app, job, &at)));
        let (saved, _) = futures::join!(save(&desk, &loaded, &decision, parked), ask);
        match saved {
            Err(AppError::Store(error)) if error.is_race() => continue,
            other => other?,
        }
        if !decision.replies.is_empty() {
            ring(app, job).await;
        }
        if let Some(reason) = decision.park {
            tally.count("updates_parked", Split::Code(reason));
        }
        tally.count(counter(decision.verdict), kind());
        if let Some((care, answered)) = decision.sofi.care {
            tracing::warn!(tenant.id = %job.tenant, bot.id = %job.bot, code = care.name(), "care mode");
            tally.count(
                if answered {
                    "care_answered"
                } else {
                    "care_seen"
                },
                Split::Code(care.name()),
            );
        }
        return Ok(());
    }
    Err(AppError::Store(StoreError::Contention))
}

const fn counter(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Stored => "updates_stored",
        Verdict::Changed => "updates_applied",
        Verdict::Waiting => "updates_waiting",
        Verdict::Stale => "updates_duplicate",
    }
}

fn extras(incoming: &Incoming) -> Extras {
    match incoming {
        Incoming::Message(message) | Incoming::Edited(message) => {
            let commanded = matches!(
                &message.content,
                Content::Text {
                    command: Some(_),
                    ..
                }
            );
            let care = message.content.text().and_then(care::detect);
            Extras {
                creator: commanded || care.is_some(),
                parked: park_reason(&message.content).is_some(),
                care,
            }
        }
        _ => Extras {
            creator: false,
            parked: false,
            care: None,
        },
    }
}

/// Nothing for an update that was worked before or whose bot is not connected.
fn judge(
    app: &App,
    loaded: &Loaded,
    incoming: &Incoming,
    job: &InboundUpdate,
    at: &Place,
    care: Option<Care>,
) -> Option<Decision> {
    let bot = loaded.bot.as_ref().filter(|_| !loaded.seen)?;
    let policy = policy(app);
    let facts = Facts {
        update_id: at.update_id,
        received_at: job.received_at,
        username: &bot.username,
        creator: loaded.creator.as_deref().unwrap_or_default(),
        policy: &policy,
        sofi: SofiFacts {
            mode: loaded
                .sofi
                .as_ref()
                .map_or(ReplyMode::Off, |sofi| sofi.mode),
            held: loaded.hold.is_some(),
            hours: loaded
                .sofi
                .as_ref()
                .map_or(ANSWER_WITHIN_HOURS, |sofi| sofi.answer_within_hours),
            turn: loaded.turn.is_some(),
            care,
            now: app.clock.now(),
        },
    };
    decide(&loaded.chat, incoming, &facts)
}

/// Where a fan reads the policy; where this deployment has no address, whom to ask for it.
fn policy(app: &App) -> String {
    match app.config.app_origin.as_str() {
        "" => telegram::commands::SUPPORT.to_owned(),
        origin => format!("{origin}/api/v1/documents/privacy"),
    }
}

async fn ask_sofi(app: &App, job: &InboundUpdate, at: &Place) {
    let turn = SofiTurn::new(job.tenant, job.bot, at.conversation);
    if let Err(error) = app.jobs.sofi_later(&turn, QUIET).await {
        let chain = telemetry::chain(&error);
        tracing::warn!(tenant.id = %job.tenant, bot.id = %job.bot, error.chain = chain, "Sofi was not asked");
    }
}

/// The reply is durable; if the ring is lost, the minute's sweep rings.
async fn ring(app: &App, job: &InboundUpdate) {
    if let Err(error) = app.jobs.ring(job.tenant, job.bot, &app.unique()).await {
        let chain = telemetry::chain(&error);
        tracing::warn!(tenant.id = %job.tenant, bot.id = %job.bot, error.chain = chain, "the doorbell did not ring");
    }
}

/// Keeps an update that this version cannot read.
pub(crate) async fn aside(
    app: &App,
    scope: &TenantScope<Worker>,
    delivery: &Delivery,
    reason: &'static str,
    tally: &Tally,
) -> Result<(), AppError> {
    let job = &delivery.job;
    match park::keep(app, scope, delivery, reason).await? {
        Kept::Parked => {
            tracing::warn!(tenant.id = %job.tenant, bot.id = %job.bot, code = reason, "an update was parked");
            tally.count("updates_parked", Split::Code(reason));
        }
        Kept::Worked => tally.count("updates_duplicate", Split::Code("update")),
        Kept::NoBot => tally.count("updates_dropped", Split::Code("bot_not_connected")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_creators_name_is_read_only_where_a_command_is_answered() {
        let extras = |body: &str| {
            let envelope = Envelope::parse(body.as_bytes()).expect("an update");
            extras(&Incoming::read(&envelope))
        };
        let message = |rest: &str| {
            format!(
                r#"{{"update_id":1,"message":{{"message_id":1,"date":1,"chat":{{"id":5,"type":"private"}},{rest}}}}}"#
            )
        };
        assert!(extras(&message(r#""text":"/help""#)).creator);
        assert!(!extras(&message(r#""text":"hello""#)).creator);
        assert!(extras(&message(r#""unknown_thing":{}"#)).parked);
        let sad = extras(&message(r#""text":"i want to kill myself""#));
        assert!(sad.creator && sad.care == Some(Care::SelfHarm));
    }
}
