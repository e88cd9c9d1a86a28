"""The page asks nobody but its own server, and nobody else's page reaches the control API."""

import http.client
import json
import re
import urllib.parse

import pytest

ASSETS = ["/", "/app.js", "/core.js", "/accounts.js", "/chat.js", "/bubbles.js", "/panels.js", "/style.css", "/icon.svg"]


def request(stand_in, verb, path, body=None, **headers):
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(stand_in.url).netloc, timeout=10)
    connection.request(verb, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    return response.status, dict(response.getheaders()), response.read().decode()


@pytest.mark.parametrize("path", ASSETS)
def test_an_asset_is_served_with_a_policy_that_forbids_everything_foreign(stand_in, path):
    status, headers, text = request(stand_in, "GET", path)
    assert status == 200 and text
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "unsafe" not in policy
    assert not re.search(r"(src|href)=\"(https?:)?//|url\((https?:)?//|import .*https?:", text)


def test_text_of_people_is_never_parsed_as_html(stand_in):
    for path in ASSETS:
        text = request(stand_in, "GET", path)[2]
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text), path
        assert not re.search(r"\son[a-z]+=|style=|<style|<script>", text), path


def test_the_scripts_load_only_what_is_served(stand_in):
    for path in ASSETS:
        for name in re.findall(r"from '\./([a-z]+\.js)'", request(stand_in, "GET", path)[2]):
            assert f"/{name}" in ASSETS


def test_a_foreign_page_cannot_use_the_control_api(stand_in):
    bot = json.dumps({"username": "foreign_bot"})
    as_json = {"content_type": "application/json"}
    assert request(stand_in, "POST", "/__control/bots", bot, host="evil.example", **as_json)[0] == 403
    assert request(stand_in, "POST", "/__control/bots", bot, origin="https://evil.example", **as_json)[0] == 403
    assert request(stand_in, "POST", "/__control/bots", bot, content_type="text/plain")[0] == 415
    assert request(stand_in, "GET", "/", host="evil.example")[0] == 403
    assert all(known["username"] != "foreign_bot" for known in stand_in.call("GET", "/bots")["bots"])


def test_a_wrong_control_call_names_its_mistake(stand_in):
    for verb, path, body, status in [
        ("POST", "/__control/bots", '{"username": "no"}', 400),
        ("POST", "/__control/bots", '{"user": "x_bot"}', 400),
        ("POST", "/__control/people", "{", 400),
        ("GET", "/__control/bots/unknown_bot", None, 404),
        ("GET", "/__control/nothing", None, 404),
        ("POST", "/__control/faults", '{"fault": {"kind": "earthquake"}}', 400),
        ("PATCH", "/__control/settings", '{"bot_per_second": 0}', 400),
    ]:
        answer = request(stand_in, verb, path, body, content_type="application/json")
        assert answer[0] == status and json.loads(answer[2])["message"], (path, answer)
