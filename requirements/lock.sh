#!/bin/sh
# Write the locked requirement files from pyproject.toml: versions with hashes for CPython 3.11–3.14 on
# Linux and macOS, no index address, no path. Versions already locked stay unless `--upgrade` is given.
# usage: lock.sh UV OUT [--upgrade]      (`make lock` makes UV)
set -eu
uv=$1 out=$2
shift 2
cd "$(dirname "$0")"
mkdir -p "$out"
compile() {
    target=$1
    shift
    [ "$out" = . ] || cp "$target" "$out/$target" 2>/dev/null || true
    env -u PIP_FIND_LINKS -u UV_FIND_LINKS "$uv" pip compile -q --no-config --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-strip-extras \
        --no-strip-markers --no-annotate -c constraints.in "$@" -o "$out/$target"
}
compile run.txt ../pyproject.toml "$@"
compile build.txt build.in "$@"
compile dev.txt -c run.txt --extra dev --extra mcp ../pyproject.toml "$@"
compile train.txt -c dev.txt --extra train ../pyproject.toml "$@"
compile editors.txt editors.in "$@"
