"""cfn-lint and `sam validate` on all templates, offline.

cfn-lint is silent on a SAM file even where the result cannot work, so it only ever sees translated templates.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import templates

#: Findings that are meant, with the reason.
ACCEPTED = {
    "W3002": "nested templates are local files until `sam deploy` uploads them",
}


def cfn_lint(translated, folder):
    """Findings as `template: id message (path)`. Writes the templates into `folder`."""
    files = []
    for name, template in translated.items():
        template = json.loads(json.dumps(template).replace("infra/stacks/", ""))
        template = json.loads(json.dumps(template).replace('.yaml"', '.json"'))
        file = Path(folder) / f"{name}.json"
        file.write_text(json.dumps(template, indent=1), encoding="utf-8")
        files.append(str(file))
    done = subprocess.run(
        [Path(sys.executable).parent / "cfn-lint", "--format", "json", "--regions", "eu-central-1", "--template", *files],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if not done.stdout.strip():
        raise RuntimeError(f"cfn-lint said nothing: {done.stderr}")
    return [
        f"{Path(finding['Filename']).stem}: {finding['Rule']['Id']} {finding['Message']} ({finding['Location'].get('Path')})"
        for finding in json.loads(done.stdout)
        if finding["Rule"]["Id"] not in ACCEPTED
    ]


def sam():
    """The SAM command of the environment that the test command makes, or None."""
    command = templates.ROOT / ".venv-sam" / "bin" / "sam"
    return command if command.exists() else None


def sam_validate(template):
    """(succeeded, output)"""
    done = subprocess.run(
        [str(sam()), "validate", "--template", str(template), "--region", "eu-central-1"],
        cwd=templates.ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env={**os.environ, "SAM_CLI_TELEMETRY": "0"},
    )
    return done.returncode == 0, done.stdout
