"""Our client and webhook understand localstripe: another Stripe, written by strangers, with the shapes of version 2017-08-15.

It knows no prices, Checkout, portal or clock, so what it does not have is asked of the stand-in alone. A plan is made there and
bought by the official library; we read it, cancel it and hear of it.
"""

import json
import pathlib
import subprocess
import sys
import time
import urllib.request

import pytest
import stripe

KEY = "sk_test_of_nobody"
SECRET = "whsec_of_a_peer"
SERVER = pathlib.Path(__file__).with_name("localstripe_server.py")
GOOD, REFUSED = "4242424242424242", "4000000000000341"


@pytest.fixture
def peer():
    process = subprocess.Popen([sys.executable, SERVER], stdout=subprocess.PIPE, text=True)
    try:
        yield json.loads(process.stdout.readline())["url"]
    finally:
        process.terminate()
        process.wait(timeout=10)


@pytest.fixture
def library(peer):
    client = stripe.StripeClient(KEY, base_addresses={"api": peer})
    plan = {"id": "pro", "amount": 2900, "currency": "eur", "interval": "month", "product": {"name": "Pro"}}
    client.v1.plans.create(params=plan)
    return client


@pytest.fixture
def ours(examples, peer):
    def call(*call):
        command = [examples / "lifecycle", peer, *map(str, call)]
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=60).stdout)

    return call


@pytest.fixture
def customer(ours):
    return ours("customer", "Luna Vale", "luna@example.com", "w1", "customer:w1:1")["id"]


def buy(library, customer, number=GOOD, **params):
    """A subscription as the library sees it, of a customer who pays with a card."""
    card = {"number": number, "exp_month": 12, "exp_year": 2040, "cvc": "123"}
    method = library.v1.payment_methods.create(params={"type": "card", "card": card})
    library.v1.payment_methods.attach(method.id, params={"customer": customer})
    library.v1.customers.update(customer, params={"invoice_settings": {"default_payment_method": method.id}})
    wanted = {"customer": customer, "items": [{"plan": "pro"}], "metadata": {"workspace": "w1"}, **params}
    return library.v1.subscriptions.create(params=wanted).to_dict()


def test_a_customer_that_we_make_has_name_address_and_workspace_there_too(library, customer):
    seen = library.v1.customers.retrieve(customer).to_dict()
    assert (seen["name"], seen["email"], seen["metadata"]) == ("Luna Vale", "luna@example.com", {"workspace": "w1"})


def test_a_subscription_of_a_plan_is_read_with_its_period_at_the_top(library, ours, customer):
    bought = buy(library, customer)
    assert "price" not in bought["items"]["data"][0] and "current_period_end" not in bought["items"]["data"][0]
    read = ours("subscription", bought["id"])
    assert (read["status"], read["customer"], read["price"]) == ("active", customer, "pro")
    assert read["period"] == [bought["current_period_start"], bought["current_period_end"]]
    assert (read["cancels"], read["ends_at"], read["trial_end"]) == (False, None, None)
    assert read["metadata"] == {"workspace": "w1"}
    assert [one["id"] for one in ours("subscriptions", customer)] == [bought["id"]]


def test_a_bill_names_its_subscription_and_what_paid_it(library, ours, customer):
    bought = buy(library, customer)
    (bill,) = ours("invoices", customer, 10)["items"]
    assert bill["id"] == bought["latest_invoice"] == ours("subscription", bought["id"])["invoice"]
    assert (bill["status"], bill["total"], bill["paid"], bill["currency"]) == ("paid", 2900, 2900, "eur")
    assert bill["subscription"] == bought["id"]
    assert len(bill["payments"]) == 1 and bill["payments"][0].startswith("pi_")


def test_what_nobody_paid_grants_nothing_and_a_trial_has_its_end(library, ours, customer):
    refused = ours("subscription", buy(library, customer, REFUSED)["id"])
    assert refused["status"] == "incomplete"
    end = int(time.time()) + 14 * 86_400
    tried = ours("subscription", buy(library, customer, trial_end=end)["id"])
    assert (tried["trial_end"], tried["invoice"]) == (end, None)


def test_a_cancellation_is_for_the_end_of_the_period_can_be_taken_back_and_made_at_once(library, ours, customer):
    bought = buy(library, customer)
    cancelled = ours("cancel", bought["id"], "true", "cancel:1")
    assert (cancelled["cancels"], cancelled["ends_at"]) == (True, bought["current_period_end"])
    kept = ours("cancel", bought["id"], "false", "cancel:2")
    assert (kept["cancels"], kept["ends_at"]) == (False, None)
    assert ours("end", bought["id"])["status"] == "canceled"
    assert ours("subscription", bought["id"])["status"] == "canceled"


def test_a_404_that_does_not_say_what_is_missing_ends_no_subscription(ours, library):
    assert ours("subscription", "sub_none") == {"error": "invalid"}


def test_its_events_are_taken_by_their_signature_and_say_what_they_are_about(library, peer, receiver, customer, examples):
    listen(peer, receiver.url)
    bought = buy(library, customer)
    until(lambda: {"customer.subscription.created", "invoice.payment_succeeded"} <= set(receiver.types()))
    told = {}
    for body, header in list(receiver.posts):
        at = header.split(",")[0].removeprefix("t=")
        assert signature(examples, body, "verify", header, at, SECRET) == "ok"
        assert signature(examples, body, "verify", header, at, "whsec_other") == "mismatch"
        assert signature(examples, body + b" ", "verify", header, at, SECRET) == "mismatch"
        event = json.loads(signature(examples, body, "read"))
        assert (event["livemode"], event["version"], event["created"]) == (False, "2017-08-15", int(at))
        told[event["kind"]] = event
    created = told["customer.subscription.created"]
    assert (created["object"], created["object_id"]) == ("subscription", bought["id"])
    assert (created["subscription"], created["customer"]) == (bought["id"], customer)
    paid = told["invoice.payment_succeeded"]
    assert (paid["object_id"], paid["subscription"]) == (bought["latest_invoice"], bought["id"])


def listen(peer, url):
    """Has it send its events here. Its own way to say so has no counterpart at Stripe."""
    data = json.dumps({"url": url, "secret": SECRET}).encode()
    request = urllib.request.Request(f"{peer}/_config/webhooks/ours", data, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200


def until(found, seconds=20):
    """Events come a second after their fact."""
    end = time.monotonic() + seconds
    while not found():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def signature(examples, body, *arguments):
    command = [examples / "signature", *map(str, arguments)]
    return subprocess.run(command, input=body, check=True, stdout=subprocess.PIPE).stdout.decode().strip()
