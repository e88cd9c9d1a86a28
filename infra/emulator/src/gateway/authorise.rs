//! From what a call needs to what it is allowed.

use std::sync::Arc;

use super::request::{Request, Service};
use crate::Inner;
use crate::error::ServiceError;
use crate::iam::{AccessRequest, Context, Decision, Policy, resource_decision};
use crate::record::Check;

/// An action that a call needs, as its service states it.
#[derive(Debug, Clone)]
pub(crate) struct Want {
    pub action: String,
    pub resource: String,
    pub context: Context,
    pub resource_policy: Option<ResourcePolicy>,
    /// A policy on the resource that need not grant: the caller's own are enough, as with buckets.
    pub bucket_policy: Option<Arc<Policy>>,
}

/// A policy on the resource, in the same account as the caller. Without its grant nobody gets in.
#[derive(Debug, Clone)]
pub(crate) struct ResourcePolicy(pub Arc<Policy>);

impl Want {
    pub fn new(action: impl Into<String>, resource: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            resource: resource.into(),
            context: Context::new(),
            resource_policy: None,
            bucket_policy: None,
        }
    }

    pub fn with(mut self, key: &str, values: Vec<String>) -> Self {
        self.context.insert(key.to_owned(), values);
        self
    }
}

/// Decides every wanted action.
pub(super) fn checks(inner: &Inner, request: &Request, wants: Vec<Want>) -> Vec<Check> {
    wants
        .into_iter()
        .map(|want| check(inner, request, want))
        .collect()
}

fn check(inner: &Inner, request: &Request, want: Want) -> Check {
    let principal = &request.principal;
    let account = inner.iam.account_id();
    let mut context = want.context;
    // The principal's ARN in conditions is the role's, not the session's.
    let principal_arn = principal
        .role_arn
        .clone()
        .unwrap_or_else(|| principal.arn.clone());
    context.insert("aws:PrincipalArn".into(), vec![principal_arn.clone()]);
    context.insert("aws:PrincipalAccount".into(), vec![account.to_owned()]);
    context.insert("aws:RequestedRegion".into(), vec![inner.region.clone()]);
    for (key, value) in &principal.tags {
        context.insert(format!("aws:PrincipalTag/{key}"), vec![value.clone()]);
    }
    let asked = AccessRequest {
        action: want.action,
        resource: want.resource,
        context,
    };
    let aws = |name: &str| ("AWS".to_owned(), name.to_owned());
    let (mut granted, mut refused) = (false, false);
    let own = [aws(&principal_arn), aws(&principal.arn)];
    let root = [aws(account), aws(&format!("arn:aws:iam::{account}:root"))];
    if let Some(policy) = &want.bucket_policy {
        let direct = resource_decision(policy, &own, &asked);
        let delegated = resource_decision(policy, &root, &asked);
        refused = [direct, delegated].contains(&Decision::ExplicitDeny);
        granted = direct.is_allowed() && !refused;
    }
    if let Some(ResourcePolicy(policy)) = &want.resource_policy {
        let direct = resource_decision(policy, &own, &asked);
        // Naming the account hands the decision over to the caller's own policies; naming nobody fitting refuses.
        let delegated = resource_decision(policy, &root, &asked);
        granted = direct.is_allowed() && delegated != Decision::ExplicitDeny;
        refused = direct == Decision::ExplicitDeny
            || delegated == Decision::ExplicitDeny
            || !(direct.is_allowed() || delegated.is_allowed());
    }
    let decision = if principal.platform {
        Decision::Allow
    } else {
        let own = principal
            .role_arn
            .as_deref()
            .map_or(Decision::ImplicitDeny, |role| {
                inner.iam.evaluate_role(role, &asked)
            });
        combine(own, granted, refused, want.bucket_policy.is_some())
    };
    Check {
        request: asked,
        granted_by_resource: granted,
        refused_by_resource: refused,
        decision,
    }
}

/// The caller's own policies and the resource's, together. What a bucket's policy refuses it refuses by name.
fn combine(own: Decision, granted: bool, refused: bool, of_bucket: bool) -> Decision {
    match own {
        Decision::ExplicitDeny => Decision::ExplicitDeny,
        _ if refused && of_bucket => Decision::ExplicitDeny,
        _ if refused => Decision::ImplicitDeny,
        Decision::ImplicitDeny if granted => Decision::Allow,
        other => other,
    }
}

/// The refusal in the service's words.
pub(super) fn denied(request: &Request, check: &Check) -> ServiceError {
    let action = &check.request.action;
    let because = match check.decision {
        Decision::ExplicitDeny => {
            format!("with an explicit deny in a policy for the {action} action")
        }
        _ if check.refused_by_resource => {
            format!("because no resource-based policy allows the {action} action")
        }
        _ => format!("because no identity-based policy allows the {action} action"),
    };
    let message = format!(
        "User: {} is not authorized to perform: {action} on resource: {} {because}",
        request.principal.arn, check.request.resource
    );
    match request.service {
        Service::DynamoDb | Service::Kms => ServiceError::client("AccessDeniedException", message),
        Service::Sqs | Service::Scheduler => {
            ServiceError::with_status(403, "AccessDeniedException", message)
        }
        _ => ServiceError::with_status(403, "AccessDenied", message),
    }
}
