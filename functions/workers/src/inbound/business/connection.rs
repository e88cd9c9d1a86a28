//! An account is connected, changed or disconnected.

use std::time::Duration;

use app::{App, AppError, SealsJson, place, tombstone_mark};
use domain::content::FanProfile;
use domain::{Entropy, Timestamp};
use store::row::{
    BotRow, BusinessAccountRow, BusinessLinkRow, TombstoneRow, UpdateRow, WorkspaceRow,
};
use store::{Found, Row as _, Slot, StoreError, keys};
use telegram::Connection;
use telegram::commands::{self, Language};
use tenancy::{TenantScope, Worker};
use vault::TenantKey;

use super::super::content;
use super::super::decide::Fixed;
use super::super::erased::is_gone_aside;
use super::super::load::Place;
use super::super::save::{self, Desk};

/// So often a lost race is run again.
const RACES: u32 = 8;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Learned {
    /// It is stored; whether the owner is being told what that means.
    Known { told: bool },
    /// Nothing new, older than what is known, or of an owner who was erased since.
    Stale,
    /// The bot is not connected.
    NoBot,
}

/// Learns of a connection. A new one is answered with what happens to the account's chats, in the owner's own chat with
/// the bot; the word about the AI is given anew for each connection. One from before the owner was erased does not come back.
pub(crate) async fn connection(
    app: &App,
    scope: &TenantScope<Worker>,
    key: &TenantKey,
    at: Place,
    said: &Connection,
) -> Result<Learned, AppError> {
    let db = app.store.within(scope)?;
    let account = key.peer_ids().business_account(at.bot, said.owner.id);
    let link = BusinessLinkRow {
        bot: at.bot,
        mark: key.mark(&said.id),
        account: Some(account),
    };
    let began = Timestamp::from_seconds(said.date.max(0));
    let tombstone = keys::tombstone(&tombstone_mark(key, key.peer_ids().fan(said.owner.id)));
    for _ in 0..RACES {
        let mut read = db.read_many();
        let bot: Slot<BotRow> = read.find(&keys::bot(at.bot));
        let workspace: Slot<WorkspaceRow> = read.find(&keys::workspace());
        let known: Slot<BusinessAccountRow> = read.find(&keys::business_account(at.bot, account));
        let linked: Slot<BusinessLinkRow> = read.find(&link.key());
        let erased: Slot<TombstoneRow> = read.find(&tombstone);
        let seen: Option<Slot<UpdateRow>> = at
            .update_id
            .map(|update| read.find(&keys::update(at.bot, update)));
        let answers = read.send().await?;
        if answers
            .get(bot)?
            .is_none_or(|found| !found.row.state.is_on())
        {
            return Ok(Learned::NoBot);
        }
        if seen
            .map(|seen| answers.get(seen))
            .transpose()?
            .flatten()
            .is_some()
        {
            return Ok(Learned::Stale);
        }
        let erased = answers.get(erased)?;
        let runs = erased.as_ref().and_then(|found| found.row.running());
        let gone = is_gone_aside(erased.as_ref().map(|found| &found.row), began);
        if let (Err(AppError::Underway(_)), Some(request)) = (&gone, runs) {
            app.ring_erasure(scope.tenant(), request, Duration::ZERO)
                .await;
        }
        let linked = answers.get(linked)?;
        if gone? || linked.is_some_and(|link| link.row.account.is_none()) {
            return Ok(Learned::Stale);
        }
        let known = answers.get(known)?;
        let before = known.as_ref().map(|found| &found.row);
        if before.is_some_and(|row| row.connected_at > began) {
            return Ok(Learned::Stale);
        }
        let former = known
            .as_ref()
            .map(|found| opened(key, &found.row))
            .transpose()?;
        let is_new = former.as_deref() != Some(said.id.as_str());
        let row = BusinessAccountRow {
            id: account,
            ..next(app, key, at, said, before, is_new, began)?
        };
        let mut transaction = db.transaction();
        match &known {
            Some(Found { rev, .. }) => transaction.replace(&row, *rev),
            None => transaction.create(&row),
        };
        transaction.put_any(&link);
        // As it was judged: the owner's erasure may begin at this moment.
        match &erased {
            Some(erased) => transaction.require_revision::<TombstoneRow>(&tombstone, erased.rev),
            None => transaction.require_absent::<TombstoneRow>(&tombstone),
        };
        if let Some(update_id) = at.update_id {
            transaction.create_or_revive(&UpdateRow {
                bot: at.bot,
                update_id,
                until: app.clock.now().plus(save::REMEMBER),
            });
        }
        let told = is_new && said.enabled && row.declined_at.is_none();
        if told {
            let creator = answers.get(workspace)?.map(|found| found.row.name);
            let language = Language::of(said.owner.language_code.as_deref());
            let text = commands::connected(language, creator.as_deref().unwrap_or_default());
            let desk = Desk {
                app,
                scope,
                db: &db,
                key,
                at,
            };
            desk.queue_reply(&mut transaction, &Fixed::plain(text), app.clock.now())?;
        }
        match transaction.commit().await {
            Ok(()) => return Ok(Learned::Known { told }),
            Err(error) if error.is_race() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(AppError::Store(StoreError::Contention))
}

fn next(
    app: &App,
    key: &TenantKey,
    at: Place,
    said: &Connection,
    before: Option<&BusinessAccountRow>,
    is_new: bool,
    began: Timestamp,
) -> Result<BusinessAccountRow, AppError> {
    let account = key.peer_ids().business_account(at.bot, said.owner.id);
    let row_key = keys::business_account(at.bot, account);
    let entropy: &dyn Entropy = app.entropy.as_ref();
    let place = |field| place::<BusinessAccountRow>(&row_key, field);
    let profile: FanProfile = content::profile(&said.owner);
    // Whoever ends a connection takes back what was said with it.
    let word = before.filter(|_| said.enabled && !is_new);
    Ok(BusinessAccountRow {
        id: account,
        bot: at.bot,
        owner: key.seal_json(&place("owner"), &profile, entropy)?,
        connection: key.seal_json(&place("connection"), &said.id, entropy)?,
        connected_at: began,
        enabled: said.enabled,
        may_reply: said.may_reply,
        declined_at: before.and_then(|row| row.declined_at),
        sofi_since: before.and_then(|row| row.sofi_since),
        ai_authorised_at: word.and_then(|row| row.ai_authorised_at),
        ai_wording: word.and_then(|row| row.ai_wording.clone()),
    })
}

/// Telegram's id of the connection in a row.
fn opened(key: &TenantKey, row: &BusinessAccountRow) -> Result<String, AppError> {
    key.open_json(
        &place::<BusinessAccountRow>(&store::Row::key(row), "connection"),
        &row.connection,
    )
}
