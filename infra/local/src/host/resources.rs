//! Creates what the templates describe in the embedded AWS.

use std::collections::BTreeMap;

use emulator::Emulator;
use emulator::iam::{AccessRequest, Role};
use emulator::kms::{KeySpec, NewKey};

use crate::error::HostError;
use crate::gate::HostGate;
use crate::template::{Deployment, Queue};

/// What Lambda does in the name of a function's role for a queue that is a source.
const SOURCE_ACTIONS: [&str; 3] = [
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
];

/// Creates tables, queues, keys, buckets and roles; what exists already stays.
pub(super) fn create(emulator: &Emulator, deployment: &Deployment) -> Result<(), HostError> {
    let failed = |what: &str| {
        let what = what.to_owned();
        move |error: emulator::ServiceError| HostError::Resource {
            what,
            source: error.into(),
        }
    };
    for role in &deployment.roles {
        let policies = role
            .policies
            .iter()
            .map(|policy| policy.document.clone())
            .collect();
        emulator
            .iam()
            .put_role(Role {
                arn: role.arn.clone(),
                policies,
                trust: role.trust.clone(),
            })
            .map_err(|source| HostError::Resource {
                what: role.name.clone(),
                source,
            })?;
        if let Some(managed) = role.managed_policy_arns.first() {
            return Err(HostError::ManagedPolicy {
                role: role.name.clone(),
                policy: managed.clone(),
            });
        }
    }
    for table in &deployment.tables {
        emulator
            .dynamodb()
            .create_table(&table.properties)
            .map_err(|source| HostError::Resource {
                what: table.name.clone(),
                source,
            })?;
    }
    for queue in in_order(&deployment.queues) {
        match emulator.sqs().create_queue(&queue.name, &queue.attributes) {
            Ok(_) => {}
            // The template changed since the last start: follow it, as a stack update would.
            Err(error)
                if error.code.contains("QueueNameExists")
                    || error.code.contains("QueueAlreadyExists") =>
            {
                let changeable: BTreeMap<_, _> = queue
                    .attributes
                    .iter()
                    .filter(|(name, _)| *name != "FifoQueue")
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect();
                emulator
                    .sqs()
                    .set_attributes(&queue.name, &changeable)
                    .map_err(failed(&queue.name))?;
            }
            Err(error) => return Err(failed(&queue.name)(error)),
        }
        // Whoever held a message was a process of this host, and those ended with it.
        emulator
            .sqs()
            .release(&queue.name)
            .map_err(failed(&queue.name))?;
    }
    for key in &deployment.keys {
        let spec = KeySpec::read(key.spec.as_deref(), key.usage.as_deref())
            .map_err(failed(&key.logical_id))?;
        emulator
            .kms()
            .create_key(NewKey {
                id: Some(key.id.clone()),
                alias: key.aliases.first().cloned(),
                policy: key.policy.clone(),
                description: key.logical_id.clone(),
                spec,
            })
            .map_err(failed(&key.logical_id))?;
    }
    for bucket in &deployment.buckets {
        emulator
            .s3()
            .create_bucket(&bucket.name)
            .map_err(failed(&bucket.name))?;
    }
    for policy in &deployment.bucket_policies {
        emulator
            .s3()
            .set_policy(&policy.bucket, Some(&policy.document))
            .map_err(failed(&policy.bucket))?;
    }
    super::mail::create(emulator, deployment).map_err(failed("mail"))
}

/// Dead-letter queues before the queues that name them.
fn in_order(queues: &[Queue]) -> Vec<&Queue> {
    let mut ordered: Vec<&Queue> = Vec::with_capacity(queues.len());
    let mut left: Vec<&Queue> = queues.iter().collect();
    while !left.is_empty() {
        let (ready, waiting): (Vec<_>, Vec<_>) = left.into_iter().partition(|queue| {
            queue
                .dead_letter_arn()
                .is_none_or(|arn| ordered.iter().any(|done| done.arn == arn) || queue.arn == arn)
        });
        // The template reader has checked that every target exists, so only a circle leaves none ready.
        if ready.is_empty() {
            ordered.extend(waiting);
            break;
        }
        ordered.extend(ready);
        left = waiting;
    }
    ordered
}

/// Lambda refuses a mapping whose function role may not receive from the queue; so does the host.
pub(super) fn check_sources(
    emulator: &Emulator,
    deployment: &Deployment,
    gate: &HostGate,
) -> Result<(), HostError> {
    for mapping in &deployment.mappings {
        let Some(function) = deployment
            .functions
            .iter()
            .find(|function| function.name == mapping.function)
        else {
            continue;
        };
        for action in SOURCE_ACTIONS {
            let request = AccessRequest {
                action: action.into(),
                resource: mapping.queue_arn.clone(),
                context: BTreeMap::new(),
            };
            if !emulator
                .iam()
                .evaluate_role(&function.role_arn, &request)
                .is_allowed()
            {
                return Err(HostError::SourceNotAllowed {
                    function: function.logical_id.clone(),
                    action,
                    queue: mapping.queue_arn.clone(),
                });
            }
            gate.note_used(&function.role_arn, action);
        }
    }
    Ok(())
}

/// Empties tables, queues and the mailbox; buckets keep their objects only until the next start with `--fresh`.
pub(super) fn empty(emulator: &Emulator, deployment: &Deployment) -> Result<(), HostError> {
    for queue in emulator.sqs().queues() {
        let failed = |error: emulator::ServiceError| HostError::Resource {
            what: queue.name.clone(),
            source: error.into(),
        };
        emulator.sqs().purge(&queue.name).map_err(failed)?;
    }
    for table in &deployment.tables {
        let request = serde_json::from_value(serde_json::json!({ "TableName": table.name }))
            .map_err(emulator::Error::from)?;
        let deleted = emulator.dynamodb().database().delete_table(request);
        deleted.map_err(|error| emulator::Error::DynamoDb(error.to_string()))?;
        emulator.dynamodb().create_table(&table.properties)?;
    }
    emulator.ses().clear().map_err(|error| HostError::Resource {
        what: "mailbox".into(),
        source: error.into(),
    })
}
