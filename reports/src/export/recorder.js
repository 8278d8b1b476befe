// What a script needs beside its scenario: it records what is seen, compares that with what is permitted, and says how it went.
// A script gets only the functions that it uses.

// The global object that is judged: the host's own or, with `node FILE PACKAGE`, that of a package, which is the window that it
// makes or what it exports.
function $host() {
  const name = typeof require === "function" && typeof process === "object" && process.argv ? process.argv[2] : undefined;
  if (name === undefined) return $own();
  const folder = require("path").resolve(name);
  const exported = require(require("fs").existsSync(folder) ? folder : name);
  const page = { url: "http://localhost/" };
  // What goes to the window's console would be noise.
  if (exported.VirtualConsole) page.virtualConsole = new exported.VirtualConsole();
  if (typeof exported.JSDOM === "function") return new exported.JSDOM("", page).window;
  if (typeof exported.Window === "function") return new exported.Window(page);
  return Object.assign({ Object, Function, Array, Error, TypeError, RangeError, Promise, Symbol }, exported.default, exported);
}

function $own() {
  return typeof globalThis === "object" ? globalThis : new Function("return this")();
}

// Runs the parts of a scenario, each in a task of its own, once nothing is left to be done of the one before it.
function $run(prepare, parts) {
  return new Promise((resolve) => {
    function next(at) {
      if (at === parts.length) {
        $state.over = true;
        return resolve({ seen: $seen });
      }
      try {
        $list(parts[at]);
      } catch (exception) {
        // Nobody called what threw this: it is for the host to report.
        setTimeout(() => { throw exception; }, 0);
      }
      return $drain(() => { next(at + 1); });
    }
    prepare(() => {
      const lacks = $needed.filter((capability) => !$has(capability));
      if (lacks.length > 0) resolve({ lacks });
      else setTimeout(() => { next(0); }, 0);
    });
  });
}

// Whether what a scenario needs is there.
function $has(capability) {
  const is = (name) => typeof self[name] === "function";
  switch (capability) {
    case "event-target": case "event-target-constructor": return is("EventTarget") && is("Event");
    case "capture": return $canCapture();
    case "custom-event": return is("CustomEvent");
    case "error-event-interface": return is("ErrorEvent");
    case "dom-exception": return is("DOMException");
    case "abort": return is("AbortController") && is("AbortSignal");
    case "performance": return typeof self.performance === "object" && typeof self.performance.now === "function";
    case "tree": return typeof self.document === "object" && typeof self.document.createElement === "function";
    case "window-global": return is("Window") && self instanceof self.Window;
    case "service-worker": return is("ServiceWorkerGlobalScope") && self instanceof self.ServiceWorkerGlobalScope;
    case "background-fetch": return is("BackgroundFetchManager");
    case "global-events": return $state.heard.reported === true;
    case "unhandled-rejections": return $state.heard.unhandled === true;
    // The others are there wherever scripts are, or show by what is seen.
    default: return true;
  }
}

function $canCapture() {
  try {
    new self.EventTarget().addEventListener("probe", () => {}, true);
    return true;
  } catch (exception) {
    return false;
  }
}

// Calls back when nothing was seen for some turns and no task or timer is left.
function $drain(callback) {
  let quiet = 0;
  let before = -1;
  function turn() {
    $state.timers = $state.timers.filter((timer) => !timer.signal.aborted && Date.now() < timer.until);
    quiet = $seen.length === before && $state.tasks === 0 && $state.timers.length === 0 ? quiet + 1 : 0;
    before = $seen.length;
    if (quiet > 4) callback();
    else if ($state.timers.length > 0 || typeof setImmediate !== "function") setTimeout(turn, 1);
    else setImmediate(turn);
  }
  setTimeout(turn, 0);
}

// Keeps exceptions and rejections that nobody handles from ending the host.
function $keepGoing(done) {
  if (typeof Deno === "object") {
    $cancelLast(["error", "unhandledrejection"]);
  } else if (typeof process === "object" && typeof process.on === "function") {
    process.on("uncaughtException", () => {});
    process.on("unhandledRejection", (reason, promise) => { $state.onRejection({ reason, promise }); });
    $state.hasProcess = self === $own();
  }
  done();
}

// Cancels the host's own events of these types, behind all other listeners, so that a scenario sees them as they are.
function $cancelLast(types) {
  let isUnderway = false;
  const begin = (event) => { isUnderway = !$state.over && !$names.has(event); };
  const cancel = (event) => {
    if (isUnderway) event.preventDefault();
    isUnderway = false;
  };
  types.forEach((type) => { self.addEventListener(type, begin); });
  $state.after = () => {
    // Amid a dispatch it would be missing from that one.
    if (isUnderway) return;
    types.forEach((type) => {
      self.removeEventListener(type, cancel);
      self.addEventListener(type, cancel);
    });
  };
  $state.after();
}

// Hears of exceptions that are reported and of rejections that are announced, and finds out whether the host tells of them.
function $hear(done) {
  const probe = new Error("a probe");
  $listen(probe);
  try {
    const target = new self.EventTarget();
    target.addEventListener("probe", () => { throw probe; });
    target.dispatchEvent(new self.Event("probe"));
  } catch (exception) {
    // It went through, and is nothing that was reported.
  }
  Promise.reject(probe);
  let turns = 0;
  function turn() {
    turns += 1;
    if (turns < 20 && !($state.heard.reported && $state.heard.unhandled)) setTimeout(turn, 1);
    else done();
  }
  setTimeout(turn, 0);
}

// Listens for exceptions and rejections; the probe is that of somebody who tries what is heard of.
function $listen(probe) {
  const trusted = {};
  function hear(kind, event, reason, seen) {
    if (probe !== undefined && reason === probe) {
      $state.heard[kind] = true;
      trusted[kind] = event.isTrusted;
    } else if ($observed[kind] && $state.heard[kind] && !$names.has(event)) {
      if (probe === undefined || event.isTrusted === trusted[kind]) $see(seen);
    }
  }
  const onError = (event) => { hear("reported", event, event.error, { reported: $show(event.error) }); };
  const onRejection = (event) => {
    hear("unhandled", event, event.reason, { unhandled: $show(event.reason), promise: $show(event.promise) });
  };
  if (typeof self.addEventListener === "function") {
    self.addEventListener("error", onError);
    if (!$state.hasProcess) self.addEventListener("unhandledrejection", onRejection);
  }
  if ($state.hasProcess) $state.onRejection = onRejection;
}

// Notes something that was seen.
function $see(seen) {
  if ($state.over) return;
  $seen.push(seen);
  $state.tell(seen);
}

// Gives an object its name; it keeps the first.
function $name(name, value) {
  const isObject = typeof value === "function" || (typeof value === "object" && value !== null);
  if (isObject && !$names.has(value)) $names.set(value, "@" + name);
  return value;
}

// Makes an error that shows by its name.
function $error(name) {
  const error = new Error(name);
  $errors.set(error, name);
  return error;
}

// Makes a promise that `$settle` settles.
function $promise(name) {
  return new Promise((resolve, reject) => { $state.promises[name] = { resolve, reject }; });
}

function $settle(name, how, value) {
  $state.promises[name][how](value);
}

// Calls something and notes how that ended. `more` may hold: `as` and `caught`, told of the result and of what was thrown; `quiet`, if
// the end is not to be noted; `member`, which gives what is called, if a call that throws and one of nothing must be told apart.
function $call(from, body, more) {
  const told = more || {};
  let result;
  try {
    result = body();
  } catch (exception) {
    if (told.member && $isMissing(told.member)) $see({ missing: from });
    else if (!told.quiet) $see({ threw: $show(exception), from });
    if (told.caught) told.caught(exception);
    return;
  }
  $state.after();
  if (!told.quiet) $see({ returned: $observed.returns ? $show(result) : "anything", from });
  if (told.as) told.as(result);
}

function $isMissing(member) {
  try {
    return member() === undefined;
  } catch (exception) {
    return true;
  }
}

// Constructs something and names it; only what it throws is noted.
function $new(from, name, body) {
  try {
    const made = body();
    if (name !== undefined) $name(name, made);
  } catch (exception) {
    $see({ threw: $show(exception), from });
  }
}

// Does something; what it throws is noted and ends the list of operations that it stands in.
function $do(from, body) {
  try {
    body();
    $state.after();
  } catch (exception) {
    $see({ threw: $show(exception), from });
    throw $end;
  }
}

// Notes what something gives.
function $got(from, body) {
  $do(from, () => { $see({ got: $show(body()), from }); });
}

// Notes the members of an event.
function $read(of, body) {
  $do(of, () => {
    const event = body();
    if (event === undefined || event === null) throw new TypeError("nothing to read");
    $see({ read: $members(event), of });
  });
}

// Notes a property's descriptor.
function $describe(from, body) {
  $do(from, () => {
    const descriptor = body();
    if (descriptor === undefined) return $see({ described: null, from });
    const shown = {};
    if ("value" in descriptor) {
      const isAnyFunction = typeof descriptor.value === "function" && !$names.has(descriptor.value);
      if (!isAnyFunction) shown.value = $show(descriptor.value);
      shown.writable = descriptor.writable;
    } else {
      shown.get = descriptor.get !== undefined;
      shown.set = descriptor.set !== undefined;
    }
    shown.enumerable = descriptor.enumerable;
    shown.configurable = descriptor.configurable;
    return $see({ described: shown, from });
  });
}

function $ordered(values) {
  return values.every((value, i) => typeof value === "number" && !(i > 0 && value < values[i - 1]));
}

// Runs a list of operations.
function $list(body) {
  try {
    return body();
  } catch (exception) {
    if (exception !== $end) throw exception;
    return undefined;
  }
}

// A function that notes each call and then does what it is for, on so many calls at most.
function $callback(name, body, times) {
  const enter = $enter(name, body, times);
  return $name(name, function () { return enter(this, arguments); });
}

function $asyncCallback(name, body, times) {
  const enter = $enter(name, body, times);
  return $name(name, async function () { return enter(this, arguments); });
}

function $classCallback(name, body, times) {
  const enter = $enter(name, body, times);
  return $name(name, class { constructor() { enter(this, arguments); } });
}

function $enter(name, body, times) {
  let left = times === undefined ? Infinity : times;
  return (that, args) => {
    if ($state.over) return undefined;
    const seen = { called: name };
    if ($observed.this) seen.this = $show(that);
    if ($observed.arguments) seen.arguments = args.length;
    if ($isEvent(args[0])) {
      const members = $members(args[0]);
      if ($observed.arguments || Object.keys(members).length > 0) seen.event = members;
    }
    $see(seen);
    left -= 1;
    return left < 0 ? undefined : $list(() => body.apply(that, args));
  };
}

function $isEvent(value) {
  if (typeof value !== "object" || value === null) return false;
  return $isA(value, "Event") || ("type" in value && "currentTarget" in value && "preventDefault" in value);
}

// The members of an event that count.
function $members(event) {
  const shown = {};
  $observed.members.forEach((member) => {
    if (member === "registration") {
      if ($isA(event, "BackgroundFetchEvent")) shown.registration = $registration(event);
    } else {
      shown[member] = $shown(() => {
        const value = event[member];
        return member === "composedPath" && value !== undefined ? value.call(event) : value;
      });
    }
  });
  return shown;
}

function $registration(event) {
  const shown = { object: $shown(() => event.registration) };
  if (typeof shown.object !== "string" && !("$object" in shown.object)) return shown;
  ["id", "uploadTotal", "uploaded", "downloadTotal", "downloaded", "result", "failureReason", "recordsAvailable"]
    .forEach((member) => { shown[member] = $shown(() => event.registration[member]); });
  return shown;
}

function $shown(body) {
  try {
    return $show(body());
  } catch (exception) {
    return $show(exception);
  }
}

// Queues a microtask, a task, and reactions to a promise.
function $microtask(body) {
  queueMicrotask(() => { if (!$state.over) $list(body); });
}

function $task(body) {
  $state.tasks += 1;
  setTimeout(() => {
    $state.tasks -= 1;
    if (!$state.over) $list(body);
  }, 0);
}

function $then(name, promise, fulfilled, rejected) {
  $do(name, () => {
    const reaction = (how, body) => (value) => {
      $see({ settled: name, as: how, value: $show(value) });
      if (!$state.over) $list(() => body(value));
    };
    Promise.prototype.then.call(promise(), reaction("fulfilled", fulfilled), reaction("rejected", rejected));
  });
}

// A signal that is waited for.
function $timer(signal) {
  $state.timers.push({ signal, until: Date.now() + 3000 });
  return signal;
}

// A value as it is written down: objects by their names, what JSON has no word for in an object of its own.
function $show(value) {
  switch (typeof value) {
    case "string": return value.charAt(0) === "@" ? { $string: value } : value;
    case "boolean": return value;
    case "undefined": return { $: "undefined" };
    case "symbol": return { $: "symbol" };
    case "bigint": return { $: value ? "bigint" : "bigint0" };
    case "number":
      if (value !== value || value === Infinity || value === -Infinity) return { $: String(value) };
      return value === 0 && 1 / value < 0 ? { $: "-0" } : value;
    default: return value === null ? null : $showObject(value);
  }
}

function $showObject(object) {
  if ($names.has(object)) return $names.get(object);
  if (object === self) return "@self";
  if (Array.isArray(object)) return Array.from(object, $show);
  if ($errors.has(object)) return { $error: $errors.get(object) };
  const name = $classOf(object);
  if (name === "DOMException" || $isA(object, "DOMException")) return { $exception: String(object.name) };
  if (name === "Error" || object instanceof Error || $isA(object, "Error")) {
    return { $exception: typeof object.constructor === "function" ? String(object.constructor.name) : "Error" };
  }
  return { $object: name };
}

function $classOf(object) {
  try {
    return Object.prototype.toString.call(object).slice(8, -1);
  } catch (exception) {
    return "Object";
  }
}

function $isA(object, name) {
  return typeof self[name] === "function" && object instanceof self[name];
}

// Finds the permitted way that goes along with what was seen farthest, and where they part; nowhere if they are the same.
function $compare(seen, permitted) {
  let best = { at: -1 };
  permitted.forEach((all) => {
    // What the host does not tell of is not to be expected.
    const expected = all.filter((item) => !["reported", "unhandled"].some((kind) => kind in item && !$state.heard[kind]));
    const same = (i) => JSON.stringify(expected[i]) === JSON.stringify(seen[i]);
    const length = Math.max(expected.length, seen.length);
    let at = 0;
    while (at < length && same(at)) at += 1;
    if (at > best.at || at === length) best = { at, expected, passes: at === length };
  });
  return best;
}

// Says how it went, line by line.
function $tell(result) {
  const say = typeof console === "object" ? (line) => { console.log(line); } : print;
  say($title);
  if (result.lacks !== undefined) {
    say("NOT APPLICABLE: there is no " + result.lacks.join(", "));
    return $leave("NOT APPLICABLE", 3);
  }
  const best = $compare(result.seen, $permitted);
  const length = Math.max(best.expected.length, result.seen.length);
  const text = (items, i) => (i < items.length ? JSON.stringify(items[i]) : "nothing");
  for (let i = 0; i < length; i += 1) {
    const [expected, seen] = [text(best.expected, i), text(result.seen, i)];
    if (expected === seen) {
      say("  as expected  " + seen);
    } else {
      say((i === best.at ? "> " : "  ") + "expected     " + expected);
      say("  observed     " + seen);
    }
  }
  return best.passes ? $leave("PASS", 0) : $leave("FAIL", 1);
}

function $leave(verdict, status) {
  (typeof console === "object" ? console.log : print)(verdict);
  if (typeof Deno === "object") Deno.exit(status);
  if (typeof process === "object") process.exitCode = status;
  return verdict;
}
