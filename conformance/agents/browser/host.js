// The start-up of a service worker that plays one scenario after the other: those that need no worker of their own.
"use strict";
importScripts("/agent.js", "/realm.js");

(function () {
  var port = null;
  // What goes on once the message that was asked for has come.
  var awaited = null;
  var finished = null;

  var agent = bgfspecRealm({
    more: ["service-worker", "messages"],
    stimulate: function (stimulus, callback) {
      if (typeof stimulus.message !== "string") return false;
      awaited = callback;
      port.postMessage({ message: stimulus.message });
      return true;
    }
  });

  // There from the first evaluation on, so `message` is a type that this worker is known to handle. As it is a capture listener and
  // the first, it comes before all of a scenario, which can't keep the event from it; and it does nothing that they could see.
  self.addEventListener("message", function (event) {
    // Scenarios dispatch events of this type themselves.
    if (!event.isTrusted) return;
    if (event.ports.length > 0) {
      event.stopImmediatePropagation();
      port = event.ports[0];
      agent.serve(port);
      var serving = port.onmessage;
      port.onmessage = function (message) {
        if (message.data.finished) finished();
        else serving(message);
      };
      // The worker lives as long as the page has something to play.
      event.waitUntil(new Promise(function (resolve) { finished = resolve; }));
    } else if (awaited !== null) {
      var callback = awaited;
      awaited = null;
      // In a task after this dispatch.
      agent.enqueueTask(callback);
    }
  }, true);
})();
