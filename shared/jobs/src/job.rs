//! What a message must prove before it is worked.

use domain::ids::TenantId;
use lambda::{SqsMessage, SqsMessageExt};
use serde::de::DeserializeOwned;
use tenancy::{QueueEvidence, TrustedJob};

use crate::{
    AlertWord, AuditRing, ClosingJob, Doorbell, ErasureJob, ErasuresJob, ExportJob, InboundUpdate,
    MailJob, RetentionJob, SofiTurn,
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
    RetentionJob,
    SofiTurn
);

impl Job for ErasuresJob {
    fn tenant(&self) -> TenantId {
        match self {
            Self::Erasure(job) => job.tenant,
            Self::Retention(job) => job.tenant,
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
        // Without the error: it may quote what somebody wrote.
        tracing::error!(queue, "a message is no job of this queue");
    }
    accepted
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{BotId, PrivacyRequestId};
    use lambda::SqsEvent;
    use lambda::testing::{SqsRecord, sqs_event};

    fn message(queue: &str, body: &str) -> SqsMessage {
        let event = sqs_event(queue, &[SqsRecord::new("a", body)]);
        let event: SqsEvent = serde_json::from_str(&event).expect("an event");
        event.records.into_iter().next().expect("a record")
    }

    #[test]
    fn the_queue_of_erasures_tells_its_two_jobs_apart() {
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
        assert_eq!(read(format!("{{\"v\":1,\"tenant\":\"{tenant}\"}}")), None);
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
