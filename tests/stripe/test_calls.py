"""Calls, lists, idempotency and errors, as the official library sees them."""

import threading

import pytest
import stripe

from conftest import Refused


def test_a_customer_is_made_changed_and_deleted(client):
    made = client.v1.customers.create(params={"email": "a@example.com", "metadata": {"tenant": "t1", "old": "x"}})
    changed = client.v1.customers.update(made.id, params={"name": "A", "metadata": {"old": ""}})
    assert (changed.name, changed.metadata.to_dict()) == ("A", {"tenant": "t1"})
    assert client.v1.customers.delete(made.id).deleted
    assert client.v1.customers.retrieve(made.id).deleted
    with pytest.raises(stripe.InvalidRequestError):
        client.v1.customers.update(made.id, params={"name": "B"})


def test_lists_page_by_cursor_until_there_is_no_more(client):
    made = [client.v1.customers.create(params={"email": f"c{number}@example.com"}).id for number in range(5)]
    first = client.v1.customers.list(params={"limit": 2})
    assert ([one.id for one in first.data], first.has_more) == (made[:2:-1], True)
    assert [one.id for one in first.auto_paging_iter()] == made[::-1]


@pytest.mark.parametrize("key", ["sk_live_of_nobody", "nonsense", "sk_test_"])
def test_a_key_that_is_no_sandbox_key_is_refused_and_not_repeated(stand_in, key):
    with pytest.raises(stripe.AuthenticationError) as refused:
        stand_in.client(key).v1.customers.list()
    assert key not in str(refused.value)


def test_errors_have_type_code_and_parameter(client):
    with pytest.raises(stripe.InvalidRequestError) as missing:
        client.v1.prices.create(params={"unit_amount": 100})
    assert (missing.value.code, missing.value.param) == ("parameter_missing", "currency")
    with pytest.raises(stripe.InvalidRequestError) as unknown:
        client.v1.customers.create(params={"e_mail": "x"})
    assert (unknown.value.code, unknown.value.param) == ("parameter_unknown", "e_mail")
    with pytest.raises(stripe.InvalidRequestError) as absent:
        client.v1.subscriptions.retrieve("sub_none")
    assert (absent.value.http_status, absent.value.code) == (404, "resource_missing")
    assert absent.value.json_body["error"]["request_log_url"].endswith(absent.value.request_id)


def test_a_key_gives_the_first_answer_again_and_refuses_other_parameters(client):
    options = {"idempotency_key": "once"}
    first = client.v1.customers.create(params={"email": "a@example.com"}, options=options)
    again = client.v1.customers.create(params={"email": "a@example.com"}, options=options)
    assert first.id == again.id
    assert again.last_response.headers["idempotent-replayed"] == "true"
    with pytest.raises(stripe.IdempotencyError) as other:
        client.v1.customers.create(params={"email": "b@example.com"}, options=options)
    assert other.value.http_status == 400
    assert len(client.v1.customers.list().data) == 1


def test_a_key_whose_request_is_under_way_is_refused_with_409(stand_in, client):
    stand_in.settings(hold=True)
    options = {"idempotency_key": "held"}
    made = []
    first = threading.Thread(
        target=lambda: made.append(client.v1.customers.create(params={"email": "a@example.com"}, options=options))
    )
    first.start()
    stand_in.call("POST", "/wait", {"held": 1})
    with pytest.raises(stripe.StripeError) as second:
        stand_in.client().v1.customers.create(params={"email": "a@example.com"}, options=options)
    assert (second.value.http_status, second.value.error.code) == (409, "idempotency_key_in_use")
    stand_in.call("POST", "/release")
    first.join(timeout=20)
    assert len(made) == 1


def test_an_answer_that_is_lost_after_it_was_carried_out_is_found_again_by_its_key(stand_in, client):
    stand_in.fault("lost_answer", "/v1/customers")
    options = {"idempotency_key": "lost"}
    with pytest.raises(stripe.APIConnectionError):
        client.v1.customers.create(params={"email": "a@example.com"}, options=options)
    found = client.v1.customers.create(params={"email": "a@example.com"}, options=options)
    assert [one.id for one in client.v1.customers.list().data] == [found.id]


def test_a_500_is_given_again_and_a_429_is_not(stand_in, client):
    for kind, error in [("server_error", stripe.APIError), ("too_many_requests", stripe.RateLimitError)]:
        stand_in.fault(kind, "/v1/customers")
        options = {"idempotency_key": kind}
        with pytest.raises(error):
            client.v1.customers.create(params={"email": "a@example.com"}, options=options)
    with pytest.raises(stripe.APIError):
        client.v1.customers.create(params={"email": "a@example.com"}, options={"idempotency_key": "server_error"})
    client.v1.customers.create(params={"email": "a@example.com"}, options={"idempotency_key": "too_many_requests"})
    assert len(client.v1.customers.list().data) == 1


def test_a_429_tells_how_long_to_wait(stand_in, client):
    stand_in.fault("too_many_requests", retry_after=7)
    with pytest.raises(stripe.RateLimitError) as limited:
        client.v1.customers.list()
    assert limited.value.headers["retry-after"] == "7"


@pytest.mark.parametrize(("kind", "fields"), [("cut", {}), ("timeout", {"ms": 20})])
def test_a_connection_that_ends_before_anything_was_done_leaves_nothing(stand_in, client, kind, fields):
    stand_in.fault(kind, **fields)
    with pytest.raises(stripe.APIConnectionError):
        client.v1.customers.create(params={"email": "a@example.com"})
    assert client.v1.customers.list().data == []


def test_in_an_outage_connections_are_refused_and_afterwards_all_is_there(stand_in, client):
    made = client.v1.customers.create(params={"email": "a@example.com"})
    stand_in.call("POST", "/outage", {"ms": 700})
    with pytest.raises(stripe.APIConnectionError):
        stand_in.client().v1.customers.retrieve(made.id)
    # The library tries again with pauses until the port is open.
    assert stand_in.client(retries=8).v1.customers.retrieve(made.id).id == made.id


def test_the_log_has_the_parameters_and_never_the_key(stand_in, client):
    client.v1.customers.create(params={"email": "a@example.com", "name": "A"})
    log = stand_in.call("GET", "/log?verb=POST&path=/v1/customers")
    assert log["calls"][0]["params"] == {"email": "a@example.com", "name": "A"}
    assert "sk_test" not in str(log)


def test_control_calls_name_what_is_wrong(stand_in):
    for verb, path, body, status in [
        ("POST", "/faults", {"fault": {"kind": "explode"}}, 400),
        ("PATCH", "/settings", {"nothing": 1}, 400),
        ("POST", "/nothing", None, 404),
        ("POST", "/sessions/cs_none", {"act": "pay"}, 404),
    ]:
        with pytest.raises(Refused) as refused:
            stand_in.call(verb, path, body)
        assert refused.value.status == status, path
