//! What a template says, with every reference concrete.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

/// Everything the laptop host needs from the templates.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Deployment {
    /// DynamoDB tables.
    pub tables: Vec<Table>,
    /// SQS queues.
    pub queues: Vec<Queue>,
    /// KMS keys.
    pub keys: Vec<Key>,
    /// S3 buckets.
    pub buckets: Vec<Bucket>,
    /// Policies of buckets.
    pub bucket_policies: Vec<BucketPolicy>,
    /// Roles with all their policies.
    pub roles: Vec<Role>,
    /// Lambda functions.
    pub functions: Vec<Function>,
    /// Routes of all HTTP APIs, joined as the distribution joins them.
    pub routes: Vec<HttpRoute>,
    /// SQS event source mappings.
    pub mappings: Vec<QueueMapping>,
    /// Schedules.
    pub schedules: Vec<Schedule>,
    /// Names of SES configuration sets.
    pub configuration_sets: Vec<String>,
    /// EventBridge rules that pass events of SES to a queue.
    pub mail_rules: Vec<MailRule>,
    /// Resources that the laptop does not need.
    pub ignored: Vec<Ignored>,
    /// Outputs of the root stack.
    pub outputs: BTreeMap<String, String>,
    /// All template files read, root first.
    pub files: Vec<std::path::PathBuf>,
}

impl Deployment {
    /// The function with this ARN; a version or alias suffix is ignored.
    #[must_use]
    pub fn function_by_arn(&self, arn: &str) -> Option<&Function> {
        self.functions.iter().find(|f| {
            arn.strip_prefix(f.arn.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        })
    }

    /// The names of all binaries that functions run, sorted, each once.
    #[must_use]
    pub fn binaries(&self) -> Vec<String> {
        let mut names: Vec<_> = self.functions.iter().map(|f| f.binary.clone()).collect();
        names.sort();
        names.dedup();
        names
    }
}

/// A DynamoDB table.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// Logical id in its template.
    pub logical_id: String,
    /// Table name.
    pub name: String,
    /// Table ARN.
    pub arn: String,
    /// The resource's properties with every reference resolved and the name filled in.
    pub properties: Value,
    /// Attribute that holds the expiry time in epoch seconds, when expiry is on.
    pub ttl_attribute: Option<String>,
}

/// An SQS queue.
#[derive(Debug, Clone, Serialize)]
pub struct Queue {
    /// Logical id in its template.
    pub logical_id: String,
    /// Queue name, with `.fifo` for FIFO queues.
    pub name: String,
    /// Queue ARN.
    pub arn: String,
    /// Queue URL as functions see it.
    pub url: String,
    /// Attributes as CreateQueue takes them: names and text values.
    pub attributes: BTreeMap<String, String>,
}

impl Queue {
    /// Whether the queue keeps order in groups.
    #[must_use]
    pub fn is_fifo(&self) -> bool {
        self.name.ends_with(".fifo")
    }

    /// ARN of the queue that takes messages received too often.
    #[must_use]
    pub fn dead_letter_arn(&self) -> Option<String> {
        let policy: Value = serde_json::from_str(self.attributes.get("RedrivePolicy")?).ok()?;
        policy
            .get("deadLetterTargetArn")?
            .as_str()
            .map(str::to_owned)
    }
}

/// A KMS key.
#[derive(Debug, Clone, Serialize)]
pub struct Key {
    /// Logical id in its template.
    pub logical_id: String,
    /// Key id (a UUID that follows from stack and logical id, so that restarts keep it).
    pub id: String,
    /// Key ARN.
    pub arn: String,
    /// Key policy document, with references resolved.
    pub policy: Option<Value>,
    /// `KeySpec`, as the template says it.
    pub spec: Option<String>,
    /// `KeyUsage`, as the template says it.
    pub usage: Option<String>,
    /// Alias names, with the `alias/` prefix.
    pub aliases: Vec<String>,
}

/// An S3 bucket.
#[derive(Debug, Clone, Serialize)]
pub struct Bucket {
    /// Logical id in its template.
    pub logical_id: String,
    /// Bucket name.
    pub name: String,
    /// Bucket ARN.
    pub arn: String,
}

/// What a bucket itself refuses, whatever a role may do.
#[derive(Debug, Clone, Serialize)]
pub struct BucketPolicy {
    /// Bucket name.
    pub bucket: String,
    /// Policy document, with references resolved.
    pub document: Value,
}

/// A policy attached to a role.
#[derive(Debug, Clone, Serialize)]
pub struct NamedPolicy {
    /// Policy name.
    pub name: String,
    /// Policy document, with references resolved.
    pub document: Value,
}

/// An IAM role.
#[derive(Debug, Clone, Serialize)]
pub struct Role {
    /// Logical id in its template.
    pub logical_id: String,
    /// Role name.
    pub name: String,
    /// Role ARN.
    pub arn: String,
    /// Who may assume the role.
    pub trust: Value,
    /// Inline policies, those of AWS::IAM::Policy and AWS::IAM::ManagedPolicy included.
    pub policies: Vec<NamedPolicy>,
    /// ARNs of AWS-managed policies.
    pub managed_policy_arns: Vec<String>,
}

/// A Lambda function.
#[derive(Debug, Clone, Serialize)]
pub struct Function {
    /// Logical id in its template.
    pub logical_id: String,
    /// Name of the stack it stands in.
    pub stack: String,
    /// Function name.
    pub name: String,
    /// Function ARN without version.
    pub arn: String,
    /// `Handler` as written; the runtime passes it as `_HANDLER`.
    pub handler: String,
    /// Name of the binary that holds the handler.
    pub binary: String,
    /// Environment of the template.
    pub environment: BTreeMap<String, String>,
    /// Memory size in MB.
    pub memory_mb: u32,
    /// Time-out of one invocation in seconds.
    pub timeout_seconds: u32,
    /// ARN of the role it runs as.
    pub role_arn: String,
    /// Whether the template asks for Lambda's JSON log format.
    pub json_logs: bool,
    /// Reserved concurrency, when the template sets one.
    pub reserved_concurrency: Option<u32>,
}

/// A route of an HTTP API.
#[derive(Debug, Clone, Serialize)]
pub struct HttpRoute {
    /// Upper-case method, or `ANY`.
    pub method: String,
    /// Path with `{name}` and `{name+}` parts, or `$default`.
    pub path: String,
    /// Name of the function behind it.
    pub function: String,
    /// Physical id of the API.
    pub api_id: String,
    /// Time-out of the integration in milliseconds, at most 30,000.
    pub timeout_ms: u64,
}

/// An SQS event source mapping.
#[derive(Debug, Clone, Serialize)]
pub struct QueueMapping {
    /// Logical id: function's logical id followed by the event's name.
    pub id: String,
    /// Name of the function that is called.
    pub function: String,
    /// ARN of the queue.
    pub queue_arn: String,
    /// Most messages in one call.
    pub batch_size: u32,
    /// Longest time in seconds to gather a batch; 0 calls at once. Only standard queues have one.
    pub window_seconds: u32,
    /// Whether the function answers which messages failed.
    pub partial_failures: bool,
    /// Most calls at one time.
    pub maximum_concurrency: Option<u32>,
    /// Whether the mapping polls from the start.
    pub enabled: bool,
}

/// A schedule that calls a function.
#[derive(Debug, Clone, Serialize)]
pub struct Schedule {
    /// Logical id: function's logical id followed by the event's name.
    pub id: String,
    /// Name of the function that is called.
    pub function: String,
    /// `rate(...)`, `cron(...)` or `at(...)`.
    pub expression: String,
    /// Input that the function gets; without it an EventBridge-like event.
    pub input: Option<String>,
    /// ARN of the queue that takes events which could not be delivered.
    pub dead_letter_arn: Option<String>,
    /// Retries after a failed delivery.
    pub retries: u32,
    /// Whether the schedule runs.
    pub enabled: bool,
}

/// An EventBridge rule for events of SES.
#[derive(Debug, Clone, Serialize)]
pub struct MailRule {
    /// Logical id.
    pub id: String,
    /// Configuration sets whose events it takes.
    pub configuration_sets: Vec<String>,
    /// `detail-type`s that it takes.
    pub detail_types: Vec<String>,
    /// ARN of the queue that gets them.
    pub queue_arn: String,
}

/// A resource that the laptop host does not create.
#[derive(Debug, Clone, Serialize)]
pub struct Ignored {
    /// Name of the stack.
    pub stack: String,
    /// Logical id.
    pub logical_id: String,
    /// Resource type.
    pub kind: String,
}
