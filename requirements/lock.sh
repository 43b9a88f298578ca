#!/bin/sh
# Write run.txt, build.txt and dev.txt from pyproject.toml, with hashes and no index address.
set -eu
compile() {
    ../.venv/bin/pip-compile -q --generate-hashes --strip-extras --no-emit-index-url \
        --no-emit-trusted-host --no-header --allow-unsafe --resolver=backtracking "$@"
}
compile ../pyproject.toml -o run.txt
printf 'hatchling\neditables\n' > build.in
compile build.in -o build.txt
compile --extra dev -c run.txt ../pyproject.toml -o dev.txt
rm -f build.in
