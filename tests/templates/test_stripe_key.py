"""The permissions that the manual gives to Stripe's restricted key are those that our calls need."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "shared" / "stripe" / "src"
MANUAL = ROOT / "infra" / "docs" / "deploy.md"

#: What Stripe's page of a key calls the resource of a builder's module, or of a path. One that is missing here is a new permission.
RESOURCES = {
    "billing_meter_event": "Meter Events",
    "billing_portal_session": "Customer portal",
    "charges": "Charges and Refunds",
    "checkout_session": "Checkout Sessions",
    "credit_notes": "Credit notes",
    "customer": "Customers",
    "disputes": "Disputes",
    "event": "Events",
    "invoice": "Invoices",
    "invoice_payments": "Invoices",
    "prices": "Prices",
    "refund": "Charges and Refunds",
    "subscription": "Subscriptions",
    "subscriptions": "Subscriptions",
}
#: Builders that read, though their name or their verb says otherwise.
READS = ("CreatePreviewInvoice",)


def built(source):
    """The calls that builders of `async-stripe` make: module and permission."""
    for module, names in re.findall(r"use stripe_(?:billing|checkout|core)::(\w+)::(\{[^}]*\}|\w+);", source):
        for name in re.findall(r"\w+", names):
            if re.search(rf"\b{name}::new\(", source):
                yield module, "read" if name in READS or name.startswith(("Retrieve", "List")) else "write"


def written(source):
    """The calls whose paths are written by hand: the first part of the path and permission."""
    for call in re.finditer(r"RequestBuilder::new\(StripeMethod::(\w+), (?:\"/(\w+)|path)", source):
        folder = call[2] or re.findall(r"format!\(\"/(\w+)", source[: call.start()])[-1]
        yield folder, "read" if call[1] == "Get" else "write"


def needed(sources):
    permissions = {}
    for source in sources:
        for name, permission in (*built(source), *written(source)):
            resource = RESOURCES[name]
            if permissions.get(resource) != "write":
                permissions[resource] = permission
    return permissions


def given(manual):
    table = manual.split("| resource at Stripe | permission | what needs it |\n", 1)[1].split("\n\n", 1)[0]
    return dict(re.findall(r"(?m)^\| ([A-Z][\w ]+) \| (read|write) \| .+ \|$", table))


def past(source):
    """What names a builder in a way that `built` does not read: a path in the midst of the code, or several modules at once."""
    rest = re.sub(r"use stripe_(?:billing|checkout|core)::(?:\w+::)?(?:\{[^}:]*\}|\w+);", "", source)
    return re.findall(r"\bstripe_(?!client_core\b|types\b)\w+::", rest)


def ours():
    files = (path for path in sorted(SOURCE.rglob("*.rs")) if "tests" not in path.relative_to(SOURCE).with_suffix("").parts)
    return [path.read_text(encoding="utf-8") for path in files]


def test_the_key_may_do_what_we_call_and_nothing_else():
    assert given(MANUAL.read_text(encoding="utf-8")) == needed(ours())


def test_no_path_that_is_written_by_hand_escapes():
    calls = sum(source.count("RequestBuilder::new(") for source in ours())
    assert calls == sum(len(list(written(source))) for source in ours()) > 0


def test_no_builder_escapes():
    assert [past(source) for source in ours() if past(source)] == []


@pytest.mark.parametrize(
    "source",
    [
        "use stripe_core::{charge::RetrieveCharge, customer::CreateCustomer};",
        "let request = stripe_core::charge::RetrieveCharge::new(id);",
        "use stripe_payment::payment_method::ListPaymentMethod;",
    ],
)
def test_a_builder_that_is_named_in_another_way_is_seen(source):
    assert past(source)


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("use stripe_core::refund::{CreateRefund, ListRefund};\nCreateRefund::new();", {"Charges and Refunds": "write"}),
        ("use stripe_core::refund::{CreateRefund, ListRefund};\nListRefund::new();", {"Charges and Refunds": "read"}),
        ("use stripe_billing::invoice::CreatePreviewInvoice;\nCreatePreviewInvoice::new();", {"Invoices": "read"}),
        ('RequestBuilder::new(StripeMethod::Get, "/disputes")', {"Disputes": "read"}),
        ('let path = format!("/disputes/{}", id);\nRequestBuilder::new(StripeMethod::Post, path)', {"Disputes": "write"}),
    ],
)
def test_a_call_needs_the_permission_of_its_resource(call, expected):
    assert needed([call]) == expected


def test_a_resource_that_nobody_named_is_seen():
    with pytest.raises(KeyError):
        needed(['RequestBuilder::new(StripeMethod::Get, "/payouts")'])
