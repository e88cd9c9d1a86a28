//! Small templates, one question each.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;

use super::{Deployment, Inputs, TemplateError, read};

/// A folder of template files that goes when the test ends.
struct Files(PathBuf);

impl Files {
    fn new(files: &[(&str, &str)]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "sofi-template-{}-{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        let folder = std::env::temp_dir().join(name);
        for (path, text) in files {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().expect("joined")).expect("temporary folder");
            std::fs::write(path, text).expect("temporary file");
        }
        Self(folder)
    }

    fn read(&self) -> Result<Deployment, TemplateError> {
        read(&self.0.join("template.yaml"), &Inputs::default())
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn one(text: &str) -> Result<Deployment, TemplateError> {
    Files::new(&[("template.yaml", text)]).read()
}

const ROLE: &str = "
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: []}
";

#[test]
fn a_nested_stacks_outputs_reach_a_sibling_through_the_root() {
    let files = Files::new(&[
        (
            "template.yaml",
            "
Parameters: {Stage: {Type: String, Default: dev}}
Resources:
  Data:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: infra/data.yaml, Parameters: {Prefix: !Sub 'sofi-${Stage}'}}
  Fans:
    Type: AWS::Serverless::Application
    Properties:
      Location: infra/fans.yaml
      Parameters: {Table: !GetAtt Data.Outputs.TableName, TableArn: !GetAtt Data.Outputs.TableArn}
Outputs: {Table: {Value: !GetAtt Data.Outputs.TableName}}
",
        ),
        (
            "infra/data.yaml",
            "
Parameters: {Prefix: {Type: String}}
Resources:
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: !Sub '${Prefix}-tenant'
      KeySchema: [{AttributeName: pk, KeyType: HASH}]
      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
      BillingMode: PAY_PER_REQUEST
      TimeToLiveSpecification: {AttributeName: expires_at, Enabled: true}
Outputs:
  TableName: {Value: !Ref Table}
  TableArn: {Value: !GetAtt Table.Arn}
",
        ),
        (
            "infra/fans.yaml",
            "
Parameters: {Table: {Type: String}, TableArn: {Type: String}}
Globals: {Function: {Timeout: 10, MemorySize: 256, Environment: {Variables: {STAGE: dev}}}}
Resources:
  Api: {Type: AWS::Serverless::HttpApi}
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: fans-get
      AssumeRolePolicyDocument: {Statement: []}
      Policies:
        - PolicyName: table
          PolicyDocument:
            Statement:
              - {Effect: Allow, Action: dynamodb:GetItem, Resource: !Ref TableArn, Condition: {'Null': {a: 'false'}}}
  FansGetFunction:
    Type: AWS::Serverless::Function
    Metadata: {BuildMethod: rust-cargolambda, BuildProperties: {Binary: fans}}
    Properties:
      Handler: fans.get
      Role: !GetAtt Role.Arn
      MemorySize: 512
      Environment: {Variables: {TENANT_TABLE: !Ref Table}}
      Events:
        Get: {Type: HttpApi, Properties: {ApiId: !Ref Api, Method: get, Path: '/api/v1/fans/{fan_id}'}}
  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: Errors}}
",
        ),
    ]);
    let found = files.read().expect("resolves");
    assert_eq!(found.tables[0].name, "sofi-dev-tenant");
    assert_eq!(found.tables[0].ttl_attribute.as_deref(), Some("expires_at"));
    assert_eq!(found.outputs["Table"], "sofi-dev-tenant");
    let function = &found.functions[0];
    assert_eq!(
        (function.binary.as_str(), function.handler.as_str()),
        ("fans", "fans.get")
    );
    assert_eq!((function.memory_mb, function.timeout_seconds), (512, 10));
    assert_eq!(function.environment["TENANT_TABLE"], "sofi-dev-tenant");
    assert_eq!(function.environment["STAGE"], "dev");
    assert_eq!(function.role_arn, "arn:aws:iam::000000000000:role/fans-get");
    assert_eq!(
        found.roles[0].policies[0].document["Statement"][0]["Resource"],
        json!("arn:aws:dynamodb:eu-central-1:000000000000:table/sofi-dev-tenant")
    );
    assert_eq!(
        (
            found.routes[0].method.as_str(),
            found.routes[0].path.as_str()
        ),
        ("GET", "/api/v1/fans/{fan_id}")
    );
    assert_eq!(found.ignored[0].kind, "AWS::CloudWatch::Alarm");
    assert_eq!(found.files.len(), 3);
}

#[test]
fn an_unresolvable_reference_names_file_resource_and_property() {
    let error = one("
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Nowhere.Arn, maxReceiveCount: 5}
")
    .expect_err("refers to nothing");
    let text = error.to_string();
    assert!(
        text.contains("template.yaml: Queue: RedrivePolicy.deadLetterTargetArn:"),
        "{text}"
    );
    assert!(text.contains("Nowhere"), "{text}");
}

#[test]
fn functions_conditions_and_mappings_resolve() {
    let found = one("
Parameters:
  Stage: {Type: String, Default: dev}
  Names: {Type: CommaDelimitedList, Default: 'a, b'}
Mappings: {Sizes: {dev: {Days: 1}, prod: {Days: 14}}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsOther: !And [!Not [!Condition IsProd], !Or [!Condition IsProd, !Equals [x, x]]]
Resources:
  OnlyProd: {Type: AWS::S3::Bucket, Condition: IsProd}
  Queue:
    Type: AWS::SQS::Queue
    Condition: IsOther
    Properties:
      QueueName: !Join ['-', [!Select [1, !Ref Names], !Select [0, !Split ['/', 'x/y']]]]
      VisibilityTimeout: !If [IsProd, 360, 60]
      DelaySeconds: !If [IsProd, 5, !Ref AWS::NoValue]
      MessageRetentionPeriod: !FindInMap [Sizes, !Ref Stage, Days]
Outputs:
  Escaped: {Value: !Sub ['${A}:${!aws:PrincipalTag/tenant}:${AWS::Region}', {A: !GetAtt Queue.QueueName}]}
")
    .expect("resolves");
    assert!(found.buckets.is_empty());
    let queue = &found.queues[0];
    assert_eq!(queue.name, "b-x");
    assert_eq!(queue.url, "http://127.0.0.1:4566/000000000000/b-x");
    assert_eq!(queue.attributes["VisibilityTimeout"], "60");
    assert_eq!(queue.attributes["MessageRetentionPeriod"], "1");
    assert!(!queue.attributes.contains_key("DelaySeconds"));
    assert_eq!(
        found.outputs["Escaped"],
        "b-x:${aws:PrincipalTag/tenant}:eu-central-1"
    );
}

#[test]
fn a_batching_window_on_a_fifo_source_is_refused() {
    let error = one(&format!(
        "
Resources:
  {ROLE}
  Queue: {{Type: AWS::SQS::Queue, Properties: {{FifoQueue: true}}}}
  F:
    Type: AWS::Serverless::Function
    Properties:
      Handler: workers.inbound
      Role: !GetAtt Role.Arn
      Events:
        In: {{Type: SQS, Properties: {{Queue: !GetAtt Queue.Arn, MaximumBatchingWindowInSeconds: 1}}}}
"
    ))
    .expect_err("AWS refuses it");
    assert!(
        error
            .to_string()
            .contains("F: Events.In.Properties.MaximumBatchingWindowInSeconds"),
        "{error}"
    );
}

#[test]
fn a_source_and_a_schedule_are_read_with_their_settings() {
    let found = one(&format!(
        "
Resources:
  {ROLE}
  Dlq: {{Type: AWS::SQS::Queue, Properties: {{FifoQueue: true}}}}
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      FifoQueue: true
      VisibilityTimeout: 360
      RedrivePolicy: {{deadLetterTargetArn: !GetAtt Dlq.Arn, maxReceiveCount: 5}}
  F:
    Type: AWS::Serverless::Function
    Properties:
      Handler: workers.inbound
      Timeout: 60
      Role: !GetAtt Role.Arn
      Events:
        In:
          Type: SQS
          Properties:
            Queue: !GetAtt Queue.Arn
            BatchSize: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            ScalingConfig: {{MaximumConcurrency: 4}}
        Tick: {{Type: ScheduleV2, Properties: {{ScheduleExpression: rate(1 minute)}}}}
"
    ))
    .expect("resolves");
    let mapping = &found.mappings[0];
    assert_eq!(
        (
            mapping.batch_size,
            mapping.partial_failures,
            mapping.maximum_concurrency
        ),
        (10, true, Some(4))
    );
    assert_eq!(mapping.id, "FIn");
    assert_eq!(found.schedules[0].expression, "rate(1 minute)");
    let dlq = found
        .queues
        .iter()
        .find(|queue| queue.logical_id == "Dlq")
        .expect("is there");
    let queue = found
        .queues
        .iter()
        .find(|queue| queue.logical_id == "Queue")
        .expect("is there");
    assert_eq!(queue.dead_letter_arn().as_ref(), Some(&dlq.arn));
}

#[test]
fn a_parameter_without_value_and_a_circle_are_errors() {
    let missing = one("Parameters: {A: {Type: String}}\nResources: {}").expect_err("no value");
    assert!(
        missing.to_string().contains("Parameters: A: has neither"),
        "{missing}"
    );
    let circle = one("
Resources: {}
Conditions: {A: !Condition B, B: !Condition A}
Outputs: {X: {Condition: A, Value: x}}
")
    .expect_err("circle");
    assert!(circle.to_string().contains("in a circle"), "{circle}");
}

#[test]
fn a_missing_nested_file_is_named() {
    let error = one("Resources: {Data: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: nope.yaml}}}")
        .expect_err("no file");
    assert!(
        matches!(&error, TemplateError::Read { file, .. } if file.ends_with(Path::new("nope.yaml"))),
        "{error}"
    );
}

#[test]
fn loose_policies_and_aliases_find_their_owners() {
    let found = one(&format!(
        "
Resources:
  {ROLE}
  Alias: {{Type: AWS::KMS::Alias, Properties: {{AliasName: alias/data, TargetKeyId: !Ref Key}}}}
  Key:
    Type: AWS::KMS::Key
    Properties: {{KeySpec: ECC_NIST_P256, KeyUsage: SIGN_VERIFY, KeyPolicy: {{Statement: []}}}}
  Extra:
    Type: AWS::IAM::Policy
    Properties: {{PolicyName: extra, Roles: [!Ref Role], PolicyDocument: {{Statement: []}}}}
"
    ))
    .expect("resolves");
    assert_eq!(found.roles[0].policies[0].name, "extra");
    assert_eq!(found.keys[0].aliases, ["alias/data"]);
    assert_eq!(found.keys[0].id.len(), 36);
    assert_eq!(found.keys[0].spec.as_deref(), Some("ECC_NIST_P256"));
    assert_eq!(found.keys[0].usage.as_deref(), Some("SIGN_VERIFY"));
}

#[test]
fn a_rule_for_events_of_ses_is_read_and_any_other_is_refused() {
    let rule = |source: &str, target: &str| {
        one(&format!(
            "
Resources:
  Queue: {{Type: AWS::SQS::Queue, Properties: {{QueueName: reports}}}}
  Set: {{Type: AWS::SES::ConfigurationSet, Properties: {{Name: mails}}}}
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern:
        source: [{source}]
        detail-type: [Email Bounced]
        detail: {{mail: {{tags: {{\"ses:configuration-set\": [mails]}}}}}}
      Targets: [{{Id: x, Arn: {target}}}]
"
        ))
    };
    let found = rule("aws.ses", "!GetAtt Queue.Arn").expect("a rule that the host knows");
    assert_eq!(found.configuration_sets, ["mails"]);
    assert!(found.mail_rules[0].queue_arn.ends_with(":reports"));
    assert!(rule("aws.ec2", "!GetAtt Queue.Arn").is_err());
    assert!(rule("aws.ses", "arn:aws:lambda:eu-central-1:1:function:x").is_err());
}

#[test]
fn the_products_own_templates_resolve() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../template.yaml");
    let found = read(&root, &Inputs::default()).expect("the product's templates resolve");
    assert!(
        found
            .functions
            .iter()
            .any(|function| function.handler == "operations.health")
    );
    assert!(
        found
            .routes
            .iter()
            .any(|route| route.path == "/api/v1/health" && route.method == "GET")
    );
    assert_eq!(found.tables.len(), 5);
}
