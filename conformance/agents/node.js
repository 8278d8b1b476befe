// Starts the agent in Node, from 15.0.1 on: JSON Lines come in on standard input and go out on standard output.
"use strict";

const events = require("events");
const fs = require("fs");
const path = require("path");
const vm = require("vm");

// Warnings about many listeners say nothing about a scenario, and making one takes longer than running it.
events.defaultMaxListeners = 0;

const hooks = { unhandled: function () {} };

// Node reports what a listener throws by throwing it again in a tick of its own. That is no reason to end here, and
// there is no `error` event that a scenario could ask for.
process.on("uncaughtException", function () {});
process.on("unhandledRejection", function (reason) { hooks.unhandled(reason); });

const file = path.join(__dirname, "agent.js");
vm.runInThisContext(fs.readFileSync(file, "utf8"), { filename: file });

const agent = global.bgfspecAgent({
  global: global,
  enqueueTask: setImmediate,
  sleep: function (callback) { setTimeout(callback, 1); },
  onUnhandled: function (listener) { hooks.unhandled = listener; }
});

function send(message) {
  process.stdout.write(JSON.stringify(message) + "\n");
}

// Messages that wait until the one before them has been answered.
const waiting = [];
let busy = false;

function receive(line) {
  if (line.trim() !== "") waiting.push(line);
  if (!busy) answerAll();
}

function answerAll() {
  while (!busy && waiting.length > 0) {
    busy = true;
    // Whatever goes wrong here is the agent's own fault, and ends it visibly.
    try {
      answer(JSON.parse(waiting.shift()));
    } catch (error) {
      fs.writeSync(2, "agent: " + (error && error.stack || error) + "\n");
      process.exit(70);
    }
  }
}

function answered(message) {
  send(message);
  busy = false;
}

function answer(message) {
  if (message.start !== undefined) {
    const version = process.versions.node;
    answered({ started: { name: "node", version: version, capabilities: agent.capabilities() } });
  } else if (message.run !== undefined) {
    let atOnce = true;
    agent.runAll(message.scenarios, function (traces) {
      answered({ ran: message.run, traces: traces });
      if (!atOnce) answerAll();
    });
    atOnce = false;
  } else if (message.stop !== undefined) {
    leave();
  } else {
    throw new Error("unknown message");
  }
}

// Leaves once everything has been written.
function leave() {
  process.stdout.write("", function () { process.exit(0); });
}

// The harness is gone.
process.stdout.on("error", function () { process.exit(0); });

// The parts of a line that has not ended yet. They are joined as bytes, because a character may lie across two of them.
let parts = [];

process.stdin.on("data", function (chunk) {
  let from = 0;
  let end = chunk.indexOf(10);
  while (end >= 0) {
    parts.push(chunk.slice(from, end));
    const line = Buffer.concat(parts).toString("utf8");
    parts = [];
    receive(line);
    from = end + 1;
    end = chunk.indexOf(10, from);
  }
  if (from < chunk.length) parts.push(chunk.slice(from));
});

process.stdin.on("end", function () {
  // What was asked for is still answered.
  receive('{"stop": true}');
});
