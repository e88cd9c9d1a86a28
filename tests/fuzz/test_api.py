"""Every operation of the API document, with data that fits it and data that does not, with a session and without.

schemathesis makes the data, always the same for the same document; how much stands in `SETTINGS`.
"""

import json
import re
from collections import Counter, defaultdict

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from conftest import ROOT, wait_until

DOCUMENT = ROOT / "infra" / "api" / "openapi.json"
PATHS = json.loads(DOCUMENT.read_text(encoding="utf-8"))["paths"]
# What data that does not fit may be answered with (shared/http-kit, `Problem::status`).
REFUSALS = {400, 401, 403, 404, 409, 413, 415, 422, 429}
# Browsers write here what they like; whatever it is, it is counted and answered alike (functions/operations/src/csp.rs).
OPEN_FORM = "/api/v1/csp-report"
# For our staff only; not there for anybody else, before the form is looked at.
STAFF = {path for path in PATHS if path.startswith(("/api/v1/staff/", "/compliance/"))}
# Whoever calls these may then no longer be logged in.
ENDS_SESSIONS = {
    ("delete", "/api/v1/sessions"),
    ("delete", "/api/v1/sessions/current"),
    ("put", "/api/v1/sessions/current"),
    ("delete", "/api/v1/sessions/{session_id}"),
    ("put", "/api/v1/me/password"),
    ("post", "/api/v1/me/closing"),
}
# Whoever calls this leaves nothing that can be changed.
CLOSING = "/api/v1/workspace/closing"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
SETTINGS = settings(
    max_examples=10,
    derandomize=True,
    database=None,
    deadline=None,
    # A smaller example is worth less here than the time that finding it takes.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)

# Of each operation, how often which status came.
seen = defaultdict(Counter)


def load(boundaries):
    """The document, for data of both kinds; with or without all boundaries of every field beside what is random."""
    document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    # A made-up workspace is never there: tests/it asks for those, here more is to be reached than a 404.
    for operation in (operation for item in document["paths"].values() for operation in item.values()):
        kept = [one for one in operation.get("parameters", []) if one["name"] != "x-sofi-workspace"]
        operation["parameters"] = kept
    schema = schemathesis.openapi.from_dict(document)
    modes = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
    schema.config.generation.update(modes=modes, with_security_parameters=False)
    schema.config.phases.coverage.enabled = boundaries
    # See test_a_method_that_is_not_declared_reaches_nothing.
    schema.config.phases.coverage.unexpected_methods = set()
    schema.config.checks.negative_data_rejection.expected_statuses = [str(status) for status in sorted(REFUSALS)]
    return schema.exclude(path=OPEN_FORM)


members, strangers = load(boundaries=True), load(boundaries=False)


def declared(case):
    """The statuses that the document names for an operation."""
    return {int(status) for status in PATHS[case.operation.path][case.operation.method]["responses"] if status.isdigit()}


def fill(case, real):
    """Puts ids that exist where an id of any kind was made up, so that more is reached than a 404."""
    modes = {where.value: component.mode for where, component in case.meta.components.items()}
    for where, values in (("path", case.path_parameters), ("query", case.query), ("body", case.body)):
        if not isinstance(values, dict) or modes.get(where) == GenerationMode.NEGATIVE:
            continue
        for name in values:
            if name in real:
                values[name] = real[name]


def spare(key, host):
    """What may go instead of what the others need."""
    if key == ("post", "/api/v1/privacy/erasures"):
        return {"fan_id": host.spare_fan}
    # To a fan whose data is only kept nothing can be written.
    if key == ("put", "/api/v1/fans/{fan_id}/restriction"):
        return {"fan_id": host.spare_fan}
    return {"bot_id": host.spare_bot} if key[0] == "delete" else {}


def send(case, host, token=None):
    headers = {"x-sofi-csrf": "1"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    return case.call(base_url=host.url, headers=headers, timeout=60)


def call_closing(method, host):
    headers = {"authorization": f"Bearer {host.session()}", "x-sofi-csrf": "1"}
    return requests.request(method, host.url + CLOSING, headers=headers, timeout=60)


def close(host):
    """So that there is something to take back."""
    host.log_in()
    assert call_closing("post", host).status_code == 202


def reopen(host):
    """Until the work of it is done, which leaves nothing to take back."""
    wait_until(lambda: call_closing("delete", host).status_code == 404, "the workspace is open")


def proof_is_asked(response):
    """Dangerous acts want a person who has just logged in; the clock has gone on since."""
    return response.status_code == 403 and response.json()["code"] == "step_up_required"


def judge(case, response):
    case.validate_response(response, checks=CHECKS)
    status = response.status_code
    seen[case.operation.label][status] += 1
    assert status in declared(case), f"{case.method} {case.path}: {status} is not documented"


@members.parametrize()
@SETTINGS
def test_an_operation_with_a_session(case, host):
    key = (case.operation.method, case.operation.path)
    fill(case, {**host.real, **spare(key, host)})
    if key == ("delete", CLOSING):
        close(host)
    session = host.staff if case.operation.path in STAFF else host.session
    response = send(case, host, session())
    if response.status_code == 429:
        # The brake is the last thing to be met, not the first.
        host.advance()
        response = send(case, host, session())
    if proof_is_asked(response):
        host.log_in()
        host.staff_token = None
        response = send(case, host, session())
    if key in ENDS_SESSIONS:
        host.token = None
    if case.operation.path == CLOSING:
        reopen(host)
    assert response.status_code != 401, "the session lives"
    judge(case, response)


@strangers.parametrize()
@settings(SETTINGS, max_examples=3)
def test_an_operation_without_a_session(case, host):
    fill(case, host.real)
    response = send(case, host)
    judge(case, response)
    if case.operation.definition.raw.get("security"):
        # What is too large is not read at all.
        assert response.status_code in {401, 413}, f"{case.method} {case.path}: {response.status_code}"


WITH_BODIES = [(method, path) for path, item in PATHS.items() for method, operation in item.items() if "requestBody" in operation and path not in {OPEN_FORM, *STAFF}]


@pytest.mark.parametrize(("method", "path"), WITH_BODIES)
def test_a_field_that_is_not_declared_is_refused(method, path, host):
    url = host.url + path.format_map({**host.real, **{"business_account_id": "bac_" + "0" * 26, "parked_id": "x", "passkey_id": "pky_" + "0" * 26}})

    def asked():
        headers = {"authorization": f"Bearer {host.session()}", "x-sofi-csrf": "1"}
        return requests.request(method, url, json={"undeclared": 1}, headers=headers, timeout=60)

    answer = asked()
    if proof_is_asked(answer):
        host.log_in()
        answer = asked()
    assert answer.status_code == 400, answer.text
    assert {"field": "undeclared", "code": "unknown_field"}.items() <= answer.json()["field_errors"][0].items()


@pytest.mark.parametrize("path", PATHS)
def test_a_method_that_is_not_declared_reaches_nothing(path, host):
    """schemathesis wants 405 here. The gateway knows routes, not paths, and answers 404 to what is none of them; no
    function of ours is asked."""
    headers = {"authorization": f"Bearer {host.session()}", "x-sofi-csrf": "1"}
    asked = re.sub(r"{\w+}", "x", path)
    patterns = {known: re.sub(r"{\w+}", "[^/]+", known) for known in PATHS}
    there = {method for known, pattern in patterns.items() if re.fullmatch(pattern, asked) for method in PATHS[known]}
    for method in {"get", "post", "put", "patch", "delete", "head", "options", "trace"} - there:
        answer = requests.request(method, host.url + asked, headers=headers, timeout=60)
        assert answer.status_code == 404, f"{method} {path}"
        assert method == "head" or answer.json() == {"message": "Not Found"}


MALFORMED = [
    b"", b"\x00", b"\xff\xfe", b"null", b"[]", b"{", b"{}", b'"text"', b"1e999", b'{"csp-report": []}', b'{"csp-report": {"effective-directive": 7}}',
    b'{"update_id": "x"}', b'{"update_id": 99999999999999999999}', b'{"update_id": 1, "message": []}', b'{"update_id": 1, "message": {"message_id": {}}}',
    b'{"update_id": 1, "message": {"message_id": 1, "date": -1, "chat": {"id": 1e400}}}', b"[" * 4000, b'{"a":' * 2000 + b"1" + b"}" * 2000, "\ud800".encode("utf-8", "surrogatepass"),
]
TYPES = ["application/json", "application/csp-report", "application/reports+json", "text/plain", ""]


@pytest.mark.parametrize("known", [True, False])
def test_a_webhook_without_its_secret_answers_401_whatever_is_sent(known, host):
    """Telegram writes here."""
    url = host.telegram("GET", f"/bots/{host.telegram_bot}", None)["webhook"]["url"]
    url = url if known else url[:-26] + "0" * 26
    for body in MALFORMED:
        for headers in ({}, {"x-telegram-bot-api-secret-token": "wrong"}):
            answer = requests.post(url, data=body, headers={"content-type": "application/json", **headers}, timeout=60)
            assert answer.status_code == 401, f"{body[:40]}: {answer.status_code} {answer.text[:500]}"


def test_a_webhook_with_its_secret_takes_whatever_is_sent(host):
    """The stand-in repeats what is answered with an error, so that nothing waits only if everything was taken."""
    for body in MALFORMED:
        text = body.decode("utf-8", "replace")
        host.telegram("POST", f"/bots/{host.telegram_bot}/updates", {"text": text})
    wait_until(lambda: host.telegram("GET", "/pending", None)["pending"] == 0, "everything is taken")


def test_a_report_of_a_browser_is_taken_whatever_it_says(host):
    for body in MALFORMED:
        for content_type in TYPES:
            headers = {"content-type": content_type}
            answer = requests.post(host.url + OPEN_FORM, data=body, headers=headers, timeout=60)
            assert answer.status_code == 204, f"{content_type} {body[:40]}: {answer.status_code} {answer.text[:500]}"


def test_operations_were_carried_out_and_not_only_refused():
    """Runs last: a document all of whose operations are refused says little about their answers."""
    everything = {f"{method.upper()} {path}" for path, item in PATHS.items() for method in item if path != OPEN_FORM}
    if set(seen) != everything:
        pytest.skip("only some operations were tried")
    print({label: dict(statuses) for label, statuses in sorted(seen.items())})
    refused = {label for label, statuses in seen.items() if min(statuses) >= 300}
    assert len(refused) < len(everything) / 2, sorted(refused)
