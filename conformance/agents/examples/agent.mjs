// An agent in JavaScript: it plays scenarios on this host's own events and says what was seen. SCENARIOS.md defines both.
import { createInterface } from "node:readline";
const started = { name: "host", version: process.version, scope: "shell",
  capabilities: ["event-target", "event-target-constructor", "capture", "exceptions", "abort"] };
process.on("uncaughtException", () => {}); // What callbacks throw is theirs; nobody here listens for it.

function play(scenario) {
  const trace = [], names = new Map(), labels = new Map();
  const members = scenario.observe.filter((member) => !["returns", "reported", "unhandled"].includes(member));
  let failed;
  const name = (text, value) => { names.set(text, value); if (!labels.has(value)) labels.set(value, "@" + text); };
  function show(value) {
    if (Object(value) !== value) return value === undefined ? { $: "undefined" } : value;
    if (Array.isArray(value)) return value.map(show);
    return value instanceof Error ? { $exception: value.name } : labels.get(value) ?? { $object: value.constructor.name };
  }
  const get = (object, member) => typeof object[member] === "function" ? object[member]() : object[member];
  const read = (event) => Object.fromEntries(members.map((member) => [member, show(get(event, member))]));
  function perform(operations, event) {
    const follow = (path) => path.split(".").reduce((value, part, i) =>
      i > 0 ? value[part] : part === "event" ? event : names.get(part), undefined);
    const split = (path) => [follow(path.slice(0, path.lastIndexOf("."))), path.slice(path.lastIndexOf(".") + 1)];
    const valueOf = (json) => typeof json === "string" && json[0] === "@" ? follow(json.slice(1)) :
      Object(json) === json ? Object.fromEntries(Object.entries(json).map(([key, one]) => [key, valueOf(one)])) : json;
    const words = {
      new: (text, { as, args = [] }) => name(as, new globalThis[text](...args.map(valueOf))),
      call(text, { as, args = [], quiet }) {
        const [object, method] = split(text), result = object[method](...args.map(valueOf));
        if (!quiet) trace.push({ returned: show(result), from: text });
        if (as) name(as, result);
      },
      get: (text) => trace.push({ got: show(follow(text)), from: text }),
      set(text, { to }) { const [object, member] = split(text); object[member] = to; },
      read: (text) => trace.push({ read: read(follow(text)), of: text }),
      same: (pair) => trace.push({ got: Object.is(...pair.map(valueOf)), from: JSON.stringify(pair) }),
      object: (value, { as }) => name(as, valueOf(value)),
      note: (text) => trace.push({ noted: text }),
    };
    for (const operation of operations) {
      const [word, operand] = Object.entries(operation)[0];
      if (word === "throw") throw new Error(operand.$error);
      failed ??= words[word] ? undefined : "unknown operation " + word;
      try { words[word](operand, operation); } catch (exception) {
        if (!operation.quiet) trace.push({ threw: show(exception), from: operand });
        if (word !== "call") return;
      }
    }
  }
  for (const [callback, { do: body = [], times = Infinity }] of Object.entries(scenario.callbacks ?? {})) {
    let left = times;
    name(callback, (event) => { trace.push({ called: callback, event: read(event) }); if (--left >= 0) perform(body, event); });
  }
  perform(scenario.steps);
  return failed ? [{ failed }] : trace;
}
for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line);
  if (message.start) console.log(JSON.stringify({ started }));
  if (message.run !== undefined) console.log(JSON.stringify({ ran: message.run, traces: message.scenarios.map(play) }));
}
