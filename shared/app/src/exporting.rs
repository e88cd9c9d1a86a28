//! Exports: how one begins, the same for a fan who asks in the chat and for somebody of the team. The work itself is
//! `privacy.export`, and so is the name of its file.

use std::collections::BTreeMap;
use std::time::Duration;

use domain::Timestamp;
use domain::ids::{BotId, ConversationId, FanId, PrivacyRequestId, TenantId, UserId};
use domain::privacy::{Origin, RequestKind, due};
use jobs::ExportJob;
use store::Transaction;
use store::row::{ExportRow, PrivacyRequestRow};

use crate::App;

/// When `tick` goes on with an export whose job was lost before it began.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is to be exported, and on whose word.
#[derive(Clone, Debug)]
pub struct Export {
    /// Of whom; absent: of the whole workspace.
    pub fan: Option<FanId>,
    /// The member whose word it is; without one it is the fan's own.
    pub by: Option<UserId>,
    /// The chat in which the fan asked, and its bot.
    pub asked_in: Option<(BotId, ConversationId)>,
    /// The language of what is said there.
    pub language: Option<String>,
}

/// When and how the wish for an export reached us.
#[derive(Clone, Copy, Debug)]
pub struct Received {
    /// On which way.
    pub origin: Origin,
    /// When.
    pub at: Timestamp,
    /// By when it is answered.
    pub due_at: Timestamp,
}

/// The name of an export's file.
pub fn export_file(request: PrivacyRequestId) -> String {
    format!("{}.zip", request.suffix())
}

impl App {
    /// Adds the rows with which an export begins that is asked for now.
    pub fn begin_export(
        &self,
        transaction: &mut Transaction<'_>,
        tenant: TenantId,
        export: &Export,
    ) -> (PrivacyRequestRow, ExportRow) {
        let now = self.clock.now();
        let received = Received {
            origin: match export.by {
                Some(_) => Origin::Team,
                None => Origin::Fan,
            },
            at: now,
            due_at: due(now),
        };
        self.begin_received_export(transaction, tenant, export, received)
    }

    /// Adds the rows with which an export begins that was asked for before, and whose clock runs since then.
    pub fn begin_received_export(
        &self,
        transaction: &mut Transaction<'_>,
        tenant: TenantId,
        export: &Export,
        received: Received,
    ) -> (PrivacyRequestRow, ExportRow) {
        let (id, now) = (self.mint(PrivacyRequestId::new), self.clock.now());
        let request = PrivacyRequestRow {
            id,
            request: RequestKind::Export,
            origin: received.origin,
            requested_by: export.by,
            requested_at: received.at,
            due_at: received.due_at,
            finished_at: None,
            erased: BTreeMap::new(),
            withdrawn_at: None,
            certificate: None,
            certificate_signature: None,
        };
        transaction.create(&request);
        let work = ExportRow {
            fan: export.fan,
            requested_by: export.by,
            asked_in: export.asked_in,
            language: export.language.clone(),
            wakes_at: now.plus(PATIENCE),
            ..ExportRow::new(id, tenant)
        };
        transaction.create(&work);
        (request, work)
    }

    /// Has the job begin, or go on. Best effort: what a lost ring leaves behind, `tick` finds within minutes.
    pub async fn ring_export(&self, tenant: TenantId, request: PrivacyRequestId) {
        let job = ExportJob::new(tenant, request);
        if let Err(error) = self.jobs.export(&job).await {
            let chain = telemetry::chain(&error);
            tracing::warn!(tenant.id = %tenant, error.chain = chain, "an export was not rung for");
        }
    }
}
