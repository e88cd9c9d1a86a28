"""What README says was measured, beside what the benchmarks wrote down: a figure is copied by hand, and the next run changes it."""

import re

from templates import ROOT

README = ROOT / "README.md"
BENCHMARKS = ROOT / "infra" / "docs" / "benchmarks.md"

#: README's names of what is measured -> the benchmarks'.
WEBHOOKS = {
    "ours": "webhook, Rust",
    "the same in Node 20, AWS SDK v3 bundled": "webhook, Node 20, bundled SDK v3",
    "an empty `lambda_runtime` binary, the floor": "floor: empty lambda_runtime",
}
#: The benchmarks' columns, in the order of README's.
COLUMNS = ("cold ms", "first answer at 256 MB, ms", "its CPU ms / 0.145", "warm p50 / p99 ms", "peak MB")
#: What the sender asks before it calls Telegram: outbox and bot, read side by side, and the mark `sending`.
SENDER_BEFORE_TELEGRAM = 2


def section(benchmarks, name):
    """What a part of the benchmarks wrote between its markers."""
    return benchmarks.split(f"<!-- {name} -->\n", 1)[1].split(f"<!-- /{name} -->", 1)[0]


def rows(text):
    """First cell of a table's row -> column -> cell, of all tables in a text."""
    found, header = {}, None
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|") or set(line) <= set("|-"):
            header = header if line.startswith("|") else None
        elif header is None:
            header = cells
        else:
            found[cells[0]] = dict(zip(header[1:], cells[1:]))
    return found


def numbers(cell):
    return [float(number) for number in re.findall(r"\d+(?:\.\d+)?", cell)]


def rounds(said, measured):
    """Whether a figure is the measured one, to the digits that it has."""
    digits = len(said.partition(".")[2])
    return abs(float(said) - measured) <= 0.5 * 10**-digits + 1e-9


def sentences(benchmarks):
    """What a sentence of README looks like, and what its figures are."""
    webhook = rows(section(benchmarks, "functions"))["webhook, Rust"]
    messages = rows(section(benchmarks, "messages"))
    inward, outward = messages["a fan's message, until it is stored"], messages["a person's answer, until it is sent"]
    warm = {name: numbers(messages[name]["round trips first / warm"])[1] for name in ("workers.inbound", "conversations.send")}
    ratios = [numbers(row["known / unknown (95 % interval)"])[0] for row in rows(section(benchmarks, "enumeration")).values()]
    money = re.search(r"USD per million: \S+ = (\S+) for AWS .*?, (\S+) for logs, (\S+) for tokens", section(benchmarks, "sofi"))
    figure = r"(\d+(?:\.\d+)?)"
    return (
        (
            rf"webhook {figure} in a new sandbox, then {figure}; a fan's message to stored {figure} in `inbound`, warm; "
            rf"a person's send to Telegram's socket {figure}",
            [*numbers(webhook["round trips first / warm"]), warm["workers.inbound"], warm["conversations.send"] + SENDER_BEFORE_TELEGRAM],
        ),
        (
            rf"A fan's message takes {figure} AWS calls of functions and costs about {figure} USD a million, "
            rf"a person's answer {figure} and about {figure} USD",
            [numbers(way[column])[0] for way in (inward, outward) for column in ("AWS calls", "USD per million")],
        ),
        (rf"That is {figure} USD a million for AWS, {figure} for logs and {figure} for tokens", [float(sum_) for sum_ in money.groups()]),
        (rf"is {figure} for logins, {figure} for resets, {figure} for registrations, {figure} for another mail", ratios),
    )


def problems(readme, benchmarks):
    """Figures of README that were not measured, and sentences with figures that are not there."""
    shown, measured = rows(readme), rows(section(benchmarks, "functions"))
    pairs = []
    for said, name in WEBHOOKS.items():
        cells = list(shown.get(said, {}).values())
        if len(cells) != len(COLUMNS):
            return [f"README has no row with {len(COLUMNS)} figures of {said}"]
        pairs += [(said, cell.removesuffix(" ms").removesuffix(" MB"), numbers(measured[name][column])[0]) for cell, column in zip(cells, COLUMNS)]
    sofi = rows(section(benchmarks, "sofi"))
    for said in ("measured", "at best"):
        for column, cell in shown.get(said, {}).items():
            pairs.append((f"{said}: {column}", cell, numbers(sofi[said][column])[0]))
    text = " ".join(readme.split())
    for pattern, values in sentences(benchmarks):
        found = re.search(pattern, text)
        if not found:
            return [f"README says nowhere: {pattern}"]
        pairs += [(found[0], said, value) for said, value in zip(found.groups(), values, strict=True)]
    return [f"{where}: README says {said}, measured were {value:g}" for where, said, value in pairs if not rounds(said, value)]
