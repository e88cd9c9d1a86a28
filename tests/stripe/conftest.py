"""Starts the Stripe stand-in for each test, and drives it through the official library."""

import contextlib
import http.server
import json
import os
import pathlib
import subprocess
import threading
import urllib.error
import urllib.request

import pytest
import stripe

ROOT = pathlib.Path(__file__).resolve().parents[2]
KEY = "sk_test_of_nobody"


class Refused(Exception):
    def __init__(self, status, message):
        super().__init__(f"{status} {message}")
        self.status = status


class StandIn:
    """The control API, spoken with nothing but the standard library."""

    def __init__(self, url):
        self.url = url

    def call(self, verb, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json"} if data is not None else {}
        request = urllib.request.Request(f"{self.url}/__control{path}", data, headers, method=verb)
        try:
            with urllib.request.urlopen(request, timeout=70) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise Refused(error.code, error.read().decode()) from None

    def settings(self, **changes):
        return self.call("PATCH", "/settings", changes)

    def fault(self, kind, path=None, count=1, **fields):
        return self.call("POST", "/faults", {"path": path, "count": count, "fault": {"kind": kind, **fields}})

    def passes(self, **time):
        """Moves the clock and waits until everything that this caused was delivered."""
        hours = time.get("days", 0) * 24 + time.get("hours", 0)
        self.call("POST", "/clock", {"advance_s": hours * 3600})
        return self.call("POST", "/settle")

    def reaches(self, moment):
        """Moves the clock to a moment."""
        now = self.call("GET", "/state")["now"]
        self.call("POST", "/clock", {"advance_s": moment - now})
        return self.call("POST", "/settle")

    def client(self, key=KEY, retries=0, version=None):
        return stripe.StripeClient(
            key, base_addresses={"api": self.url}, max_network_retries=retries, stripe_version=version
        )


@pytest.fixture(scope="session")
def binary():
    build = [ROOT / "tests" / "cargo", "host", "build", "--quiet", "--bin", "stripe-stand-in"]
    subprocess.run(build, check=True)
    return pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug" / "stripe-stand-in"


@pytest.fixture(scope="session")
def examples():
    """Where the examples of `shared/stripe` are: our own side of these tests."""
    given = os.environ.get("STRIPE_EXAMPLES")
    if given:
        return pathlib.Path(given)
    names = ["--example", "signature", "--example", "lifecycle"]
    subprocess.run([ROOT / "tests" / "cargo", "product", "build", "--quiet", "-p", "stripe", *names], check=True)
    return pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug" / "examples"


@pytest.fixture
def stand_in(binary):
    process = subprocess.Popen([binary], stdout=subprocess.PIPE, text=True)
    try:
        yield StandIn(json.loads(process.stdout.readline())["url"])
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def client(stand_in):
    return stand_in.client()


class Shop:
    """Two prices and a customer, made by the library."""

    def __init__(self, stand_in, client):
        self.stand_in, self.client = stand_in, client
        product = client.v1.products.create(params={"name": "Plan"})
        self.monthly, self.dearer = (self.price(product.id, amount) for amount in (2900, 5800))
        self.customer = client.v1.customers.create(params={"email": "creator@example.com", "name": "Shop"})

    def price(self, product, amount):
        recurring = {"interval": "month"}
        params = {"product": product, "currency": "eur", "unit_amount": amount, "recurring": recurring}
        return self.client.v1.prices.create(params=params)

    def session(self, **params):
        return self.client.v1.checkout.sessions.create(
            params={
                "mode": "subscription",
                "customer": self.customer.id,
                "client_reference_id": "tenant",
                "line_items": [{"price": self.monthly.id, "quantity": 1}],
                "success_url": "http://127.0.0.1:9/done?session={CHECKOUT_SESSION_ID}",
                "cancel_url": "http://127.0.0.1:9/back",
                **params,
            }
        )

    def buy(self, act="pay", **params):
        session = self.session(**params)
        self.stand_in.call("POST", f"/sessions/{session.id}", {"act": act})
        done = self.client.v1.checkout.sessions.retrieve(session.id, params={"expand": ["subscription"]})
        return done.subscription

    def subscription(self, subscription):
        return self.client.v1.subscriptions.retrieve(subscription.id, params={"expand": ["latest_invoice"]})


def period_end(subscription):
    return subscription["items"].data[0].current_period_end


@pytest.fixture
def shop(stand_in, client):
    return Shop(stand_in, client)


class Receiver:
    """A webhook that notes what it gets and answers what it is told."""

    def __init__(self, url):
        self.url = url
        self.posts = []
        self.statuses = []

    def types(self):
        return [json.loads(body)["type"] for body, _ in self.posts]


@contextlib.contextmanager
def receiving():
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            receiver.posts.append((body, self.headers["stripe-signature"]))
            self.send_response(receiver.statuses.pop(0) if receiver.statuses else 200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_):
            """What arrives is asserted, not printed."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(f"http://127.0.0.1:{server.server_port}/hook")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def receiver():
    with receiving() as running:
        yield running


@pytest.fixture
def endpoint(client, receiver):
    return client.v1.webhook_endpoints.create(params={"url": receiver.url, "enabled_events": ["*"]})
