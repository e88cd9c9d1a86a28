//! Mail on a laptop: every sender that a role may use is verified, as an operator does on AWS, and bounces come back.

use emulator::ses::Reporting;
use emulator::{Emulator, ServiceError};
use serde_json::Value;

use crate::template::Deployment;

/// Verifies senders and joins configuration sets with the queues behind EventBridge's rules.
pub(super) fn create(emulator: &Emulator, deployment: &Deployment) -> Result<(), ServiceError> {
    let policies = deployment.roles.iter().flat_map(|role| &role.policies);
    for identity in policies.flat_map(|policy| identities(&policy.document)) {
        emulator.ses().verify(&identity)?;
    }
    for set in &deployment.configuration_sets {
        let rule = deployment
            .mail_rules
            .iter()
            .find(|rule| rule.configuration_sets.contains(set));
        let reporting = rule.map(|rule| Reporting {
            queue_arn: rule.queue_arn.clone(),
            detail_types: rule.detail_types.clone(),
        });
        emulator.ses().set_reporting(set, reporting);
    }
    Ok(())
}

/// Names of the identities that a policy's statements about SES name.
fn identities(policy: &Value) -> Vec<String> {
    let as_list = |value: &Value| match value {
        Value::Array(values) => values.clone(),
        other => vec![other.clone()],
    };
    let statements = as_list(&policy["Statement"]);
    let about_mail = statements.iter().filter(|statement| {
        let actions = as_list(&statement["Action"]);
        actions
            .iter()
            .filter_map(Value::as_str)
            .any(|action| action.starts_with("ses:Send"))
    });
    about_mail
        .flat_map(|statement| as_list(&statement["Resource"]))
        .filter_map(|arn| Some(arn.as_str()?.split_once(":identity/")?.1.to_owned()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_senders_of_a_policy_are_its_identities() {
        let policy = serde_json::json!({"Statement": [
            {"Action": ["ses:SendEmail"], "Resource": ["arn:aws:ses:r:1:identity/example.com", "arn:aws:ses:r:1:configuration-set/x"]},
            {"Action": "sqs:SendMessage", "Resource": "*"},
        ]});
        assert_eq!(identities(&policy), ["example.com"]);
    }
}
