#!/bin/sh
# Check, test and build the plugins with npm: `sh editors/plugins.sh PYTHON`, a Python that has
# vaultdots. A machine without npm, or whose npm reaches no registry, is told so and passes.
set -eu
DOTS_PYTHON=$1
export DOTS_PYTHON
cd "$(dirname "$0")"
command -v npm >/dev/null || { echo "not installed: npm, so the plugins are not tested"; exit 0; }
mkdir -p ../build
for plugin in vscode obsidian; do
    if ! (cd $plugin && npm ci --silent --ignore-scripts); then
        # Where the registry answers, what is wrong is ours.
        npm ping >/dev/null 2>&1 && { echo "editors/$plugin: npm ci fails"; exit 1; }
        echo "not installed: what editors/$plugin builds with"
        continue
    fi
    (cd $plugin && npm run --silent check && npm run --silent test && npm run --silent package)
done
