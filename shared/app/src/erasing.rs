//! Erasing a fan: how it begins, the same for a fan who asks in the chat, for somebody of the team, and where the time is over
//! for which a fan is kept; and how long the question "delete everything?" can be answered. The work itself is `privacy.erase`.
//!
//! Four rows begin an erasure, in one transaction: the request, which people see; the tombstone, which from this moment on
//! keeps the fan's former updates out and later ones waiting; the work, which the job and `tick` find; and the mark by which
//! the erasure begins again if an older copy brings the fan back (decision 0039).

use std::collections::BTreeMap;
use std::time::Duration;

use domain::Timestamp;
use domain::ids::{BotId, ConversationId, FanId, PrivacyRequestId, TenantId, UserId};
use domain::privacy::{Origin, QUESTION_LASTS, RequestKind, due};
use jobs::ErasureJob;
use store::row::{ErasedRow, ErasureRow, PrivacyRequestRow, TombstoneRow};
use store::{Found, Transaction};
use vault::TenantKey;

use crate::App;

/// When `tick` goes on with an erasure whose job was lost.
pub const ERASURE_PATIENCE: Duration = Duration::from_secs(60);
/// What the button under the question carries before its word.
const PREFIX: &str = "erase:";
const END: usize = 10;

/// Who is to be erased, and on whose word.
#[derive(Clone, Debug)]
pub struct Erasure {
    /// Who.
    pub fan: FanId,
    /// On whose word.
    pub origin: Origin,
    /// The member whose word it is.
    pub by: Option<UserId>,
    /// The chat in which the fan asked, and its bot.
    pub asked_in: Option<(BotId, ConversationId)>,
    /// The language of the last word there.
    pub language: Option<String>,
    /// When it was asked for: what the fan does later is a new subject's.
    pub asked_at: Timestamp,
}

/// The mark of an erased fan; nobody without the tenant's key can tell whose it is.
pub fn tombstone_mark(key: &TenantKey, fan: FanId) -> String {
    key.mark(&format!("erased {fan}"))
}

impl App {
    /// Adds the rows with which an erasure begins; `former` is the tombstone of an earlier one, which is complete. The
    /// transaction fails where another erasure of this fan begins at the same time.
    pub fn begin_erasure(
        &self,
        transaction: &mut Transaction<'_>,
        (tenant, key): (TenantId, &TenantKey),
        erasure: &Erasure,
        former: Option<&Found<TombstoneRow>>,
    ) -> PrivacyRequestRow {
        let (id, now) = (self.mint(PrivacyRequestId::new), self.clock.now());
        let request = PrivacyRequestRow {
            id,
            request: RequestKind::Erasure,
            origin: erasure.origin,
            requested_by: erasure.by,
            requested_at: erasure.asked_at,
            due_at: due(erasure.asked_at),
            finished_at: None,
            erased: BTreeMap::new(),
            withdrawn_at: None,
            certificate: None,
            certificate_signature: None,
        };
        transaction.create(&request);
        let tombstone = TombstoneRow {
            mark: tombstone_mark(key, erasure.fan),
            request: id,
            erased_at: erasure.asked_at,
            complete: false,
        };
        match former {
            Some(found) => transaction.replace(&tombstone, found.rev),
            None => transaction.create_or_revive(&tombstone),
        };
        transaction.create(&ErasedRow {
            request: id,
            tenant,
            mark: Some(tombstone.mark.clone()),
            origin: erasure.origin,
            requested_by: erasure.by,
            owners: Vec::new(),
            workspaces: Vec::new(),
            asked_at: erasure.asked_at,
            begun_at: now,
        });
        transaction.create(&ErasureRow {
            request: id,
            tenant,
            fan: Some(erasure.fan),
            mark: None,
            asked_in: erasure.asked_in,
            language: erasure.language.clone(),
            chats: Vec::new(),
            erased: BTreeMap::new(),
            files: BTreeMap::new(),
            walked: BTreeMap::new(),
            wakes_at: now.plus(ERASURE_PATIENCE),
        });
        request
    }

    /// Has the job begin, or go on. Best effort: what a lost ring leaves behind, `tick` finds within minutes.
    pub async fn ring_erasure(&self, tenant: TenantId, request: PrivacyRequestId, delay: Duration) {
        let job = ErasureJob::new(tenant, request);
        if let Err(error) = self.jobs.erase(&job, delay).await {
            let chain = telemetry::chain(&error);
            tracing::warn!(tenant.id = %tenant, error.chain = chain, "an erasure was not rung for");
        }
    }
}

/// What the button under "delete everything?" carries: good in one chat, until its end. 41 characters of Telegram's 64.
pub fn erasure_word(key: &TenantKey, conversation: ConversationId, asked: Timestamp) -> String {
    let end = asked.plus(QUESTION_LASTS).seconds();
    let tag = key.question_tag(&said(conversation, end));
    format!("{PREFIX}{end:0END$}:{tag}")
}

/// Whether data of a button has the form of such a word.
pub fn is_erasure_word(data: &str) -> bool {
    data.starts_with(PREFIX)
}

/// When the question was asked that a word answers, if the word is ours, of this chat, and still good.
pub fn opens_erasure(
    key: &TenantKey,
    conversation: ConversationId,
    word: &str,
    pressed: Timestamp,
) -> Option<Timestamp> {
    let (end, tag) = word.strip_prefix(PREFIX)?.split_once(':')?;
    let end: i64 = end.parse().ok()?;
    let genuine = key.is_question_tag(&said(conversation, end), tag);
    let ends = Timestamp::from_seconds(end);
    let lasts = i64::try_from(QUESTION_LASTS.as_secs()).ok()?;
    (genuine && ends > pressed).then(|| Timestamp::from_seconds(end - lasts))
}

fn said(conversation: ConversationId, end: i64) -> String {
    format!("{conversation} {end}")
}
