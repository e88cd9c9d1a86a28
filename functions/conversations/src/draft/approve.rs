//! `POST /api/v1/conversations/{conversation_id}/draft/approvals`: a person sends a draft, as it is or changed.
//!
//! The draft goes and the message is queued in one transaction, so that two people who approve at once send it once. What
//! Sofi wrote is sent as the AI's words, with the disclosure in front where it is due, also when a person has touched it
//! here and there ([`rules::identity::is_still_ais`]): then it is looked at for distress and held against the hard rules for an AI's
//! words and an account owner's word as they are now, changed or not, and what fails is refused and stays a draft. A text that a
//! person wrote anew is the person's. Uses GetItem on `routing` and `keys`, BatchGetItem on `tenant`, `keys` and (with an Idempotency-Key)
//! `work`, ConditionCheckItem, DeleteItem and PutItem on `tenant`, PutItem on `work`, kms:Decrypt (purpose `data`), sqs:SendMessage on the
//! doorbell.

use app::{
    App, AppError, Claim, Event, IntoProblem, OrProblem, SealsJson, event_row, open_card, place,
};
use domain::Timestamp;
use domain::content::{FanProfile, KeptCard, Outgoing};
use domain::ids::{BusinessAccountId, ConversationId};
use domain::message::{Author, Lane};
use domain::sofi::TOO_LATE;
use http::StatusCode;
use http_kit::{Answer, FieldErrors, Problem, Validate};
use rules::identity;
use serde::Deserialize;
use store::row::{
    BusinessAccountRow, ConversationRow, DraftRow, FanKeyRow, FanRow, IdempotencyRow, OutboxRow,
    QueuedRow, SofiRow, WorkspaceRow,
};
use store::{Found, Row, StoreError, TenantDb, keys};
use tenancy::{Chatter, TenantScope};
use utoipa::ToSchema;
use vault::{FanKey, TenantKey};

use super::hard_rules::{self, Grounds};
use super::{TRIES, author, current, open_text, open_written, without_draft};
use crate::fields::{check_number, check_text, fits, number};
use crate::outgoing::{
    DUE_AFTER, bot_gone, cared_for, closed, no_ai, require_bot, require_open, require_word,
    restricted, ring, unreachable,
};
use crate::send::{MessageQueued, claim_alone, moved_on};

/// A person's word for a draft.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApprovalIn {
    /// `rev` of the draft as it was shown. Another one is refused as `changed_meanwhile`.
    rev: String,
    /// Sent instead of the draft's text: 1 to 4,096 UTF-16 units, not only blanks. While half of it stands in what Sofi
    /// wrote, or most of what Sofi wrote stands in it, it is the AI's text: its author is `ai` and the line that says so
    /// is put in front where it is due. An AI's text, changed or not, is refused and stays a draft: as `care_in_reply` where it
    /// speaks of distress, as `breaks_rule` where a rule for an AI's words takes hold of it, and in an account's chat as
    /// `ai_not_authorised` where no AI may write. Otherwise it is the person's own.
    #[serde(default)]
    #[schema(min_length = 1)]
    text: Option<String>,
    /// Telegram's number of the newest message that the person has seen. When the fan has written since the draft, and
    /// this is not at least that message, the approval is refused as `conversation_moved_on`.
    #[serde(default)]
    #[schema(pattern = "^(0|[1-9][0-9]{0,11})$")]
    last_seen_message_id: Option<String>,
}

impl ApprovalIn {
    /// Of a draft as it was shown, with other words or its own.
    pub(crate) fn of(rev: &str, text: Option<&str>, seen: i64) -> Self {
        Self {
            rev: rev.to_owned(),
            text: text.map(str::to_owned),
            last_seen_message_id: Some(seen.to_string()),
        }
    }
}

impl Validate for ApprovalIn {
    fn validate(&self, errors: &mut FieldErrors) {
        if let Some(text) = &self.text {
            check_text(errors, text);
        }
        let last_seen = self.last_seen_message_id.as_deref();
        check_number(errors, "last_seen_message_id", last_seen, 0);
    }
}

/// Approves a draft: it is queued for the fan.
#[utoipa::path(post, path = "/api/v1/conversations/{conversation_id}/draft/approvals",
    params(("conversation_id" = String, Path, description = "The conversation.")), request_body = ApprovalIn,
    responses((status = 201, description = "The message is queued.", body = MessageQueued)))]
pub(crate) async fn handle(
    app: &App,
    scope: TenantScope<Chatter>,
    conversation: ConversationId,
    input: ApprovalIn,
    claim: Option<Claim>,
) -> Answer {
    let key = app.tenant_key(&scope).await.or_problem()?;
    let db = app.store.within(&scope).or_problem()?;
    for _ in 0..TRIES {
        let mut view = load(&db, &key, conversation, claim.as_ref()).await?;
        if let (Some(claim), Some(first)) = (&claim, &view.record) {
            return claim.replay(first);
        }
        let draft = current(view.draft.take(), &input.rev)?;
        let drafted = open_text(&view.fan_key, &draft.row).or_problem()?;
        let written = open_written(&view.fan_key, &draft.row, &drafted).or_problem()?;
        let text = input.text.as_deref().unwrap_or(&drafted);
        let author = author(&written, text);
        let edited_by = match text == drafted {
            true => draft.row.edited_by,
            false => scope.actor(),
        };
        let head = &view.head.row;
        let from_fan = fan_spoke_last(&view.fan_key, head).or_problem()?;
        leave(view.profile.as_ref(), author)?;
        let last_seen = input.last_seen_message_id.as_deref().and_then(number);
        let now = app.clock.now();
        admit(head, &draft.row, author, from_fan, last_seen, now)?;
        calm(view.profile.as_ref(), author)?;
        let tag = profile_tag(&view.fan_key, view.profile.as_ref()).or_problem()?;
        if author == Author::Ai {
            let grounds = hard_rules::grounds(&db, head).await.or_problem()?;
            hard_rules::pass(text, head, &grounds, &view.creator, tag.as_deref())?;
        }
        let (text, discloses) = dressed(
            &view.head.row,
            &draft.row,
            &view.creator,
            tag.as_deref(),
            author,
            (text, text == written),
            now,
        );
        if !fits(&text) {
            return Err(no_room());
        }
        let account = view.head.row.account;
        let outbox = OutboxRow {
            edited_by,
            ..outbox(&scope, &draft.row, account, author, discloses, now)
        };
        let text = Outgoing::Text { text };
        let outbox = app.seal_outbox(&key, outbox, &text).or_problem()?;
        let queued = MessageQueued::new(&outbox);
        let record = match &claim {
            Some(claim) => Some(claim.finished(now, StatusCode::CREATED, &queued)?),
            None => None,
        };
        match Box::pin(commit(app, &db, &view.head, &draft, &outbox, record)).await {
            Ok(()) => {
                ring(app, &scope, outbox.bot).await;
                return http_kit::created(&queued);
            }
            // The next look finds the first answer, the other person's approval or a newer draft.
            Err(error) if error.failed(ANSWERING).is_some() && error.failed(0).is_none() => {
                return Err(moved_on());
            }
            Err(error) => match bot_gone(&error, BOT) {
                Some(problem) => return Err(problem),
                None if error.is_race() => {}
                None => return Err(error.into_problem()),
            },
        }
    }
    Err(StoreError::Contention.into_problem())
}

/// The places of the claim and of the bot in the transaction.
const ANSWERING: usize = 5;
const BOT: usize = 6;

/// Everything that an approval concerns.
struct View {
    head: Found<ConversationRow>,
    draft: Option<Found<DraftRow>>,
    fan_key: FanKey,
    profile: Option<FanRow>,
    creator: String,
    record: Option<IdempotencyRow>,
}

async fn load(
    db: &TenantDb<Chatter>,
    key: &TenantKey,
    conversation: ConversationId,
    claim: Option<&Claim>,
) -> Result<View, Problem> {
    let fan = key
        .peer_ids()
        .fan_of(conversation)
        .map_err(|_| Problem::NotFound)?;
    let mut reads = db.read_many();
    let head = reads.find::<ConversationRow>(&keys::conversation(conversation));
    let draft = reads.find::<DraftRow>(&keys::draft(conversation));
    let fan_key = reads.find::<FanKeyRow>(&keys::fan_key(fan));
    let profile = reads.find::<FanRow>(&keys::fan(fan));
    let workspace = reads.find::<WorkspaceRow>(&keys::workspace());
    let record = claim.map(|claim| reads.find::<IdempotencyRow>(&claim.key()));
    let found = reads.send().await.or_problem()?;
    let head = found.get(head).or_problem()?;
    // Without a key the fan was erased.
    let (Some(head), Some(wrapped)) = (head, found.get(fan_key).or_problem()?) else {
        return Err(Problem::NotFound);
    };
    let record = match record {
        Some(record) => found.get(record).or_problem()?,
        None => None,
    };
    Ok(View {
        head,
        draft: found.get(draft).or_problem()?,
        fan_key: key.open_fan_key(fan, &wrapped.row.wrapped).or_problem()?,
        profile: found.get(profile).or_problem()?.map(|found| found.row),
        creator: found
            .get(workspace)
            .or_problem()?
            .map(|found| found.row.name)
            .unwrap_or_default(),
        record: record.map(|found| found.row),
    })
}

/// Whether the fan lets such a text be written to them at all.
fn leave(fan: Option<&FanRow>, author: Author) -> Result<(), Problem> {
    match fan.and_then(FanRow::ai_refusal) {
        Some(FanRow::RESTRICTED) => Err(restricted()),
        Some(_) if author == Author::Ai => Err(no_ai()),
        Some(_) | None => Ok(()),
    }
}

/// Whether no other chat of the fan says that they may be in distress, where an AI has written the text.
fn calm(fan: Option<&FanRow>, author: Author) -> Result<(), Problem> {
    match author == Author::Ai && fan.is_some_and(FanRow::is_in_care) {
        true => Err(cared_for()),
        false => Ok(()),
    }
}

/// Whether the newest message that was seen in the chat is the fan's.
fn fan_spoke_last(key: &FanKey, head: &ConversationRow) -> Result<bool, AppError> {
    let card: KeptCard = open_card(key, head)?;
    Ok(card.is_fans(head.newest_author))
}

/// Whether the draft may go to the fan now. `from_fan`: whether the newest message of the chat is the fan's.
fn admit(
    head: &ConversationRow,
    draft: &DraftRow,
    author: Author,
    from_fan: bool,
    last_seen: Option<i64>,
    now: Timestamp,
) -> Result<(), Problem> {
    if let Some(problem) = unreachable(head.reachability) {
        return Err(problem);
    }
    if let Some(problem) = closed(head, now) {
        return Err(problem);
    }
    if author == Author::Ai && head.care_at > Timestamp::default() {
        let message = "This fan may be in distress. Answer in your own words, or end care mode.";
        return Err(Problem::conflict("fan_in_care", message));
    }
    // Telegram's dates are whole seconds.
    let asked = head.needs_person_since.max(head.wished_at);
    let asked = asked.map(Timestamp::seconds);
    if author == Author::Ai && asked >= Some(draft.at.seconds()) {
        let message =
            "The fan has asked for a person since this was drafted. Answer in your own words.";
        return Err(Problem::conflict("fan_wants_person", message));
    }
    let unseen = head.last_message_id > last_seen.unwrap_or_default().max(draft.answers);
    // An answer of ours may stand between the fan's newer message and now.
    let fan_wrote = from_fan || head.last_inbound_at > Some(draft.at);
    match unseen && fan_wrote {
        true => Err(moved_on()),
        false => Ok(()),
    }
}

/// A text that somebody sends by the ordinary way while a draft waits: where it is still Sofi's, as it leaves and whether it
/// says that an AI writes. Nothing where it is the person's own. `head` is the conversation as it is now. One round trip.
///
/// # Errors
/// What an approval is refused for.
pub(crate) async fn beside(
    db: &TenantDb<Chatter>,
    key: &TenantKey,
    head: &ConversationRow,
    (text, last_seen): (&str, Option<i64>),
    now: Timestamp,
) -> Result<Option<(String, bool)>, Problem> {
    let (draft, fan_key) = (keys::draft(head.id), keys::fan_key(head.fan));
    let (profile, workspace) = (keys::fan(head.fan), keys::workspace());
    let settings = keys::sofi(head.bot);
    let account = async {
        match head.account.map(|id| keys::business_account(head.bot, id)) {
            Some(account) => db.find::<BusinessAccountRow>(&account).await,
            None => Ok(None),
        }
    };
    let (draft, wrapped, profile, workspace, settings, account) = futures::join!(
        db.find::<DraftRow>(&draft),
        db.find::<FanKeyRow>(&fan_key),
        db.find::<FanRow>(&profile),
        db.find::<WorkspaceRow>(&workspace),
        db.find::<SofiRow>(&settings),
        account
    );
    let Some(draft) = draft.or_problem()? else {
        return Ok(None);
    };
    // Without a key the fan was erased.
    let wrapped = wrapped.or_problem()?.ok_or(Problem::NotFound)?;
    let fan_key = key
        .open_fan_key(head.fan, &wrapped.row.wrapped)
        .or_problem()?;
    let drafted = open_text(&fan_key, &draft.row).or_problem()?;
    let written = open_written(&fan_key, &draft.row, &drafted).or_problem()?;
    let author = author(&written, text);
    if author != Author::Ai {
        return Ok(None);
    }
    let from_fan = fan_spoke_last(&fan_key, head).or_problem()?;
    admit(head, &draft.row, author, from_fan, last_seen, now)?;
    let profile = profile.or_problem()?.map(|found| found.row);
    leave(profile.as_ref(), author)?;
    calm(profile.as_ref(), author)?;
    let tag = profile_tag(&fan_key, profile.as_ref()).or_problem()?;
    let creator = workspace.or_problem()?.map(|found| found.row.name);
    let creator = creator.unwrap_or_default();
    let grounds = Grounds {
        settings: settings.or_problem()?.map(|found| found.row),
        account: account.or_problem()?.map(|found| found.row),
    };
    hard_rules::pass(text, head, &grounds, &creator, tag.as_deref())?;
    let (text, discloses) = dressed(
        head,
        &draft.row,
        &creator,
        tag.as_deref(),
        author,
        (text, text == written),
        now,
    );
    match fits(&text) {
        true => Ok(Some((text, discloses))),
        false => Err(no_room()),
    }
}

/// The language that the fan's Telegram is in.
fn profile_tag(key: &FanKey, profile: Option<&FanRow>) -> Result<Option<String>, AppError> {
    let Some(row) = profile else {
        return Ok(None);
    };
    let profile: FanProfile =
        key.open_json(&place::<FanRow>(&row.key(), "profile"), &row.profile)?;
    Ok(profile.language_code)
}

/// A person may have added more than leaves room for the disclosure.
fn no_room() -> Problem {
    let message = "With the line that says that an AI wrote this, the text is longer than Telegram takes. Shorten it.";
    Problem::invalid("text", "too_long", message)
}

/// The text as it leaves, and whether it says that an AI writes; `text` with whether it is as Sofi wrote it.
fn dressed(
    head: &ConversationRow,
    draft: &DraftRow,
    creator: &str,
    tag: Option<&str>,
    author: Author,
    (text, untouched): (&str, bool),
    now: Timestamp,
) -> (String, bool) {
    // Somebody may have cut the words by which a text said it itself.
    if draft.discloses && author == Author::Ai && untouched {
        return (text.to_owned(), true);
    }
    let disclosed = head.disclosed_at.map(Timestamp::seconds);
    // A bot that Telegram lets wait sends it a little later; the sender refuses what waited for longer.
    let leaves = now.plus(TOO_LATE);
    let due = identity::disclosure_due(disclosed, leaves.seconds());
    let Some(form) = due.filter(|_| author == Author::Ai) else {
        return (text.to_owned(), false);
    };
    let line = identity::disclosure(form, wording::speak(text, tag), creator);
    (format!("{line}\n\n{text}"), true)
}

/// The message, with the draft's id: it is sent in the person's lane, on the person's word.
fn outbox(
    scope: &TenantScope<Chatter>,
    draft: &DraftRow,
    account: Option<BusinessAccountId>,
    author: Author,
    discloses: bool,
    now: Timestamp,
) -> OutboxRow {
    let to = (scope.tenant(), draft.bot, draft.conversation);
    OutboxRow {
        due_at: Some(now.plus(DUE_AFTER)),
        sent_by: scope.actor(),
        discloses,
        answers: draft.answers,
        account,
        ..OutboxRow::queued(draft.id, to, (Lane::Person, author), now)
    }
}

/// Draft out, message in. The head is replaced too: a newer draft changes it, and could not be told by its revision.
async fn commit(
    app: &App,
    db: &TenantDb<Chatter>,
    head: &Found<ConversationRow>,
    draft: &Found<DraftRow>,
    outbox: &OutboxRow,
    record: Option<IdempotencyRow>,
) -> Result<(), StoreError> {
    let mut transaction = db.transaction();
    transaction.delete::<DraftRow>(&draft.row.key(), draft.rev);
    transaction.replace(&without_draft(&head.row), head.rev);
    transaction.create(outbox);
    transaction.create(&QueuedRow::of(outbox));
    transaction.create(&event_row(
        app,
        outbox.queued_at,
        Event::MessageQueued,
        outbox.conversation,
        Some(head.row.fan),
        Some(outbox.id),
    ));
    let (place, at) = (outbox.conversation, outbox.queued_at);
    claim_alone(&mut transaction, place, draft.row.answers, at);
    require_bot(&mut transaction, outbox.bot);
    if let Some(record) = &record {
        transaction.create_or_revive(record);
    }
    require_open(&mut transaction, head.row.fan, outbox.author);
    require_word(&mut transaction, outbox);
    transaction.commit().await
}

#[cfg(test)]
mod tests;
