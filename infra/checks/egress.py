"""Hosts that the product's code names, and the published list of those who receive data: the same set."""

import json
import re
from fnmatch import fnmatchcase

from templates import ROOT

LIST = max((ROOT / "shared" / "domain" / "documents").glob("*/subprocessors.json"))
#: AWS is reached through its SDK, which makes the address from service and region.
AWS_SDK, AWS_HOST = "aws-sdk-", "dynamodb.eu-central-1.amazonaws.com"
#: Addresses that are told to people and never called.
TOLD = {
    "docs.stripe.com": "where Stripe says which standard for cards it meets",
    "findahelpline.com": "where a fan in distress finds help",
    "stripe.com": "Stripe's own privacy policy",
    "t.me": "the link with which a member opens a bot in their Telegram",
}


def listed(text=None):
    """Host patterns of the list."""
    entries = json.loads(text or LIST.read_text(encoding="utf-8"))["subprocessors"]
    return {host for entry in entries for host in entry["hosts"]}


def sources():
    """Code that runs in functions, by path; tests are left out."""
    files = [path for folder in ("functions", "shared") for path in (ROOT / folder).glob("*/src/**/*.rs")]
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in files
        if not re.search(r"(^|[/_])tests?(\.rs|/)", str(path.relative_to(ROOT)))
    }


def named(files):
    """Host -> a file whose code names it in an address."""
    found = {}
    for path, text in files.items():
        code = re.split(r"#\[cfg\(test\)\]\n(?:pub\(crate\) )?mod tests \{", text)[0]
        code = re.sub(r"(?m)^\s*//.*$", "", code)
        for host in re.findall(r"\b(?:https?|wss?)://([A-Za-z0-9][A-Za-z0-9.-]*\.[a-z]{2,})", code):
            found.setdefault(host, path)
    return found


def problems(files, manifests, hosts):
    """A host that nobody listed, and a listed one that nothing calls."""
    called = {host: path for host, path in named(files).items() if host not in TOLD}
    if any(AWS_SDK in text for text in manifests.values()):
        called[AWS_HOST] = "the AWS SDK"
    unlisted = [
        f"{path} names {host}, which is on no list of sub-processors"
        for host, path in called.items()
        if not any(fnmatchcase(host, pattern) for pattern in hosts)
    ]
    return unlisted + [
        f"{pattern} is on the list, and nothing calls it"
        for pattern in sorted(hosts)
        if not any(fnmatchcase(host, pattern) for host in called)
    ]


def manifests():
    """Manifests of the product's crates, by path."""
    files = [path for folder in ("functions", "shared") for path in (ROOT / folder).glob("*/Cargo.toml")]
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in files}
