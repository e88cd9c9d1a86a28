"""Several sabotages in one build: each stands beside what it takes away, and a variable of the environment chooses between them."""

import re

# The variable that names the sabotage to run.
SWITCH = "SABOTAGE"
# What a crate's lib.rs is given, so that its functions can ask.
ASKED = f"""
/// Whether this is the sabotage that a run is for.
pub(crate) fn is_sabotaged(patch: &str) -> bool {{
    static GIVEN: std::sync::LazyLock<Option<String>> =
        std::sync::LazyLock::new(|| std::env::var("{SWITCH}").ok());
    GIVEN.as_deref() == Some(patch)
}}
"""
# A constant function cannot ask for a variable.
FUNCTION = re.compile(r"( *)(?:pub(?:\([^)]*\))? )?(?:async )?fn \w")


def span(old, new):
    """The lines that differ, as (first, end in the old, end in the new)."""
    most = min(len(old), len(new))
    first = next((at for at in range(most) if old[at] != new[at]), most)
    same = next((back for back in range(most - first) if old[-1 - back] != new[-1 - back]), most - first)
    return first, len(old) - same, len(new) - same


def body(lines, first, end):
    """Where the innermost function opens and closes in which these lines are; None if there is none, or none that can be switched.

    As rustfmt writes them: what opens a body and what closes it stands as far from the margin as the function's own line.
    """
    for at in range(first - 1, -1, -1):
        found = FUNCTION.match(lines[at])
        if not found:
            continue
        indent = found.group(1)
        own = [there for there in range(at, len(lines)) if re.match(rf"{indent}\S", lines[there])]
        opens = next((there for there in own if lines[there].endswith(("{", ";", "}"))), None)
        if opens is None or not lines[opens].endswith("{"):
            continue
        closes = next((there for there in own if there > opens and lines[there] == f"{indent}}}"), None)
        if closes is not None and opens < first and end <= closes:
            # Two bodies are two types, where the type is only said to be one that can do something.
            hidden = any("-> impl " in line for line in lines[at:opens + 1])
            return None if hidden else (opens, closes)
    return None


def weave(text, sabotaged):
    """The text with as many of its sabotages as can be switched, and their names. `sabotaged` has the text as each leaves it."""
    old, chosen = text.split("\n"), {}
    for name, changed in sorted(sabotaged.items()):
        new = changed.split("\n")
        first, end, _ = span(old, new)
        place = body(old, first, end)
        apart = place and all(place == other or place[1] < other[0] or other[1] < place[0] for other in chosen)
        if apart:
            opens, closes = place
            chosen.setdefault(place, []).append((name, new[opens + 1:closes + len(new) - len(old)]))
    # From the end, so that places before stay where they are.
    for (opens, closes), variants in sorted(chosen.items(), reverse=True):
        woven = []
        for name, lines in variants:
            woven += [f'{"} else " if woven else ""}if crate::is_sabotaged("{name}") {{', *lines]
        old[opens + 1:closes] = [*woven, "} else {", *old[opens + 1:closes], "}"]
    return "\n".join(old), {name for variants in chosen.values() for name, _ in variants}
