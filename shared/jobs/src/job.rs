//! What a message must prove before it is worked.

use domain::ids::TenantId;
use lambda::{SqsMessage, SqsMessageExt};
use serde::de::DeserializeOwned;
use tenancy::{QueueEvidence, TrustedJob};

use crate::{
    AlertWord, AuditRing, ClosingJob, Doorbell, ErasureJob, ErasuresJob, ExportJob, InboundUpdate,
    MailJob, ReplayJob, RetentionJob, SofiTurn,
};

/// A message that one of our functions queued for a tenant.
pub trait Job: DeserializeOwned {
    /// For whom.
    fn tenant(&self) -> TenantId;
}

macro_rules! jobs {
    ($($kind:ty),*) => {
        $(impl Job for $kind {
            fn tenant(&self) -> TenantId {
                self.tenant
            }
        })*
    };
}

jobs!(
    AlertWord,
    AuditRing,
    ClosingJob,
    Doorbell,
    ErasureJob,
    ExportJob,
    InboundUpdate,
    MailJob,
    ReplayJob,
    RetentionJob,
    SofiTurn
);

impl Job for ErasuresJob {
    fn tenant(&self) -> TenantId {
        match self {
            Self::Erasure(job) => job.tenant,
            Self::Retention(job) => job.tenant,
            Self::Replay(job) => job.tenant,
        }
    }
}

/// The job of a message, and the proof that one of our own functions put it into this worker's queue; nothing, and an
/// error in the log, when it is none. Then the answer is [`crate::Outcome::NotOurs`].
pub fn accept<J: Job>(message: &SqsMessage, queue: &str) -> Option<(J, TrustedJob)> {
    let evidence = QueueEvidence {
        source_arn: message.event_source_arn.as_deref().unwrap_or_default(),
        expected_queue: queue,
    };
    let job = serde_json::from_str::<J>(message.text()).ok();
    let accepted = job.and_then(|job| {
        let trusted = TrustedJob::verify(&evidence, job.tenant()).ok()?;
        Some((job, trusted))
    });
    if accepted.is_none() {
        no_job(queue);
    }
    accepted
}

/// A job that does not say which tenant it is for, because whoever queued it could not know.
#[derive(Debug)]
pub struct Unaddressed<'a, J> {
    /// The job.
    pub job: J,
    evidence: QueueEvidence<'a>,
}

impl<J> Unaddressed<'_, J> {
    /// The proof, once it is known for whom; nothing, and an error in the log, when the message is out of another queue. Then
    /// the answer is [`crate::Outcome::NotOurs`].
    pub fn of(&self, tenant: TenantId) -> Option<TrustedJob> {
        let trusted = TrustedJob::verify(&self.evidence, tenant).ok();
        if trusted.is_none() {
            no_job(self.evidence.expected_queue);
        }
        trusted
    }
}

/// The job of a message that names no tenant; nothing, and an error in the log, when it is none. It opens nothing before
/// [`Unaddressed::of`] has proved where it came from.
pub fn accept_unaddressed<'a, J: DeserializeOwned>(
    message: &'a SqsMessage,
    queue: &'a str,
) -> Option<Unaddressed<'a, J>> {
    let evidence = QueueEvidence {
        source_arn: message.event_source_arn.as_deref().unwrap_or_default(),
        expected_queue: queue,
    };
    let job = serde_json::from_str::<J>(message.text()).ok();
    if job.is_none() {
        no_job(queue);
    }
    job.map(|job| Unaddressed { job, evidence })
}

/// Without the error: it may quote what somebody wrote.
fn no_job(queue: &str) {
    tracing::error!(queue, "a message is no job of this queue");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BillingSync, Hint};
    use domain::Timestamp;
    use domain::ids::{BotId, FanId, PrivacyRequestId};
    use lambda::SqsEvent;
    use lambda::testing::{SqsRecord, sqs_event};

    fn message(queue: &str, body: &str) -> SqsMessage {
        let event = sqs_event(queue, &[SqsRecord::new("a", body)]);
        let event: SqsEvent = serde_json::from_str(&event).expect("an event");
        event.records.into_iter().next().expect("a record")
    }

    #[test]
    fn the_queue_of_erasures_tells_its_three_jobs_apart() {
        let tenant = TenantId::from_bytes([1; 16]);
        let erasure = ErasureJob::new(tenant, PrivacyRequestId::from_bytes([2; 16]));
        let search = RetentionJob::new(tenant);
        let read = |text: String| {
            let accepted = accept::<ErasuresJob>(&message("erasures", &text), "erasures");
            accepted.map(|(job, trusted)| (job, trusted.scope().tenant()))
        };
        let text = serde_json::to_string(&erasure).expect("serialises");
        assert_eq!(read(text), Some((ErasuresJob::Erasure(erasure), tenant)));
        let text = serde_json::to_string(&search).expect("serialises");
        assert_eq!(read(text), Some((ErasuresJob::Retention(search), tenant)));
        let place = (Timestamp::from_millis(7), FanId::from_bytes([3; 16]));
        for after in [None, Some(place)] {
            let replay = ReplayJob::new(tenant, after);
            let text = serde_json::to_string(&replay).expect("serialises");
            assert_eq!(read(text), Some((ErasuresJob::Replay(replay), tenant)));
        }
        assert_eq!(read(format!("{{\"v\":1,\"tenant\":\"{tenant}\"}}")), None);
    }

    #[test]
    fn a_job_without_a_tenant_opens_nothing_unless_it_came_out_of_the_workers_own_queue() {
        let tenant = TenantId::from_bytes([1; 16]);
        let customer = "cus_1".parse().expect("an id");
        let hint = BillingSync::hinted(
            Some(customer),
            Hint::new(None, "invoice.paid", Some("in_1")),
        );
        let text = serde_json::to_string(&hint).expect("serialises");
        let own = message("billing.fifo", &text);
        let accepted = accept_unaddressed::<BillingSync>(&own, "billing.fifo").expect("a job");
        assert_eq!(accepted.job, hint);
        let trusted = accepted.of(tenant).expect("a proof");
        assert_eq!(trusted.scope().tenant(), tenant);
        let foreign = accept_unaddressed::<BillingSync>(&own, "others.fifo").expect("a job");
        assert!(foreign.of(tenant).is_none());
        for garbage in [
            "",
            "{}",
            "{\"v\":1}",
            "{\"v\":1,\"whose\":{\"customer\":\"sub_1\"}}",
        ] {
            let message = message("billing.fifo", garbage);
            let accepted = accept_unaddressed::<BillingSync>(&message, "billing.fifo");
            assert!(accepted.is_none(), "{garbage}");
        }
    }

    #[test]
    fn only_a_job_out_of_the_workers_own_queue_is_accepted() {
        let ids = (TenantId::from_bytes([1; 16]), BotId::from_bytes([2; 16]));
        let ring = Doorbell::new(ids.0, ids.1);
        let text = serde_json::to_string(&ring).expect("serialises");
        let accepted = accept::<Doorbell>(&message("bells", &text), "bells");
        let (job, trusted) = accepted.expect("a job");
        assert_eq!((job, trusted.scope().tenant()), (ring, ids.0));
        assert!(accept::<Doorbell>(&message("others", &text), "bells").is_none());
        for garbage in ["", "garbage", "{}", "[]", "{\"v\":1}"] {
            assert!(accept::<Doorbell>(&message("bells", garbage), "bells").is_none());
        }
    }
}
