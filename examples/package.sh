#!/bin/sh
# A wheel and an sdist: built, checked, installed where nothing is, and run.
# usage: package.sh PYTHON DEV_PYTHON     (PYTHON: what the new environments are made with; DEV_PYTHON
# has `build` and `twine`). With Python 3.11 the lowest allowed dependencies are tried as well.
set -eu
python=$1 dev=$2
rm -rf build/dist build/installed
mkdir -p build/installed
"$dev" -m build --no-isolation --outdir build/dist . >/dev/null
"$dev" -m twine check --strict build/dist/*

try() { # NAME FILE [pip options…]: install FILE into an empty environment and run dots from there
    name=$1 file=$2
    shift 2
    "$python" -m venv "build/installed/$name"
    "build/installed/$name/bin/python" -m pip install -q --disable-pip-version-check "$@" "$file"
    (
        dots="$PWD/build/installed/$name/bin/dots" vault="$PWD/vault"
        DOTS_CACHE="$PWD/build/installed/$name/cache"
        DOTS_DATA="$PWD/build/installed/$name/data"
        export DOTS_CACHE DOTS_DATA
        cd "build/installed/$name"
        "$dots" --version
        "$dots" --vault "$vault" search -n 1 회고
        "$dots" --vault "$vault" graph -o graph.html
    )
}

wheel=$(ls build/dist/*.whl) sdist=$(ls build/dist/*.tar.gz)
try newest "$wheel"
try sdist "$sdist"
case $("$python" -V) in
"Python 3.11."*)
    "$dev" - >build/installed/lowest.txt <<'PYTHON'
import tomllib

with open("pyproject.toml", "rb") as file:
    for line in tomllib.load(file)["project"]["dependencies"]:
        print(line.replace(">=", "=="))
PYTHON
    try lowest "$wheel" --only-binary :all: -c build/installed/lowest.txt
    ;;
esac
