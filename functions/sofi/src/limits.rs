//! What Sofi may do and spend for a workspace.

use ai::Vendor;
use domain::sofi::VendorName;
use store::row::AiLimitsRow;

/// Five US dollars a day unless told: about two thousand replies.
const DAILY_COST: i64 = 5_000_000;
/// Four million tokens a day unless told.
const DAILY_TOKENS: i64 = 4_000_000;

/// Limits with defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Vendors that may see the workspace's chats.
    pub(crate) vendors: Vec<VendorName>,
    /// Most of a UTC day, in millionths of a US dollar.
    pub(crate) daily_cost: i64,
    /// Most tokens of a UTC day.
    pub(crate) daily_tokens: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            vendors: VendorName::ALL.to_vec(),
            daily_cost: DAILY_COST,
            daily_tokens: DAILY_TOKENS,
        }
    }
}

impl Limits {
    pub(crate) fn of(row: &AiLimitsRow) -> Self {
        Self {
            vendors: row.vendors.clone(),
            daily_cost: row.daily_cost,
            daily_tokens: row.daily_tokens,
        }
    }

    /// The vendors, as `ai` knows them.
    pub(crate) fn allowed(&self) -> Vec<Vendor> {
        self.vendors.iter().map(|name| vendor(*name)).collect()
    }
}

/// The vendor of a stored name.
pub(crate) const fn vendor(name: VendorName) -> Vendor {
    match name {
        VendorName::Xai => Vendor::Xai,
        VendorName::Groq => Vendor::Groq,
    }
}

/// The stored name of a vendor.
pub(crate) const fn vendor_name(vendor: Vendor) -> VendorName {
    match vendor {
        Vendor::Xai => VendorName::Xai,
        Vendor::Groq => VendorName::Groq,
    }
}
