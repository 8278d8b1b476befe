// Starts the agent in Node for a package that exports `EventTarget` or `AbortController`, or gives a window:
// `node library.js PATH [NAME]`. PATH is the package's folder or a file in it, or a folder with the package in its node_modules,
// followed by the package's name and subpath where needed: `my-app`, `my-app/X`, `my-app/X/ponyfill`.
"use strict";

const fs = require("fs");
const createRequire = require("module").createRequire;
const path = require("path");
const url = require("url");

const stdio = require("./stdio.js");

// What packages report in Node's way is no reason to end, and is not told of by any event of theirs.
process.on("uncaughtException", function () {});
process.on("unhandledRejection", function () {});

const PAGE = "<!DOCTYPE html><html><head><title>bgfspec</title></head><body></body></html>";
const ADDRESS = "http://localhost/";

/** What can't be done, for the user to read. */
class Refusal extends Error {}

// Finding the package.

function manifestOf(folder) {
  try {
    return JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw new Refusal("can't read " + path.join(folder, "package.json") + ": " + error.message);
  }
}

/** The package, and what of it is wanted: a subpath, empty for the package itself. */
function findPackage(given, name) {
  let folder = given;
  while (manifestOf(folder) === null && path.dirname(folder) !== folder) folder = path.dirname(folder);
  const manifest = manifestOf(folder);
  if (manifest === null) throw new Refusal("neither " + given + " nor a folder above it has a package.json");
  const rest = path.relative(folder, given).split(path.sep).filter(Boolean);
  const installed = Object.keys(manifest.dependencies || {});
  const wanted = name || installed.find(function (one) { return one === rest.slice(0, one.split("/").length).join("/"); });
  if (wanted && manifest.name !== wanted) {
    return inside(folder, wanted, name ? [] : rest.slice(wanted.split("/").length));
  }
  if (rest.length === 0 && installed.length > 0 && !isLoadable(folder, manifest)) {
    // A folder into which packages were installed, as `npm init -y && npm i X` leaves it.
    if (installed.length === 1) return inside(folder, installed[0], []);
    const ways = installed.map(function (one) { return "package=" + path.join(given, one); });
    throw new Refusal("it is no package itself, and has several installed. Say which: --vendor " + ways.join(" or --vendor "));
  }
  return { folder: folder, manifest: manifest, subpath: rest.join("/") };
}

function inside(folder, name, rest) {
  const its = path.join(folder, "node_modules", name);
  const manifest = manifestOf(its);
  if (manifest === null) throw new Refusal("the package " + name + " is not installed in " + folder);
  return { folder: its, manifest: manifest, subpath: rest.join("/") };
}

function isLoadable(folder, manifest) {
  if (fs.existsSync(path.join(folder, moduleOf(manifest, "")))) return true;
  try {
    require.resolve(folder);
    return true;
  } catch (error) {
    return false;
  }
}

// Loading it.

function load(found) {
  try {
    return Promise.resolve(required(found));
  } catch (error) {
    // It may be a module, or reach one; if it can't be imported either, the first complaint tells more.
    return import(url.pathToFileURL(path.join(found.folder, moduleOf(found.manifest, found.subpath))).href)
      .catch(function (another) { throw new Refusal("can't load it: " + messageOf(error) + "; as a module: " + messageOf(another)); });
  }
}

function required(found) {
  if (found.subpath === "") return require(found.folder);
  // What a package exports under a subpath is found by its name, from within.
  if (found.manifest.exports !== undefined) {
    const within = createRequire(path.join(found.folder, "package.json"));
    try {
      return within(found.manifest.name + "/" + found.subpath);
    } catch (error) {
      if (error.code !== "ERR_PACKAGE_PATH_NOT_EXPORTED") throw error;
    }
  }
  return require(path.join(found.folder, found.subpath));
}

function messageOf(error) {
  return String(error && error.message || error).split("\n")[0];
}

/** The file of a package, or of what it exports under a subpath, that `import` takes. */
function moduleOf(manifest, subpath) {
  const key = subpath ? "./" + subpath : ".";
  function target(entry) {
    if (typeof entry === "string") return entry;
    if (Array.isArray(entry)) return entry.map(target).find(Boolean);
    for (const condition in entry || {}) {
      const isTaken = condition === key || ["node", "import", "module", "default"].indexOf(condition) >= 0;
      const found = isTaken ? target(entry[condition]) : undefined;
      if (found) return found;
    }
    return undefined;
  }
  if (subpath) return typeof manifest.exports === "object" && target(manifest.exports) || subpath;
  return target(manifest.exports) || manifest.module || manifest.main || "index.js";
}

// What it gives: known by shapes, not by names of packages.

/** A window, by any of the ways in which packages give one; `undefined` if there is none. */
function windowOf(exported) {
  const ways = [
    function (it) { return typeof it.JSDOM === "function" && modernWindow(it); },
    function (it) { return typeof it.jsdom === "function" && oldWindow(it); },
    function (it) { return typeof it.Window === "function" && new it.Window({ url: ADDRESS }); },
    function (it) { return typeof it.GlobalWindow === "function" && new it.GlobalWindow({ url: ADDRESS }); },
    // One that can't be given an address is a window all the same.
    function (it) { return typeof it.Window === "function" && new it.Window(); },
    function (it) { return typeof it.parseHTML === "function" && (it.parseHTML(PAGE).window || it.parseHTML(PAGE)); },
    function (it) { return typeof it.createWindow === "function" && it.createWindow(PAGE, ADDRESS); },
    // One that makes a document when it is called.
    function (it) { return typeof it === "function" && !isClass(it) && windowOfDocument(it(PAGE)); },
    function (it) { return typeof it.createDocument === "function" && windowOfDocument(it.createDocument(PAGE)); },
    windowOfDocument
  ];
  for (const it of shapesOf(exported)) {
    for (const way of ways) {
      let window;
      try {
        window = way(it);
      } catch (error) {
        // Something else of the same name.
        fs.writeSync(2, "no window: " + messageOf(error) + "\n");
      }
      if (window && typeof window.Event === "function") return window;
    }
  }
  return undefined;
}

function shapesOf(exported) {
  return [exported, exported && exported.default].filter(function (it) {
    return it !== null && (typeof it === "object" || typeof it === "function");
  });
}

// Scripts of the page are not run, but there is a realm in which they would be: the one that developers' own code meets.
// What goes to its console would be noise.
function modernWindow(it) {
  const virtualConsole = it.VirtualConsole && new it.VirtualConsole();
  return new it.JSDOM(PAGE, { url: ADDRESS, runScripts: "outside-only", virtualConsole: virtualConsole }).window;
}

function oldWindow(it) {
  const virtualConsole = it.createVirtualConsole && it.createVirtualConsole();
  return it.jsdom(PAGE, { url: ADDRESS, virtualConsole: virtualConsole }).defaultView;
}

function windowOfDocument(it) {
  return it && typeof it.createElement === "function" && it.defaultView;
}

function isClass(value) {
  return /^class\b/.test(Function.prototype.toString.call(value)) || isEventTarget(value) || isAbortController(value);
}

function isEventTarget(value) {
  return typeof value === "function" && value.prototype && typeof value.prototype.addEventListener === "function" &&
    typeof value.prototype.dispatchEvent === "function";
}

function isAbortController(value) {
  return typeof value === "function" && value.prototype && typeof value.prototype.abort === "function";
}

/** The interface of a controller's signals, where the package does not export it. */
function signalOf(AbortController) {
  try {
    const of = new AbortController().signal.constructor;
    return of.name === "AbortSignal" ? of : undefined;
  } catch (error) {
    return undefined;
  }
}

/**
 * An object that has what the package exports, as a global object would; `undefined` if it exports neither an `EventTarget` nor
 * an `AbortController`.
 */
function globalOf(exported) {
  const shapes = shapesOf(exported);
  const EventTarget = shapes.map(function (it) { return isEventTarget(it.EventTarget) ? it.EventTarget : it; }).find(isEventTarget) ||
    onlyTarget(shapes);
  const AbortController = shapes.map(function (it) { return isAbortController(it.AbortController) ? it.AbortController : it; })
    .find(isAbortController);
  if (EventTarget === undefined && AbortController === undefined) return undefined;
  const made = {};
  // What belongs to the language, and not to any implementation of events.
  for (const name of ["Object", "Function", "Array", "Error", "TypeError", "RangeError", "Promise", "Symbol", "queueMicrotask"]) {
    made[name] = global[name];
  }
  for (const it of shapes.reverse()) {
    for (const name of Object.keys(it)) {
      if (/^[A-Z]/.test(name) && typeof it[name] === "function") made[name] = it[name];
    }
  }
  if (EventTarget !== undefined) made.EventTarget = EventTarget;
  if (AbortController !== undefined) {
    made.AbortController = AbortController;
    made.AbortSignal = made.AbortSignal || signalOf(AbortController);
  }
  return made;
}

/** The one class of targets that a package exports under a name of its own; `undefined` if there is none, or more than one. */
function onlyTarget(shapes) {
  const found = new Set();
  for (const it of shapes) {
    for (const name of Object.keys(it)) {
      // Interfaces such as `AbortSignal` are judged as what they are.
      if (isEventTarget(it[name]) && !(name in global) && canBeMade(it[name])) found.add(it[name]);
    }
  }
  return found.size === 1 ? found.values().next().value : undefined;
}

function canBeMade(Target) {
  try {
    return typeof new Target() === "object";
  } catch (error) {
    return false;
  }
}

/** Whether targets of the package take events of the host's `Event`. How often they call a listener is for scenarios to show. */
function takesOurEvents(EventTarget) {
  try {
    const target = new EventTarget();
    target.addEventListener("x", function () {});
    target.dispatchEvent(new Event("x"));
  } catch (error) {
    return false;
  }
  return true;
}

// Where `Event` is not the package's own, only what its `EventTarget` does is judged: scenarios in which an event is used, and
// seen from its listeners, and not those that ask the event itself.
function isAboutTargets(scenario) {
  const text = JSON.stringify(scenario);
  if (text.indexOf('"EventTarget') < 0 || /"@?Event\./.test(text)) return false;
  const events = (text.match(/"new":"Event"[^}]*/g) || []).length;
  const named = [];
  (function walk(value) {
    if (typeof value !== "object" || value === null) return;
    if (value["new"] === "Event" || value["class"] === "Event") named.push(value.as);
    Object.keys(value).forEach(function (key) { walk(value[key]); });
  })(scenario);
  return named.length >= events && !named.some(function (name) {
    const asks = new RegExp('"@?' + name + '\\.|"read":"' + name + '"');
    return name !== undefined && asks.test(text.replace(new RegExp('"@?' + name + '\\.(defaultPrevented|type)"', "g"), ""));
  });
}

// The interfaces that capabilities stand for.
const BEHIND = {
  "event-target": "EventTarget",
  "event-target-constructor": "EventTarget",
  "custom-event": "CustomEvent",
  "error-event-interface": "ErrorEvent",
  "dom-exception": "DOMException",
  abort: "AbortSignal",
  performance: "performance"
};

// A package may hand out what is Node's own. That is not the package's to answer for.
function isTheHosts(capability, judged) {
  const name = BEHIND[capability];
  return name !== undefined && global[name] !== undefined && judged[name] === global[name];
}

/** Why it can't be asked for what such capabilities stand for. */
function reasons(capabilities, judged) {
  const lacks = {};
  for (const capability in BEHIND) {
    const name = BEHIND[capability];
    if (isTheHosts(capability, judged)) {
      lacks[capability] = "its `" + name + "` is Node's own, which --vendor node judges";
    } else if (capabilities.indexOf(capability) < 0 && judged[name] === undefined) {
      lacks[capability] = "it has no `" + name + "`";
    }
  }
  return lacks;
}

/** What a package exports, in words. */
function listed(exported) {
  const names = [];
  for (const it of shapesOf(exported)) {
    for (const name of Object.keys(it)) if (names.indexOf(name) < 0) names.push(name);
  }
  if (names.length === 0) return typeof exported === "function" ? "a function" : "nothing";
  return names.slice(0, 8).join(", ") + (names.length > 8 ? " and " + (names.length - 8) + " more" : "");
}

// Starting.

/** The agent's function, made in the window's own realm where it has one. */
function agentFor(window) {
  const script = "(function () {" + stdio.source("agent.js") + "\nreturn bgfspecAgent;\n})()";
  try {
    if (window.eval("this") === window) return window.eval(script);
  } catch (error) {
    // It runs no scripts.
  }
  return (0, eval)(script);
}

function begin(exported, found) {
  const window = windowOf(exported);
  const judged = window || globalOf(exported);
  if (judged === undefined) {
    throw new Refusal("it exports neither `EventTarget`, nor one class with `addEventListener()` and `dispatchEvent()`, nor " +
      "`AbortController`, nor anything that gives a window with an `Event` (JSDOM, Window, parseHTML, createWindow, a document). " +
      "It exports " + listed(exported));
  }
  const lacksEvent = judged.EventTarget !== undefined && typeof judged.Event !== "function";
  if (lacksEvent && takesOurEvents(judged.EventTarget)) judged.Event = Event;
  const agent = agentFor(judged)({
    global: judged,
    enqueueTask: setImmediate,
    sleep: (function (setTimeout) {
      return function (callback) { setTimeout(callback, 1); };
    })(setTimeout),
    timers: stdio.timers
  });
  function capabilities() { return agent.capabilities().filter(function (capability) { return !isTheHosts(capability, judged); }); }
  const refused = [{ failed: "`Event` is not the package's own, and this scenario asks what it does" }];
  stdio.serve({
    start: function (done) {
      agent.probe(function () {
        done({
          name: [found.manifest.name].concat(found.subpath || []).join("/"),
          version: String(found.manifest.version),
          scope: window ? "window" : "library",
          capabilities: capabilities(),
          lacks: reasons(capabilities(), judged)
        });
      });
    },
    runAll: function (scenarios, done) {
      if (!lacksEvent) return agent.runAll(scenarios, done);
      const taken = scenarios.map(isAboutTargets);
      return agent.runAll(scenarios.filter(function (scenario, i) { return taken[i]; }), function (traces) {
        let next = 0;
        done(taken.map(function (isTaken) { return isTaken ? traces[next++] : refused; }));
      });
    }
  });
}

function main(folder, name) {
  if (folder === undefined) throw new Refusal("say in which folder the package is");
  const found = findPackage(path.resolve(folder), name);
  return load(found).then(function (exported) { begin(exported, found); });
}

Promise.resolve().then(function () { return main(process.argv[2], process.argv[3]); }).catch(function (error) {
  stdio.fail(error instanceof Refusal ? error.message : String(error && error.stack || error));
});
