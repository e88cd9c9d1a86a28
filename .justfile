# `just` lists these; each is one line that also works without just.

default:
    @just --list

# Start the product on this machine.
dev *flags:
    cargo run -- {{flags}}

# Everything CI runs.
test *stages:
    bash tests/run {{stages}}

# The daily subset.
fast:
    bash tests/run fast

# Build what deploys.
build:
    PATH="$PWD/.venv-sam/bin:$PATH" sam build

# Deploy a stage: dev, staging or prod.
deploy stage: build
    PATH="$PWD/.venv-sam/bin:$PATH" sam deploy --config-env {{stage}}
