// Runs exported scripts one after the other in one process, each as it would run alone: `node batch.js FILE [PACKAGE]`, where FILE holds
// a JSON array of their texts. Says of each, a line each, `PASS`, `FAIL`, `NOT APPLICABLE`, or what went wrong.
"use strict";

const fs = require("fs");
const [file, name] = process.argv.slice(2);
const texts = JSON.parse(fs.readFileSync(file, "utf8"));

// Scripts may change what they find.
const { setTimeout } = globalThis;
const print = console.log.bind(console);
console.log = console.error = console.warn = function () {};
const leave = process.exit.bind(process);
if (typeof Deno === "object") Deno.exit = function () {};

process.setMaxListeners(0);
// A script asks for the package that it is told of.
process.argv.length = 2;
if (name !== undefined) process.argv.push(name);

function run(text) {
  // The value of a script is the promise of its verdict.
  return new Function("require", "return eval(arguments[1]);")(require, text);
}

function next(at) {
  if (at === texts.length) return leave(0);
  // In Deno this would cancel what a script dispatches.
  for (const kind of typeof Deno === "object" ? [] : ["uncaughtException", "unhandledRejection"]) {
    process.removeAllListeners(kind);
    process.on(kind, function () {});
  }
  // A handler keeps the place of the one before it.
  if ("onerror" in globalThis) globalThis.onerror = null;
  let isOver = false;
  function said(verdict) {
    if (isOver) return;
    isOver = true;
    print(verdict);
    setTimeout(next, 0, at + 1);
  }
  setTimeout(said, 20000, "NO ANSWER");
  try {
    run(texts[at]).then(said, function (error) { said("ERROR " + error); });
  } catch (error) {
    said("ERROR " + error);
  }
  return undefined;
}

next(0);
