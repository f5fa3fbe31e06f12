#!/bin/sh
# Writes requirements/*.txt: exact versions and hashes, no address of any host.
# Pass --upgrade to take newer versions.
set -eu
cd "$(dirname "$0")/.."

# Files of this machine must not find their way into the lists: the hashes are those of PyPI.
unset UV_INDEX UV_DEFAULT_INDEX UV_INDEX_URL UV_EXTRA_INDEX_URL UV_FIND_LINKS UV_CONFIG_FILE

compile() {
    .venv/bin/uv --no-config pip compile --quiet --python-version 3.11 --universal \
        --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$@"
}

compile "$@" requirements/uv.in --output-file requirements/uv.txt
compile "$@" pyproject.toml --group build --extra redis --output-file requirements/runtime.txt
compile "$@" pyproject.toml --group dev --extra redis --constraint requirements/runtime.txt \
    --output-file requirements/dev.txt
compile "$@" --group pyproject.toml:bench --constraint requirements/dev.txt \
    --output-file requirements/bench.txt
