//! What Sofi, the AI, may spend and has spent, and which vendors may be asked.

use domain::ids::UserId;
use domain::registry::class;
use domain::sofi::VendorName;
use domain::{Timestamp, stored};

use super::Row;
use crate::Table;
use crate::keys::{self, LocalKey};

stored! {
    /// What Sofi may do for a workspace. Without this row the defaults of `app::sofi` hold.
    pub struct AiLimitsRow: "ai_limits" {
        /// The vendors that may see this workspace's chats.
        vendors: Vec<VendorName> => class::ACCOUNT,
        /// Most that a UTC day may cost, in millionths of a US dollar.
        daily_cost: i64 => class::ACCOUNT,
        /// Most tokens of a UTC day, in and out.
        daily_tokens: i64 => class::ACCOUNT,
        /// Who changed it last.
        changed_by: UserId => class::ACCOUNT,
        /// When.
        changed_at: Timestamp => class::ACCOUNT,
    }
}

impl Row for AiLimitsRow {
    const TABLE: Table = Table::Tenant;
    fn key(&self) -> LocalKey {
        keys::ai_limits()
    }
}

stored! {
    /// What a workspace spent on one UTC day; one of several shards.
    pub struct SpendRow: "spend" {
        /// Days since the epoch.
        day: i64 => class::TECHNICAL,
        /// Which shard.
        shard: u32 => class::TECHNICAL,
        /// Set aside for calls under way, in millionths of a US dollar.
        reserved: i64 => class::TECHNICAL,
        /// And their tokens.
        #[serde(default)]
        reserved_tokens: i64 => class::TECHNICAL,
        /// Spent, in millionths of a US dollar.
        spent: i64 => class::TECHNICAL,
        /// Tokens, in and out.
        tokens: i64 => class::TECHNICAL,
        /// Replies that a vendor wrote.
        replies: i64 => class::TECHNICAL,
        /// What the last reply that did not fit any more might have cost, in millionths of a US dollar.
        #[serde(default)]
        refused: i64 => class::TECHNICAL,
        /// And its tokens.
        #[serde(default)]
        refused_tokens: i64 => class::TECHNICAL,
        /// Until when it is kept.
        until: Timestamp => class::TECHNICAL,
    }
}

impl Row for SpendRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::spend(self.day, u8::try_from(self.shard).unwrap_or(0))
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

stored! {
    /// What Sofi wrote for a workspace in one UTC month, in shards as a day's spending: what a plan's messages are counted by.
    pub struct AiMonthRow: "ai_month" {
        /// Months since the epoch.
        month: i64 => class::TECHNICAL,
        /// Which shard.
        shard: u32 => class::TECHNICAL,
        /// Replies and drafts that a vendor wrote.
        messages: i64 => class::TECHNICAL,
        /// Until when it is kept.
        until: Timestamp => class::TECHNICAL,
    }
}

impl Row for AiMonthRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::ai_month(self.month, u8::try_from(self.shard).unwrap_or(0))
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}

stored! {
    /// Whether a vendor may be asked for a workspace: its breaker.
    pub struct VendorRow: "vendor" {
        /// Which vendor.
        vendor: VendorName => class::TECHNICAL,
        /// The breaker as JSON; `ai` reads it.
        breaker: String => class::TECHNICAL,
        /// Until when it is worth reading.
        until: Timestamp => class::TECHNICAL,
    }
}

impl Row for VendorRow {
    const TABLE: Table = Table::Work;
    fn key(&self) -> LocalKey {
        keys::vendor(self.vendor)
    }
    fn expires_at(&self) -> Option<Timestamp> {
        Some(self.until)
    }
}
