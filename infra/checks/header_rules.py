"""The edge sends the headers of `infra/headers.json`, which the laptop host sends too."""

import json
from fnmatch import fnmatchcase

from templates import ROOT

HEADERS = ROOT / "infra" / "headers.json"


def _sent(policy):
    """What a response headers policy sends: header -> (value, whether it replaces the function's)."""
    config = policy["ResponseHeadersPolicyConfig"]
    security = config.get("SecurityHeadersConfig", {})
    sent = {}

    def add(part, header, value):
        if part in security:
            sent[header] = (value(security[part]), security[part]["Override"])

    add("ContentSecurityPolicy", "content-security-policy", lambda p: p["ContentSecurityPolicy"])
    add("ContentTypeOptions", "x-content-type-options", lambda _: "nosniff")
    add("FrameOptions", "x-frame-options", lambda p: p["FrameOption"])
    add("ReferrerPolicy", "referrer-policy", lambda p: p["ReferrerPolicy"])
    add(
        "StrictTransportSecurity",
        "strict-transport-security",
        lambda p: f"max-age={p['AccessControlMaxAgeSec']}"
        + ("; includeSubDomains" if p.get("IncludeSubdomains") else "")
        + ("; preload" if p.get("Preload") else ""),
    )
    for item in config.get("CustomHeadersConfig", {}).get("Items", []):
        sent[item["Header"].lower()] = (item["Value"], item["Override"])
    return sent


def _wanted(file, group):
    wanted = {name: (value, True) for name, value in {**file["common"], **group["headers"]}.items()}
    for name, addition in group.get("deployed", {}).items():
        wanted[name] = (wanted[name][0] + addition, True)
    return wanted | {name: (value, False) for name, value in group["unless_set"].items()}


def response_headers(app):
    """Every path gets the headers of its group, and every group is used."""
    file = json.loads(HEADERS.read_text(encoding="utf-8"))
    policies = {logical: _sent(policy) for _, logical, policy in app.each("AWS::CloudFront::ResponseHeadersPolicy")}
    (edge,) = [properties for _, _, properties in app.each("AWS::CloudFront::Distribution")]
    config = edge["DistributionConfig"]
    problems, used = [], set()
    for behaviour in [*config.get("CacheBehaviors", []), {**config["DefaultCacheBehavior"], "PathPattern": "*"}]:
        pattern = behaviour["PathPattern"]
        sample = pattern.replace("*", "x") if pattern != "*" else "/"
        group = next(g for g in file["groups"] if any(fnmatchcase(sample, path) for path in g["paths"]))
        used.add(group["name"])
        sent, wanted = policies.get(behaviour.get("ResponseHeadersPolicyId"), {}), _wanted(file, group)
        problems += [
            f"{pattern}: {name} is {sent.get(name)}, and {wanted.get(name)} in headers.json"
            for name in sorted(sent.keys() | wanted.keys())
            if sent.get(name) != wanted.get(name)
        ]
    return problems + [f"{group['name']}: no path of the edge" for group in file["groups"] if group["name"] not in used]
