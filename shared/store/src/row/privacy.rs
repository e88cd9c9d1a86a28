//! Requests about personal data, the work on them, and the marks of who was erased.

use std::collections::BTreeMap;

use domain::ids::{BotId, ConversationId, FanId, PrivacyRequestId, StaffId, TenantId, UserId};
use domain::privacy::{
    CaseState, EXPORT_ROW_LASTS, ExportState, Law, Origin, REQUEST_LASTS, RefusalGround,
    RequestClock, RequestKind, TOMBSTONE_LASTS,
};
use domain::registry::class;
use domain::retention::RETENTION_EVERY;
use domain::{Sealed, Timestamp, stored};

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
        /// The certificate of an erasure, as it was signed.
        #[serde(default)]
        certificate: Option<String> => class::REQUEST,
        /// Its signature: DER, in base 64.
        #[serde(default)]
        certificate_signature: Option<String> => class::REQUEST,
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
    /// A request for an export that reached our staff, its clocks, and what two of them decided.
    pub struct ComplianceRequestRow: "compliance_request" {
        /// Its id.
        id: PrivacyRequestId => class::REQUEST,
        /// Of whom, until that fan is erased; absent: of the whole workspace, or of who was erased.
        fan: Option<FanId> => class::REQUEST,
        /// The law under which somebody asks.
        law: Law => class::REQUEST,
        /// What was written down, as JSON: why it was opened, extended, refused, how it was acknowledged. Sealed under the key of the fan it is about,
        /// else under the workspace's; absent once that fan is erased.
        words: Option<Sealed> => class::REQUEST_SEALED,
        /// Who of us wrote it down.
        opened_by: StaffId => class::REQUEST,
        /// When.
        opened_at: Timestamp => class::REQUEST,
        /// When the request was received.
        received_at: Timestamp => class::REQUEST,
        /// By when it is acknowledged, where the law says so.
        acknowledge_by: Option<Timestamp> => class::REQUEST,
        /// When whoever asked was told that it is here.
        #[serde(default)]
        acknowledged_at: Option<Timestamp> => class::REQUEST,
        /// Who of us says so.
        #[serde(default)]
        acknowledged_by: Option<StaffId> => class::REQUEST,
        /// By when it is answered.
        due_at: Timestamp => class::REQUEST,
        /// By when it is answered since it was extended.
        extended_to: Option<Timestamp> => class::REQUEST,
        /// What was decided.
        state: CaseState => class::REQUEST,
        /// Who of us decided.
        decided_by: Option<StaffId> => class::REQUEST,
        /// Whether they did so as a deputy.
        #[serde(default)]
        deputy: bool => class::REQUEST,
        /// When.
        decided_at: Option<Timestamp> => class::REQUEST,
        /// Why it was refused.
        ground: Option<RefusalGround> => class::REQUEST,
        /// The export that was begun.
        export: Option<PrivacyRequestId> => class::REQUEST,
        /// When that export was taken back last, since when the request waits for a decision again.
        #[serde(default)]
        reopened_at: Option<Timestamp> => class::REQUEST,
        /// When the fan it was about was erased.
        #[serde(default)]
        erased_at: Option<Timestamp> => class::REQUEST,
    }
}

impl ComplianceRequestRow {
    /// A request that is to be decided, opened by one of our staff. Of everybody, unless it is of one fan.
    pub fn open(
        id: PrivacyRequestId,
        fan: Option<FanId>,
        clock: &RequestClock,
        (opened_by, opened_at): (StaffId, Timestamp),
    ) -> Self {
        Self {
            id,
            fan,
            law: clock.law,
            words: None,
            opened_by,
            opened_at,
            received_at: clock.received_at,
            acknowledge_by: clock.acknowledge_by,
            acknowledged_at: None,
            acknowledged_by: None,
            due_at: clock.due_at,
            extended_to: clock.extended_to,
            state: CaseState::Open,
            decided_by: None,
            deputy: false,
            decided_at: None,
            ground: None,
            export: None,
            reopened_at: None,
            erased_at: None,
        }
    }

    /// Its clocks.
    pub const fn clock(&self) -> RequestClock {
        RequestClock {
            law: self.law,
            received_at: self.received_at,
            acknowledge_by: self.acknowledge_by,
            due_at: self.due_at,
            extended_to: self.extended_to,
        }
    }
}

impl ComplianceRequestRow {
    /// The same once whoever asked has heard of it from us. The first time counts.
    #[must_use]
    pub fn acknowledged(self, by: StaffId, at: Timestamp) -> Self {
        match self.acknowledged_at {
            Some(_) => self,
            None => Self {
                acknowledged_at: Some(at),
                acknowledged_by: Some(by),
                ..self
            },
        }
    }
}

impl Row for ComplianceRequestRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::compliance_request(self.id)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.opened_at.plus(REQUEST_LASTS))
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
    /// That a workspace holds a fan, found by the mark of Telegram's id of the person (decision 0046).
    pub struct HolderRow: "holder" {
        /// Hex of the keyed hash of that id: the same in every workspace, under a platform secret of its own.
        mark: String => class::FAN_INDEX,
        /// Which workspace.
        tenant: TenantId => class::FAN_INDEX,
    }
}

impl Row for HolderRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::holder(&self.mark, self.tenant)
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
        /// Who is erased; absent once nothing is left but to sign the certificate.
        fan: Option<FanId> => class::FAN_TRANSIT_FACT,
        /// Who was, as the certificate says it: the keyed mark of the tombstone.
        #[serde(default)]
        mark: Option<String> => class::TOMBSTONE,
        /// The chat in which the fan asked, and its bot: it hears the last word.
        asked_in: Option<(BotId, ConversationId)> => class::FAN_TRANSIT_FACT,
        /// The language of that word.
        language: Option<String> => class::FAN_TRANSIT_FACT,
        /// The fan's conversations, once the profile that names them is gone.
        chats: Vec<ConversationId> => class::FAN_TRANSIT_FACT,
        /// Rows that were deleted, by kind of row.
        erased: BTreeMap<String, u64> => class::FAN_TRANSIT_FACT,
        /// Files that were deleted, by what they were.
        #[serde(default)]
        files: BTreeMap<String, u64> => class::FAN_TRANSIT_FACT,
        /// Behind which sort key the walk goes on through partitions of many fans, by the partition.
        #[serde(default)]
        walked: BTreeMap<String, String> => class::FAN_TRANSIT_FACT,
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
    /// That an erasure has begun, where no restore reaches: what an older copy brings back is erased again by it.
    pub struct ErasedRow: "erased" {
        /// The request.
        request: PrivacyRequestId => class::TOMBSTONE,
        /// Whose; the due index carries ids only.
        tenant: TenantId => class::TOMBSTONE,
        /// The fan's keyed mark; absent: all of the workspace, or of the account.
        mark: Option<String> => class::TOMBSTONE,
        /// Who asked.
        origin: Origin => class::TOMBSTONE,
        /// The member who did; absent: the fan, or nobody.
        requested_by: Option<UserId> => class::TOMBSTONE,
        /// Who owned the workspace, where all of it is erased.
        owners: Vec<UserId> => class::TOMBSTONE,
        /// In which workspaces the person was whose account is erased: an older copy brings their member's row back there, and
        /// nothing leads to it where their login is not back.
        #[serde(default)]
        workspaces: Vec<TenantId> => class::TOMBSTONE,
        /// When it was asked for: what a fan does later is a new subject's.
        asked_at: Timestamp => class::TOMBSTONE,
        /// When it began.
        begun_at: Timestamp => class::TOMBSTONE,
    }
}

impl Row for ErasedRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::erased(self.request)
    }
    fn due_key(&self) -> Option<LocalKey> {
        let is_fan = self.mark.is_some();
        let entry = keys::erased_entry(self.tenant, self.request, is_fan, self.begun_at);
        Some(entry)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.begun_at.plus(TOMBSTONE_LASTS))
    }
}

stored! {
    /// Where the search for fans whose time is over stands. One row a workspace, written when the workspace is made; it names
    /// nobody.
    pub struct RetentionRow: "retention" {
        /// Whose; the due index carries ids only.
        tenant: TenantId => class::TECHNICAL,
        /// The shard of the inbox list in which the search goes on.
        shard: u8 => class::TECHNICAL,
        /// The last activity from which it goes on there.
        from: Timestamp => class::TECHNICAL,
        /// The list of a bot that was disconnected, the shard of it and the moment of listing from which it goes on there; absent: in
        /// the inbox list.
        #[serde(default)]
        behind: Option<(BotId, u8, Timestamp)> => class::TECHNICAL,
        /// When `tick` asks for it.
        wakes_at: Timestamp => class::TECHNICAL,
    }
}

impl RetentionRow {
    /// A search that begins at this moment.
    pub const fn at(tenant: TenantId, wakes_at: Timestamp) -> Self {
        Self {
            tenant,
            shard: 0,
            from: Timestamp::from_millis(0),
            behind: None,
            wakes_at,
        }
    }

    /// That of a new workspace: each has its own time of day, the one at which it was made.
    pub fn begin(tenant: TenantId, made_at: Timestamp) -> Self {
        Self::at(tenant, made_at.plus(RETENTION_EVERY))
    }
}

impl Row for RetentionRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::retention()
    }
    fn due(&self) -> Option<Due> {
        Some(keys::due_retention(self.tenant, self.wakes_at))
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
        /// The member who asked, who may download it as the owners may; absent: the fan.
        requested_by: Option<UserId> => class::FAN_TRANSIT_FACT,
        /// The chat in which the fan asked, and its bot: the file goes there.
        #[serde(default)]
        asked_in: Option<(BotId, ConversationId)> => class::FAN_TRANSIT_FACT,
        /// The language of what is said with it.
        #[serde(default)]
        language: Option<String> => class::FAN_TRANSIT_FACT,
        /// Where it stands.
        state: ExportState => class::FAN_TRANSIT_FACT,
        /// Where the work goes on, as JSON: ids, numbers and hashes.
        progress: Option<String> => class::FAN_TRANSIT_FACT,
        /// Fans that are in it.
        fans: u64 => class::FAN_TRANSIT_FACT,
        /// Records that are in it.
        records: u64 => class::FAN_TRANSIT_FACT,
        /// How many of each kind, and in how many of them each field holds something.
        #[serde(default)]
        counted: BTreeMap<String, BTreeMap<String, u64>> => class::FAN_TRANSIT_FACT,
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

impl ExportRow {
    /// The work of a request of which nothing has been written. Of the whole workspace, by nobody, due at once, unless somebody says
    /// otherwise.
    pub fn new(request: PrivacyRequestId, tenant: TenantId) -> Self {
        Self {
            request,
            tenant,
            fan: None,
            requested_by: None,
            asked_in: None,
            language: None,
            state: ExportState::Running,
            progress: None,
            fans: 0,
            records: 0,
            counted: BTreeMap::new(),
            bytes: 0,
            held_until: Timestamp::default(),
            wakes_at: Timestamp::default(),
            until: None,
            link: None,
            link_session: None,
            link_until: None,
        }
    }
}

impl Row for ExportRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        match self.requested_by {
            Some(_) => keys::export(self.request),
            None => keys::own_export(self.request),
        }
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

stored! {
    /// When a fan has asked for exports: so many a day.
    pub struct FanExportsRow: "fan_exports" {
        /// The fan.
        fan: FanId => class::FAN_TRANSIT_FACT,
        /// When the last ones were begun, oldest first.
        asked: Vec<Timestamp> => class::FAN_TRANSIT_FACT,
        /// The newest of them.
        request: PrivacyRequestId => class::FAN_TRANSIT_FACT,
        /// When none of it counts any more.
        until: Timestamp => class::FAN_TRANSIT_FACT,
    }
}

impl Row for FanExportsRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::fan_exports(self.fan)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn p27_the_mark_of_who_was_erased_outlives_the_work_and_every_backup() {
        let mark = |complete| TombstoneRow {
            mark: "ab".to_owned(),
            request: PrivacyRequestId::from_bytes([1; 16]),
            erased_at: Timestamp::from_seconds(1),
            complete,
        };
        assert_eq!(mark(false).expires_at(), None);
        assert_eq!(mark(false).running(), Some(mark(false).request));
        let backups = Duration::from_secs(35 * 86_400);
        let until = mark(true).expires_at();
        assert!(until > Some(Timestamp::from_seconds(1).plus(backups)));
        assert_eq!(mark(true).running(), None);
    }
}
