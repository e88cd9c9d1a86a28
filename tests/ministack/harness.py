"""Deploys the translated templates to ministack, an emulator that we did not write, with the built functions.

What this changes on the way, and nothing else:
- code and nested templates are read from a bucket of the emulator, as `sam deploy` would make them;
- `TELEGRAM_API_URL` points functions at the Telegram stand-in (the emulator itself sets `AWS_ENDPOINT_URL`);
- `PublicUrl` of every stack is the front's address: one origin before all HTTP APIs, as CloudFront is on AWS;
- HTTP routes are created from the OpenAPI body that the SAM transform writes, because ministack ignores it;
- resources of `LACKS` are left out, and with the canary deployments the `UpdatePolicy` that names them.

The smoke lists all of it but the first.
"""

import io
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from contextlib import suppress
from pathlib import Path

import boto3
from botocore.config import Config
from front import Front

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "infra" / "checks"))

import templates  # noqa: E402

REGION = "eu-central-1"
BUCKET = "sofi-deployment"
STACK = "sofi-bed"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, what, seconds):
    """Polls until `condition` gives something true, and gives that."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(OSError):
            if found := condition():
                return found
        time.sleep(0.1)
    raise TimeoutError(f"{what} after {seconds} s")


class Process:
    """A child process with its output in a file; ended by its own id."""

    def __init__(self, command, log, env=None):
        self.log = Path(log)
        self._out = self.log.open("wb")
        self._child = subprocess.Popen(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=self._out,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
        )

    def alive(self):
        return self._child.poll() is None

    def stop(self):
        if self.alive():
            self._child.terminate()
            try:
                self._child.wait(10)
            except subprocess.TimeoutExpired:
                self._child.kill()
                self._child.wait()
        self._out.close()


def package(binary):
    """A function archive as SAM makes it: the binary alone, named bootstrap, executable."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        info = zipfile.ZipInfo("bootstrap", (2020, 1, 1, 0, 0, 0))
        info.external_attr = 0o100755 << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, Path(binary).read_bytes())
    return buffer.getvalue()


#: What this emulator lacks, left out of the deployment: name -> (which resources, why). The smoke lists it.
LACKS = {
    "canary deployments": lambda resource: resource["Type"].startswith("AWS::CodeDeploy::"),
    "alarms on metric math": lambda resource: resource["Type"] == "AWS::CloudWatch::Alarm" and "Metrics" in resource["Properties"],
}


class Bed:
    """ministack with everything deployed."""

    def __init__(self, folder, telegram_url, binaries):
        self.folder, self.telegram_url, self.binaries = Path(folder), telegram_url, binaries
        self.left_out, self.changed = [], []
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.front = Front(self.port)
        self.process = Process(
            [sys.executable, "-m", "ministack"],
            self.folder / "ministack.log",
            {
                "BIND_HOST": "127.0.0.1",
                "GATEWAY_PORT": str(self.port),
                "AWS_ENDPOINT_URL": self.url,
                "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",
                "LAMBDA_EXECUTOR": "local",
            },
        )

    def client(self, service):
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"}),
        )

    def _answers(self):
        if not self.process.alive():
            raise RuntimeError(f"ministack ended:\n{self.process.log.read_text()[-2000:]}")
        with urllib.request.urlopen(f"{self.url}/_ministack/health", timeout=2) as answer:
            return answer.status == 200

    def deploy(self):
        """Deploys the root template and joins its APIs; gives the one origin."""
        wait_until(self._answers, "ministack does not answer", 60)
        s3 = self.client("s3")
        s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
        for crate, binary in self.binaries.items():
            s3.put_object(Bucket=BUCKET, Key=f"{crate}.zip", Body=package(binary))
        for name, template in self._templates().items():
            s3.put_object(Bucket=BUCKET, Key=f"{name}.json", Body=json.dumps(template).encode())
        cloudformation = self.client("cloudformation")
        cloudformation.create_stack(
            StackName=STACK,
            TemplateURL=f"{self.url}/{BUCKET}/root.json",
            Parameters=[
                {"ParameterKey": "Stage", "ParameterValue": "dev"},
                {"ParameterKey": "AppOrigin", "ParameterValue": "https://app.example.com"},
            ],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
        )

        def done():
            status = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]["StackStatus"]
            if status.endswith("FAILED") or "ROLLBACK" in status:
                raise RuntimeError(f"{status}\n" + "\n".join(self.failures()))
            return status == "CREATE_COMPLETE"

        wait_until(done, "the stack is not complete", 180)
        self._routes()
        return self.front.url

    def failures(self):
        """Why resources of any stack failed."""
        cloudformation, found = self.client("cloudformation"), []
        for stack in cloudformation.describe_stacks()["Stacks"]:
            for event in cloudformation.describe_stack_events(StackName=stack["StackId"])["StackEvents"]:
                if event["ResourceStatus"].endswith("FAILED"):
                    found.append(f"{stack['StackName']}/{event['LogicalResourceId']}: {event.get('ResourceStatusReason')}")
        return found

    def _templates(self):
        translated = templates.translated()
        for name, template in translated.items():
            for resource in template["Resources"].values():
                if resource["Type"] == "AWS::CloudFormation::Stack":
                    stem = Path(resource["Properties"]["TemplateURL"]).stem
                    resource["Properties"]["TemplateURL"] = f"{self.url}/{BUCKET}/{stem}.json"
                if resource["Type"] == "AWS::Lambda::Function":
                    properties = resource["Properties"]
                    crate = properties["Handler"].split(".")[0]
                    properties["Code"] = {"S3Bucket": BUCKET, "S3Key": f"{crate}.zip"}
                    properties["Environment"]["Variables"]["TELEGRAM_API_URL"] = self.telegram_url
                    self.changed.append(f"address of Telegram: {properties['Handler']}")
            self._adapt(name, template)
        return translated

    def _adapt(self, name, template):
        """Leaves out what the emulator lacks; Telegram calls the front."""
        for what, lacks in LACKS.items():
            for logical in [key for key, resource in template["Resources"].items() if lacks(resource)]:
                del template["Resources"][logical]
                self.left_out.append(f"{what}: {name}/{logical}")
        for logical, resource in template["Resources"].items():
            if resource.pop("UpdatePolicy", None):
                self.left_out.append(f"update policies: {name}/{logical}")
        if name == "root":
            for resource in template["Resources"].values():
                parameters = resource["Properties"].get("Parameters", {})
                if "PublicUrl" in parameters:
                    parameters["PublicUrl"] = self.front.url
                    self.changed.append(f"address of the APIs: {resource['Properties']['TemplateURL'].rsplit('/', 1)[1]}")

    def _routes(self):
        """Creates the HTTP routes from each processed template."""
        gateway, functions = self.client("apigatewayv2"), self.client("lambda")
        cloudformation = self.client("cloudformation")
        nested = {
            resource["LogicalResourceId"]: resource["PhysicalResourceId"]
            for resource in cloudformation.describe_stack_resources(StackName=STACK)["StackResources"]
        }
        for name, template in templates.translated().items():
            for resource in template["Resources"].values():
                if resource["Type"] != "AWS::ApiGatewayV2::Api":
                    continue
                stack = nested["".join(part.capitalize() for part in name.split("-"))]
                (found,) = [
                    r["PhysicalResourceId"]
                    for r in cloudformation.describe_stack_resources(StackName=stack)["StackResources"]
                    if r["ResourceType"] == "AWS::ApiGatewayV2::Api"
                ]
                api = gateway.get_api(ApiId=found)
                for path, methods in resource["Properties"]["Body"]["paths"].items():
                    for method, operation in methods.items():
                        uri = json.dumps(operation["x-amazon-apigateway-integration"]["uri"])
                        logical = re.search(r"\$\{(\w+?)(Alias\w+)?(\.Arn)?\}/invocations", uri)[1]
                        function = template["Resources"][logical]["Properties"]["FunctionName"]["Fn::Sub"]
                        arn = functions.get_function(FunctionName=function.replace("${StackPrefix}", STACK))
                        integration = gateway.create_integration(
                            ApiId=api["ApiId"],
                            IntegrationType="AWS_PROXY",
                            IntegrationMethod="POST",
                            IntegrationUri=arn["Configuration"]["FunctionArn"],
                            PayloadFormatVersion="2.0",
                        )
                        gateway.create_route(
                            ApiId=api["ApiId"],
                            RouteKey=f"{method.upper()} {path}",
                            Target=f"integrations/{integration['IntegrationId']}",
                        )
                        self.changed.append(f"route made by hand: {method.upper()} {path}")
                        self.front.add(method, path, f"{api['ApiId']}.execute-api.localhost:{self.port}")

    def stop(self):
        self.front.stop()
        self.process.stop()
