// What every realm of a browser has in common: a window, a dedicated worker, a service worker.
//
// `bgfspecRealm(more)` gives the agent for the realm that it is called in, with what this realm has beside the usual.

// eslint-disable-next-line no-unused-vars
function bgfspecRealm(more) {
  "use strict";

  var channel = new MessageChannel();
  var post = channel.port2.postMessage.bind(channel.port2);
  var wait = self.setTimeout.bind(self);
  var tasks = [];
  var first = 0;

  // Messages come in the order in which they were sent, and at once: timers that are nested would wait for 4 ms each.
  channel.port1.onmessage = function () {
    var task = tasks[first];
    tasks[first] = undefined;
    first += 1;
    if (first === tasks.length) {
      tasks.length = 0;
      first = 0;
    }
    task();
  };

  function enqueueTask(task) {
    tasks[tasks.length] = task;
    post(0);
  }

  var host = {
    global: self,
    enqueueTask: enqueueTask,
    // Timers come after what the browser has queued of its own accord; a message in between keeps them from being nested.
    drain: function (callback) {
      wait(function () { enqueueTask(function () { wait(callback, 0); }); }, 0);
    },
    sleep: function (callback) { wait(callback, 1); }
  };
  for (var name in more) host[name] = more[name];

  var agent = bgfspecAgent(host);
  agent.enqueueTask = enqueueTask;

  // Plays scenarios, as text, in a task of their own: whoever asks for it must not be on the stack.
  agent.playText = function (text, done) {
    enqueueTask(function () {
      agent.runAll(JSON.parse(text), function (traces) { done(JSON.stringify(traces)); });
    });
  };

  // Answers who is there and plays what comes over a port.
  agent.serve = function (port) {
    port.onmessage = function (message) {
      if (message.data.scenarios !== undefined) {
        agent.playText(message.data.scenarios, function (traces) { port.postMessage({ traces: traces }); });
      }
    };
    agent.probe(function () { port.postMessage({ capabilities: agent.capabilities() }); });
  };
  return agent;
}
