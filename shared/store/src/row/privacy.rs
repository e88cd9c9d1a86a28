//! Requests about personal data, the work on them, and the marks of who was erased.

use std::collections::BTreeMap;

use domain::ids::{BotId, ConversationId, FanId, PrivacyRequestId, TenantId, UserId};
use domain::privacy::{
    EXPORT_ROW_LASTS, ExportState, Origin, REQUEST_LASTS, RequestKind, TOMBSTONE_LASTS,
};
use domain::registry::class;
use domain::{Timestamp, stored};

use super::Row;
use crate::Table;
use crate::keys::{self, Due, LocalKey};

stored! {
    /// A request about personal data and what became of it. It names nobody: it outlives the fan it is about.
    pub struct PrivacyRequestRow: "privacy_request" {
        /// Its id.
        id: PrivacyRequestId => class::REQUEST,
        /// What is asked for.
        request: RequestKind => class::REQUEST,
        /// Who asks.
        origin: Origin => class::REQUEST,
        /// The member who asks; absent: the fan.
        requested_by: Option<UserId> => class::REQUEST,
        /// When it was received.
        requested_at: Timestamp => class::REQUEST,
        /// By when it must be answered.
        due_at: Timestamp => class::REQUEST,
        /// When it was.
        finished_at: Option<Timestamp> => class::REQUEST,
        /// Rows that were deleted, by kind of row; complete once it is finished.
        erased: BTreeMap<String, u64> => class::REQUEST,
        /// When an export was taken back, because somebody who may be in it was erased.
        #[serde(default)]
        withdrawn_at: Option<Timestamp> => class::REQUEST,
    }
}

impl Row for PrivacyRequestRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::privacy_request(self.id)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.requested_at.plus(REQUEST_LASTS))
    }
}

stored! {
    /// That a fan is being erased, or was: nothing from before may come back.
    pub struct TombstoneRow: "tombstone" {
        /// The fan's keyed mark.
        mark: String => class::TOMBSTONE,
        /// The request.
        request: PrivacyRequestId => class::TOMBSTONE,
        /// Updates up to this moment are the erased fan's; later ones a new subject's.
        erased_at: Timestamp => class::TOMBSTONE,
        /// Whether everything is gone; until then nothing new of this fan is taken.
        complete: bool => class::TOMBSTONE,
    }
}

impl TombstoneRow {
    /// The request whose erasure is under way.
    pub fn running(&self) -> Option<PrivacyRequestId> {
        (!self.complete).then_some(self.request)
    }
}

impl Row for TombstoneRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::tombstone(&self.mark)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        // A mark that is still being worked on must not vanish below the work.
        self.complete.then(|| self.erased_at.plus(TOMBSTONE_LASTS))
    }
}

stored! {
    /// The work on an erasure: each of its transactions replaces this row, so one that was killed or is run twice counts and
    /// deletes nothing twice.
    pub struct ErasureRow: "erasure" {
        /// The request.
        request: PrivacyRequestId => class::FAN_TRANSIT_FACT,
        /// Whose; the due index carries ids only.
        tenant: TenantId => class::FAN_TRANSIT_FACT,
        /// Who is erased.
        fan: FanId => class::FAN_TRANSIT_FACT,
        /// The chat in which the fan asked, and its bot: it hears the last word.
        asked_in: Option<(BotId, ConversationId)> => class::FAN_TRANSIT_FACT,
        /// The language of that word.
        language: Option<String> => class::FAN_TRANSIT_FACT,
        /// The fan's conversations, once the profile that names them is gone.
        chats: Vec<ConversationId> => class::FAN_TRANSIT_FACT,
        /// Rows that were deleted, by kind of row.
        erased: BTreeMap<String, u64> => class::FAN_TRANSIT_FACT,
        /// When `tick` rings if nobody works on it.
        wakes_at: Timestamp => class::FAN_TRANSIT_FACT,
    }
}

impl Row for ErasureRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::erasure(self.request)
    }
    fn due(&self) -> Option<Due> {
        Some(keys::due_erasure(self.tenant, self.request, self.wakes_at))
    }
}

stored! {
    /// An export: the work on it, and then the file that can be downloaded. Each checkpoint replaces this row.
    pub struct ExportRow: "export" {
        /// The request.
        request: PrivacyRequestId => class::FAN_TRANSIT_FACT,
        /// Whose; the due index carries ids only.
        tenant: TenantId => class::FAN_TRANSIT_FACT,
        /// Of whom; absent: of the whole workspace.
        fan: Option<FanId> => class::FAN_TRANSIT_FACT,
        /// The member who asked, and who alone may download it.
        requested_by: UserId => class::FAN_TRANSIT_FACT,
        /// Where it stands.
        state: ExportState => class::FAN_TRANSIT_FACT,
        /// Where the work goes on, as JSON: ids, numbers and hashes.
        progress: Option<String> => class::FAN_TRANSIT_FACT,
        /// Fans that are in it.
        fans: u64 => class::FAN_TRANSIT_FACT,
        /// Records that are in it.
        records: u64 => class::FAN_TRANSIT_FACT,
        /// Bytes that it has; final once it is ready.
        bytes: u64 => class::FAN_TRANSIT_FACT,
        /// Until when a job has it.
        held_until: Timestamp => class::FAN_TRANSIT_FACT,
        /// When `tick` looks: whether the work goes on, or whether the file is to go.
        wakes_at: Timestamp => class::FAN_TRANSIT_FACT,
        /// When the file goes, once it is ready.
        until: Option<Timestamp> => class::FAN_TRANSIT_FACT,
        /// The link that was made last, as the hash of its token.
        link: Option<String> => class::FAN_TRANSIT_FACT,
        /// The hash of the session that made it: no other one can use it.
        link_session: Option<String> => class::FAN_TRANSIT_FACT,
        /// When it stops working.
        link_until: Option<Timestamp> => class::FAN_TRANSIT_FACT,
    }
}

impl Row for ExportRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::export(self.request)
    }
    fn due(&self) -> Option<Due> {
        let due = keys::due_export(self.tenant, self.request, self.wakes_at);
        (self.state != ExportState::Gone).then_some(due)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        let until = self.until.filter(|_| self.state == ExportState::Gone);
        until.map(|until| until.plus(EXPORT_ROW_LASTS))
    }
}
