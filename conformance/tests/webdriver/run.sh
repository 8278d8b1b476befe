#!/usr/bin/env bash
# Runs the tests of this folder, which clients of WebDriver make without knowing this project, through `bgfspec webdriver`.
# Usage: run.sh PATH-OF-BGFSPEC
set -euo pipefail
bgfspec=$(realpath "$1")
cd "$(dirname "$0")"

for program in chromium chromedriver Xvfb node; do
  if ! command -v "$program" >/dev/null; then
    echo "skipped: clicks through WebDriver, because there is no $program" >&2
    exit 0
  fi
done

said=$(mktemp -d)
trap 'kill "${proxy:-}" "${site:-}" 2>/dev/null || true; wait; rm -rf "$said"' EXIT
"$bgfspec" webdriver --port 0 --out "$said/clicks" >"$said/proxy" &
proxy=$!
node site.mjs >"$said/site" &
site=$!
for _ in $(seq 300); do
  if [ -s "$said/proxy" ] && [ -s "$said/site" ]; then break; fi
  sleep 0.1
done
PORT=$(sed -n 's/.*127\.0\.0\.1:\([0-9]*\).*/\1/p' "$said/proxy")
SITE=$(cat "$said/site")
export PORT SITE

# Debian has Selenium for its own Python, which need not be the first on the search path.
python=
for one in python3 /usr/bin/python3; do
  if "$one" -c "import selenium" 2>/dev/null; then python=$one; fi
done
if [ -n "$python" ]; then
  "$python" click_test.py
else
  echo "skipped: Selenium, because Python has no package selenium (Debian: python3-selenium)" >&2
fi
if [ -d node_modules/webdriverio ]; then
  node click.test.mjs
else
  echo "skipped: WebdriverIO, because it is not installed (npm ci in $PWD)" >&2
fi
