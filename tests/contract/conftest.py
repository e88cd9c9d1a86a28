"""Runs every test against every peer and holds the failures to the list of known differences."""

import itertools
import os
import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import peers  # noqa: E402

LIST = Path(__file__).parent / "known_differences.toml"
COUNTER = itertools.count(1)


def pytest_addoption(parser):
    parser.addoption("--peers", default=",".join(peers.NAMES), help="comma-separated: ours, moto, ministack")


def pytest_configure(config):
    config.addinivalue_line("markers", "ours: asks only our emulator")


def pytest_generate_tests(metafunc):
    if "peer" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("--peers").split(",")
        metafunc.parametrize("peer", chosen, indirect=True, scope="session")


def pytest_collection_modifyitems(config, items):
    """A listed difference must fail and an unlisted one must not; a list entry without a test is an error."""
    if "ours" not in config.getoption("--peers"):
        items[:] = [item for item in items if not item.get_closest_marker("ours")]
    known = tomllib.loads(LIST.read_text())
    chosen = config.getoption("--peers").split(",")
    unused = {(peer, name) for peer, tests in known.items() for name in tests if peer in chosen}
    for item in items:
        peer = item.callspec.params.get("peer") if hasattr(item, "callspec") else None
        for name in (item.originalname, without_peer(item, peer)):
            unused -= {(listed, name) for listed in known}
            if reason := known.get(peer, {}).get(name):
                item.add_marker(pytest.mark.xfail(strict=True, reason=reason))
    whole = not config.getoption("-k") and all(Path(str(a)).is_dir() for a in config.args)
    if unused and whole:
        raise pytest.UsageError(f"known_differences.toml names tests that do not exist: {sorted(unused)}")


def without_peer(item, peer):
    """`test_name[other parameters]`: the name of one case, whichever peer it is for."""
    if peer is None:
        return item.name
    rest = item.callspec.id.removeprefix(f"{peer}-").removesuffix(f"-{peer}")
    return item.originalname if rest == peer else f"{item.originalname}[{rest}]"


@pytest.fixture(scope="session")
def servers(tmp_path_factory):
    running = {}
    yield running
    for peer in running.values():
        peer.stop()


@pytest.fixture(scope="session")
def peer(request, servers, tmp_path_factory):
    name = request.param
    if name not in servers:
        servers[name] = peers.start(name, tmp_path_factory.mktemp(name))
        peers.warm_up(servers[name])
    return servers[name]


@pytest.fixture
def unique():
    """A name that no other test uses."""
    return f"t{os.getpid()}-{next(COUNTER)}"


@pytest.fixture
def s3(peer):
    return peer.client("s3")


@pytest.fixture
def bucket(s3, unique):
    s3.create_bucket(Bucket=unique, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    return unique
