//! SQS calls.

use std::time::Duration;

use aws::Aws;
use aws_sdk_sqs::Client;
use domain::Timestamp;
use domain::ids::{BotId, TenantId};
use domain::notice::MailLane;
use serde::Serialize;
use tenancy::Ingress;

use crate::{
    AlertWord, AuditRing, BillingSync, ClosingJob, Doorbell, ErasureJob, ExportJob, InboundUpdate,
    JobsError, MailJob, ReplayJob, RetentionJob, SofiTurn,
};

/// SQS's longest delay.
const LONGEST_DELAY: Duration = Duration::from_secs(900);

/// Addresses of the queues that a function may use.
#[derive(Clone, Debug, Default)]
pub struct QueueUrls {
    /// `INBOUND_QUEUE_URL`.
    pub inbound: Option<String>,
    /// `DOORBELL_QUEUE_URL`.
    pub doorbell: Option<String>,
    /// `WAKE_QUEUE_URL`.
    pub wake: Option<String>,
    /// `SOFI_QUEUE_URL`.
    pub sofi: Option<String>,
    /// `MAIL_QUEUE_URL`.
    pub mail: Option<String>,
    /// `MAIL_BULK_QUEUE_URL`.
    pub mail_bulk: Option<String>,
    /// `AUDIT_QUEUE_URL`.
    pub audit: Option<String>,
    /// `ALERTS_QUEUE_URL`.
    pub alerts: Option<String>,
    /// `ERASURES_QUEUE_URL`.
    pub erasures: Option<String>,
    /// `EXPORTS_QUEUE_URL`.
    pub exports: Option<String>,
    /// `CLOSINGS_QUEUE_URL`.
    pub closings: Option<String>,
    /// `BILLING_QUEUE_URL`.
    pub billing: Option<String>,
}

impl QueueUrls {
    /// Reads the variables through the given function.
    pub fn from_env(read: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            inbound: read("INBOUND_QUEUE_URL"),
            doorbell: read("DOORBELL_QUEUE_URL"),
            wake: read("WAKE_QUEUE_URL"),
            sofi: read("SOFI_QUEUE_URL"),
            mail: read("MAIL_QUEUE_URL"),
            mail_bulk: read("MAIL_BULK_QUEUE_URL"),
            audit: read("AUDIT_QUEUE_URL"),
            alerts: read("ALERTS_QUEUE_URL"),
            erasures: read("ERASURES_QUEUE_URL"),
            exports: read("EXPORTS_QUEUE_URL"),
            closings: read("CLOSINGS_QUEUE_URL"),
            billing: read("BILLING_QUEUE_URL"),
        }
    }
}

/// The entrance to the queues. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Jobs {
    client: Client,
    urls: QueueUrls,
}

impl Jobs {
    /// Uses the given queues, under the function's own session. Makes no call.
    pub fn new(aws: &Aws, urls: QueueUrls) -> Self {
        Self {
            client: Client::new(aws.own()),
            urls,
        }
    }

    /// Puts an authenticated update into its chat's group. `group` orders it (bot and chat), `unique` makes a repeated
    /// delivery within five minutes one message.
    ///
    /// # Errors
    /// When SQS does not confirm: the update is not durable and the webhook must not answer 200.
    pub async fn enqueue_update(
        &self,
        ingress: &Ingress,
        group: &str,
        unique: &str,
        received_at: Timestamp,
        body: &[u8],
    ) -> Result<(), JobsError> {
        let update = InboundUpdate::new(ingress.tenant(), ingress.bot(), received_at, body);
        let url = known(&self.urls.inbound, "inbound")?;
        Box::pin(self.send_fifo(url, to_text(&update), group, unique)).await
    }

    /// Puts a note that an authenticated update was too large for a message where the update would stand.
    ///
    /// # Errors
    /// When SQS does not confirm: the webhook must not answer 200.
    pub async fn enqueue_too_large(
        &self,
        ingress: &Ingress,
        group: &str,
        unique: &str,
        received_at: Timestamp,
        bytes: u64,
    ) -> Result<(), JobsError> {
        let note = InboundUpdate::too_large(ingress.tenant(), ingress.bot(), received_at, bytes);
        self.replay_update(&note, group, unique).await
    }

    /// Puts an update that was parked back into its chat's group.
    ///
    /// # Errors
    /// When SQS does not confirm.
    pub async fn replay_update(
        &self,
        update: &InboundUpdate,
        group: &str,
        unique: &str,
    ) -> Result<(), JobsError> {
        let url = known(&self.urls.inbound, "inbound")?;
        Box::pin(self.send_fifo(url, to_text(update), group, unique)).await
    }

    /// Rings a bot's doorbell. `unique` is new for each ring: a ring must never be taken for an earlier one that was
    /// answered before the row behind this one was written.
    ///
    /// # Errors
    /// When SQS does not confirm; the row's `due_at` lets `tick` ring instead.
    pub async fn ring(&self, tenant: TenantId, bot: BotId, unique: &str) -> Result<(), JobsError> {
        let url = known(&self.urls.doorbell, "doorbell")?;
        let group = bot.suffix();
        Box::pin(self.send_fifo(url, to_text(&Doorbell::new(tenant, bot)), &group, unique)).await
    }

    /// Rings a bot's doorbell after a while, at most 15 minutes.
    ///
    /// # Errors
    /// When SQS does not confirm.
    pub async fn wake_later(
        &self,
        tenant: TenantId,
        bot: BotId,
        delay: Duration,
    ) -> Result<(), JobsError> {
        let url = known(&self.urls.wake, "wake")?;
        let body = to_text(&Doorbell::new(tenant, bot));
        Box::pin(self.send_later(url, body, delay)).await
    }

    /// Has Sofi look at a conversation after a while, at most 15 minutes.
    ///
    /// # Errors
    /// When SQS does not confirm; the turn's `due_at` lets `tick` ask instead.
    pub async fn sofi_later(&self, turn: &SofiTurn, delay: Duration) -> Result<(), JobsError> {
        let url = known(&self.urls.sofi, "sofi")?;
        Box::pin(self.send_later(url, to_text(turn), delay)).await
    }

    /// Has the mailer look at a notice after a while, at most 15 minutes.
    ///
    /// # Errors
    /// When SQS does not confirm; the notice's `due_at` lets `tick` ask instead.
    pub async fn mail_later(
        &self,
        lane: MailLane,
        job: &MailJob,
        delay: Duration,
    ) -> Result<(), JobsError> {
        let url = match lane {
            MailLane::Security => known(&self.urls.mail, "mail")?,
            MailLane::Bulk => known(&self.urls.mail_bulk, "mail-bulk")?,
        };
        Box::pin(self.send_later(url, to_text(job), delay)).await
    }

    /// Has a tenant's audit log looked at. One log is looked at by one job at a time. `unique` is new for each ring, as
    /// with [`Jobs::ring`].
    ///
    /// # Errors
    /// When SQS does not confirm; the `due_at` of what waits lets `tick` ring instead.
    pub async fn ring_audit(&self, tenant: TenantId, unique: &str) -> Result<(), JobsError> {
        let url = known(&self.urls.audit, "audit")?;
        let group = tenant.suffix();
        Box::pin(self.send_fifo(url, to_text(&AuditRing::new(tenant)), &group, unique)).await
    }

    /// Has a member's word for an alert worked, after what they said before in the same chat.
    ///
    /// # Errors
    /// When SQS does not confirm.
    pub async fn take_word(&self, word: &AlertWord) -> Result<(), JobsError> {
        let url = known(&self.urls.alerts, "alerts")?;
        let group = word.chat.suffix();
        Box::pin(self.send_fifo(url, to_text(word), &group, &word.unique)).await
    }

    /// Has an erasure worked on after a while, at most 15 minutes.
    ///
    /// # Errors
    /// When SQS does not confirm; the work's row lets `tick` ask instead.
    pub async fn erase(&self, job: &ErasureJob, delay: Duration) -> Result<(), JobsError> {
        let url = known(&self.urls.erasures, "erasures")?;
        Box::pin(self.send_later(url, to_text(job), delay)).await
    }

    /// Has a workspace searched for fans whose time is over. What is found is erased by jobs of the same queue.
    ///
    /// # Errors
    /// When SQS does not confirm; `tick` asks again.
    pub async fn retain(&self, job: &RetentionJob) -> Result<(), JobsError> {
        let url = known(&self.urls.erasures, "erasures")?;
        Box::pin(self.send_later(url, to_text(job), Duration::ZERO)).await
    }

    /// Has a workspace looked through for fans who were erased and are back.
    ///
    /// # Errors
    /// When SQS does not confirm; whoever asked asks again.
    pub async fn replay(&self, job: &ReplayJob) -> Result<(), JobsError> {
        let url = known(&self.urls.erasures, "erasures")?;
        Box::pin(self.send_later(url, to_text(job), Duration::ZERO)).await
    }

    /// Has an export worked on.
    ///
    /// # Errors
    /// When SQS does not confirm; the work's row lets `tick` ask instead.
    pub async fn export(&self, job: &ExportJob) -> Result<(), JobsError> {
        let url = known(&self.urls.exports, "exports")?;
        Box::pin(self.send_later(url, to_text(job), Duration::ZERO)).await
    }

    /// Has the closing of a workspace worked on.
    ///
    /// # Errors
    /// When SQS does not confirm; the work's row lets `tick` ask instead.
    pub async fn close(&self, job: &ClosingJob) -> Result<(), JobsError> {
        let url = known(&self.urls.closings, "closings")?;
        Box::pin(self.send_later(url, to_text(job), Duration::ZERO)).await
    }

    /// Has what a workspace bought compared with Stripe. Looks at one customer come one after the other. `unique` is the event's
    /// id, so that one which is delivered again within five minutes is one message; without an event it is new each time.
    ///
    /// # Errors
    /// When SQS does not confirm: the hint is not durable, and the webhook must not answer 200.
    pub async fn sync_billing(&self, job: &BillingSync, unique: &str) -> Result<(), JobsError> {
        let url = known(&self.urls.billing, "billing")?;
        Box::pin(self.send_fifo(url, to_text(job), &job.group(), unique)).await
    }

    /// Sends to a standard queue, to be seen after a delay in whole seconds, rounded up.
    async fn send_later(&self, url: &str, body: String, delay: Duration) -> Result<(), JobsError> {
        let seconds =
            i32::try_from(delay.min(LONGEST_DELAY).as_millis().div_ceil(1000)).unwrap_or(900);
        self.client
            .send_message()
            .queue_url(url)
            .message_body(body)
            .delay_seconds(seconds)
            .send()
            .await
            .map(|_| ())
            .map_err(|error| JobsError::Queue(Box::new(error.into_service_error())))
    }

    /// Hides an inbound message for a while, so that its next try comes no sooner.
    ///
    /// # Errors
    /// When SQS does not confirm; the queue's own visibility then applies.
    pub async fn postpone_inbound(
        &self,
        receipt_handle: &str,
        delay: Duration,
    ) -> Result<(), JobsError> {
        let url = known(&self.urls.inbound, "inbound")?;
        Box::pin(self.postpone(url, receipt_handle, delay)).await
    }

    /// The same for a ring of the doorbell.
    ///
    /// # Errors
    /// As [`Jobs::postpone_inbound`].
    pub async fn postpone_ring(
        &self,
        receipt_handle: &str,
        delay: Duration,
    ) -> Result<(), JobsError> {
        let url = known(&self.urls.doorbell, "doorbell")?;
        Box::pin(self.postpone(url, receipt_handle, delay)).await
    }

    /// Gives back what is no ring of an audit log, to be seen again at once: as long as it is hidden, the rings of its group
    /// wait behind it.
    ///
    /// # Errors
    /// As [`Jobs::postpone_inbound`].
    pub async fn give_back_ring(&self, receipt_handle: &str) -> Result<(), JobsError> {
        let url = known(&self.urls.audit, "audit")?;
        Box::pin(self.postpone(url, receipt_handle, Duration::ZERO)).await
    }

    /// The same for what is no word for an alert.
    ///
    /// # Errors
    /// As [`Jobs::postpone_inbound`].
    pub async fn give_back_word(&self, receipt_handle: &str) -> Result<(), JobsError> {
        let url = known(&self.urls.alerts, "alerts")?;
        Box::pin(self.postpone(url, receipt_handle, Duration::ZERO)).await
    }

    /// The same for what is no look at what was bought.
    ///
    /// # Errors
    /// As [`Jobs::postpone_inbound`].
    pub async fn give_back_sync(&self, receipt_handle: &str) -> Result<(), JobsError> {
        let url = known(&self.urls.billing, "billing")?;
        Box::pin(self.postpone(url, receipt_handle, Duration::ZERO)).await
    }

    /// Hides an event of Stripe's for a while, at most twelve hours, so that its next try comes no sooner.
    ///
    /// # Errors
    /// As [`Jobs::postpone_inbound`].
    pub async fn postpone_sync(
        &self,
        receipt_handle: &str,
        delay: Duration,
    ) -> Result<(), JobsError> {
        let url = known(&self.urls.billing, "billing")?;
        Box::pin(self.postpone(url, receipt_handle, delay)).await
    }

    async fn postpone(
        &self,
        url: &str,
        receipt_handle: &str,
        delay: Duration,
    ) -> Result<(), JobsError> {
        let seconds = i32::try_from(delay.as_secs()).unwrap_or(i32::MAX);
        let call = self
            .client
            .change_message_visibility()
            .queue_url(url)
            .receipt_handle(receipt_handle);
        call.visibility_timeout(seconds)
            .send()
            .await
            .map(|_| ())
            .map_err(|error| JobsError::Queue(Box::new(error.into_service_error())))
    }

    async fn send_fifo(
        &self,
        url: &str,
        body: String,
        group: &str,
        unique: &str,
    ) -> Result<(), JobsError> {
        self.client
            .send_message()
            .queue_url(url)
            .message_body(body)
            .message_group_id(group)
            .message_deduplication_id(unique)
            .send()
            .await
            .map(|_| ())
            .map_err(|error| JobsError::Queue(Box::new(error.into_service_error())))
    }
}

fn known<'a>(url: &'a Option<String>, name: &'static str) -> Result<&'a str, JobsError> {
    url.as_deref().ok_or(JobsError::NoQueue(name))
}

fn to_text<T: Serialize>(message: &T) -> String {
    serde_json::to_string(message).expect("our queue messages have string keys only")
}
