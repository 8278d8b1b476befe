// The start-up of the service worker of one scenario. The server puts `bgfspecScenario` before it: the scenario, the number of this
// worker, the operations of its script, the name of the channel to the page, and whether the page may have to wake the worker.
//
// Only a worker that may have to be woken gets a `message` listener that is not the scenario's: it makes `message` a type that the
// worker is known to handle.

(function (global, given) {
  "use strict";
  var channel = new BroadcastChannel(given.channel);
  var number = given.number;
  var agent = bgfspecRealm({});

  function say(what) {
    what.worker = number;
    channel.postMessage(what);
  }

  channel.onmessage = function (message) {
    var order = message.data;
    if (order.to !== number) return;
    if (order.perform !== undefined) {
      agent.perform(order.perform);
      say({ answered: order.order });
    } else if (order.settle) {
      agent.settle(function () { say({ answered: order.order }); });
    }
  };

  if (given.wakes) global.addEventListener("message", function (event) {
    // Only a wake-up is the page's own; scenarios send texts.
    if (typeof event.data !== "object" || event.data === null || !event.data.bgfspecWake) return;
    event.stopImmediatePropagation();
    say({ awake: true });
  }, true);

  agent.hear();
  agent.begin(given.scenario, function (observation) { say({ saw: observation }); });
  say({ saw: { evaluated: number } });
  agent.evaluate(given.operations);
})(self, self.bgfspecScenario);
