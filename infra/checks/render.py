"""Resolves the intrinsic functions of all templates for one stage, nested stacks wired, so that checks see real values.

The values are those CloudFormation would produce in an example account: a queue's `Ref` is its URL and its `Arn` an ARN,
which is how a URL in the place of an ARN becomes visible.
"""

import re

ACCOUNT = "123456789012"
REGION = "eu-central-1"
NO_VALUE = object()


class Unresolved(Exception):
    """A reference names nothing that exists, or an intrinsic function that templates here do not use."""


def _attribute(stack, logical, resource, attribute):
    kind, properties = resource["Type"], resource.get("Properties", {})

    def named(key, fallback=None):
        value = stack.value(properties.get(key, fallback or logical))
        return value

    def arn(service, rest, region=REGION, account=ACCOUNT):
        return f"arn:aws:{service}:{region}:{account}:{rest}"

    if kind == "AWS::SQS::Queue":
        name = named("QueueName")
        return {
            "Arn": lambda: arn("sqs", name),
            "Ref": lambda: f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{name}",
            "QueueName": lambda: name,
        }[attribute]()
    if kind == "AWS::DynamoDB::Table":
        return {"Arn": lambda: arn("dynamodb", f"table/{named('TableName')}"), "Ref": lambda: named("TableName")}[attribute]()
    if kind == "AWS::KMS::Key":
        return {"Arn": lambda: arn("kms", f"key/{logical}"), "Ref": lambda: logical}[attribute]()
    if kind == "AWS::IAM::Role":
        name = named("RoleName")
        return {"Arn": lambda: arn("iam", f"role/{name}", region=""), "Ref": lambda: name}[attribute]()
    if kind == "AWS::Logs::LogGroup":
        name = named("LogGroupName")
        return {"Arn": lambda: arn("logs", f"log-group:{name}:*"), "Ref": lambda: name}[attribute]()
    if kind == "AWS::S3::Bucket":
        bucket = f"{stack.prefix}-{logical.lower()}"
        return {
            "Arn": lambda: f"arn:aws:s3:::{bucket}",
            "Ref": lambda: bucket,
            "RegionalDomainName": lambda: f"{bucket}.s3.{REGION}.amazonaws.com",
        }[attribute]()
    if kind == "AWS::Serverless::Function":
        name = named("FunctionName")
        return {"Arn": lambda: arn("lambda", f"function:{name}"), "Ref": lambda: name}[attribute]()
    if kind == "AWS::Serverless::HttpApi":
        return {"Ref": lambda: f"api{stack.name.replace('-', '')}"}[attribute]()
    if kind == "AWS::SNS::Topic":
        return arn("sns", named("TopicName"))
    if kind == "AWS::Events::Rule":
        name = named("Name")
        return {"Arn": lambda: arn("events", f"rule/{name}"), "Ref": lambda: name}[attribute]()
    if kind == "AWS::SES::ConfigurationSet":
        return {"Ref": lambda: named("Name")}[attribute]()
    if kind == "AWS::CloudFront::Distribution":
        return {"Ref": lambda: "DISTRIBUTION", "DomainName": lambda: "example.cloudfront.net"}[attribute]()
    if kind == "AWS::CloudFront::Function" and attribute == "FunctionARN":
        return arn("cloudfront", f"function/{named('Name')}", region="")
    if attribute == "Ref":
        return logical
    raise Unresolved(f"{logical} ({kind}) has no attribute {attribute}")


class Stack:
    """One nested stack with its parameters known."""

    def __init__(self, name, template, parameters, app):
        self.name, self.template, self.app = name, template, app
        self.prefix = app.prefix
        declared = template.get("Parameters", {})
        for given in parameters:
            if given not in declared:
                raise Unresolved(f"{name} takes no parameter {given}")
        self.parameters = {}
        for key, parameter in declared.items():
            if key in parameters:
                self.parameters[key] = parameters[key]
            elif "Default" in parameter:
                self.parameters[key] = parameter["Default"]
            else:
                raise Unresolved(f"{name} is not given its parameter {key}")

    def resources(self, kind=None):
        """Resources that exist in this stage, as written, by logical id."""
        return {
            logical: resource
            for logical, resource in self.template.get("Resources", {}).items()
            if (kind is None or resource["Type"] == kind)
            and ("Condition" not in resource or self.condition(resource["Condition"]))
        }

    def properties(self, logical):
        """A resource's properties with everything resolved."""
        resource = self.template["Resources"][logical]
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::Serverless::Function":
            defaults = self.template.get("Globals", {}).get("Function", {})
            properties = _merge(defaults, properties)
        return self.value(properties)

    def output(self, name):
        outputs = self.template.get("Outputs", {})
        if name not in outputs:
            raise Unresolved(f"{self.name} has no output {name}")
        return self.value(outputs[name]["Value"])

    def condition(self, name):
        conditions = self.template.get("Conditions", {})
        if name not in conditions:
            raise Unresolved(f"{self.name} has no condition {name}")
        return self.value(conditions[name])

    def reference(self, name):
        pseudo = {
            "AWS::AccountId": ACCOUNT,
            "AWS::Region": REGION,
            "AWS::Partition": "aws",
            "AWS::URLSuffix": "amazonaws.com",
            "AWS::StackName": self.prefix,
            "AWS::NoValue": NO_VALUE,
        }
        if name in pseudo:
            return pseudo[name]
        if name in self.parameters:
            return self.parameters[name]
        return self.attribute(name, "Ref")

    def attribute(self, logical, attribute):
        resource = self.template.get("Resources", {}).get(logical)
        if resource is None:
            raise Unresolved(f"{self.name} has no {logical}")
        if resource["Type"] == "AWS::CloudFormation::Stack":
            return self.app.nested(logical).output(attribute.removeprefix("Outputs."))
        try:
            return _attribute(self, logical, resource, attribute)
        except KeyError as missing:
            raise Unresolved(f"{logical} has no attribute {attribute}") from missing

    def value(self, node):
        if isinstance(node, list):
            return [item for item in map(self.value, node) if item is not NO_VALUE]
        if not isinstance(node, dict):
            return node
        if len(node) == 1:
            key, argument = next(iter(node.items()))
            if key == "Ref":
                return self.reference(argument)
            if key == "Condition" and isinstance(argument, str):
                return self.condition(argument)
            if key.startswith("Fn::"):
                return self._function(key[4:], argument)
        resolved = {key: self.value(item) for key, item in node.items()}
        return {key: item for key, item in resolved.items() if item is not NO_VALUE}

    def _function(self, name, argument):
        if name == "GetAtt":
            return self.attribute(argument[0], ".".join(argument[1:]))
        if name == "Sub":
            return self._sub(argument)
        if name == "If":
            return self.value(argument[1 if self.condition(argument[0]) else 2])
        values = self.value(argument)
        if name == "Equals":
            return str(values[0]) == str(values[1])
        if name == "Not":
            return not values[0]
        if name == "And":
            return all(values)
        if name == "Or":
            return any(values)
        if name == "Join":
            return values[0].join(values[1])
        if name == "Split":
            return values[1].split(values[0])
        if name == "Select":
            return values[1][int(values[0])]
        raise Unresolved(f"Fn::{name} is not used in these templates")

    def _sub(self, argument):
        text, extra = (argument, {}) if isinstance(argument, str) else (argument[0], self.value(argument[1]))

        def replace(match):
            name = match.group(1)
            if name.startswith("!"):
                return "${" + name[1:] + "}"
            if name in extra:
                return str(extra[name])
            if "." in name and "::" not in name:
                logical, attribute = name.split(".", 1)
                return str(self.attribute(logical, attribute))
            return str(self.reference(name))

        return re.sub(r"\$\{([^}]+)\}", replace, text)


class App:
    """All stacks of one stage."""

    def __init__(self, source, stage, prefix=None, only=None, **parameters):
        self.source, self.stage, self._only = source, stage, only
        self.prefix = prefix or f"sofi-{stage}"
        self.root = Stack("root", source["root"], {"Stage": stage, **parameters}, self)
        self._stacks, self._resolved = {}, {}

    def nested(self, logical):
        """The nested stack behind a logical id of the root template."""
        if logical not in self._stacks:
            properties = self.root.template["Resources"][logical]["Properties"]
            match = re.fullmatch(r"infra/stacks/([a-z-]+)\.yaml", str(properties["TemplateURL"]))
            if not match or match.group(1) not in self.source:
                raise Unresolved(f"{logical}: no template {properties['TemplateURL']}")
            name = match.group(1)
            parameters = self.root.value(properties.get("Parameters", {}))
            self._stacks[logical] = Stack(name, self.source[name], parameters, self)
        return self._stacks[logical]

    def stacks(self):
        """Every stack, root first; only those of the given names, if some were given."""
        nested = (self.nested(name) for name in self.root.resources("AWS::CloudFormation::Stack"))
        return [self.root, *(stack for stack in nested if self._only is None or stack.name in self._only)]

    def each(self, kind):
        """(stack, logical id, resolved properties) of every resource of a type. Resolved once: an app does not change."""
        if kind not in self._resolved:
            self._resolved[kind] = [
                (stack, logical, stack.properties(logical)) for stack in self.stacks() for logical in stack.resources(kind)
            ]
        return self._resolved[kind]

    def functions(self):
        return list(self.each("AWS::Serverless::Function"))

    def roles(self):
        return list(self.each("AWS::IAM::Role"))

    def queues(self):
        """Queues by ARN."""
        return {stack.attribute(logical, "Arn"): (logical, p) for stack, logical, p in self.each("AWS::SQS::Queue")}


def _merge(defaults, own):
    if isinstance(defaults, dict) and isinstance(own, dict) and not _intrinsic(defaults) and not _intrinsic(own):
        merged = dict(defaults)
        for key, item in own.items():
            merged[key] = _merge(defaults[key], item) if key in defaults else item
        return merged
    return own


def _intrinsic(node):
    return len(node) == 1 and (next(iter(node)) == "Ref" or next(iter(node)).startswith("Fn::"))
