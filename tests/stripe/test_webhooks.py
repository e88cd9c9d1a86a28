"""Signed webhooks: accepted by the official library, tried again, doubled, disordered and thin."""

import collections
import json

import pytest
import stripe


def accepted(client, receiver, secret):
    """What was received, each with its signature checked by the library."""
    return [client.construct_event(body, signature, secret) for body, signature in receiver.posts]


def test_every_event_of_a_purchase_is_signed_and_told_by_the_events_list(stand_in, shop, client, receiver, endpoint):
    subscription = shop.buy()
    stand_in.call("POST", "/settle")
    events = accepted(client, receiver, endpoint.secret)
    types = [event.type for event in events]
    for kind in ["checkout.session.completed", "customer.subscription.created", "invoice.paid"]:
        assert types.count(kind) == 1, kind
    listed = client.v1.events.list(params={"limit": 100, "delivery_success": True}).data
    assert {event.id for event in events} <= {event.id for event in listed}
    newest = client.v1.events.retrieve(events[-1].id)
    assert (newest.type, newest.pending_webhooks) == (types[-1], 0)
    paid = next(event for event in events if event.type == "invoice.paid")
    assert paid.data.object.parent.subscription_details.subscription == subscription.id


def test_another_secret_and_a_changed_body_are_refused_by_the_library(stand_in, shop, client, receiver, endpoint):
    body, signature = receive_one(stand_in, shop, receiver)
    client.construct_event(body, signature, endpoint.secret)
    for wrong in [(body, signature, "whsec_other"), (body + b" ", signature, endpoint.secret)]:
        with pytest.raises(stripe.SignatureVerificationError):
            client.construct_event(*wrong)


def receive_one(stand_in, shop, receiver):
    shop.client.v1.customers.update(shop.customer.id, params={"name": "Another"})
    stand_in.call("POST", "/settle")
    return receiver.posts[-1]


def test_while_a_secret_is_rolled_both_are_accepted_and_then_the_new_one_only(
    stand_in, shop, client, receiver, endpoint
):
    new = stand_in.call("POST", f"/endpoints/{endpoint.id}/roll", {"keep_s": 3600})["secret"]
    body, signature = receive_one(stand_in, shop, receiver)
    for secret in [endpoint.secret, new]:
        client.construct_event(body, signature, secret)
    stand_in.passes(hours=2)
    shop.client.v1.customers.update(shop.customer.id, params={"name": "A third"})
    stand_in.call("POST", "/settle")
    body, signature = receiver.posts[-1]
    client.construct_event(body, signature, new)
    with pytest.raises(stripe.SignatureVerificationError):
        client.construct_event(body, signature, endpoint.secret)


def test_what_an_endpoint_does_not_take_is_tried_again_and_listed_until_it_does(
    stand_in, shop, client, receiver, endpoint
):
    receiver.statuses = [500]
    client.v1.customers.update(shop.customer.id, params={"name": "Another"})
    stand_in.call("POST", "/settle")
    failed = client.v1.events.list(params={"delivery_success": False}).data
    assert [event.type for event in failed] == ["customer.updated"]
    assert failed[0].pending_webhooks == 1
    stand_in.passes(hours=1)
    assert [json.loads(body)["id"] for body, _ in receiver.posts] == [failed[0].id] * 2
    assert client.v1.events.list(params={"delivery_success": False}).data == []
    tries = stand_in.call("GET", "/deliveries")["tries"]
    assert [(entry["attempt"], entry["status"]) for entry in tries] == [(1, 500), (2, 200)]


def test_an_endpoint_that_is_down_is_given_up_after_three_days(stand_in, shop, client, receiver, endpoint):
    receiver.statuses = [503] * 100
    client.v1.customers.update(shop.customer.id, params={"name": "Another"})
    for _ in range(10):
        stand_in.passes(hours=12)
    after = len(receiver.posts)
    stand_in.passes(days=2)
    assert len(receiver.posts) == after > 5
    assert stand_in.call("GET", "/deliveries")["waiting"] == []


def test_duplicates_and_disorder_change_the_deliveries_and_not_the_events(stand_in, shop, client, receiver, endpoint):
    stand_in.settings(duplicates=2, disorder=True)
    shop.buy()
    stand_in.call("POST", "/settle")
    ids = [event.id for event in accepted(client, receiver, endpoint.secret)]
    assert set(collections.Counter(ids).values()) == {3}
    listed = [event.id for event in client.v1.events.list(params={"limit": 100}).data]
    in_order = [event for event in reversed(listed) if event in ids]
    assert list(dict.fromkeys(ids)) != in_order


def test_thin_events_name_their_object_and_can_be_fetched(stand_in, shop, client, receiver, endpoint):
    stand_in.settings(events="thin")
    body, signature = receive_one(stand_in, shop, receiver)
    with pytest.raises(ValueError):
        client.construct_event(body, signature, endpoint.secret)
    thin = client.parse_event_notification(body, signature, endpoint.secret)
    assert (thin.type, json.loads(body)["related_object"]["id"]) == ("v1.customer.updated", shop.customer.id)
    assert "data" not in json.loads(body)


def test_an_event_can_come_again_under_its_own_id_or_another_and_of_any_kind(
    stand_in, shop, client, receiver, endpoint
):
    body, _ = receive_one(stand_in, shop, receiver)
    event = json.loads(body)
    for again in [{}, {"new_id": True}]:
        stand_in.call("POST", f"/events/{event['id']}/resend", again)
    stand_in.call("POST", "/events", {"type": "made.up", "object": {"id": "x_1", "object": "made_up"}})
    stand_in.call("POST", "/settle")
    same, other, made_up = [json.loads(body) for body, _ in receiver.posts[-3:]]
    assert same["id"] == event["id"] != other["id"]
    assert (other["data"], made_up["type"]) == (event["data"], "made.up")


def test_an_endpoint_of_an_older_version_gets_the_older_shape_and_a_live_one_says_so(stand_in, shop, client, receiver):
    client.v1.webhook_endpoints.create(
        params={
            "url": receiver.url,
            "enabled_events": ["customer.subscription.created"],
            "api_version": "2024-06-20",
        }
    )
    stand_in.settings(livemode=True)
    shop.buy()
    stand_in.call("POST", "/settle")
    assert receiver.types() == ["customer.subscription.created"]
    event = json.loads(receiver.posts[0][0])
    assert (event["api_version"], event["livemode"]) == ("2024-06-20", True)
    assert event["data"]["object"]["current_period_end"] > event["created"]
