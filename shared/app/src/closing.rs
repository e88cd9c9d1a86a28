//! Closing a workspace: how its job is asked for. The work itself is `privacy.erase-workspace`.

use std::time::Duration;

use domain::ids::{PrivacyRequestId, TenantId};
use jobs::ClosingJob;

use crate::App;

/// When `tick` goes on with a closing whose job was lost.
pub const CLOSING_PATIENCE: Duration = Duration::from_secs(60);

impl App {
    /// Has the job begin, or go on. Best effort: what a lost ring leaves behind, `tick` finds within minutes.
    pub async fn ring_closing(&self, tenant: TenantId, request: PrivacyRequestId) {
        let job = ClosingJob::new(tenant, request);
        if let Err(error) = self.jobs.close(&job).await {
            let chain = telemetry::chain(&error);
            tracing::warn!(tenant.id = %tenant, error.chain = chain, "a closing was not rung for");
        }
    }
}
