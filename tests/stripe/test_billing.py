"""Subscriptions from Checkout to their end, as the official library sees them."""

import re
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest
import stripe

from conftest import period_end

HOURS = 3600
DAYS = 24 * HOURS


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def press(url, **fields):
    """Presses a button of a page; where it leads, or the page."""
    opener = urllib.request.build_opener(Stay)
    try:
        with opener.open(url, urllib.parse.urlencode(fields).encode(), timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("location") or error.read().decode()


def test_a_person_buys_on_the_page_and_comes_back_with_the_session(shop, client):
    session = shop.session()
    with urllib.request.urlopen(session.url, timeout=20) as response:
        page = response.read().decode()
    assert "no money moves" in page and "29.00 EUR per month" in page
    assert not re.search(r"<script|js\.stripe\.com|card.?number", page, re.IGNORECASE)
    status, declined = press(session.url, act="decline")
    assert status == 402 and "declined" in declined
    assert press(session.url, act="leave") == (303, "http://127.0.0.1:9/back")
    assert press(session.url, act="pay") == (303, f"http://127.0.0.1:9/done?session={session.id}")
    done = client.v1.checkout.sessions.retrieve(session.id, params={"expand": ["subscription", "customer"]})
    assert (done.status, done.payment_status, done.client_reference_id) == ("complete", "paid", "tenant")
    assert done.subscription.status == "active"
    assert done.customer.email == "creator@example.com"


def test_checkout_keeps_its_flags_and_a_session_can_be_expired(shop, client):
    session = shop.session(
        allow_promotion_codes=True,
        automatic_tax={"enabled": True},
        tax_id_collection={"enabled": True},
        subscription_data={"trial_period_days": 14, "metadata": {"tenant": "t1"}},
    )
    assert session.allow_promotion_codes and session.automatic_tax.enabled and session.tax_id_collection.enabled
    assert session.amount_total == 0
    assert client.v1.checkout.sessions.expire(session.id).status == "expired"
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.checkout.sessions.expire(session.id)


def test_a_trial_becomes_active_and_renews_month_after_month(stand_in, shop, client):
    subscription = shop.buy(subscription_data={"trial_period_days": 14, "metadata": {"tenant": "t1"}})
    assert (subscription.status, subscription.metadata["tenant"]) == ("trialing", "t1")
    stand_in.reaches(subscription.trial_end + 2 * HOURS)
    seen = shop.subscription(subscription)
    assert (seen.status, seen.latest_invoice.amount_paid) == ("active", 2900)
    assert seen.latest_invoice.parent.subscription_details.subscription == subscription.id
    end = period_end(seen)
    stand_in.reaches(end + 2 * HOURS)
    assert period_end(shop.subscription(subscription)) > end
    invoices = client.v1.invoices.list(params={"subscription": subscription.id}).data
    assert [invoice.billing_reason for invoice in invoices] == ["subscription_cycle"] * 2 + ["subscription_create"]


def test_older_versions_see_the_period_at_the_top(stand_in, shop):
    subscription = shop.buy()
    old = stand_in.client(version="2024-06-20").v1.subscriptions.retrieve(subscription.id)
    assert old["current_period_end"] == period_end(subscription)
    assert "current_period_end" not in old["items"].data[0]
    assert "current_period_end" not in subscription


def test_a_card_that_fails_is_past_due_until_the_invoice_is_paid_on_its_page(stand_in, shop):
    subscription = shop.buy(act="pay_once")
    stand_in.reaches(period_end(subscription) + 2 * HOURS)
    seen = shop.subscription(subscription)
    assert (seen.status, seen.latest_invoice.status, seen.latest_invoice.attempt_count) == ("past_due", "open", 1)
    assert press(seen.latest_invoice.hosted_invoice_url, act="pay")[0] == 303
    assert shop.subscription(subscription).status == "active"


def test_the_last_failed_try_ends_the_subscription(stand_in, shop):
    subscription = shop.buy(act="pay_once")
    stand_in.reaches(period_end(subscription) + 15 * DAYS + 2 * HOURS)
    seen = shop.subscription(subscription)
    assert (seen.status, seen.cancellation_details.reason) == ("canceled", "payment_failed")


def test_the_portal_changes_cancels_and_resumes(shop, client):
    subscription = shop.buy()
    portal = client.v1.billing_portal.sessions.create(
        params={"customer": shop.customer.id, "return_url": "http://127.0.0.1:9/billing"}
    )
    with urllib.request.urlopen(portal.url, timeout=20) as response:
        assert "58.00 EUR per month" in response.read().decode()
    assert press(portal.url, act="change", price=shop.dearer.id)[0] == 303
    assert shop.subscription(subscription)["items"].data[0].price.id == shop.dearer.id
    press(portal.url, act="cancel")
    assert shop.subscription(subscription).cancel_at_period_end
    press(portal.url, act="resume")
    assert not shop.subscription(subscription).cancel_at_period_end
    assert press(portal.url, act="leave") == (303, "http://127.0.0.1:9/billing")


def test_a_change_that_is_invoiced_at_once_has_both_prorations(shop, client):
    subscription = shop.buy()
    item = subscription["items"].data[0].id
    changed = client.v1.subscriptions.update(
        subscription.id,
        params={
            "items": [{"id": item, "price": shop.dearer.id}],
            "proration_behavior": "always_invoice",
            "expand": ["latest_invoice"],
        },
    )
    amounts = [line.amount for line in changed.latest_invoice.lines.data]
    assert changed.latest_invoice.billing_reason == "subscription_update"
    assert len(amounts) == 2 and amounts[0] < 0 < amounts[1] and sum(amounts) == changed.latest_invoice.amount_paid


def test_a_subscription_that_is_canceled_now_is_listed_only_when_asked_for(shop, client):
    subscription = shop.buy()
    assert client.v1.subscriptions.cancel(subscription.id).status == "canceled"
    assert client.v1.subscriptions.list().data == []
    listed = client.v1.subscriptions.list(params={"status": "all", "customer": shop.customer.id})
    assert [one.id for one in listed.data] == [subscription.id]


def test_money_goes_back_by_refund_and_by_dispute(stand_in, shop, client):
    shop.buy()
    charge = client.v1.charges.list(params={"customer": shop.customer.id}).data[0]
    refund = client.v1.refunds.create(params={"charge": charge.id, "amount": 900})
    assert (refund.status, client.v1.charges.retrieve(charge.id).amount_refunded) == ("succeeded", 900)
    dispute = stand_in.call("POST", "/disputes", {"charge": charge.id})
    stand_in.call("POST", f"/disputes/{dispute['id']}/close", {"won": False})
    assert client.v1.disputes.retrieve(dispute["id"]).status == "lost"
    with pytest.raises(stripe.InvalidRequestError) as refused:
        client.v1.refunds.create(params={"charge": charge.id})
    assert refused.value.code == "charge_disputed"


def test_usage_is_counted_once_by_its_identifier(shop, client):
    meter = client.v1.billing.meters.create(
        params={
            "display_name": "AI messages",
            "event_name": "ai_message",
            "default_aggregation": {"formula": "sum"},
        }
    )
    now = int(time.time())
    report = {
        "event_name": "ai_message",
        "identifier": "batch-1",
        "timestamp": now,
        "payload": {"stripe_customer_id": shop.customer.id, "value": "25"},
    }
    client.v1.billing.meter_events.create(params=report)
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.billing.meter_events.create(params=report)
    window = {"customer": shop.customer.id, "start_time": now - 60, "end_time": now + 60}
    summary = client.v1.billing.meters.event_summaries.list(meter.id, params=window).data[0]
    assert summary.aggregated_value == 25


def test_a_trial_may_end_at_a_moment_two_days_away_or_later(stand_in, shop):
    now = stand_in.call("GET", "/state")["now"]
    subscription = shop.buy(subscription_data={"trial_end": now + 9 * DAYS})
    assert (subscription.status, subscription.trial_end) == ("trialing", now + 9 * DAYS)
    for wrong in [{"trial_end": now + DAYS}, {"trial_end": now + 9 * DAYS, "trial_period_days": 9}]:
        with pytest.raises(stripe.InvalidRequestError) as refused:
            shop.session(subscription_data=wrong)
        assert refused.value.param == "subscription_data[trial_end]"
