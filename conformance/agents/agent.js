// The agent for JavaScript hosts: it plays scenarios and says what was seen.
//
// `../SCENARIOS.md` defines scenarios and traces; this file is an interpreter of them and nothing else. It judges nothing and
// knows no vendor. It is a plain script and keeps to ES2017, because it must run in the oldest host that is judged.
// It is long and still one file: each host loads it in a way of its own, and few of these ways know of a second file.
//
// `bgfspecAgent(host)` gives `{ probe(done), capabilities(), run(scenario, done), runAll(scenarios, done) }`. `probe` finds out by
// trying what the global object shows; it may be left out, and comes before `capabilities` otherwise. For a controller that plays a
// scenario over several realms there are `hear()`, `begin(scenario, saw)`, `evaluate(operations)`, `perform(operations)`,
// `settle(callback)` and `end()` as well. The host supplies:
//
//   global               the global object whose EventTarget, Event and so on are judged
//   enqueueTask(f)       queues a task; tasks run in the order in which they were queued
//   drain(f)             optional: calls back when the host knows that nothing is left to be done
//   sleep(f)             optional: calls back after about a millisecond, so that nobody spins while a timer runs
//   timers()             optional: the number of pending timers that keep the host alive
//   onReported(f)        optional: has `f` called with each exception that is reported for the global object
//   onUnhandled(f)       optional: has `f` called with the reason and the promise of each rejection announced as unhandled
//   mustCancel           optional: true where the host ends if `error` and `unhandledrejection` events are not canceled; they
//                        are canceled behind all listeners, so a scenario sees it only if it asks after the dispatch
//   makeAsync(enter)     optional: gives an async function that does `return enter(this, arguments)`; only needed where
//                        code can't be made from strings
//   registration()       optional: gives the service worker registration, where the global object has none
//   stimulate(s, f)      optional: does what the stimulus `s` says and calls back; gives whether it can
//   more                 optional: further capabilities, by name
//
// A hook that is there is a capability that is there, unless the probe finds that nothing is ever heard of it. Where there are no
// such hooks, the probe listens at the global object. What may be broken is no reason to lack a capability: a window that reports no
// exception is a window.

// eslint-disable-next-line no-unused-vars
function bgfspecAgent(host) {
  "use strict";

  // Scenarios may change what is reachable from the global object, so everything that is relied on is taken first.
  var global = host.global;
  var apply = Reflect.apply;
  var construct = Reflect.construct;
  var now = Date.now;
  var stringify = JSON.stringify;
  var isArray = Array.isArray;
  var sameValue = Object.is;
  var getPrototypeOf = Object.getPrototypeOf;
  var defineProperty = Object.defineProperty;
  var getOwnPropertyDescriptor = Object.getOwnPropertyDescriptor;
  var classStringOf = Function.prototype.call.bind(Object.prototype.toString);
  var arrayOf = Function.prototype.call.bind(Array.prototype.slice);
  var MapHere = Map;
  var PromiseHere = Promise;
  var ErrorHere = Error;
  var then = Promise.prototype.then;
  var fulfilled = Promise.resolve();
  var toPrimitive = Symbol.toPrimitive;
  var enqueueTask = host.enqueueTask;
  var addListener = global.addEventListener;
  var removeListener = global.removeEventListener;
  var canListen = typeof addListener === "function" && typeof removeListener === "function";

  var EventInterface = interfaceOf("Event");
  var EventTargetInterface = interfaceOf("EventTarget");
  // In old windows the interface is there, and only nodes are of it.
  var constructsTargets = canConstruct("EventTarget", []);
  var BackgroundFetchEventInterface = interfaceOf("BackgroundFetchEvent");
  var DOMExceptionInterface = interfaceOf("DOMException");
  var ErrorThere = interfaceOf("Error");
  var queueMicrotaskThere = interfaceOf("queueMicrotask");
  var timeoutFunction = interfaceOf("AbortSignal") && global.AbortSignal.timeout;

  // How often in a row nothing may happen in a task of its own before a drain ends.
  var QUIET_TURNS = host.drain ? 1 : 3;
  // In so many turns the probe hears of what is to be heard of.
  var PROBE_TURNS = 20;
  // A timer that takes longer than this is not waited for, and none is waited for much longer than it takes.
  var LONGEST_TIMER = 2000;
  // For so long is waited for timers that the implementation set of its own accord.
  var LONGEST_OF_OTHERS = 50;

  var EVENT_MEMBERS = [
    "type", "target", "srcElement", "currentTarget", "eventPhase", "composedPath", "bubbles", "cancelable", "composed",
    "defaultPrevented", "returnValue", "cancelBubble", "isTrusted", "registration"
  ];
  var REGISTRATION_MEMBERS = [
    "id", "uploadTotal", "uploaded", "downloadTotal", "downloaded", "result", "failureReason", "recordsAvailable"
  ];

  // How values that JSON lacks show in traces, and what they are. These objects are shared, as nobody changes them.
  var UNDEFINED = { $: "undefined" };
  var SYMBOL = { $: "symbol" };
  var BIGINT = { $: "bigint" };
  var BIGINT_0 = { $: "bigint0" };
  var hasBigInt = typeof BigInt === "function";
  var SPECIAL = new MapHere([
    ["undefined", undefined],
    ["NaN", NaN],
    ["Infinity", Infinity],
    ["-Infinity", -Infinity],
    ["-0", -0],
    ["symbol", Symbol("symbol")],
    ["bigint", hasBigInt ? BigInt(1) : undefined],
    ["bigint0", hasBigInt ? BigInt(0) : undefined]
  ]);

  var OPERATIONS = operationTable();
  // Paths that were parsed before, by their text, with and without the `@` of a value.
  var PATHS = new MapHere();
  // What each name means, as long as it was given in the current scenario. They outlive scenarios, so that those need no maps.
  var BINDINGS = new MapHere();
  // What `this`, `event` and `arguments` mean outside of callbacks.
  var TOP = { self: undefined, args: [] };

  // Whether reported exceptions and unhandled rejections are heard of.
  var hearsReported = host.onReported !== undefined;
  var hearsUnhandled = host.onUnhandled !== undefined;
  // What the host's own `error` and `unhandledrejection` events say of themselves, once that is known; scenarios may dispatch some
  // of their own.
  var errorsAreTrusted;
  var rejectionsAreTrusted;
  // What the probe wants to hear of, while it runs.
  var probing = null;
  // Whether an event is on its way from the agent's first listener to its last, which cancels it.
  var isToBeCanceled = false;

  // The scenario that is being run. What an earlier one left behind finds that it is not its own, and does nothing.
  var run = null;

  if (hearsReported) host.onReported(hearReported);
  if (hearsUnhandled) host.onUnhandled(hearUnhandled);

  return {
    probe: probe,
    hear: hear,
    capabilities: capabilities,
    run: runScenario,
    runAll: runAll,
    begin: begin,
    evaluate: evaluate,
    perform: perform,
    settle: drain,
    end: function () { run = null; }
  };

  // Capabilities.

  function interfaceOf(name) {
    var value = global[name];
    return typeof value === "function" ? value : undefined;
  }

  function canConstruct(name, args) {
    try {
      return construct(interfaceOf(name), args) !== null;
    } catch (exception) {
      return false;
    }
  }

  function hasTree() {
    var document = global.document;
    return document !== undefined && document !== null && typeof document.createElement === "function";
  }

  // Known by its document: an interface and the methods of a target may be missing or broken, which scenarios show.
  function hasWindow() {
    return hasTree() && (global.document.defaultView === global || typeof global.Window === "function" && global instanceof global.Window);
  }

  // A window is to report exceptions by its `error` event, whether it does or not.
  function hasGlobalEvents() {
    return hearsReported || canListen && hasWindow();
  }

  // A node that stands alone is a target like any other, for whoever has no others.
  function newTarget() {
    return constructsTargets ? construct(EventTargetInterface, []) : newNode();
  }

  function newNode() {
    return global.document.createElement("div");
  }

  // There are hosts that refuse such listeners.
  function canCapture() {
    try {
      newTarget().addEventListener("probe", function () {}, true);
      return true;
    } catch (exception) {
      return false;
    }
  }

  function capabilities() {
    var performance = global.performance;
    var all = [
      ["event-target", (constructsTargets || hasTree()) && canConstruct("Event", ["x"])],
      ["event-target-constructor", constructsTargets],
      ["capture", canCapture()],
      ["script", true],
      ["exceptions", true],
      ["custom-event", interfaceOf("CustomEvent")],
      ["error-event-interface", interfaceOf("ErrorEvent")],
      ["dom-exception", DOMExceptionInterface],
      ["abort", interfaceOf("AbortController") && interfaceOf("AbortSignal")],
      ["timers", true],
      ["performance", performance && typeof performance.now === "function"],
      ["promises", true],
      ["global-events", hasGlobalEvents()],
      ["unhandled-rejections", hearsUnhandled],
      ["tree", hasTree()],
      ["window-global", hasWindow()]
    ];
    var there = all.filter(function (pair) { return pair[1]; }).map(function (pair) { return pair[0]; });
    return there.concat(host.more || []);
  }

  // What the global object shows.

  // Throws in a listener, leaves a rejection unhandled, and sees what is heard of them within some turns.
  function probe(done) {
    var listensForErrors = !hearsReported && canListen;
    var listensForRejections = !hearsUnhandled && canListen;
    var next = host.sleep || enqueueTask;
    var turns = 0;
    probing = { exception: new ErrorHere("a probe"), reported: false, reason: new ErrorHere("a probe"), unhandled: false };
    if (listensForErrors) listen("error", hearErrorEvent);
    if (listensForRejections) listen("unhandledrejection", hearRejectionEvent);
    // There are windows in which only what a node's listener throws is reported.
    [newTarget, newNode].forEach(function (make) {
      attempt(function () {
        var target = make();
        target.addEventListener("probe", function () { throw probing.exception; });
        target.dispatchEvent(new EventInterface("probe"));
        // There may be no such interface, or the exception goes through, and is nothing that was reported.
      });
    });
    new PromiseHere(function (resolve, reject) { reject(probing.reason); });
    function turn() {
      turns += 1;
      if (turns < PROBE_TURNS && !(probing.reported && probing.unhandled)) return next(turn);
      // What a hook is for may happen in no probe: exceptions are reported in more ways than this one.
      hearsReported = hearsReported || probing.reported;
      hearsUnhandled = probing.unhandled;
      if (listensForErrors && !hasGlobalEvents()) unlisten("error", hearErrorEvent);
      if (listensForRejections && !hearsUnhandled) unlisten("unhandledrejection", hearRejectionEvent);
      probing = null;
      return done();
    }
    next(turn);
  }

  // Listens at the global object without having tried, where there is no time to: another realm of its kind has.
  function hear() {
    if (!canListen) return;
    hearsReported = true;
    hearsUnhandled = true;
    listen("error", hearErrorEvent);
    listen("unhandledrejection", hearRejectionEvent);
  }

  function listen(type, listener) {
    apply(addListener, global, [type, listener]);
    if (host.mustCancel) apply(addListener, global, [type, cancel]);
  }

  function unlisten(type, listener) {
    apply(removeListener, global, [type, listener]);
    if (host.mustCancel) apply(removeListener, global, [type, cancel]);
  }

  function hearErrorEvent(event) {
    if (probing !== null && event.error === probing.exception) errorsAreTrusted = event.isTrusted;
    if (isHostsOwn(event, errorsAreTrusted)) {
      isToBeCanceled = true;
      hearReported(event.error);
    }
  }

  function hearRejectionEvent(event) {
    if (probing !== null && event.reason === probing.reason) rejectionsAreTrusted = event.isTrusted;
    if (isHostsOwn(event, rejectionsAreTrusted)) {
      isToBeCanceled = true;
      hearUnhandled(event.reason, event.promise);
    }
  }

  // Whether the host fired an event; those that a scenario dispatches have a name.
  function isHostsOwn(event, areTrusted) {
    return (areTrusted === undefined || event.isTrusted === areTrusted) && (run === null || labelOf(event) === undefined);
  }

  function hearReported(exception) {
    if (probing !== null) probing.reported = probing.reported || exception === probing.exception;
    else if (run !== null) record({ reported: show(exception) });
  }

  function hearUnhandled(reason, promise) {
    if (probing !== null) probing.unhandled = probing.unhandled || reason === probing.reason;
    else if (run !== null) record({ unhandled: show(reason), promise: show(promise) });
  }

  // The agent's last listener: those of the scenario have seen the event as it was.
  function cancel(event) {
    if (isToBeCanceled) event.preventDefault();
    isToBeCanceled = false;
  }

  // Keeps the listener that cancels behind the scenario's. Amid a dispatch it would be missing from that one.
  function cancelLast() {
    if (!host.mustCancel || isToBeCanceled) return;
    if (hasGlobalEvents()) {
      apply(removeListener, global, ["error", cancel]);
      apply(addListener, global, ["error", cancel]);
    }
    if (hearsUnhandled) {
      apply(removeListener, global, ["unhandledrejection", cancel]);
      apply(addListener, global, ["unhandledrejection", cancel]);
    }
  }

  // What a scenario does to the global object is undone once it has ended.

  function isGlobal(self) {
    return self === global || self === undefined || self === null;
  }

  function touched() {
    if (run.touched === null) run.touched = { listeners: [], properties: [] };
    return run.touched;
  }

  function noteGlobalListener(args) {
    var listeners = touched().listeners;
    listeners[listeners.length] = args;
  }

  // To be asked before the member is set.
  function noteGlobalMember(name) {
    var properties = touched().properties;
    properties[properties.length] = { name: name, before: getOwnPropertyDescriptor(global, name) };
  }

  function undo(changes) {
    isToBeCanceled = false;
    changes.listeners.forEach(function (args) {
      [false, true].forEach(function (capture) {
        attempt(function () { apply(removeListener, global, [args[0], args[1], capture]); });
      });
    });
    changes.properties.reverse().forEach(function (change) {
      attempt(function () {
        if (/^on/.test(change.name)) global[change.name] = null;
        if (change.before === undefined) delete global[change.name];
        else if ("value" in change.before) defineProperty(global, change.name, change.before);
      });
    });
  }

  // What can't be undone stays.
  function attempt(action) {
    try {
      action();
    } catch (exception) {
      // A conversion of the scenario's own threw, or the member belongs to the host.
    }
  }

  // Running scenarios.

  // Runs scenarios one after the other. Those that end at once are run in a loop, so that the stack stays flat.
  function runAll(scenarios, done) {
    var traces = [];
    var looping = false;
    function ended(trace) {
      traces[traces.length] = trace;
      if (!looping) loop();
    }
    function loop() {
      looping = true;
      while (traces.length < scenarios.length) {
        var before = traces.length;
        runScenario(scenarios[before], ended);
        if (traces.length === before) {
          looping = false;
          return;
        }
      }
      looping = false;
      done(traces);
    }
    loop();
  }

  function runScenario(scenario, done) {
    startRun(scenario, null);
    advance(0, done);
  }

  function startRun(scenario, saw) {
    forgetPaths();
    run = {
      trace: [],
      // The objects that were given a name, and how they show in traces: two lists for a few, a map for many.
      named: [],
      labels: [],
      labelMap: null,
      errors: null,
      resolvers: null,
      members: observedMembers(scenario.observe),
      steps: scenario.steps,
      // Where the steps stopped: at a stimulus, or after the last.
      at: 0,
      // Whether the trace is complete although operations may be left.
      ended: false,
      failed: null,
      // What was done to the global object, if anything.
      touched: null,
      // Those that were there before the scenario are nothing to wait for.
      timersBefore: countTimers(),
      // Whether anything may still happen once the current task has ended.
      unsettled: false,
      tasks: 0,
      timers: [],
      // Told of each observation at once, where a realm may end before the scenario does.
      saw: saw
    };
    try {
      makeCallbacks(scenario.callbacks);
    } catch (exception) {
      fail(messageOf(exception));
    }
  }

  // Piece by piece, for a controller.

  // Begins the part of a scenario that is played in this realm; whoever calls it says when each list is its turn.
  function begin(scenario, saw) {
    startRun(scenario, saw);
  }

  // Runs operations as a part of the script that calls it: what they throw is that script's.
  function evaluate(operations) {
    runOperations(operations, 0, TOP);
  }

  // Runs operations as a task of their own; the caller is one. What they throw is reported.
  function perform(operations) {
    try {
      runOperations(operations, 0, TOP);
    } catch (exception) {
      enqueueTask(function () { throw exception; });
    }
  }

  // Runs the operations up to the next stimulus in one go, then what the stimulus asks for.
  function advance(from, done) {
    var steps = run.steps;
    run.at = from;
    try {
      runOperations(steps, from, TOP);
    } catch (exception) {
      // Nobody called the script that threw this: it is for the host to report.
      enqueueTask(function () { throw exception; });
    }
    // A list that ended early goes on after the next stimulus.
    while (run.at < steps.length && keyOf(steps[run.at]) !== undefined) run.at += 1;
    var stimulus = steps[run.at];
    if (stimulus !== undefined && !run.ended) {
      if (stimulus.drain === true) return drain(function () { advance(run.at + 1, done); });
      if (host.stimulate) {
        var at = run.at;
        run.unsettled = true;
        if (host.stimulate(stimulus, function () { advance(at + 1, done); })) return;
      }
      fail("cannot do " + stringify(stimulus));
    }
    return run.unsettled ? drain(function () { finish(done); }) : finish(done);
  }

  function finish(done) {
    var trace = run.failed === null ? run.trace : [{ failed: run.failed }];
    var changes = run.touched;
    run = null;
    if (changes !== null) undo(changes);
    done(trace);
  }

  // Something that the scenario should not have asked for. The trace would be worth nothing, so it ends.
  function fail(message) {
    if (run.failed === null) {
      run.failed = message;
      if (run.saw !== null) run.saw({ failed: message });
    }
    run.ended = true;
  }

  // Waits until microtasks, tasks and timers are done, and the host has had time for what it does of its own accord.
  function drain(callback) {
    var next = host.drain || enqueueTask;
    var quiet = 0;
    var seen = run.trace.length;
    var deadline = now() + LONGEST_OF_OTHERS;
    function turn() {
      var timing = isTiming() || countTimers() > run.timersBefore && now() < deadline;
      if (timing || run.tasks > 0 || run.trace.length !== seen) {
        quiet = 0;
        seen = run.trace.length;
      } else {
        quiet += 1;
      }
      if (quiet >= QUIET_TURNS) {
        run.unsettled = false;
        callback();
      } else if (timing && host.sleep) {
        host.sleep(turn);
      } else {
        next(turn);
      }
    }
    next(turn);
  }

  function countTimers() {
    return host.timers ? host.timers() : 0;
  }

  function isTiming() {
    while (run.timers.length > 0) {
      var timer = run.timers[run.timers.length - 1];
      if (!timer.signal.aborted && now() < timer.deadline) return true;
      run.timers.length -= 1;
    }
    return false;
  }

  // Callbacks.

  function makeCallbacks(definitions) {
    for (var name in definitions) giveName(name, makeCallback(name, definitions[name]));
  }

  function makeCallback(name, definition) {
    var mine = run;
    var body = definition["do"] || [];
    var left = typeof definition.times === "number" ? definition.times : Infinity;
    function enter(self, args) {
      if (run !== mine || mine.ended) return undefined;
      recordCall(name, self, args);
      left -= 1;
      return left < 0 ? undefined : runOperations(body, 0, { self: self, args: args });
    }
    switch (definition.kind) {
      case "async":
        return makeAsync(function (self, args) {
          mine.unsettled = true;
          return enter(self, args);
        });
      case "class":
        return makeClass(enter);
      default:
        return function () { return enter(this, arguments); };
    }
  }

  function makeAsync(enter) {
    if (host.makeAsync) return host.makeAsync(enter);
    // From a string, so that a host without async functions can still run everything else.
    return new Function("enter", "'use strict'; return async function () { return enter(this, arguments); };")(enter);
  }

  function makeClass(enter) {
    // Whoever calls it instead of constructing it meets an exception, which may be reported later.
    run.unsettled = true;
    return class {
      constructor() { enter(this, arguments); }
    };
  }

  function recordCall(name, self, args) {
    var first = args[0];
    if (isEvent(first)) {
      record({ called: name, "this": show(self), "arguments": args.length, event: snapshot(first) });
    } else {
      record({ called: name, "this": show(self), "arguments": args.length });
    }
  }

  // Observations.

  function record(observation) {
    if (run.ended) return;
    run.trace[run.trace.length] = observation;
    if (run.saw !== null) run.saw(observation);
  }

  function recordThrow(exception, operation, key) {
    record({ threw: show(exception), from: textOf(operation[key]) });
  }

  // What an observation says about its origin: what the operation's own member holds, as it stands.
  function textOf(value) {
    return typeof value === "string" ? value : stringify(value);
  }

  // The scenario needs something that is not there; what it would show without is nobody's concern.
  function missing(what) {
    record({ missing: what });
    run.ended = true;
    return new ErrorHere("missing " + what);
  }

  function missingMember(object, member) {
    return missing(ownerOf(object) + "." + member);
  }

  function ownerOf(object) {
    if (typeof object === "function") return String(object.name);
    var name = classOf(object);
    if (name !== "Object" || typeof object.constructor !== "function") return name;
    return String(object.constructor.name);
  }

  function classOf(object) {
    try {
      return classStringOf(object).slice(8, -1);
    } catch (exception) {
      // A getter for the class string that checks what it is called on.
      return "Object";
    }
  }

  // Values in traces.

  function show(value) {
    switch (typeof value) {
      case "string":
        return value.charCodeAt(0) === 64 ? { $string: value } : value;
      case "number":
        return showNumber(value);
      case "boolean":
        return value;
      case "undefined":
        return UNDEFINED;
      case "symbol":
        return SYMBOL;
      case "bigint":
        return value ? BIGINT : BIGINT_0;
      default:
        return value === null ? null : showObject(value);
    }
  }

  function showNumber(value) {
    if (value !== value) return { $: "NaN" };
    if (value === Infinity) return { $: "Infinity" };
    if (value === -Infinity) return { $: "-Infinity" };
    return value === 0 && 1 / value < 0 ? { $: "-0" } : value;
  }

  function showObject(object) {
    var label = labelOf(object);
    if (label !== undefined) return label;
    if (object === global) return "@self";
    if (isArray(object)) return showArray(object);
    if (run.errors !== null && run.errors.has(object)) return { $error: run.errors.get(object) };
    var name = classOf(object);
    if (isException(object, name)) return { $exception: nameOfException(object, name) };
    return { $object: name };
  }

  function showArray(array) {
    var shown = [];
    for (var i = 0; i < array.length; i += 1) shown[i] = show(array[i]);
    return shown;
  }

  function isException(object, name) {
    return name === "Error" || name === "DOMException" || object instanceof ErrorHere ||
      isA(object, ErrorThere) || isA(object, DOMExceptionInterface);
  }

  function nameOfException(object, name) {
    if (name === "DOMException" || isA(object, DOMExceptionInterface)) return String(object.name);
    return typeof object.constructor === "function" ? String(object.constructor.name) : "Error";
  }

  function messageOf(exception) {
    return String(exception && exception.message || exception);
  }

  function isA(object, someInterface) {
    return someInterface !== undefined && object instanceof someInterface;
  }

  // Events.

  // Some implementations hand out events that inherit from no `Event`; they are known by what they can do.
  function isEvent(value) {
    if (typeof value !== "object" || value === null) return false;
    return isA(value, EventInterface) ||
      ("type" in value && "currentTarget" in value && "preventDefault" in value);
  }

  function observedMembers(observe) {
    if (!isArray(observe)) return EVENT_MEMBERS;
    if (observe.length === 0) return observe;
    return EVENT_MEMBERS.filter(function (member) { return observe.indexOf(member) >= 0; });
  }

  function snapshot(event) {
    var members = run.members;
    var shown = {};
    for (var i = 0; i < members.length; i += 1) {
      var member = members[i];
      if (member === "registration") {
        if (isA(event, BackgroundFetchEventInterface)) shown.registration = readRegistration(event);
      } else {
        shown[member] = member === "composedPath" ? readComposedPath(event) : readMember(event, member);
      }
    }
    return shown;
  }

  function readMember(object, member) {
    try {
      return show(object[member]);
    } catch (exception) {
      return show(exception);
    }
  }

  function readComposedPath(event) {
    try {
      var composedPath = event.composedPath;
      return composedPath === undefined ? UNDEFINED : show(apply(composedPath, event, []));
    } catch (exception) {
      return show(exception);
    }
  }

  function readRegistration(event) {
    var registration;
    try {
      registration = event.registration;
    } catch (exception) {
      return { object: show(exception) };
    }
    var shown = { object: show(registration) };
    if (typeof registration !== "object" || registration === null) return shown;
    for (var i = 0; i < REGISTRATION_MEMBERS.length; i += 1) {
      shown[REGISTRATION_MEMBERS[i]] = readMember(registration, REGISTRATION_MEMBERS[i]);
    }
    return shown;
  }

  // Paths.

  function parsePath(text) {
    var path = PATHS.get(text);
    if (path === undefined) {
      var bare = text.charCodeAt(0) === 64 ? text.slice(1) : text;
      var parts = bare.split(".");
      path = {
        parts: parts,
        last: parts[parts.length - 1],
        binding: bindingOf(parts[0]),
        isGlobalName: /^[A-Z]/.test(bare)
      };
      PATHS.set(text, path);
    }
    return path;
  }

  // What a path gives after so many of its parts.
  function follow(path, count, frame) {
    var parts = path.parts;
    var value = start(path, frame);
    if (value === undefined && path.isGlobalName && path.binding.run !== run) throw missing(parts[0]);
    for (var i = 1; i < count; i += 1) value = value[parts[i]];
    return value;
  }

  function start(path, frame) {
    if (path.binding.run === run) return path.binding.value;
    switch (path.parts[0]) {
      case "self":
        return global;
      case "this":
        return frame.self;
      case "event":
        return frame.args[0];
      case "arguments":
        return arrayOf(frame.args);
      case "value":
        return frame.value;
      case "registration":
        return host.registration ? host.registration() : global.registration;
      case "performance":
        return global.performance;
      default:
        return path.isGlobalName ? global[path.parts[0]] : undefined;
    }
  }

  // Scenarios are much alike in their paths and names. Should they not be, memory matters more than time.
  function forgetPaths() {
    if (PATHS.size < 4096) return;
    PATHS.clear();
    BINDINGS.clear();
  }

  // Names.

  function bindingOf(name) {
    var binding = BINDINGS.get(name);
    if (binding === undefined) {
      binding = { run: null, value: undefined, label: "@" + name };
      BINDINGS.set(name, binding);
    }
    return binding;
  }

  function giveName(name, value) {
    if (name === undefined) return;
    var binding = bindingOf(name);
    binding.run = run;
    binding.value = value;
    var isObject = typeof value === "function" || (typeof value === "object" && value !== null);
    if (isObject && labelOf(value) === undefined) setLabel(value, binding.label);
  }

  function labelOf(object) {
    if (run.labelMap !== null) return run.labelMap.get(object);
    var named = run.named;
    for (var i = 0; i < named.length; i += 1) {
      if (named[i] === object) return run.labels[i];
    }
    return undefined;
  }

  function setLabel(object, label) {
    if (run.labelMap !== null) {
      run.labelMap.set(object, label);
      return;
    }
    run.named[run.named.length] = object;
    run.labels[run.labels.length] = label;
    // Beyond some size a map is faster, and a scenario of any length stays linear.
    if (run.named.length === 16) {
      run.labelMap = new MapHere(run.named.map(function (named, i) { return [named, run.labels[i]]; }));
    }
  }

  function valueAt(text, frame) {
    var path = parsePath(text);
    return follow(path, path.parts.length, frame);
  }

  // The object that the last part of a path is a member of. A lone name of an interface is a member of the global object.
  function ownerAt(path, frame) {
    return path.parts.length === 1 ? global : follow(path, path.parts.length - 1, frame);
  }

  // The function that a path gives; a member that is not there ends the scenario.
  function functionAt(path, owner, frame) {
    if (path.parts.length === 1) return follow(path, 1, frame);
    var found = owner[path.last];
    if (found === undefined) throw missingMember(owner, path.last);
    return found;
  }

  // Values.

  function valueOf(json, frame) {
    if (typeof json === "string") {
      return json.charCodeAt(0) === 64 ? valueAt(json, frame) : json;
    }
    if (typeof json !== "object" || json === null) return json;
    if (isArray(json)) return valuesOf(json, frame);
    for (var key in json) {
      // A `$` begins what is not simply an object; no such member has others beside it.
      if (key.charCodeAt(0) === 36) return specialValue(key, json[key], frame);
      break;
    }
    return objectOf(json, frame);
  }

  function valuesOf(list, frame) {
    var values = [];
    if (list !== undefined) {
      for (var i = 0; i < list.length; i += 1) values[i] = valueOf(list[i], frame);
    }
    return values;
  }

  function objectOf(json, frame) {
    var object = {};
    for (var key in json) {
      var member = json[key];
      if (typeof member === "object" && member !== null && "$getter" in member) {
        defineGetter(object, key, completionOf(member.$getter, frame));
      } else if (key === "__proto__") {
        defineProperty(object, key, { value: valueOf(member, frame), writable: true, enumerable: true, configurable: true });
      } else {
        object[key] = valueOf(member, frame);
      }
    }
    return object;
  }

  function defineGetter(object, key, complete) {
    var mine = run;
    defineProperty(object, key, {
      get: function () {
        if (run === mine) record({ accessed: key });
        return complete();
      },
      enumerable: true,
      configurable: true
    });
  }

  // A function that ends as it was told to: it gives a value, or throws it.
  function completionOf(json, frame) {
    if (typeof json === "object" && json !== null && "$throws" in json) {
      var exception = valueOf(json.$throws, frame);
      return function () { throw exception; };
    }
    var value = valueOf(json, frame);
    return function () { return value; };
  }

  function specialValue(key, json, frame) {
    switch (key) {
      case "$":
        return SPECIAL.get(json);
      case "$string":
        return json;
      case "$error":
        return errorNamed(json);
      case "$converts":
        return convertingObject(completionOf(json, frame));
      default:
        fail("unknown value " + key);
        throw new ErrorHere(run.failed);
    }
  }

  function errorNamed(name) {
    // One map for both directions: names are strings and errors are not.
    if (run.errors === null) run.errors = new MapHere();
    var error = run.errors.get(name);
    if (error === undefined) {
      error = new ErrorHere(name);
      run.errors.set(name, error);
      run.errors.set(error, name);
    }
    return error;
  }

  function convertingObject(complete) {
    var mine = run;
    var object = {};
    defineProperty(object, toPrimitive, {
      value: function () {
        if (run === mine) record({ converted: true });
        return complete();
      }
    });
    return object;
  }

  // Operations.

  // The member that says which operation it is; `undefined` for a stimulus.
  function keyOf(operation) {
    for (var key in operation) {
      if (OPERATIONS[key] !== undefined) return key;
    }
    return undefined;
  }

  // Runs operations until one ends the list. Gives what a `return` gives and throws what a `throw` throws.
  function runOperations(list, from, frame) {
    for (var i = from; i < list.length && !run.ended; i += 1) {
      var operation = list[i];
      var key = keyOf(operation);
      if (key === undefined) return stopAt(i, list);
      var value;
      try {
        value = OPERATIONS[key](operation, frame);
      } catch (exception) {
        recordThrow(exception, operation, key);
        return undefined;
      }
      if (key === "return") return value;
      if (key === "throw" && !run.ended) {
        run.unsettled = true;
        throw value;
      }
    }
    if (list === run.steps) run.at = list.length;
    return undefined;
  }

  // Among the steps, what is no operation is a stimulus; elsewhere it is a mistake.
  function stopAt(i, list) {
    if (list === run.steps) run.at = i;
    else fail("unknown operation " + stringify(list[i]));
  }

  // What `call` and its like have in common: the result is recorded, and so is what is thrown, which ends nothing; neither if the
  // scenario says that it is not to be told.
  // A name is given after the recording, so that a trace tells what it is that got the name.
  function recordReturn(value, operation, key) {
    if (operation.quiet !== true) record({ returned: show(value), from: operation[key] });
    giveName(operation.as, value);
    // A promise may come from another realm than the agent's.
    if (typeof value === "object" && value !== null && classOf(value) === "Promise") run.unsettled = true;
  }

  function recordCaught(exception, operation, key) {
    if (operation.quiet !== true) recordThrow(exception, operation, key);
    giveName(operation["catch"], exception);
  }

  function doCall(operation, frame) {
    try {
      var path = parsePath(operation.call);
      var owner = path.parts.length === 1 ? undefined : ownerAt(path, frame);
      var called = functionAt(path, owner, frame);
      var args = valuesOf(operation.args, frame);
      foresee(path.last, owner, args);
      var result = apply(called, owner, args);
      if (run.touched !== null) cancelLast();
      watchTimer(called, args, result);
      recordReturn(result, operation, "call");
    } catch (exception) {
      recordCaught(exception, operation, "call");
    }
  }

  function doApply(operation, frame) {
    try {
      var path = parsePath(operation.apply);
      var called = functionAt(path, ownerAt(path, frame), frame);
      var self = valueOf(operation["this"], frame);
      var args = valuesOf(operation.args, frame);
      foresee(path.last, self, args);
      var result = apply(called, self, args);
      if (run.touched !== null) cancelLast();
      watchTimer(called, args, result);
      recordReturn(result, operation, "apply");
    } catch (exception) {
      recordCaught(exception, operation, "apply");
    }
  }

  // Some calls have consequences after the current task that no operation tells of.
  function foresee(member, self, args) {
    if (member === "waitUntil") run.unsettled = true;
    if (member === "addEventListener" && args.length > 1) {
      if (isGlobal(self)) noteGlobalListener(args);
      var listener = args[1];
      // Only the scenario's own functions are known not to throw of themselves.
      if (listener !== null && listener !== undefined && !isOwnFunction(listener)) run.unsettled = true;
    }
  }

  function isOwnFunction(value) {
    return typeof value === "function" && labelOf(value) !== undefined;
  }

  function watchTimer(called, args, signal) {
    if (called !== timeoutFunction || called === undefined) return;
    run.unsettled = true;
    // Converting an object again would be seen; it is taken for a timer that ends.
    var milliseconds = typeof args[0] === "object" || typeof args[0] === "function" ? LONGEST_TIMER : Number(args[0]);
    if (milliseconds <= LONGEST_TIMER && typeof signal === "object" && signal !== null) {
      run.timers[run.timers.length] = { signal: signal, deadline: now() + milliseconds + 1000 };
    }
  }

  function doConstruct(operation, key, frame) {
    if (operation["new"] === "EventTarget" && !constructsTargets) return giveName(operation.as, newTarget());
    try {
      var path = parsePath(operation[key]);
      var constructed = functionAt(path, ownerAt(path, frame), frame);
      giveName(operation.as, construct(constructed, valuesOf(operation.args, frame)));
    } catch (exception) {
      recordCaught(exception, operation, key);
    }
  }

  function doClass(operation, frame) {
    var Base = valueAt(operation["class"], frame);
    giveName(operation.as, class extends Base {});
  }

  function doSetter(operation, frame) {
    try {
      var path = parsePath(operation.setter);
      var owner = ownerAt(path, frame);
      var descriptor = getOwnPropertyDescriptor(owner, path.last);
      if (descriptor === undefined || descriptor.set === undefined) throw missingMember(owner, path.last);
      var self = valueOf(operation["this"], frame);
      var to = valueOf(operation.to, frame);
      if (isGlobal(self)) noteGlobalMember(path.last);
      recordReturn(apply(descriptor.set, self, [to]), operation, "setter");
      if (run.touched !== null) cancelLast();
    } catch (exception) {
      recordCaught(exception, operation, "setter");
    }
  }

  function doSet(operation, frame) {
    var path = parsePath(operation.set);
    var owner = ownerAt(path, frame);
    var to = valueOf(operation.to, frame);
    if (owner === global) noteGlobalMember(path.last);
    owner[path.last] = to;
    if (run.touched !== null) cancelLast();
  }

  function recordGot(value, operation, key) {
    record({ got: show(value), from: textOf(operation[key]) });
  }

  function doRead(operation, frame) {
    var event = valueAt(operation.read, frame);
    // A snapshot catches exceptions one by one; that there is nothing to read is the operation's own.
    if (event === undefined || event === null) throw new TypeError("nothing to read");
    record({ read: snapshot(event), of: operation.read });
  }

  function doDescribe(operation, frame) {
    var path = parsePath(operation.describe);
    var descriptor = getOwnPropertyDescriptor(ownerAt(path, frame), path.last);
    record({ described: showDescriptor(descriptor), from: operation.describe });
  }

  function showDescriptor(descriptor) {
    if (descriptor === undefined) return null;
    var shown = {};
    if ("value" in descriptor) {
      // Functions that the scenario does not know have nothing to compare.
      if (typeof descriptor.value !== "function" || labelOf(descriptor.value) !== undefined) shown.value = show(descriptor.value);
      shown.writable = descriptor.writable;
    } else {
      shown.get = descriptor.get !== undefined;
      shown.set = descriptor.set !== undefined;
    }
    shown.enumerable = descriptor.enumerable;
    shown.configurable = descriptor.configurable;
    return shown;
  }

  function typeAt(text, frame) {
    var path = parsePath(text);
    var value = start(path, frame);
    for (var i = 1; i < path.parts.length; i += 1) {
      if (value === undefined || value === null) return "undefined";
      value = value[path.parts[i]];
    }
    return typeof value;
  }

  function isOrdered(values) {
    return values.every(function (value, i) {
      return typeof value === "number" && !(i > 0 && value < values[i - 1]);
    });
  }

  function doMicrotask(operation, frame) {
    var mine = run;
    var list = operation.microtask;
    run.unsettled = true;
    function body() {
      if (run === mine) runOperations(list, 0, frame);
    }
    function careful() {
      try {
        body();
      } catch (exception) {
        enqueueTask(function () { throw exception; });
      }
    }
    // A promise's reaction turns what is thrown into a rejection, so what throws needs the host's own function.
    var throws = list.some(function (inner) { return keyOf(inner) === "throw"; });
    if (throws && queueMicrotaskThere !== undefined) apply(queueMicrotaskThere, global, [body]);
    else apply(then, fulfilled, [throws ? careful : body]);
  }

  function doTask(operation, frame) {
    var mine = run;
    var list = operation.task;
    run.unsettled = true;
    run.tasks += 1;
    enqueueTask(function () {
      mine.tasks -= 1;
      if (run === mine) runOperations(list, 0, frame);
    });
  }

  function doPromise(operation) {
    var name = operation.promise;
    run.unsettled = true;
    if (run.resolvers === null) run.resolvers = new MapHere();
    var resolvers = run.resolvers;
    giveName(name, new PromiseHere(function (resolve, reject) {
      resolvers.set(name, { resolve: resolve, reject: reject });
    }));
  }

  function doSettle(operation, key, frame) {
    var pair = run.resolvers === null ? undefined : run.resolvers.get(operation[key]);
    if (pair === undefined) return fail("no promise " + operation[key]);
    run.unsettled = true;
    return pair[key]("with" in operation ? valueOf(operation["with"], frame) : undefined);
  }

  function doThen(operation, frame) {
    var mine = run;
    run.unsettled = true;
    function reaction(how, list) {
      return function (value) {
        if (run !== mine) return;
        record({ settled: operation.then, as: how, value: show(value) });
        if (list !== undefined) runOperations(list, 0, { self: frame.self, args: frame.args, value: value });
      };
    }
    apply(then, valueAt(operation.then, frame), [
      reaction("fulfilled", operation["do"]), reaction("rejected", operation["catch"])
    ]);
  }

  function doTree(operation) {
    var parent = null;
    operation.tree.forEach(function (name) {
      var node = global.document.createElement("div");
      if (parent !== null) parent.appendChild(node);
      giveName(name, node);
      parent = node;
    });
  }

  function operationTable() {
    var table = Object.create(null);
    table["new"] = function (operation, frame) { doConstruct(operation, "new", frame); };
    table.construct = function (operation, frame) { doConstruct(operation, "construct", frame); };
    table["class"] = doClass;
    table.call = doCall;
    table.apply = doApply;
    table.get = function (operation, frame) { recordGot(valueAt(operation.get, frame), operation, "get"); };
    table.set = doSet;
    table.setter = doSetter;
    table.read = doRead;
    table.describe = doDescribe;
    table["in"] = function (operation, frame) {
      var path = parsePath(operation["in"]);
      recordGot(path.last in ownerAt(path, frame), operation, "in");
    };
    table["typeof"] = function (operation, frame) {
      recordGot(typeAt(operation["typeof"], frame), operation, "typeof");
    };
    table["instanceof"] = function (operation, frame) {
      var value = valueOf(operation["instanceof"], frame);
      recordGot(value instanceof valueAt(operation["interface"], frame), operation, "instanceof");
    };
    table.same = function (operation, frame) {
      var values = valuesOf(operation.same, frame);
      recordGot(sameValue(values[0], values[1]), operation, "same");
    };
    table.prototype = function (operation, frame) {
      var prototype = valueAt(operation.prototype, frame);
      recordGot(getPrototypeOf(valueAt(operation.of, frame)) === prototype, operation, "prototype");
    };
    table["class-of"] = function (operation, frame) {
      recordGot(classStringOf(valueAt(operation["class-of"], frame)), operation, "class-of");
    };
    table.ordered = function (operation, frame) {
      recordGot(isOrdered(valuesOf(operation.ordered, frame)), operation, "ordered");
    };
    table.object = function (operation, frame) { giveName(operation.as, valueOf(operation.object, frame)); };
    table["throw"] = function (operation, frame) { return valueOf(operation["throw"], frame); };
    table["return"] = function (operation, frame) { return valueOf(operation["return"], frame); };
    table.note = function (operation) { record({ noted: operation.note }); };
    table.microtask = doMicrotask;
    table.task = doTask;
    table.promise = doPromise;
    table.resolve = function (operation, frame) { doSettle(operation, "resolve", frame); };
    table.reject = function (operation, frame) { doSettle(operation, "reject", frame); };
    table.then = doThen;
    table.tree = doTree;
    return table;
  }
}
