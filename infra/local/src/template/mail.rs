//! EventBridge rules: the host carries what SES tells to a queue, and nothing else.

use serde_json::Value;

use super::collect::Resource;
use super::error::TemplateError;
use super::model::MailRule;

/// Reads a rule, and refuses what the host could not do.
pub(super) fn rule(resource: &Resource<'_>) -> Result<MailRule, TemplateError> {
    let empty = Value::Null;
    let pattern = resource.get("EventPattern").unwrap_or(&empty);
    let targets = resource.get("Targets").and_then(Value::as_array);
    let queue_arn = match targets.map(Vec::as_slice) {
        Some([target]) => target["Arn"].as_str().filter(|arn| arn.contains(":sqs:")),
        _ => None,
    };
    let configuration_sets = texts(&pattern["detail"]["mail"]["tags"]["ses:configuration-set"]);
    let detail_types = texts(&pattern["detail-type"]);
    let is_known = texts(&pattern["source"]) == ["aws.ses"]
        && !configuration_sets.is_empty()
        && !detail_types.is_empty();
    match queue_arn {
        Some(queue_arn) if is_known => Ok(MailRule {
            id: resource.logical_id.to_owned(),
            configuration_sets,
            detail_types,
            queue_arn: queue_arn.to_owned(),
        }),
        _ => Err(resource.place.error(
            "the laptop host knows only rules that pass events of SES, by detail-type and configuration set, to one queue",
        )),
    }
}

fn texts(value: &Value) -> Vec<String> {
    let values = value.as_array().map(Vec::as_slice).unwrap_or_default();
    let texts = values.iter().filter_map(Value::as_str);
    texts.map(str::to_owned).collect()
}
