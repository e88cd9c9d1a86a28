//! The closing of a workspace or of a person's account, and what is left of one.

use std::collections::BTreeMap;

use domain::ids::{ConversationId, FanId, PrivacyRequestId, TenantId, UserId};
use domain::privacy::{CLOSING_LASTS, ClosingState, REQUEST_LASTS};
use domain::registry::class;
use domain::{Timestamp, stored};

use super::Row;
use crate::Table;
use crate::keys::{self, Due, LocalKey};

stored! {
    /// A workspace, or the account of a person, is being closed. Each transaction of the work replaces this row, so one that was killed or is run twice
    /// counts and deletes nothing twice.
    pub struct ClosingRow: "closing" {
        /// Names it, in its certificate and its mails.
        request: PrivacyRequestId => class::TECHNICAL,
        /// Which workspace; the due index carries ids only.
        tenant: TenantId => class::TECHNICAL,
        /// The owner who closed it; the person whose account it is.
        asked_by: UserId => class::TECHNICAL,
        /// When.
        asked_at: Timestamp => class::TECHNICAL,
        /// Until when it can be taken back; then everything goes.
        closes_at: Timestamp => class::TECHNICAL,
        /// Where it stands.
        state: ClosingState => class::TECHNICAL,
        /// Members whose memberships say that the workspace is being closed.
        told: Vec<UserId> => class::TECHNICAL,
        /// Owners when the erasure began: they may have the certificate.
        owners: Vec<UserId> => class::TECHNICAL,
        /// The fan in hand: the fan's rows are being deleted.
        fan: Option<FanId> => class::FAN_TRANSIT_FACT,
        /// That fan's conversations, once the profile that names them is gone.
        chats: Vec<ConversationId> => class::FAN_TRANSIT_FACT,
        /// Rows that were deleted, by kind of row.
        erased: BTreeMap<String, u64> => class::TECHNICAL,
        /// Files that were deleted, by what they were.
        files: BTreeMap<String, u64> => class::TECHNICAL,
        /// When `tick` looks: whether the work goes on, or whether the time is over.
        wakes_at: Timestamp => class::TECHNICAL,
    }
}

impl ClosingRow {
    /// A closing that begins now.
    pub fn begin(
        request: PrivacyRequestId,
        tenant: TenantId,
        asked_by: UserId,
        now: Timestamp,
        wakes_at: Timestamp,
    ) -> Self {
        Self {
            request,
            tenant,
            asked_by,
            asked_at: now,
            closes_at: now.plus(CLOSING_LASTS),
            state: ClosingState::Stopping,
            told: Vec::new(),
            owners: Vec::new(),
            fan: None,
            chats: Vec::new(),
            erased: BTreeMap::new(),
            files: BTreeMap::new(),
            wakes_at,
        }
    }

    /// Whose account is being closed; nobody's where it is a workspace. A person's account is a tenant of its own, and nobody
    /// else closes it.
    pub fn account(&self) -> Option<UserId> {
        (self.asked_by.account_tenant() == self.tenant).then_some(self.asked_by)
    }
}

impl Row for ClosingRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::closing()
    }
    fn due(&self) -> Option<Due> {
        Some(keys::due_closing(self.tenant, self.request, self.wakes_at))
    }
}

stored! {
    /// A workspace or an account was closed and is erased, or is being: nothing of it may come back. It outlives the workspace,
    /// so that who owned it can have the certificate.
    pub struct ClosedRow: "closed" {
        /// Which workspace; nobody's name.
        tenant: TenantId => class::REQUEST,
        /// The closing.
        request: PrivacyRequestId => class::REQUEST,
        /// Who owned it at the end.
        owners: Vec<UserId> => class::REQUEST,
        /// When the erasure began.
        erased_at: Timestamp => class::REQUEST,
        /// When everything was gone.
        finished_at: Option<Timestamp> => class::REQUEST,
        /// The certificate, as it was signed.
        certificate: Option<String> => class::REQUEST,
        /// Its signature: DER, in base 64.
        certificate_signature: Option<String> => class::REQUEST,
    }
}

impl Row for ClosedRow {
    const TABLE: Table = Table::Routing;
    fn key(&self) -> LocalKey {
        keys::closed(self.tenant)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        // A mark that is still being worked on must not vanish below the work.
        self.finished_at.map(|at| at.plus(REQUEST_LASTS))
    }
}
