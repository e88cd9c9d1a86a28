"""Reads the deployment templates: as written, and as CloudFormation sees them after the SAM transform.

Everything works offline. The SAM transform needs each function's code in S3, so the local `CodeUri` is replaced by a
placeholder before the transform; nothing is uploaded.
"""

import copy
import json
import os
import pickle
from functools import lru_cache
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
STACKS = ROOT / "infra" / "stacks"


class Loader(yaml.SafeLoader):
    """Reads the short forms (`!Ref`, `!GetAtt`, ...) as their long ones."""


def _tag(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


def _mapping(loader, node):
    """A key written twice would silently win over the first one."""
    loader.flatten_mapping(node)
    seen = set()
    for key, _ in node.value:
        name = loader.construct_object(key)
        if name in seen:
            raise yaml.constructor.ConstructorError(None, None, f"{name} is written twice", key.start_mark)
        seen.add(name)
    return loader.construct_mapping(node, deep=True)


Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
Loader.add_multi_constructor("!", _tag)
# Dates stay text: "2012-10-17" is a version, not a day.
Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def paths():
    """The root template first, then every nested stack."""
    return [ROOT / "template.yaml", *sorted(STACKS.glob("*.yaml"))]


def name_of(path):
    """`root`, or the stack's file name."""
    return "root" if path.name == "template.yaml" else path.stem


def load(path):
    """One template as written, short forms expanded."""
    return yaml.load(Path(path).read_text(encoding="utf-8"), Loader)  # noqa: S506 (a SafeLoader)


@lru_cache(maxsize=None)
def _source():
    return {name_of(path): load(path) for path in paths()}


@lru_cache(maxsize=None)
def _pickled(name):
    return pickle.dumps(_source()[name])


def source(broken=None):
    """Every template as written, by name. Fresh copies, so that tests may break them; of all, or of those that will be broken."""
    # Faster than copying, and hundreds of tests ask.
    return {
        name: pickle.loads(_pickled(name)) if broken is None or name in broken else template  # noqa: S301 (our own bytes)
        for name, template in _source().items()
    }


def translate(template):
    """The template after the SAM transform, as plain CloudFormation."""
    os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator

    template = copy.deepcopy(template)
    for resource in template.get("Resources", {}).values():
        if resource.get("Type") == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://placeholder/function.zip"
    parameters = {
        name: parameter.get("Default", (parameter.get("AllowedValues") or ["placeholder"])[0])
        for name, parameter in template.get("Parameters", {}).items()
    }
    translator = Translator({}, Parser(), plugins=None)
    return json.loads(json.dumps(translator.translate(template, parameter_values=parameters)))


@lru_cache(maxsize=None)
def _translated():
    return {name: translate(template) for name, template in _source().items()}


@lru_cache(maxsize=None)
def _translated_pickled():
    return pickle.dumps(_translated())


def translated():
    """Every template after the transform, by name. A fresh copy."""
    return pickle.loads(_translated_pickled())  # noqa: S301 (our own bytes)
