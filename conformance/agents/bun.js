// Starts the agent in Bun, from 0.5.0 on: `bun bun.js`.
"use strict";

const fs = require("fs");
const path = require("path");

const hooks = { unhandled: function () {} };

// Where these are heard of, an exception is no reason to end; where they are not, Bun goes on by itself.
process.on("uncaughtException", function () {});
process.on("unhandledRejection", function (reason, promise) { hooks.unhandled(reason, promise); });

// Old versions have no `vm`.
const evaluate = eval;
for (const name of ["agent.js", "lines.js"]) {
  // Strict code, which is what Bun may make of this file, keeps functions to the evaluation, so they are handed over.
  const script = fs.readFileSync(path.join(path.dirname(process.argv[1]), name), "utf8");
  const given = name === "agent.js" ? "bgfspecAgent" : "bgfspecLines";
  globalThis[given] = evaluate("(function () {" + script + "\nreturn " + given + ";\n})()");
}

const agent = globalThis.bgfspecAgent({
  global: globalThis,
  enqueueTask: setImmediate,
  sleep: (function (setTimeout) {
    return function (callback) { setTimeout(callback, 1); };
  })(setTimeout),
  onUnhandled: function (listener) { hooks.unhandled = listener; }
});

function writeAll(to, text) {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(fs.writeSync(to, bytes));
}

const lines = globalThis.bgfspecLines({
  start: function (done) {
    agent.probe(function () {
      done({ name: "bun", version: Bun.version, capabilities: agent.capabilities() });
    });
  },
  runAll: agent.runAll,
  write: function (text) { writeAll(1, text); },
  idle: read,
  leave: function () { process.exit(0); },
  fail: function (message) {
    writeAll(2, message + "\n");
    process.exit(70);
  }
});

// Reading blocks: nothing is going on between an answer and the next message.
const buffer = new Uint8Array(1 << 16);

function read() {
  while (!lines.isBusy()) {
    const count = fs.readSync(0, buffer);
    if (count === 0) return lines.end();
    lines.receive(buffer.subarray(0, count));
  }
  return undefined;
}

read();
