// Runs in Node and starts the agent in workerd, from 1.20220926.0 on: `node workerd.js PATH`, where PATH is its program.
// Messages come in on standard input and go to the worker as requests over the loopback interface.
"use strict";

const childProcess = require("child_process");
const fs = require("fs");
const http = require("http");
const net = require("net");
const os = require("os");
const path = require("path");

const stdio = require("./stdio.js");

const program = process.argv[2];

// The worker's own part. It can't make code from strings, so this is text here and a module there.
const WORKER = `
// As the host has them before any scenario.
const { setTimeout, Response } = globalThis;

const agent = bgfspecAgent({
  global: globalThis,
  enqueueTask: (task) => { setTimeout(task, 0); },
  sleep: (callback) => { setTimeout(callback, 1); },
  makeAsync: (enter) => async function () { return enter(this, arguments); }
});

const answers = {
  start: () => new Promise((resolve) => { agent.probe(() => resolve(agent.capabilities())); }),
  run: (scenarios) => new Promise((resolve) => { agent.runAll(scenarios, resolve); })
};

export default {
  async fetch(request) {
    const [what, scenarios] = JSON.parse(await request.text());
    return new Response(JSON.stringify(await answers[what](scenarios)));
  }
};
`;

// Ends the program when its own standard input ends, which it does when this process is gone, however it went.
const KEEPER = '"$0" "$@" </dev/null & read -r line; kill -9 $!';

const version = versionOf(program);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bgfspec-workerd-"));
process.on("exit", function () { fs.rmSync(folder, { recursive: true, force: true }); });
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, function () { process.exit(70); });

/** The date that the program says it is of, which is also the newest compatibility date that it knows. */
function versionOf(program) {
  if (program === undefined) stdio.fail("say where the program of workerd is");
  const asked = childProcess.spawnSync(program, ["--version"], { encoding: "utf8" });
  const date = /\d{4}-\d{2}-\d{2}/.exec(asked.stdout || "");
  if (date === null) stdio.fail("`" + program + " --version` gives no date: " + (asked.error || asked.stderr || asked.stdout));
  return date[0];
}

function configuration() {
  fs.writeFileSync(path.join(folder, "worker.js"), stdio.source("agent.js") + WORKER);
  const file = path.join(folder, "config.capnp");
  fs.writeFileSync(file, `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .agent)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
const agent :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.js")],
  compatibilityDate = "${version}"
);
`);
  return file;
}

// The program is given a socket that listens already: no port has to be guessed or told.
const server = net.createServer();
server.listen(0, "127.0.0.1", function () {
  const port = server.address().port;
  const words = ["-c", KEEPER, program, "serve", configuration(), "--socket-fd=http=3"];
  const child = childProcess.spawn("/bin/sh", words, { stdio: ["pipe", 2, 2, server._handle.fd] });
  child.on("error", function (error) { stdio.fail("can't start workerd: " + error.message); });
  child.stdin.on("error", function () {});
  server.close();
  begin(port);
});

function begin(port) {
  const connections = new http.Agent({ keepAlive: true, maxSockets: 1 });

  function ask(what, scenarios, done) {
    const request = http.request({ host: "127.0.0.1", port: port, method: "POST", agent: connections }, function (response) {
      const parts = [];
      response.on("data", function (part) { parts.push(part); });
      response.on("error", gone);
      response.on("end", function () {
        const text = Buffer.concat(parts).toString("utf8");
        if (response.statusCode !== 200) stdio.fail("workerd answers with " + response.statusCode + ": " + text);
        done(JSON.parse(text));
      });
    });
    request.on("error", gone);
    request.end(JSON.stringify([what, scenarios]));
  }

  // Asked at once: whatever it reads it has read when it answers, and the folder need not outlive a process that is killed.
  const capabilities = new Promise(function (resolve) { ask("start", [], resolve); });
  capabilities.then(function () { fs.rmSync(folder, { recursive: true, force: true }); });

  stdio.serve({
    start: function (done) {
      capabilities.then(function (capabilities) {
        done({ name: "workerd", version: version, scope: "worker", capabilities: capabilities });
      });
    },
    runAll: function (scenarios, done) { ask("run", scenarios, done); }
  });
  // What was asked for is still answered, but a worker that hangs is not waited for.
  process.stdin.on("end", function () { setTimeout(function () { process.exit(0); }, 2000).unref(); });
}

function gone(error) {
  stdio.fail("workerd does not answer: " + error.message);
}
