#!/bin/sh
# VS Code for tests/editors/test_vscode.py into FOLDER: `sh install.sh FOLDER`. Nothing is compiled:
# what is native in VS Code's server (logs, terminals, file watching) is for these tests left out. A
# machine without npm, or whose npm reaches no registry, is told so and passes.
set -eu
folder=$1
command -v npm >/dev/null || { echo "not installed: npm, so no VS Code"; exit 0; }
mkdir -p "$folder"
cp "$(dirname "$0")"/package.json "$(dirname "$0")"/package-lock.json "$folder"
if ! (cd "$folder" && npm ci --silent --ignore-scripts --no-fund --no-audit); then
    npm ping >/dev/null 2>&1 && { echo "VS Code for the tests: npm ci fails"; exit 1; }
    echo "not installed: VS Code (code-server)"
    exit 0
fi
# VS Code looks for what it imports beside itself.
for name in node_modules node_modules.asar; do
    ln -sfn ../../.. "$folder/node_modules/code-server/lib/vscode/$name"
done
