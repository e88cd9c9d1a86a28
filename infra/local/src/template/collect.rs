//! Walks all stacks and sorts their resources into a [`Deployment`].

use serde_json::{Map, Value};

use super::error::{Place, TemplateError};
use super::globals::merge;
use super::model::{Deployment, Ignored};
use super::stack::{Loader, Stack, scalar};

type Result<T> = std::result::Result<T, TemplateError>;

/// A resource on its way into the deployment: its properties are evaluated, its place is known.
pub(super) struct Resource<'a> {
    pub(super) loader: &'a Loader,
    pub(super) stack: &'a Stack,
    pub(super) logical_id: &'a str,
    pub(super) name: String,
    pub(super) properties: Map<String, Value>,
    pub(super) metadata: Option<&'a Value>,
    pub(super) place: Place,
}

impl Resource<'_> {
    pub(super) fn get(&self, property: &str) -> Option<&Value> {
        self.properties.get(property)
    }

    /// A property as text.
    pub(super) fn text(&self, property: &str) -> Option<String> {
        self.get(property).map(scalar)
    }

    /// A property as a whole number, or the default.
    pub(super) fn number(&self, property: &str, default: u32) -> Result<u32> {
        number(&self.properties, property, default, &self.place)
    }
}

/// A whole number of a map, or the default when it is absent.
pub(super) fn number(
    map: &Map<String, Value>,
    property: &str,
    default: u32,
    place: &Place,
) -> Result<u32> {
    match map.get(property) {
        None => Ok(default),
        Some(value) => scalar(value).parse().map_err(|_| {
            place
                .child(property)
                .error("must be a whole number that is not negative")
        }),
    }
}

/// Collects the root stack and all it nests.
pub(super) fn deployment(loader: &Loader, root: &Stack) -> Result<Deployment> {
    let mut found = Deployment::default();
    stack(loader, root, &mut found)?;
    for (name, _) in root.section("Outputs") {
        if let Some(value) = loader.output(root, name)? {
            found.outputs.insert(name.clone(), scalar(&value));
        }
    }
    found.files = loader.files();
    super::data::attach_aliases(&loader.aliases.borrow(), &mut found);
    super::roles::attach_loose_policies(loader, &mut found)?;
    super::events::check(&found, root)?;
    Ok(found)
}

fn stack(loader: &Loader, stack: &Stack, found: &mut Deployment) -> Result<()> {
    for (logical_id, body) in stack.section("Resources") {
        if let Some(condition) = body.get("Condition").and_then(Value::as_str)
            && !loader.named_condition(stack, condition, &stack.place(logical_id))?
        {
            continue;
        }
        resource(loader, stack, logical_id, body, found)?;
    }
    Ok(())
}

fn resource(
    loader: &Loader,
    stack: &Stack,
    logical_id: &str,
    body: &Value,
    found: &mut Deployment,
) -> Result<()> {
    let kind = stack.kind(logical_id);
    let place = stack.place(logical_id);
    match kind {
        "" => return Err(place.error("has no Type")),
        "AWS::CloudFormation::Stack" | "AWS::Serverless::Application" => {
            let child = loader.child(stack, logical_id)?;
            return self::stack(loader, &child, found);
        }
        "AWS::DynamoDB::Table"
        | "AWS::SQS::Queue"
        | "AWS::SQS::QueuePolicy"
        | "AWS::KMS::Key"
        | "AWS::KMS::Alias"
        | "AWS::S3::Bucket"
        | "AWS::S3::BucketPolicy"
        | "AWS::IAM::Role"
        | "AWS::IAM::Policy"
        | "AWS::IAM::ManagedPolicy"
        | "AWS::Serverless::Function"
        | "AWS::Serverless::HttpApi"
        | "AWS::Lambda::EventSourceMapping"
        | "AWS::Scheduler::Schedule"
        | "AWS::SES::ConfigurationSet"
        | "AWS::Events::Rule" => {}
        "AWS::Serverless::Api" | "AWS::ApiGatewayV2::Route" | "AWS::Lambda::Function" => {
            return Err(place.error(format!(
                "the laptop host would miss what a resource of type {kind} does"
            )));
        }
        _ => {
            found.ignored.push(Ignored {
                stack: stack.name.clone(),
                logical_id: logical_id.to_owned(),
                kind: kind.to_owned(),
            });
            return Ok(());
        }
    }
    let properties = properties(loader, stack, kind, body, &place)?;
    let resource = Resource {
        loader,
        stack,
        logical_id,
        name: loader.name(stack, logical_id, &place)?,
        properties,
        metadata: body.get("Metadata"),
        place,
    };
    match kind {
        "AWS::DynamoDB::Table" => found.tables.push(super::data::table(&resource)?),
        "AWS::SQS::Queue" => found.queues.push(super::data::queue(&resource)?),
        "AWS::KMS::Key" => found.keys.push(super::data::key(&resource)),
        "AWS::S3::Bucket" => found.buckets.push(super::data::bucket(&resource)),
        "AWS::IAM::Role" => found.roles.push(super::roles::role(&resource)?),
        "AWS::Serverless::Function" => super::functions::collect(&resource, found)?,
        "AWS::Lambda::EventSourceMapping" => {
            let mapping = super::events::raw_mapping(&resource, found)?;
            found.mappings.push(mapping);
        }
        "AWS::Scheduler::Schedule" => {
            let schedule = super::events::raw_schedule(&resource, found)?;
            found.schedules.push(schedule);
        }
        "AWS::SES::ConfigurationSet" => found.configuration_sets.push(resource.name.clone()),
        "AWS::Events::Rule" => found.mail_rules.push(super::mail::rule(&resource)?),
        // Loose policies and aliases name other resources, which may come later in the walk.
        "AWS::IAM::Policy" | "AWS::IAM::ManagedPolicy" => {
            loader.loose_policies.borrow_mut().push((
                logical_id.to_owned(),
                resource.name.clone(),
                resource.properties.clone(),
                resource.place.clone(),
            ))
        }
        "AWS::S3::BucketPolicy" => found
            .bucket_policies
            .push(super::data::bucket_policy(&resource)?),
        "AWS::KMS::Alias" => super::data::alias(&resource)?,
        _ => {}
    }
    Ok(())
}

/// The evaluated properties; of SAM functions with the template's globals below them.
fn properties(
    loader: &Loader,
    stack: &Stack,
    kind: &str,
    body: &Value,
    place: &Place,
) -> Result<Map<String, Value>> {
    // An API's body may be a whole OpenAPI document of which the host needs nothing.
    if kind == "AWS::Serverless::HttpApi" {
        return Ok(Map::new());
    }
    let section = (kind == "AWS::Serverless::Function").then_some("Function");
    let empty = Value::Object(Map::new());
    let own = body.get("Properties").unwrap_or(&empty);
    let global = section.and_then(|section| stack.template.get("Globals")?.get(section));
    let merged = global.map_or_else(|| own.clone(), |global| merge(global, own));
    match loader.eval(stack, &merged, place)? {
        Some(Value::Object(properties)) => Ok(properties),
        _ => Err(place.error("Properties must be a map")),
    }
}
