// The start-up of a dedicated worker; the page's agent sends it a port.
"use strict";
importScripts("/agent.js", "/realm.js");

(function () {
  var agent = bgfspecRealm({});
  self.addEventListener("message", function first(message) {
    self.removeEventListener("message", first);
    agent.serve(message.ports[0]);
  });
})();
