//! Roles and the policies attached to them.

use serde_json::{Map, Value};

use super::collect::Resource;
use super::error::{Place, TemplateError};
use super::model::{Deployment, NamedPolicy, Role};
use super::stack::{Loader, scalar};

type Result<T> = std::result::Result<T, TemplateError>;

pub(super) fn role(resource: &Resource<'_>) -> Result<Role> {
    let trust = resource
        .get("AssumeRolePolicyDocument")
        .cloned()
        .ok_or_else(|| {
            resource
                .place
                .child("AssumeRolePolicyDocument")
                .error("is missing")
        })?;
    let mut policies = Vec::new();
    for (index, policy) in list(resource.get("Policies")).iter().enumerate() {
        let place = resource.place.child("Policies").child(index);
        let policy = policy
            .as_object()
            .ok_or_else(|| place.error("must be a map"))?;
        policies.push(named_policy(policy, &place)?);
    }
    Ok(Role {
        logical_id: resource.logical_id.into(),
        arn: resource.loader.role_arn(&resource.name),
        name: resource.name.clone(),
        trust,
        policies,
        managed_policy_arns: list(resource.get("ManagedPolicyArns"))
            .iter()
            .map(scalar)
            .collect(),
    })
}

/// The role that SAM makes for a function without `Role`.
pub(super) fn implicit(resource: &Resource<'_>) -> Result<Role> {
    let name = format!("{}-{}Role", resource.stack.name, resource.logical_id);
    let mut policies = Vec::new();
    let mut managed_policy_arns = Vec::new();
    for (index, policy) in list(resource.get("Policies")).iter().enumerate() {
        let place = resource.place.child("Policies").child(index);
        match policy {
            Value::String(managed) => managed_policy_arns.push(managed.clone()),
            Value::Object(document) if document.contains_key("Statement") => {
                policies.push(NamedPolicy {
                    name: format!("{name}Policy{index}"),
                    document: policy.clone(),
                })
            }
            _ => {
                return Err(
                    place.error("SAM policy templates are not supported: write the statements out")
                );
            }
        }
    }
    Ok(Role {
        logical_id: format!("{}Role", resource.logical_id),
        arn: resource.loader.role_arn(&name),
        name,
        trust: serde_json::json!({"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"},
        }]}),
        policies,
        managed_policy_arns,
    })
}

/// Attaches policies that are resources of their own to the roles they name.
pub(super) fn attach_loose_policies(loader: &Loader, found: &mut Deployment) -> Result<()> {
    for (logical_id, name, properties, place) in loader.loose_policies.borrow().iter() {
        let mut policy = properties.clone();
        policy
            .entry("PolicyName")
            .or_insert_with(|| Value::String(name.clone()));
        let policy = named_policy(&policy, place)?;
        let arn = format!("arn:aws:iam::{}:policy/{name}", loader.inputs.account);
        let by_reference = list(properties.get("Roles"));
        let mut attached = false;
        for role in &mut found.roles {
            if by_reference
                .iter()
                .any(|wanted| scalar(wanted) == role.name)
                || role.managed_policy_arns.contains(&arn)
            {
                role.managed_policy_arns.retain(|managed| *managed != arn);
                role.policies.push(policy.clone());
                attached = true;
            }
        }
        if !attached {
            return Err(place.error(format!(
                "policy {logical_id} is attached to no role of these templates"
            )));
        }
    }
    Ok(())
}

fn named_policy(policy: &Map<String, Value>, place: &Place) -> Result<NamedPolicy> {
    let name = policy
        .get("PolicyName")
        .map(scalar)
        .ok_or_else(|| place.child("PolicyName").error("is missing"))?;
    let document = policy
        .get("PolicyDocument")
        .cloned()
        .ok_or_else(|| place.child("PolicyDocument").error("is missing"))?;
    Ok(NamedPolicy { name, document })
}

/// A list property; a single value counts as a list of one.
pub(super) fn list(value: Option<&Value>) -> Vec<Value> {
    match value {
        None => Vec::new(),
        Some(Value::Array(items)) => items.clone(),
        Some(single) => vec![single.clone()],
    }
}
