"""An agent in Python: it plays scenarios on events.py and says what was seen. SCENARIOS.md defines both."""
import functools, json, re, sys
import events
STARTED = {"name": "events.py", "version": "1.0", "scope": "library",
           "capabilities": ["event-target", "event-target-constructor", "capture", "exceptions"]}
snake, UNDEFINED = lambda name: re.sub("[A-Z]", lambda letter: "_" + letter[0].lower(), name), {"$": "undefined"}

class Run:
    def __init__(self, scenario):
        self.trace, self.members = [], set(scenario["observe"]) - {"returns", "reported", "unhandled"}
        self.names = {name: self.callback(name, **callback) for name, callback in scenario.get("callbacks", {}).items()}
        self.perform(scenario["steps"])
    def callback(self, name, do=(), times=sys.maxsize):
        calls = iter(range(times))
        def call(event):
            self.trace.append({"called": name, "event": self.read(event)})
            self.perform(do if next(calls, None) is not None else (), event)
        return call
    def perform(self, operations, event=None):
        for operation in operations:
            self.event, word = event, next(iter(operation))
            getattr(self, "do_" + word)(operation[word], operation)
    def do_new(self, name, more): self.names[more["as"]] = self.invoke(getattr(events, name), more)
    def do_get(self, path, more): self.trace.append({"got": self.show(self.follow(path)), "from": path})
    def do_set(self, path, more): setattr(self.follow(path.rpartition(".")[0]), snake(path.rpartition(".")[2]), more["to"])
    def do_read(self, path, more): self.trace.append({"read": self.read(self.follow(path)), "of": path})
    def do_same(self, pair, more): self.trace.append({
        "got": self.value(pair[0]) is self.value(pair[1]), "from": json.dumps(pair, separators=(",", ":"))})
    def do_object(self, path, more): self.names[more["as"]] = self.value(path)
    def do_note(self, text, more): self.trace.append({"noted": text})
    def do_throw(self, value, more): raise Exception(value["$error"])
    def do_call(self, path, more):
        try:
            result = self.invoke(self.follow(path), more)
            seen = {"returned": UNDEFINED if result is None else self.show(result), "from": path}
            self.names.update({more["as"]: result} if "as" in more else {})
        except Exception as error:
            seen = {"threw": {"$exception": type(error).__name__}, "from": path}
        self.trace.extend([] if "quiet" in more else [seen])
    def invoke(self, function, more):
        values = [self.value(given) for given in more.get("args", [])]
        return function(*values[:-1], **values[-1]) if isinstance(([None] + values)[-1], dict) else function(*values)
    def value(self, given): return self.follow(given[1:]) if str(given).startswith("@") else given
    def follow(self, path):
        first, *members = path.split(".")
        value = self.event if first == "event" else self.names[first]
        return functools.reduce(lambda value, member: getattr(value, snake(member), UNDEFINED), members, value)
    def read(self, event):
        values = {member: getattr(event, snake(member), UNDEFINED) for member in self.members}
        return {member: self.show(value() if callable(value) else value) for member, value in values.items()}
    def show(self, value):
        if isinstance(value, list): return [self.show(one) for one in value]
        named = (name for name, one in self.names.items() if one is value and isinstance(one, events.EventTarget))
        return next(("@" + name for name in named), value)
def play(scenario):
    try: return Run(scenario).trace
    except Exception as error: return [{"failed": repr(error)}]
for message in map(json.loads, sys.stdin):
    if "start" in message: print(json.dumps({"started": STARTED}), flush=True)
    if "run" in message: print(json.dumps({"ran": message["run"], "traces": [*map(play, message["scenarios"])]}), flush=True)
