"""Our own client lives through what a creator buys, at the stand-in; what it did, the official library sees too."""

import json
import subprocess

import pytest

from conftest import period_end

HOUR, DAY = 3600, 86_400


class Ours:
    """Our calls, one process each."""

    def __init__(self, binary, stand_in):
        self.binary, self.stand_in = binary, stand_in

    def __call__(self, *call):
        command = [self.binary, self.stand_in.url, *map(str, call)]
        return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=60).stdout)

    def customer(self, key="customer:w1:1"):
        return self("customer", "Luna Vale", "luna@example.com", "w1", key)

    def order(self, customer, price, trial_end="-", key="checkout:w1:pro:1"):
        return self("order", customer, "w1", price, trial_end, self.now() + HOUR, key)

    def now(self):
        return self.stand_in.call("GET", "/state")["now"]

    def calls(self, path):
        """What arrived at a path, as the stand-in tells it."""
        return self.stand_in.call("GET", f"/log?path={path}")["calls"]


@pytest.fixture
def ours(examples, stand_in):
    return Ours(examples / "lifecycle", stand_in)


@pytest.fixture
def price(client):
    product = client.v1.products.create(params={"name": "Pro"})
    recurring = {"interval": "month"}
    params = {"product": product.id, "currency": "eur", "unit_amount": 2900, "recurring": recurring}
    client.v1.prices.create(params={**params, "unit_amount": 5800, "lookup_key": "studio_monthly"})
    return client.v1.prices.create(params={**params, "lookup_key": "pro_monthly"})


@pytest.fixture
def customer(ours):
    return ours.customer()["id"]


@pytest.fixture
def bought(ours, stand_in, customer, price):
    """A subscription that was paid on the page."""
    session = ours.order(customer, price.id)
    stand_in.call("POST", f"/sessions/{session['id']}", {"act": "pay"})
    return ours("subscription", ours("session", session["id"])["subscription"])


def test_of_a_person_stripe_is_told_name_and_address_only(ours, client):
    made = ours.customer()
    assert (made["metadata"], made["livemode"]) == ({"workspace": "w1"}, False)
    seen = client.v1.customers.retrieve(made["id"])
    assert (seen.name, seen.email, seen.address, seen.phone) == ("Luna Vale", "luna@example.com", None, None)
    (call,) = [call for call in ours.calls("/v1/customers") if call["verb"] == "POST"]
    assert call["params"] == {"name": "Luna Vale", "email": "luna@example.com", "metadata": {"workspace": "w1"}}
    assert (call["idempotency_key"], call["version"]) == ("customer:w1:1", "2026-09-30.endive")


def test_prices_are_found_by_our_names_for_them(ours, client, price):
    assert ours("price", "pro_monthly", "no_such") == [
        {"id": price.id, "lookup_key": "pro_monthly", "amount": 2900, "currency": "eur", "interval": "month"}
    ]
    both = ours("price", "pro_monthly", "studio_monthly")
    assert {one["amount"] for one in both} == {2900, 5800}
    listed = client.v1.prices.list(params={"lookup_keys": ["pro_monthly"]}).data
    assert [one.id for one in listed] == [price.id]
    client.v1.prices.update(price.id, params={"active": False})
    assert ours("price", "pro_monthly") == []


def test_a_purchase_grants_only_after_it_is_paid(ours, stand_in, client, customer, price):
    opened = ours.order(customer, price.id)
    assert (opened["status"], opened["grants"], opened["reference"]) == ("open", False, "w1")
    assert opened["url"].startswith(stand_in.url)
    stand_in.call("POST", f"/sessions/{opened['id']}", {"act": "pay"})
    done = ours("session", opened["id"])
    assert (done["status"], done["payment"], done["grants"]) == ("complete", "paid", True)
    ours_now = ours("subscription", done["subscription"])
    theirs = client.v1.subscriptions.retrieve(done["subscription"])
    assert (ours_now["status"], ours_now["price"], ours_now["customer"]) == ("active", price.id, customer)
    assert ours_now["period"][1] == period_end(theirs)
    assert ours_now["metadata"] == theirs.metadata.to_dict() == {"workspace": "w1"}


def test_checkout_asks_for_taxes_terms_and_promotion_codes(ours, customer, price):
    ours.order(customer, price.id)
    (call,) = ours.calls("/v1/checkout/sessions")
    params = call["params"]
    assert params["mode"] == "subscription"
    assert params["automatic_tax"] == params["tax_id_collection"] == {"enabled": "true"}
    assert params["customer_update"] == {"address": "auto", "name": "auto"}
    assert params["consent_collection"] == {"terms_of_service": "required"}
    assert (params["allow_promotion_codes"], params["billing_address_collection"]) == ("true", "required")
    assert params["line_items"] == [{"price": price.id, "quantity": "1"}]
    assert "payment_method_types" not in params and "customer_email" not in params


def test_a_trial_ends_when_we_said(ours, stand_in, customer, price):
    end = ours.now() + 14 * DAY
    session = ours.order(customer, price.id, trial_end=end)
    assert session["payment"] == "no_payment_required"
    stand_in.call("POST", f"/sessions/{session['id']}", {"act": "pay"})
    subscription = ours("session", session["id"])["subscription"]
    trial = ours("subscription", subscription)
    assert (trial["status"], trial["trial_end"]) == ("trialing", end)
    stand_in.passes(days=15)
    assert ours("subscription", subscription)["status"] == "active"


def test_a_session_that_was_closed_sells_nothing(ours, customer, price):
    session = ours.order(customer, price.id)
    assert ours("expire", session["id"], "expire:1")["status"] == "expired"
    assert ours("expire", session["id"], "expire:2") == {"error": "invalid"}
    assert ours("session", session["id"])["grants"] is False


def test_an_order_that_is_made_again_with_its_key_is_one_session(ours, customer, price):
    call = ["order", customer, "w1", price.id, "-", ours.now() + HOUR, "checkout:w1:pro:1"]
    assert ours(*call)["id"] == ours(*call)["id"]
    assert ours.order(customer, price.id, key="checkout:w1:pro:2")["id"] != ours(*call)["id"]
    other = [*call[:4], ours.now() + 30 * DAY, *call[5:]]
    assert ours(*other) == {"error": "key_reused"}


def test_cancelling_is_for_the_end_of_the_period_and_can_be_taken_back(ours, bought):
    cancelled = ours("cancel", bought["id"], "true", "cancel:1")
    assert (cancelled["cancels"], cancelled["ends_at"]) == (True, bought["period"][1])
    assert cancelled["status"] == "active"
    kept = ours("cancel", bought["id"], "false", "cancel:2")
    assert (kept["cancels"], kept["ends_at"]) == (False, None)


def test_ending_at_once_can_be_asked_for_twice(ours, bought, customer):
    assert ours("end", bought["id"])["status"] == "canceled"
    assert ours("end", bought["id"])["status"] == "canceled"
    assert ours("cancel", bought["id"], "true", "cancel:1") == {"error": "gone"}
    assert [one["status"] for one in ours("subscriptions", customer)] == ["canceled"]


@pytest.mark.parametrize(
    ("flow", "kind"),
    [
        ("-", None),
        ("payment_method", "payment_method_update"),
        ("change", "subscription_update"),
        ("cancel", "subscription_cancel"),
    ],
)
def test_the_portal_opens_where_the_person_wants_to_go(ours, stand_in, bought, customer, flow, kind):
    link = ours("portal", customer, flow, bought["id"], f"portal:{flow}")
    assert link["url"].startswith(stand_in.url)
    (call,) = ours.calls("/v1/billing_portal/sessions")
    assert call["params"].get("flow_data", {}).get("type") == kind
    named = call["params"].get("flow_data", {}).get(kind, {}).get("subscription")
    assert named == (bought["id"] if kind in ("subscription_update", "subscription_cancel") else None)


def test_invoices_come_page_by_page_with_number_and_link(ours, stand_in, bought, customer):
    stand_in.passes(days=32)
    first = ours("invoices", customer, 1)
    second = ours("invoices", customer, 1, first["next"])
    assert second["next"] is None
    renewed, initial = first["items"][0], second["items"][0]
    assert (initial["reason"], renewed["reason"]) == ("subscription_create", "subscription_cycle")
    for invoice in (initial, renewed):
        assert (invoice["status"], invoice["total"], invoice["paid"]) == ("paid", 2900, 2900)
        assert invoice["subscription"] == bought["id"]
        assert invoice["number"] and invoice["page"].startswith(stand_in.url)


def test_the_next_invoice_is_known_before_it_comes(ours, bought):
    renewal = ours("renewal", bought["id"])
    assert renewal == {"amount": 2900, "currency": "eur", "at": bought["period"][1]}


def test_what_paid_an_invoice_is_given_back_once(ours, client, bought):
    refund = ours("refund", bought["invoice"], "withdraw:w1:1")
    assert (refund["status"], refund["amount"]) == ("succeeded", 2900)
    assert ours("refund", bought["invoice"], "withdraw:w1:1")["id"] == refund["id"]
    assert ours("refund", bought["invoice"], "withdraw:w1:2") == {"error": "invalid"}
    assert [one.id for one in client.v1.refunds.list().data] == [refund["id"]]


def test_use_is_counted_once_however_often_it_is_told(ours, client, customer):
    meter = client.v1.billing.meters.create(
        params={"display_name": "Replies", "event_name": "replies", "default_aggregation": {"formula": "sum"}}
    )
    now = ours.now()
    for key in ["use:w1:1", "use:w1:1", "use:w1:2"]:
        assert ours("use", "replies", customer, 7, now, key) == {}
    window = {"customer": customer, "start_time": now - now % 60, "end_time": now + 120}
    assert client.v1.billing.meters.event_summaries.list(meter.id, params=window).data[0].aggregated_value == 14


def test_reconciliation_finds_what_was_bought_and_what_changed(ours, stand_in, bought):
    until = ours.now() + 1
    assert [one["id"] for one in ours("bought", until - HOUR, until)] == [bought["id"]]
    assert ours("bought", until, until + HOUR) == []
    kinds = {kind for kind, subscription in ours("changes", until - HOUR, until) if subscription == bought["id"]}
    assert {"customer.subscription.created", "invoice.paid", "checkout.session.completed"} <= kinds
    stand_in.passes(hours=1)
    ours("cancel", bought["id"], "true", "cancel:1")
    later = ours.now() + 1
    assert ours("changes", until, later) == [["customer.subscription.updated", bought["id"]]]


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("lost_answer", {}), ("cut", {}), ("too_many_requests", {"retry_after": 0}), ("timeout", {"ms": 20})],
)
def test_a_call_that_is_interrupted_is_made_again_and_done_once(ours, stand_in, client, kind, fields):
    stand_in.fault(kind, "/v1/customers", **fields)
    made = ours.customer()
    assert [one.id for one in client.v1.customers.list().data] == [made["id"]]
    tries = [call for call in ours.calls("/v1/customers") if call["verb"] == "POST"]
    assert [call["idempotency_key"] for call in tries] == ["customer:w1:1"] * 2


def test_failures_are_told_by_their_kind(ours, stand_in, customer, price):
    assert ours("subscription", "sub_none") == {"error": "gone"}
    assert ours.order("cus_none", price.id) == {"error": "gone"}
    stand_in.fault("too_many_requests", retry_after=60)
    assert ours("subscriptions", customer) == {"error": "rate_limited"}
    stand_in.fault("server_error", count=3)
    assert ours("subscriptions", customer) == {"error": "failing"}
    stand_in.call("POST", "/outage", {"ms": 20_000})
    assert ours("subscriptions", customer) == {"error": "unreachable"}
