"""The laptop host with one workspace in it: a connected bot, fans who wrote, answers, facts, a persona."""

import os
import re
import subprocess
import time
from pathlib import Path

import pytest
import requests

from passkey import Passkey

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
PASSWORD = "correct horse battery staple"
EMAIL = "mira@example.com"
STAFF_EMAIL = "sam@example.com"
# Longer than any wait of the product's brakes on guesses.
A_WHILE = 16 * 60


def wait_until(look, what, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.05)
    raise AssertionError(f"never came true: {what}")


class Host:
    """The product on this machine, and its control API."""

    def __init__(self, url):
        self.url = url
        self.http = requests.Session()
        self.http.headers["x-sofi-csrf"] = "1"
        self.token, self.passed = None, 0
        self.passkey, self.staff_token = None, None
        # Ids of the seeded workspace, by the name of the parameter that takes them.
        self.real = {}

    def control(self, method, path, body=None):
        answer = self.http.request(method, f"{self.url}/__local{path}", json=body, timeout=60)
        answer.raise_for_status()
        return answer.json()

    def telegram(self, method, path, body):
        base = self.control("GET", "/status")["telegram_url"]
        answer = self.http.request(method, f"{base}/__control{path}", json=body, timeout=60)
        answer.raise_for_status()
        return answer.json()

    def api(self, method, path, body=None, expect=200):
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        answer = self.http.request(method, f"{self.url}/api/v1/{path}", json=body, headers=headers, timeout=60)
        assert answer.status_code == expect, f"{method} {path}: {answer.status_code} {answer.text[:2000]}"
        return answer.json() if answer.content else None

    def advance(self, seconds=A_WHILE):
        self.control("PUT", "/clock", {"advance_seconds": seconds})
        self.passed += seconds
        self.staff_token = None

    def session(self):
        """The token of a session that lives: a new one once time has passed that could have ended it."""
        if self.token is None or self.passed:
            self.log_in()
        return self.token

    def log_in(self):
        self.token, self.passed = None, 0
        self.token = self.api("POST", "sessions", {"email": EMAIL, "password": PASSWORD}, 201)["session_token"]

    def code(self):
        texts = " ".join(mail["text"] for mail in self.control("GET", "/mail"))
        return re.findall(r"\b\d{8}\b", texts)

    def staff(self):
        """The token of a session of our staff that lives: the passkey of today opens it."""
        if self.staff_token is None:
            # A login ends the session that it comes with.
            owner, self.token = self.token, None
            question = self.api("POST", "sessions/passkey-challenges", {}, 201)
            form = {"challenge": question["challenge"], "credential": self.passkey.answer(question)}
            self.staff_token = self.api("POST", "sessions/passkeys", form, 201)["session_token"]
            self.token = owner
        return self.staff_token

    def hire(self):
        """Somebody of our staff: an account with a passkey, appointed by an operator."""
        self.register(STAFF_EMAIL, "Sam Porter")
        self.token = self.api("POST", "sessions", {"email": STAFF_EMAIL, "password": PASSWORD}, 201)["session_token"]
        question = self.api("POST", "me/passkeys/challenges", {}, 201)
        self.passkey = Passkey(self.url.rsplit(":", 1)[1].strip("/"))
        self.api("POST", "me/passkeys", {"challenge": question["challenge"], "credential": self.passkey.create(question), "name": "Key"}, 201)
        self.control("POST", "/functions/accounts.appoint-staff/invoke", {"email": STAFF_EMAIL, "role": "compliance"})
        self.token = None

    def register(self, email=EMAIL, name="Mira Vale"):
        documents = [self.api("GET", f"documents/{name}") for name in ("terms", "privacy", "dpa")]
        form = {
            "name": name, "email": email, "password": PASSWORD, "adult_attested": True, "workspace_name": name,
            "accepted": [{key: document[key] for key in ("document", "version", "sha256")} for document in documents],
        }
        known = set(self.code())
        registration = self.api("POST", "registrations", form, 201)["registration_id"]
        code = wait_until(lambda: set(self.code()) - known, "a mail with a code").pop()
        self.api("POST", f"registrations/{registration}/verifications", {"code": code}, 201)
        self.real["registration_id"] = registration

    def connect(self, username):
        made = self.telegram("POST", "/bots", {"username": username, "first_name": "Mira"})
        return made, self.api("POST", "bots", {"token": made["message"]}, 201)["id"]

    def fan(self, bot, name):
        person = self.telegram("POST", "/people", {"first_name": name, "language_code": "en"})["id"]
        for act in ({"act": "start"}, {"act": "text", "text": f"hello from {name}"}):
            self.telegram("POST", f"/people/{person}/acts", {"bot": bot["id"], **act})

        def listed():
            return [one for one in self.api("GET", "conversations")["conversations"] if one["name"] == name]

        return wait_until(listed, "the conversation is listed")[0]

    def buy(self):
        """A plan, so that what is done about one is done and not only refused."""
        order = {"plan": "studio", "interval": "month", "terms_accepted": True, "immediate_start_acknowledged": True}
        session = self.api("POST", "billing/checkouts", order, 201)["url"].rsplit("/", 1)[1]
        self.control("POST", f"/stripe/sessions/{session}", {"act": "pay"})
        wait_until(lambda: self.api("GET", "billing")["standing"] == "active", "the plan is paid")

    def seed(self):
        self.hire()
        self.register()
        self.log_in()
        self.buy()
        bot, bot_id = self.connect("mira_fuzz_bot")
        self.telegram_bot = bot["id"]
        _, self.spare_bot = self.connect("mira_spare_bot")
        conversation = self.fan(bot, "Robin")
        message = self.api("POST", f"conversations/{conversation['id']}/messages", {"text": "hi!"}, 201)["id"]
        fact = self.api("POST", f"fans/{conversation['fan_id']}/facts", {"text": "likes winter"}, 201)["id"]
        self.api("POST", f"bots/{bot_id}/personas", {"text": "Warm and short."}, 201)
        session = self.api("GET", "sessions")["sessions"][0]["id"]
        me = self.api("GET", "me")
        user, workspace = me["id"], me["workspaces"][0]["id"]
        guest = {"email": "uma@example.com", "role": "chatter"}
        invitation = self.api("POST", "workspace/invitations", guest, 201)["id"]
        form = {"name": "Importer", "rights": ["read_conversations"], "days": 1}
        token = self.api("POST", "workspace/tokens", form, 201)["id"]
        note = self.api("POST", f"conversations/{conversation['id']}/notes", {"text": "likes winter"}, 201)["id"]
        reply = self.api("POST", "saved-replies", {"shortcut": "hours", "text": "We open at ten."}, 201)["id"]
        self.spare_fan = self.fan(bot, "Kim")["fan_id"]
        erased = self.fan(bot, "Lou")["fan_id"]
        request = self.api("POST", "privacy/erasures", {"fan_id": erased}, 202)["id"]
        self.real |= {
            "request_id": request, "workspace_id": workspace,
            "note_id": note, "reply_id": reply, "fan_ids": [conversation["fan_id"]],
            "bot_id": bot_id, "bot": bot_id, "telegram_bot_id": str(bot["id"]),
            "conversation_id": conversation["id"], "fan_id": conversation["fan_id"],
            "message_id": message, "fact_id": fact, "session_id": session, "user_id": user,
            "telegram_message_id": conversation["last_message_id"],
            "invitation_id": invitation, "token_id": token, "version": 1, "document": "terms",
        }


@pytest.fixture(scope="session")
def host(tmp_path_factory):
    folder = tmp_path_factory.mktemp("host")
    command = [TARGET / "debug" / "local", "--port", "0", "--no-build", "--demo-ai", "--data", folder / "state"]
    with open(folder / "stdout", "w+", encoding="utf-8") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out)
        try:
            told = re.compile(r"API\s+(http://\S+)/api/v1/health")
            found = wait_until(lambda: told.search((folder / "stdout").read_text()), "the host starts")
            host = Host(found.group(1))
            host.seed()
            yield host
        finally:
            process.terminate()
            process.wait(timeout=30)
