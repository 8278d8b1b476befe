// What the start-ups that run in Node share: scripts are loaded, and JSON Lines come in on standard input and go out on
// standard output.
"use strict";

const events = require("events");
const fs = require("fs");
const path = require("path");
const vm = require("vm");

// Warnings about many listeners say nothing about a scenario, and making one takes longer than running it.
events.defaultMaxListeners = 0;

// Whoever is judged may print; standard output is for the protocol.
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

/** Where a file of this folder is. */
exports.file = function (name) { return path.join(__dirname, name); };

/** The text of a file of this folder. */
exports.source = function (name) { return fs.readFileSync(exports.file(name), "utf8"); };

/** Runs a plain script of this folder in the realm of Node. */
exports.load = function (name) { vm.runInThisContext(exports.source(name), { filename: exports.file(name) }); };

/** How many timers keep Node from ending; nothing where it does not tell. */
exports.timers = typeof process.getActiveResourcesInfo !== "function" ? undefined : (function (resources) {
  return function () { return resources().filter(function (kind) { return kind === "Timeout"; }).length; };
})(process.getActiveResourcesInfo.bind(process));

/** Says on standard error what went wrong, and ends. */
exports.fail = function (message) {
  fs.writeSync(2, message + "\n");
  process.exit(70);
};

/** Answers messages: `start(done)` gives what `started` says, `runAll(scenarios, done)` the traces. */
exports.serve = function (host) {
  exports.load("lines.js");
  const flags = process.execArgv.concat((process.env.NODE_OPTIONS || "").split(" ").filter(Boolean));
  const lines = global.bgfspecLines({
    start: function (done) {
      host.start(function (started) { done(Object.assign({ configuration: { flags: flags } }, started)); });
    },
    runAll: host.runAll,
    write: function (text) { write(text); },
    leave: function () { write("", function () { process.exit(0); }); },
    fail: exports.fail
  });
  // The harness is gone.
  process.stdout.on("error", function () { process.exit(0); });
  process.stdin.on("data", lines.receive);
  process.stdin.on("end", lines.end);
};
