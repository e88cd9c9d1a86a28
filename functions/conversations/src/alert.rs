//! `conversations.alert`: does what a member said to an alert in their Telegram chat, as if they had done it in the
//! dashboard: the same checks, the same transactions, with the rights that their row in the team gives them now.
//!
//! Uses, in the tenant's session, what approving, discarding, sending and taking over use, without a session's row:
//! BatchGetItem, GetItem, PutItem, DeleteItem, ConditionCheckItem on `tenant`; BatchGetItem and PutItem on `work`; GetItem
//! and BatchGetItem on `keys`; kms:Decrypt (purpose `data`). In its own: GetItem on `routing` (when the person's chats ended),
//! sqs:SendMessage on the doorbell, sqs:ChangeMessageVisibility on its queue.

use app::{App, AppError, Claim};
use domain::alert::{Alert, AlertAnswer, AlertButton, AlertCause, AlertChat};
use domain::content::Outgoing;
use domain::ids::{BotId, MessageId, UserId};
use domain::message::Lane;
use http_kit::{Answer, BoxError, Problem};
use jobs::{AlertWord, JobsError, Outcome, Said, accept, run_fifo_batch};
use lambda::{SqsBatchResponse, SqsEvent, SqsMessage};
use store::row::{AlertRow, BotRow, MemberRow, OutboxRow};
use store::{StoreError, TenantDb, keys};
use telegram::alert::Notice;
use telegram::commands::Language;
use tenancy::{Chatter, Member, TenantScope, TrustedJob, Worker};
use thiserror::Error;
use vault::TenantKey;

use crate::draft::approve::{self, ApprovalIn};
use crate::draft::discard::{self, DiscardQuery};
use crate::send::{self, SendIn};
use crate::takeover::{self, TakeoverIn};

/// Why a word could not be worked; it comes back.
#[derive(Debug, Error)]
pub(crate) enum AlertError {
    /// Rows, keys or queues.
    #[error("a word could not be worked")]
    App(#[from] AppError),
    /// What a route would answer by 503.
    #[error("something did not answer")]
    Later(#[source] BoxError),
}

impl From<StoreError> for AlertError {
    fn from(error: StoreError) -> Self {
        Self::App(error.into())
    }
}

impl From<JobsError> for AlertError {
    fn from(error: JobsError) -> Self {
        Self::App(error.into())
    }
}

/// Works every word of a batch; those of one chat in their order.
pub(crate) async fn handle(app: &'static App, event: SqsEvent) -> SqsBatchResponse {
    run_fifo_batch(event, &|message| Box::pin(one(app, message))).await
}

async fn one(app: &'static App, message: SqsMessage) -> Outcome {
    let Some((word, job)) = accept::<AlertWord>(&message, &app.config.source_queue) else {
        give_back(app, &message).await;
        return Outcome::NotOurs;
    };
    match Box::pin(work(app, &job, &word)).await {
        Ok(()) | Err(AlertError::App(AppError::Absent(_))) => Outcome::Done,
        Err(error) => {
            tracing::warn!(tenant.id = %word.tenant, bot.id = %word.bot, error.chain = telemetry::chain(&error), "a word was not worked");
            Outcome::Retry
        }
    }
}

/// At once: as long as it is hidden, the words of its chat wait behind it. Failing to say so only makes them later.
async fn give_back(app: &App, message: &SqsMessage) {
    let receipt = message.receipt_handle.as_deref().unwrap_or_default();
    if let Err(error) = app.jobs.give_back_word(receipt).await {
        tracing::warn!(
            error.chain = telemetry::chain(&error),
            "a message was not given back"
        );
    }
}

async fn work(app: &'static App, job: &TrustedJob, word: &AlertWord) -> Result<(), AlertError> {
    let scope = job.scope();
    let key = app.tenant_key(&scope).await?;
    let db = app.store.within(&scope)?;
    let mut reads = db.read_many();
    let bot = reads.find::<BotRow>(&keys::bot(word.bot));
    let alert = reads.find::<AlertRow>(&keys::alert(word.chat, word.alert));
    let found = reads.send().await?;
    let (bot, alert) = (found.get(bot)?, found.get(alert)?);
    let hears = |known: &&AlertChat| known.chat == word.chat;
    let Some(chat) = bot.and_then(|bot| bot.row.alerts.iter().find(hears).cloned()) else {
        return Ok(());
    };
    if !app.still_hears(&chat).await? {
        return Ok(());
    }
    let done = match alert {
        Some(alert) => Box::pin(act(app, job, &db, chat.user, &alert.row, word)).await?,
        None => Done::not(Notice::NotPossible),
    };
    let rows = done.tells(app, &key, &chat, word)?;
    let mut transaction = db.transaction();
    for row in &rows {
        transaction.create(row);
    }
    transaction.commit().await?;
    Ok(app.jobs.ring(word.tenant, word.bot, &app.unique()).await?)
}

/// What became of a word.
struct Done {
    notice: Notice,
    /// Nothing is left to decide.
    closes: bool,
    /// They are asked for their own words.
    asks: Option<Alert>,
}

impl Done {
    const fn now(notice: Notice) -> Self {
        Self {
            notice,
            closes: true,
            asks: None,
        }
    }

    const fn not(notice: Notice) -> Self {
        Self {
            notice,
            closes: false,
            asks: None,
        }
    }

    /// What the member is told through the bot.
    fn tells(
        &self,
        app: &App,
        key: &TenantKey,
        chat: &AlertChat,
        word: &AlertWord,
    ) -> Result<Vec<OutboxRow>, AppError> {
        let (press, message_id) = match &word.said {
            Said::Press { id, .. } => (Some(id.clone()), word.alert),
            Said::Reply { message_id, .. } => (None, *message_id),
        };
        let answer = AlertAnswer {
            closes: self.closes && press.is_some(),
            press,
            message_id,
            notice: self
                .notice
                .says(Language::of(chat.language.as_deref()))
                .to_owned(),
        };
        let asks = self.asks.clone().map(Outgoing::Alert);
        let said = [Some(Outgoing::AlertAnswer(answer)), asks];
        let (to, now) = ((word.bot, word.chat), app.clock.now());
        said.into_iter()
            .flatten()
            .map(|outgoing| app.to_chat((word.tenant, key), to, Lane::Ai, &outgoing, now))
            .collect()
    }
}

/// A member on whose word the job acts.
struct Actor<'a> {
    job: &'a TrustedJob,
    user: UserId,
    member: Member,
}

impl Actor<'_> {
    /// The member, if they still may answer fans of this bot.
    fn scope(&self, bot: BotId) -> Option<TenantScope<Chatter>> {
        let scope = self.job.acting_for(self.user, &self.member).ok();
        scope.filter(|_| self.member.data.sees(bot))
    }
}

/// Acts as the member, as far as their row lets them.
async fn act(
    app: &'static App,
    job: &TrustedJob,
    db: &TenantDb<Worker>,
    user: UserId,
    alert: &AlertRow,
    word: &AlertWord,
) -> Result<Done, AlertError> {
    let Some(found) = db.find::<MemberRow>(&keys::member(user)).await? else {
        return Ok(Done::not(Notice::NotPossible));
    };
    let member = Member {
        tenant: word.tenant,
        role: found.row.role,
        data: found.row.data,
        closes_at: None,
    };
    let actor = Actor { job, user, member };
    match &word.said {
        Said::Press { button, .. } => press(app, &actor, alert, *button, word).await,
        Said::Reply { text, .. } if text.trim().is_empty() => Ok(Done::not(Notice::WordsOnly)),
        Said::Reply { text, .. } => reply(app, &actor, alert, text, word).await,
    }
}

async fn press(
    app: &'static App,
    actor: &Actor<'_>,
    alert: &AlertRow,
    button: AlertButton,
    word: &AlertWord,
) -> Result<Done, AlertError> {
    let about = alert.about;
    let Some(scope) = actor.scope(word.bot) else {
        return Ok(Done::not(Notice::NotPossible));
    };
    match (button, alert.draft.as_deref()) {
        (AlertButton::Approve, Some(draft)) => {
            let input = ApprovalIn::of(draft, None, alert.seen);
            let claim = Claim::of_job(actor.user, "alert.approve", &word.unique, b"");
            let answer = approve::handle(app, scope, about, input, Some(claim)).await;
            told(answer, Done::now(Notice::Queued))
        }
        (AlertButton::Discard, Some(draft)) => {
            let answer = discard::handle(app, scope, about, DiscardQuery::of(draft)).await;
            told(answer, Done::now(Notice::Discarded))
        }
        (AlertButton::TakeOver, _) => {
            let answer = takeover::take(app, scope, about, TakeoverIn::default()).await;
            told(answer, Done::not(Notice::TakenOver))
        }
        (AlertButton::Edit, Some(draft)) => Ok(Done {
            notice: Notice::Write,
            closes: false,
            asks: Some(Alert {
                about,
                cause: AlertCause::Rewrite,
                draft: draft_id(draft),
                unanswered_since: None,
            }),
        }),
        (AlertButton::Approve | AlertButton::Discard | AlertButton::Edit, None) => {
            Ok(Done::not(Notice::NotPossible))
        }
    }
}

/// Sends a member's own words: in the draft's place while it waits, else as any message. Either way not past anything newer
/// than what the alert showed.
async fn reply(
    app: &'static App,
    actor: &Actor<'_>,
    alert: &AlertRow,
    text: &str,
    word: &AlertWord,
) -> Result<Done, AlertError> {
    let (Some(first), Some(second)) = (actor.scope(word.bot), actor.scope(word.bot)) else {
        return Ok(Done::not(Notice::NotPossible));
    };
    let claim = |operation| {
        let body = text.as_bytes();
        Some(Claim::of_job(actor.user, operation, &word.unique, body))
    };
    if let Some(draft) = &alert.draft {
        let input = ApprovalIn::of(draft, Some(text), alert.seen);
        let claim = claim("alert.rewrite");
        match approve::handle(app, first, alert.about, input, claim).await {
            Err(problem) if problem.code() == "changed_meanwhile" => {}
            answer => return told(answer, Done::now(Notice::Queued)),
        }
    }
    let input = SendIn::of(text, word.bot, alert.seen);
    let answer = send::handle(app, second, alert.about, input, claim("alert.reply")).await;
    told(answer, Done::now(Notice::Queued))
}

/// The draft that a revision names.
fn draft_id(rev: &str) -> Option<MessageId> {
    let (id, _) = rev.split_once('.')?;
    MessageId::from_suffix(id).ok()
}

/// What a refusal means for somebody who sees one message and some buttons. What may work later is tried again.
fn told(answer: Answer, done: Done) -> Result<Done, AlertError> {
    let problem = match answer {
        Ok(_) => return Ok(done),
        Err(problem) => problem,
    };
    Ok(Done::not(match problem.code() {
        "changed_meanwhile" => Notice::Changed,
        "conversation_moved_on" => Notice::MovedOn,
        "fan_wants_person" => Notice::WantsPerson,
        "fan_in_care" => Notice::Care,
        "breaks_rule" => Notice::BreaksRule,
        "care_in_reply" => Notice::CareInReply,
        "ai_not_authorised" => Notice::NotAuthorised,
        "not_found" => Notice::NotPossible,
        _ => match problem {
            Problem::Unavailable(source) => return Err(AlertError::Later(source)),
            Problem::Internal(source) => {
                tracing::error!(error.chain = telemetry::chain(&*source), "a word failed");
                Notice::Failed
            }
            _ => Notice::Unreachable,
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outgoing::not_authorised;
    use http_kit::no_content;

    fn notice(problem: Problem) -> Notice {
        told(Err(problem), Done::now(Notice::Queued))
            .expect("an answer")
            .notice
    }

    #[test]
    fn a_refusal_is_told_in_words_and_leaves_the_buttons() {
        let moved = Problem::conflict("conversation_moved_on", "");
        assert_eq!(notice(moved), Notice::MovedOn);
        let broken = Problem::unprocessable("breaks_rule", "");
        assert_eq!(notice(broken), Notice::BreaksRule);
        let cared = Problem::unprocessable("care_in_reply", "");
        assert_eq!(notice(cared), Notice::CareInReply);
        assert_eq!(notice(not_authorised()), Notice::NotAuthorised);
        assert_eq!(notice(Problem::NotFound), Notice::NotPossible);
        assert_eq!(
            notice(Problem::conflict("fan_unreachable", "")),
            Notice::Unreachable
        );
        let done = told(no_content(), Done::now(Notice::Queued)).expect("an answer");
        assert!(done.closes && done.notice == Notice::Queued);
    }

    #[test]
    fn a_draft_is_found_by_how_it_was_named() {
        let id = MessageId::from_bytes([7; 16]);
        assert_eq!(draft_id(&format!("{}.3", id.suffix())), Some(id));
        assert_eq!(draft_id("nonsense"), None);
    }
}
