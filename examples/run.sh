#!/bin/sh
# The main job on a vault: index it, its years, a search in Korean, backlinks, the map.
# usage: run.sh DOTS VAULT OUT
set -eu
dots=$1 vault=$2 out=$3

step() { printf '\n$ dots %s\n' "$*"; "$dots" --vault "$vault" "$@"; }

mkdir -p "$out"
step index
step reviews
step search 캐시 회고 -n 3
step backlinks Redis
printf '\n$ dots graph -o %s/graph.html\n' "$out"
"$dots" --vault "$vault" graph -o "$out/graph.html"
step arcs -n 3
# The latest year with a review of its own, as cards.
year=$("$dots" --vault "$vault" reviews --jsonl | sed -n 's/.*"period": "year", "year": \([0-9]*\).*/\1/p' | tail -1)
if [ -n "$year" ]; then
    printf '\n$ dots wrapped %s -o %s/wrapped.html\n' "$year" "$out"
    "$dots" --vault "$vault" wrapped "$year" -o "$out/wrapped.html"
fi

case $(uname) in
    Darwin) open_with="open" ;;
    *) open_with="xdg-open" ;;
esac
printf '\nThe map is one file and needs no network. Open it:\n    %s %s/graph.html\n' "$open_with" "$out"
[ ! -f "$out/wrapped.html" ] || printf 'A year as cards to show:\n    %s %s/wrapped.html\n' "$open_with" "$out"
printf 'Then look around:\n    %s --vault %s search 점\n' "$dots" "$vault"
