//! What `Ref` and `Fn::GetAtt` answer: physical names, ids and ARNs.
//!
//! Names follow from stack and logical id alone, without a random part, so that a restart finds the same resources
//! and so that nothing has to exist before its name can be used.

use serde_json::Value;

use super::error::{Place, TemplateError};
use super::stack::{Loader, Stack};

type Result<T> = std::result::Result<T, TemplateError>;

impl Loader {
    /// What `Ref` answers: a parameter's value, a pseudo parameter, or a resource's physical id.
    pub(super) fn reference(&self, stack: &Stack, target: &str, place: &Place) -> Result<Value> {
        if let Some(value) = stack.parameters.get(target) {
            return Ok(value.clone());
        }
        let inputs = &self.inputs;
        let text = match target {
            "AWS::Region" => inputs.region.clone(),
            "AWS::AccountId" => inputs.account.clone(),
            "AWS::Partition" => "aws".into(),
            "AWS::URLSuffix" => "amazonaws.com".into(),
            "AWS::StackName" => stack.name.clone(),
            "AWS::StackId" => self.arn("cloudformation", &format!("stack/{}", stack.name)),
            "ServerlessHttpApi" => format!("{}-ServerlessHttpApi", stack.name),
            _ => self.physical_id(stack, target, place)?,
        };
        Ok(Value::String(text))
    }

    fn physical_id(&self, stack: &Stack, target: &str, place: &Place) -> Result<String> {
        if let Some((function, suffix)) = target.split_once('.') {
            // SAM's own: `!Ref Function.Version` and `!Ref Function.Alias`.
            if stack.kind(function) == "AWS::Serverless::Function"
                && matches!(suffix, "Version" | "Alias")
            {
                return Ok(format!(
                    "{}:live",
                    self.function_arn(&self.name(stack, function, place)?)
                ));
            }
        }
        self.existing(stack, target, place)?;
        let name = self.name(stack, target, place)?;
        Ok(match stack.kind(target) {
            "AWS::SQS::Queue" => self.queue_url(&name),
            "AWS::KMS::Key" => key_id(&name),
            "AWS::IAM::ManagedPolicy" => {
                format!("arn:aws:iam::{}:policy/{name}", self.inputs.account)
            }
            "AWS::SNS::Topic" => self.arn("sns", &name),
            "AWS::CloudFormation::Stack" | "AWS::Serverless::Application" => {
                self.arn("cloudformation", &format!("stack/{name}"))
            }
            _ => name,
        })
    }

    /// What `Fn::GetAtt` answers.
    pub(super) fn attribute(
        &self,
        stack: &Stack,
        target: &str,
        attribute: &str,
        place: &Place,
    ) -> Result<Value> {
        if matches!(
            stack.kind(target),
            "AWS::CloudFormation::Stack" | "AWS::Serverless::Application"
        ) {
            let output = attribute.strip_prefix("Outputs.").ok_or_else(|| {
                place.error(format!("a nested stack has no attribute {attribute}"))
            })?;
            self.existing(stack, target, place)?;
            let child = self.child(stack, target)?;
            return self.output(&child, output)?.ok_or_else(|| {
                place.error(format!("{} has no output {output}", child.file.display()))
            });
        }
        if let Some(function) = target.strip_suffix("Role")
            && stack.resource(target).is_none()
            && stack.kind(function) == "AWS::Serverless::Function"
            && attribute == "Arn"
        {
            return Ok(Value::String(
                self.role_arn(&format!("{}-{target}", stack.name)),
            ));
        }
        self.existing(stack, target, place)?;
        let name = self.name(stack, target, place)?;
        let kind = stack.kind(target);
        let text = match (kind, attribute) {
            ("AWS::DynamoDB::Table", "Arn") => self.arn("dynamodb", &format!("table/{name}")),
            ("AWS::DynamoDB::Table", "StreamArn") => {
                self.arn("dynamodb", &format!("table/{name}/stream/1"))
            }
            ("AWS::SQS::Queue", "Arn") => self.arn("sqs", &name),
            ("AWS::SQS::Queue", "QueueName") => name,
            ("AWS::SQS::Queue", "QueueUrl") => self.queue_url(&name),
            ("AWS::KMS::Key", "Arn") => self.arn("kms", &format!("key/{}", key_id(&name))),
            ("AWS::KMS::Key", "KeyId") => key_id(&name),
            ("AWS::S3::Bucket", "Arn") => format!("arn:aws:s3:::{name}"),
            ("AWS::S3::Bucket", "DomainName") => format!("{name}.s3.amazonaws.com"),
            ("AWS::S3::Bucket", "RegionalDomainName") => {
                format!("{name}.s3.{}.amazonaws.com", self.inputs.region)
            }
            ("AWS::IAM::Role", "Arn") => self.role_arn(&name),
            ("AWS::IAM::Role", "RoleId") => format!("AROA{:016X}", hash(&name, 0)),
            ("AWS::Serverless::Function" | "AWS::Lambda::Function", "Arn") => {
                self.function_arn(&name)
            }
            ("AWS::Serverless::HttpApi" | "AWS::ApiGatewayV2::Api", "ApiId") => name,
            ("AWS::Serverless::HttpApi" | "AWS::ApiGatewayV2::Api", "ApiEndpoint") => {
                format!(
                    "https://{name}.execute-api.{}.amazonaws.com",
                    self.inputs.region
                )
            }
            (
                "AWS::DynamoDB::Table"
                | "AWS::SQS::Queue"
                | "AWS::KMS::Key"
                | "AWS::S3::Bucket"
                | "AWS::IAM::Role"
                | "AWS::Serverless::Function"
                | "AWS::Serverless::HttpApi",
                other,
            ) => return Err(place.error(format!("{target} ({kind}) has no attribute {other}"))),
            ("AWS::Logs::LogGroup", "Arn") => self.arn("logs", &format!("log-group:{name}:*")),
            // Types that the laptop does not create: a readable stand-in, because nothing here will look it up.
            (_, "Arn") => self.arn("local", &name),
            (_, other) => format!("{name}.{}.local", other.to_lowercase()),
        };
        Ok(Value::String(text))
    }

    /// The value of an output; `None` when the template does not have it or its condition is false.
    pub(super) fn output(&self, stack: &Stack, name: &str) -> Result<Option<Value>> {
        let Some(output) = stack
            .template
            .get("Outputs")
            .and_then(|outputs| outputs.get(name))
        else {
            return Ok(None);
        };
        let place = Place::new(&stack.file, "Outputs").child(name);
        if let Some(condition) = output.get("Condition").and_then(Value::as_str)
            && !self.named_condition(stack, condition, &place)?
        {
            return Ok(None);
        }
        let value = output
            .get("Value")
            .ok_or_else(|| place.error("has no Value"))?;
        self.guarded(&format!("{}/output {name}", stack.name), &place, || {
            self.eval(stack, value, &place)
        })
    }

    /// The physical name: the one that the template sets, or stack and logical id.
    pub(super) fn name(&self, stack: &Stack, logical_id: &str, place: &Place) -> Result<String> {
        let kind = stack.kind(logical_id);
        let property = match kind {
            "AWS::DynamoDB::Table" => "TableName",
            "AWS::SQS::Queue" => "QueueName",
            "AWS::S3::Bucket" => "BucketName",
            "AWS::IAM::Role" => "RoleName",
            "AWS::IAM::Policy" => "PolicyName",
            "AWS::IAM::ManagedPolicy" => "ManagedPolicyName",
            "AWS::Serverless::Function" | "AWS::Lambda::Function" => "FunctionName",
            "AWS::Logs::LogGroup" => "LogGroupName",
            "AWS::KMS::Alias" => "AliasName",
            "AWS::SNS::Topic" => "TopicName",
            "AWS::CloudWatch::Alarm" => "AlarmName",
            "AWS::SES::ConfigurationSet" | "AWS::Events::Rule" => "Name",
            _ => "",
        };
        let properties = stack.resource(logical_id).and_then(|r| r.get("Properties"));
        if let Some(value) = properties.and_then(|p| p.get(property)) {
            let place = stack.place(logical_id).child(property);
            return self.guarded(
                &format!("{}/{logical_id}.{property}", stack.name),
                &place,
                || self.text(stack, value, &place),
            );
        }
        let name = format!("{}-{logical_id}", stack.name);
        Ok(match kind {
            "AWS::SQS::Queue" if properties.is_some_and(|p| is_true(p.get("FifoQueue"))) => {
                format!("{name}.fifo")
            }
            "AWS::S3::Bucket" => name.to_lowercase(),
            _ if kind.is_empty() => {
                return Err(place.error(format!("there is no resource {logical_id}")));
            }
            _ => name,
        })
    }

    fn existing(&self, stack: &Stack, target: &str, place: &Place) -> Result<()> {
        let resource = stack.resource(target).ok_or_else(|| {
            place.error(format!(
                "refers to {target}, which is neither a parameter nor a resource"
            ))
        })?;
        match resource.get("Condition").and_then(Value::as_str) {
            Some(condition) if !self.named_condition(stack, condition, place)? => Err(place.error(
                format!("refers to {target}, which condition {condition} switches off"),
            )),
            _ => Ok(()),
        }
    }

    pub(super) fn arn(&self, service: &str, rest: &str) -> String {
        format!(
            "arn:aws:{service}:{}:{}:{rest}",
            self.inputs.region, self.inputs.account
        )
    }

    pub(super) fn function_arn(&self, name: &str) -> String {
        self.arn("lambda", &format!("function:{name}"))
    }

    pub(super) fn role_arn(&self, name: &str) -> String {
        format!("arn:aws:iam::{}:role/{name}", self.inputs.account)
    }

    pub(super) fn queue_url(&self, name: &str) -> String {
        format!(
            "{}/{}/{name}",
            self.inputs.queue_origin, self.inputs.account
        )
    }
}

/// A UUID that follows from the key's name, so that sealed data opens after a restart.
pub(super) fn key_id(name: &str) -> String {
    let (high, low) = (hash(name, 1), hash(name, 2));
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff
    )
}

/// FNV-1a with a seed: ids must stay the same across restarts and compilers, which std's hasher does not promise.
fn hash(text: &str, seed: u8) -> u64 {
    text.bytes()
        .chain([seed])
        .fold(0xcbf2_9ce4_8422_2325, |state, byte| {
            (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

/// CloudFormation's true: a boolean or its text.
pub(super) fn is_true(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(flag)) => *flag,
        Some(Value::String(text)) => text == "true",
        _ => false,
    }
}
