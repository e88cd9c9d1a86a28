//! One update: read, decide, write; after a lost race again.

use std::time::Duration;

use app::{App, AppError, erasure_word};
use care::Care;
use domain::ids::BusinessAccountId;
use domain::sofi::ReplyMode;
use futures::future::OptionFuture;
use jobs::{InboundUpdate, SofiTurn};
use store::StoreError;
use store::row::ParkedRow;
use telegram::commands::{FanCommand, OwnerCommand};
use telegram::{Content, Envelope, Incoming, Message};
use tenancy::{TenantScope, Worker};
use vault::TenantKey;

use super::alert;
use super::asked::{asks, matters, waiting};
use super::business::{self, Learned};
use super::content::park_reason;
use super::decide::{Decision, Facts, Verdict, decide};
use super::erased;
use super::exporting;
use super::load::{Extras, Loaded, Place, creator, elsewhere, load};
use super::park::{self, Delivery, Kept};
use super::save::{Desk, forget, save};
use super::sofi::{QUIET, SofiFacts, TurnChange};
use super::subject::{Subject, subject};
use super::tally::{Split, Tally};
use super::words::{continued, own_words};

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
    if job.is_too_large() {
        return aside(app, scope, delivery, "too_large", tally).await;
    }
    let body = job.body();
    let Ok(envelope) = Envelope::parse(&body) else {
        return aside(app, scope, delivery, "unparsable", tally).await;
    };
    let incoming = Incoming::read(&envelope);
    let (chat_id, message_id, connection) = match subject(&envelope, &incoming) {
        Subject::Chat {
            chat_id,
            message_id,
            connection,
        } => (chat_id, message_id, connection),
        Subject::Connection(said) => {
            return Box::pin(connected(app, scope, delivery, &envelope, &said, tally)).await;
        }
        Subject::Deleted(said) => {
            let key = app.tenant_key(scope).await?;
            let emptied = Box::pin(business::deleted(app, scope, &key, job.bot, &said)).await?;
            let name = ["updates_duplicate", "updates_applied"][usize::from(emptied > 0)];
            tally.count(name, Split::Kind(envelope.kind.name().to_owned()));
            return Ok(());
        }
        Subject::Press(press) => {
            let key = app.tenant_key(scope).await?;
            return alert::pressed(app, &key, delivery, &envelope, &press, tally).await;
        }
        Subject::Erase(press) => {
            return Box::pin(erased::pressed(
                app, scope, delivery, &envelope, &press, tally,
            ))
            .await;
        }
        Subject::Skip(code) => {
            tally.count("updates_skipped", Split::Code(code));
            return Ok(());
        }
        Subject::Park(reason) => return aside(app, scope, delivery, reason, tally).await,
    };
    let key = app.tenant_key(scope).await?;
    let db = app.store.within(scope)?;
    let account = match &connection {
        Some(connection) => {
            let account = business::account_of(&db, &key, job.bot, connection).await?;
            if account.is_none() {
                tally.count("updates_dropped", Split::Code("business_owner_erased"));
                return Ok(());
            }
            account
        }
        None => None,
    };
    let at = place(&key, delivery, &envelope, account, chat_id, message_id);
    let desk = Desk {
        app,
        scope,
        db: &db,
        key: &key,
        at,
    };
    let extras = extras(&incoming, || {
        key.peer_ids().business_account(job.bot, chat_id)
    });
    let mut asked = false;
    let parking = |reason| park::row(app, &key, delivery, &body, Some(&envelope), reason);
    let kind = || Split::Kind(envelope.kind.name().to_owned());
    for _ in 0..RACES {
        let mut loaded = load(&db, &key, &at, extras).await?;
        let gone = erased::is_gone(&loaded, &incoming, job);
        if let (Err(AppError::Underway(_)), Some(runs)) = (&gone, &loaded.tombstone) {
            app.ring_erasure(job.tenant, runs.request, Duration::ZERO)
                .await;
        }
        if gone? {
            tally.count("updates_dropped", Split::Code("fan_erased"));
            return Ok(());
        }
        if let Some(word) = alert::reply(&loaded, &incoming, job, &at) {
            return alert::take(app, &word, tally).await;
        }
        let care = extras.care.max(continued(&loaded.chat, &incoming));
        if (loaded.has_no_turn() || care.is_some()) && loaded.creator.is_none() {
            loaded.creator = creator(&db).await?;
        }
        if matters(&loaded, &incoming, care) {
            loaded.waiting = Box::pin(waiting(&db, &loaded, &incoming, &at)).await?;
        }
        let care = care.max(loaded.waiting.care);
        loaded.exports = Box::pin(exporting::before(&db, &incoming, &at)).await?;
        let Some(decision) = judge(app, &key, &loaded, &incoming, job, &at, care) else {
            let (name, code) = if loaded.seen {
                ("updates_duplicate", "update")
            } else if loaded.is_declined(&at) {
                ("updates_skipped", "business_chats_declined")
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
        if decision.sofi.withdraws {
            loaded.elsewhere = Box::pin(elsewhere(&db, &loaded, &at)).await?;
        }
        // Sofi is asked while the turn is being written: the message is delayed, one that finds no turn does nothing,
        // and a turn that nobody was asked about is found by `tick`.
        let waits = matches!(decision.sofi.turn, TurnChange::Wait { .. }) && !asked;
        asked |= waits;
        let ask = OptionFuture::from(waits.then(|| ask_sofi(app, job, &at)));
        let (saved, _) = futures::join!(save(&desk, &loaded, &decision, parked), ask);
        let begun = match saved {
            Err(AppError::Store(error)) if error.is_race() => continue,
            other => other?,
        };
        if let Some(request) = begun {
            app.ring_export(job.tenant, request).await;
            app.ring_audit(scope).await;
        }
        if !decision.replies.is_empty() || decision.alert.is_some() {
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

fn extras(incoming: &Incoming, owned: impl FnOnce() -> BusinessAccountId) -> Extras {
    match incoming {
        Incoming::Message(message) | Incoming::Edited(message) => {
            let commanded = matches!(
                &message.content,
                Content::Text {
                    command: Some(_),
                    ..
                }
            );
            let care = own_words(message).and_then(care::detect);
            let edits = matches!(incoming, Incoming::Edited(_));
            Extras {
                creator: commanded || edits || care.is_some() || message.business.is_some(),
                parked: park_reason(&message.content).is_some(),
                care,
                owned: is_owner_command(message).then(owned),
                replies_to: message.reply_to.filter(|_| message.business.is_none()),
            }
        }
        _ => Extras {
            // The answer to a press names the creator.
            creator: matches!(incoming, Incoming::Callback(_)),
            parked: false,
            care: None,
            owned: None,
            replies_to: None,
        },
    }
}

/// Words that only the owner of an account may say, whoever says them.
fn is_owner_command(message: &Message) -> bool {
    let name = message.command().map(|command| command.name.as_str());
    message.business.is_none()
        && OwnerCommand::ALL
            .iter()
            .any(|command| Some(command.as_str()) == name)
}

/// Where an update belongs.
fn place(
    key: &TenantKey,
    delivery: &Delivery,
    envelope: &Envelope,
    account: Option<BusinessAccountId>,
    chat_id: i64,
    message_id: Option<i64>,
) -> Place {
    let (ids, bot) = (key.peer_ids(), delivery.job.bot);
    Place {
        bot,
        conversation: match account {
            Some(account) => ids.business_conversation(account, chat_id),
            None => ids.conversation(bot, chat_id),
        },
        fan: ids.fan(chat_id),
        account,
        message_id,
        update_id: envelope.update_id,
        parked: delivery.parked_id(),
    }
}

/// An account was connected, changed or disconnected.
async fn connected(
    app: &App,
    scope: &TenantScope<Worker>,
    delivery: &Delivery,
    envelope: &Envelope,
    said: &telegram::Connection,
    tally: &Tally,
) -> Result<(), AppError> {
    let key = app.tenant_key(scope).await?;
    let at = place(&key, delivery, envelope, None, said.owner_chat, None);
    let learned = Box::pin(business::connection(app, scope, &key, at, said)).await?;
    let kind = || Split::Kind(envelope.kind.name().to_owned());
    match learned {
        Learned::Known { told } => {
            tally.count("updates_stored", kind());
            if told {
                ring(app, &delivery.job).await;
            }
        }
        Learned::Stale => tally.count("updates_duplicate", kind()),
        Learned::NoBot => tally.count("updates_dropped", Split::Code("bot_not_connected")),
    }
    Ok(())
}

/// Nothing for an update that was worked before, whose bot is not connected, or whose chats are not wanted.
fn judge(
    app: &App,
    key: &TenantKey,
    loaded: &Loaded,
    incoming: &Incoming,
    job: &InboundUpdate,
    at: &Place,
    care: Option<Care>,
) -> Option<Decision> {
    let bot = loaded
        .bot
        .as_ref()
        .filter(|_| !loaded.seen && !loaded.is_declined(at))?;
    let policy = policy(app);
    let creator = loaded.creator.as_deref().unwrap_or_default();
    let facts = Facts {
        update_id: at.update_id,
        received_at: job.received_at,
        username: &bot.row.username,
        creator,
        policy: &policy,
        sofi: SofiFacts {
            mode: loaded
                .sofi
                .as_ref()
                .map_or(ReplyMode::Off, |sofi| sofi.mode),
            held: loaded
                .hold
                .as_ref()
                .map(|hold| hold.holder(app.clock.now())),
            hours: loaded
                .sofi
                .as_ref()
                .map_or(ANSWER_WITHIN_HOURS, |sofi| sofi.answer_within_hours),
            turn: loaded.turn.is_some(),
            care,
            asks: asks(incoming, loaded, care, creator),
            waiting: loaded.waiting,
            refusal: loaded.fan.as_ref().and_then(|found| found.row.ai_refusal()),
            in_care: loaded.cares_for_fan(),
            lets_ai: at.account.map(|_| {
                let account = loaded.account.as_ref();
                account.is_some_and(|found| found.row.lets_ai())
            }),
            now: app.clock.now(),
        },
        owns_account: at.account.is_none()
            && loaded
                .account
                .as_ref()
                .is_some_and(|found| found.row.enabled),
        begins_alerts: alert::begins(key, &bot.row, incoming, at, app.clock.now()),
        erasure_word: (at.account.is_none() && is_delete(incoming))
            .then(|| erasure_word(key, at.conversation, app.clock.now())),
        exporting: exporting::exporting(loaded.exports.as_ref(), app.clock.now()),
    };
    decide(&loaded.chat, incoming, &facts)
}

/// Whether the answer carries a word: making one costs keyed hashes, which no other update needs.
fn is_delete(incoming: &Incoming) -> bool {
    asks_for(incoming, FanCommand::Delete)
}

/// Whether an update is this command, written or by its button.
pub(crate) fn asks_for(incoming: &Incoming, wanted: FanCommand) -> bool {
    let name = match incoming {
        Incoming::Message(message) => message.command().map(|command| command.name.as_str()),
        Incoming::Callback(press) => press
            .data
            .as_deref()
            .and_then(FanCommand::of_button)
            .map(FanCommand::as_str),
        _ => None,
    };
    name == Some(wanted.as_str())
}

/// Where a fan reads the policy; where this deployment has no address, whom to ask for it.
fn policy(app: &App) -> String {
    match app.config.app_origin.as_str() {
        "" => telegram::commands::SUPPORT.to_owned(),
        origin => format!("{origin}/legal/privacy"),
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
pub(crate) async fn ring(app: &App, job: &InboundUpdate) {
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
        Kept::Erased => tally.count("updates_dropped", Split::Code("fan_erased")),
        Kept::NoBot => tally.count("updates_dropped", Split::Code("bot_not_connected")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extras_of(body: &str) -> Extras {
        let envelope = Envelope::parse(body.as_bytes()).expect("an update");
        extras(&Incoming::read(&envelope), || {
            BusinessAccountId::from_bytes([1; 16])
        })
    }

    fn message(rest: &str) -> String {
        format!(
            r#"{{"update_id":1,"message":{{"message_id":1,"date":1,"chat":{{"id":5,"type":"private"}},{rest}}}}}"#
        )
    }

    #[test]
    fn the_creators_name_is_read_only_where_a_fixed_text_may_name_it() {
        assert!(extras_of(&message(r#""text":"/help""#)).creator);
        assert!(!extras_of(&message(r#""text":"hello""#)).creator);
        let edit =
            message(r#""text":"hello","edit_date":2"#).replace("\"message\"", "\"edited_message\"");
        assert!(extras_of(&edit).creator, "it may ask who writes");
        assert_eq!(extras_of(&message(r#""text":"/help""#)).owned, None);
        assert!(extras_of(&message(r#""text":"/allow_ai""#)).owned.is_some());
        assert!(extras_of(&message(r#""unknown_thing":{}"#)).parked);
    }

    #[test]
    fn a01_a_fans_distress_is_found_in_the_words_before_anything_is_decided() {
        let sad = extras_of(&message(r#""text":"i want to kill myself""#));
        assert!(sad.creator && sad.care == Some(Care::SelfHarm));
    }
}
