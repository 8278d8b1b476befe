// Starts the agent in Node, from 15.0.1 on.
"use strict";

const stdio = require("./stdio.js");

const hooks = { unhandled: function () {} };

// Node reports what a listener throws by throwing it again in a tick of its own. That is no reason to end here, and
// there is no `error` event that a scenario could ask for.
process.on("uncaughtException", function () {});
process.on("unhandledRejection", function (reason, promise) { hooks.unhandled(reason, promise); });

stdio.load("agent.js");

const agent = global.bgfspecAgent({
  global: global,
  enqueueTask: setImmediate,
  sleep: function (callback) { setTimeout(callback, 1); },
  timers: stdio.timers,
  onUnhandled: function (listener) { hooks.unhandled = listener; }
});

stdio.serve({
  start: function (done) {
    agent.probe(function () {
      done({ name: "node", version: process.versions.node, capabilities: agent.capabilities() });
    });
  },
  runAll: agent.runAll
});
