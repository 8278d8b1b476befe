// Runs exported scripts one after the other in one process, each as it would run alone: `node batch.js FILE [PACKAGE]`, where FILE holds
// a JSON array of their texts. With a package, a script finds the names of the window that this makes, or what it exports, in place of the
// host's own. Prints a line for each script: `PASS`, `FAIL`, `NOT APPLICABLE`, or what went wrong.
"use strict";

const fs = require("fs");
const [file, name] = process.argv.slice(2);
const texts = JSON.parse(fs.readFileSync(file, "utf8"));

// Scripts may change what they find.
const { setTimeout } = globalThis;
const print = console.log.bind(console);
const leave = process.exit.bind(process);
let said = function () {};
let expectsErrors = false;
process.exit = console.error = console.warn = function () {};
console.log = function (text) { if (typeof text === "string") said(text); };
process.setMaxListeners(0);
if (typeof Deno === "object") listenAt(globalThis);

function unexpected() {
  if (!expectsErrors) said("FAIL");
}

function listenAt(target) {
  if (typeof target.addEventListener === "function") target.addEventListener("error", function (event) {
    // What a script dispatches has none.
    if (!event.error) return;
    event.preventDefault();
    unexpected();
  });
}

// The global object that a package makes or exports.
function packageGlobal() {
  const exported = require(name);
  const page = { url: "http://localhost/" };
  if (exported.VirtualConsole) page.virtualConsole = new exported.VirtualConsole();
  if (typeof exported.JSDOM === "function") return new exported.JSDOM("", page).window;
  if (typeof exported.Window === "function") return new exported.Window(page);
  return Object.assign({ Object, Function, Array, Error, TypeError, RangeError, Promise, Symbol }, exported.default, exported);
}

// Gives the promise of a script.
function run(text) {
  if (name === undefined) return new Function("return eval(arguments[0]);")(text);
  const judged = packageGlobal();
  listenAt(judged);
  // A name is that of the package wherever it has one; `process` and the console are the host's.
  const scope = new Proxy(judged, {
    has: (target, key) => key === "globalThis" || (key in target && !["process", "console", "eval"].includes(key)),
    get: (target, key) => (key === "globalThis" ? target : key === Symbol.unscopables ? undefined : target[key])
  });
  return new Function("with (arguments[0]) return (function () { return eval(arguments[0]); })(arguments[1]);")(scope, text);
}

function next(at) {
  if (at === texts.length) return leave(0);
  // A handler keeps the place of the one before it.
  if ("onerror" in globalThis) globalThis.onerror = null;
  let isOver = false;
  said = function (verdict) {
    if (isOver) return;
    isOver = true;
    print(verdict);
    setTimeout(next, 0, at + 1);
  };
  // An unexpected exception ends a script that runs alone, with status 1.
  expectsErrors = /"uncaughtException"|onerror/.test(texts[at]);
  for (const kind of ["uncaughtException", "unhandledRejection"]) {
    process.removeAllListeners(kind);
    if (typeof Deno !== "object") process.on(kind, unexpected);
  }
  const timer = setTimeout(said, 20000, "NO ANSWER");
  if (timer.unref) timer.unref();
  try {
    run(texts[at]);
  } catch (error) {
    said("ERROR " + error);
  }
  return undefined;
}

next(0);
