// The start-up of a service worker that plays one scenario after the other: those that need no worker of their own.
"use strict";
importScripts("/agent.js", "/realm.js");

(function () {
  var port = null;
  // What goes on once the message that was asked for has come.
  var awaited = null;
  // The ends of the events that keep this worker running.
  var ends = [];
  // How long one of them does, in milliseconds: browsers end a worker whose event takes minutes.
  var STAY = 90000;

  function stay() {
    return new Promise(function (resolve) {
      ends.push(resolve);
      setTimeout(resolve, STAY);
    });
  }

  function connect(to) {
    port = to;
    agent.serve(port);
    var serving = port.onmessage;
    port.onmessage = function (message) {
      if (message.data.finished) ends.forEach(function (end) { end(); });
      else serving(message);
    };
  }

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
    if (event.data !== null && typeof event.data === "object") {
      // The page's own; scenarios send texts.
      event.stopImmediatePropagation();
      if (event.ports.length > 0) connect(event.ports[0]);
      event.waitUntil(stay());
    } else if (awaited !== null) {
      var callback = awaited;
      awaited = null;
      // In a task after this dispatch.
      agent.enqueueTask(callback);
    }
  }, true);
})();
