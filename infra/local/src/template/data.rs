//! Tables, queues, keys and buckets.

use serde_json::Value;

use super::collect::Resource;
use super::error::TemplateError;
use super::model::{Bucket, BucketPolicy, Deployment, Key, Queue, Table};
use super::names::{is_true, key_id};
use super::stack::scalar;

type Result<T> = std::result::Result<T, TemplateError>;

pub(super) fn table(resource: &Resource<'_>) -> Result<Table> {
    for needed in ["AttributeDefinitions", "KeySchema"] {
        if resource.get(needed).is_none() {
            return Err(resource.place.child(needed).error("is missing"));
        }
    }
    let mut properties = resource.properties.clone();
    properties.insert("TableName".into(), resource.name.clone().into());
    let ttl = resource
        .get("TimeToLiveSpecification")
        .filter(|ttl| is_true(ttl.get("Enabled")));
    Ok(Table {
        logical_id: resource.logical_id.into(),
        arn: resource
            .loader
            .arn("dynamodb", &format!("table/{}", resource.name)),
        name: resource.name.clone(),
        ttl_attribute: ttl.and_then(|ttl| ttl.get("AttributeName")).map(scalar),
        properties: Value::Object(properties),
    })
}

pub(super) fn queue(resource: &Resource<'_>) -> Result<Queue> {
    let fifo = is_true(resource.get("FifoQueue"));
    if fifo != resource.name.ends_with(".fifo") {
        return Err(resource
            .place
            .child("QueueName")
            .error("a FIFO queue's name, and no other, ends in .fifo"));
    }
    let mut attributes = std::collections::BTreeMap::new();
    for (property, value) in &resource.properties {
        let name = match property.as_str() {
            "QueueName" | "Tags" => continue,
            other => other,
        };
        let text = match value {
            Value::Object(_) => value.to_string(),
            other => scalar(other),
        };
        attributes.insert(name.to_owned(), text);
    }
    Ok(Queue {
        logical_id: resource.logical_id.into(),
        arn: resource.loader.arn("sqs", &resource.name),
        url: resource.loader.queue_url(&resource.name),
        name: resource.name.clone(),
        attributes,
    })
}

pub(super) fn key(resource: &Resource<'_>) -> Key {
    let id = key_id(&resource.name);
    Key {
        logical_id: resource.logical_id.into(),
        arn: resource.loader.arn("kms", &format!("key/{id}")),
        id,
        policy: resource.get("KeyPolicy").cloned(),
        spec: resource.text("KeySpec"),
        usage: resource.text("KeyUsage"),
        aliases: Vec::new(),
    }
}

/// Notes an alias; its key may come later in the walk.
pub(super) fn alias(resource: &Resource<'_>) -> Result<()> {
    let missing = |property: &str| resource.place.child(property).error("is missing");
    let alias = resource
        .text("AliasName")
        .ok_or_else(|| missing("AliasName"))?;
    let target = resource
        .text("TargetKeyId")
        .ok_or_else(|| missing("TargetKeyId"))?;
    let id = target.rsplit('/').next().unwrap_or(&target);
    resource
        .loader
        .aliases
        .borrow_mut()
        .push((id.to_owned(), alias));
    Ok(())
}

/// Gives the keys their aliases, after the walk.
pub(super) fn attach_aliases(aliases: &[(String, String)], found: &mut Deployment) {
    for key in &mut found.keys {
        key.aliases = aliases
            .iter()
            .filter(|(id, _)| *id == key.id)
            .map(|(_, alias)| alias.clone())
            .collect();
    }
}

pub(super) fn bucket(resource: &Resource<'_>) -> Bucket {
    Bucket {
        logical_id: resource.logical_id.into(),
        arn: format!("arn:aws:s3:::{}", resource.name),
        name: resource.name.clone(),
    }
}

pub(super) fn bucket_policy(resource: &Resource<'_>) -> Result<BucketPolicy> {
    let missing = |property: &str| resource.place.child(property).error("is missing");
    Ok(BucketPolicy {
        bucket: resource.text("Bucket").ok_or_else(|| missing("Bucket"))?,
        document: resource
            .get("PolicyDocument")
            .cloned()
            .ok_or_else(|| missing("PolicyDocument"))?,
    })
}
