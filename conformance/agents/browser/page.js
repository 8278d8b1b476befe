// The page that plays the suite in a browser: one agent for each scope that the address asks for, each with a socket of its own to
// the harness. `controller.js` plays the scenarios that need a service worker of their own.
"use strict";

(function () {
  const parameters = new URLSearchParams(location.search);
  const scopes = (parameters.get("scopes") || "service-worker,worker,window").split(",");

  // Each address is fresh, so nothing of an earlier page is met.
  const session = Math.random().toString(36).slice(2, 10);

  function row(scope) {
    const item = document.createElement("li");
    const label = document.createElement("label");
    const bar = document.createElement("progress");
    const state = document.createElement("span");
    label.append(scope + ": ", state);
    state.textContent = "starting";
    bar.max = 1;
    bar.value = 0;
    label.append(bar);
    item.append(label);
    document.getElementById("scopes").append(item);
    return {
      say: function (text) { state.textContent = text; },
      played: function (count) { state.textContent = count + " scenarios played"; bar.removeAttribute("value"); },
      ended: function (text) { state.textContent = text; bar.max = 1; bar.value = 1; }
    };
  }

  // The scopes. Each gives `{ capabilities, play(scenarios), close() }`, `play` promising the traces.

  function overPort(port) {
    return new Promise(function (resolve) {
      let answer = null;
      port.onmessage = function (message) {
        if (message.data.capabilities !== undefined) resolve({ capabilities: message.data.capabilities, play: play });
        else if (message.data.traces !== undefined) answer(JSON.parse(message.data.traces));
      };
      function play(scenarios) {
        return new Promise(function (done) {
          answer = done;
          port.postMessage({ scenarios: JSON.stringify(scenarios) });
        });
      }
    });
  }

  async function windowScope() {
    const frame = document.createElement("iframe");
    frame.hidden = true;
    frame.src = "/frame";
    document.body.append(frame);
    await new Promise(function (resolve) { frame.onload = resolve; });
    const agent = frame.contentWindow.bgfspecRealm({});
    await new Promise(function (resolve) { agent.probe(resolve); });
    return {
      capabilities: agent.capabilities(),
      play: function (scenarios) {
        return new Promise(function (resolve) {
          agent.playText(JSON.stringify(scenarios), function (traces) { resolve(JSON.parse(traces)); });
        });
      },
      close: async function () { frame.remove(); }
    };
  }

  async function workerScope() {
    const worker = new Worker("/dedicated.js");
    const channel = new MessageChannel();
    worker.postMessage(null, [channel.port2]);
    const agent = await overPort(channel.port1);
    agent.close = async function () { worker.terminate(); };
    return agent;
  }

  async function serviceWorkerScope(config) {
    const registration = await navigator.serviceWorker.register("/host.js", { scope: "/host/" + session + "/" });
    const worker = registration.installing || registration.waiting || registration.active;
    if (worker.state !== "activated") {
      await new Promise(function (resolve) {
        worker.addEventListener("statechange", function () { if (worker.state === "activated") resolve(); });
      });
    }
    const channel = new MessageChannel();
    worker.postMessage(null, [channel.port2]);
    const host = await overPort(channel.port1);
    const toHost = channel.port1.onmessage;
    channel.port1.onmessage = function (message) {
      if (message.data.message !== undefined) worker.postMessage(message.data.message);
      else toHost(message);
    };
    const controller = bgfspecController(session, config);
    const own = await controller.capabilities(registration);
    async function play(scenarios, goesOn) {
      const plain = scenarios.filter(function (scenario) { return scenario.worker === undefined; });
      const traces = plain.length > 0 ? await host.play(plain) : [];
      const all = [];
      for (const scenario of scenarios) {
        goesOn();
        all.push(scenario.worker === undefined ? traces.shift() : await controller.play(scenario, goesOn));
      }
      return all;
    }
    return {
      capabilities: host.capabilities.concat(own),
      play: play,
      close: async function () {
        channel.port1.postMessage({ finished: true });
        await registration.unregister();
      }
    };
  }

  const SCOPES = { window: windowScope, worker: workerScope, "service-worker": serviceWorkerScope };

  // Who this is, where the harness does not know better.
  async function whoAmI() {
    const agent = navigator.userAgent;
    if (navigator.userAgentData && navigator.userAgentData.getHighEntropyValues) {
      const values = await navigator.userAgentData.getHighEntropyValues(["fullVersionList"]);
      const brand = (values.fullVersionList || []).find(function (one) { return !/not.?a.?brand/i.test(one.brand); });
      if (brand !== undefined) return { name: brand.brand.toLowerCase().replace(/ /g, "-"), version: brand.version };
    }
    const found = /(Firefox|Chrome|Version)\/([0-9.]+)/.exec(agent);
    const names = { Firefox: "firefox", Chrome: "chromium", Version: "webkit" };
    return found === null ? { name: "browser", version: agent } : { name: names[found[1]], version: found[2] };
  }

  // One socket, one agent.

  async function serve(scope) {
    const shown = row(scope);
    const config = await (await fetch("/config")).json();
    const who = Object.assign(await whoAmI(), config.who);
    const agent = await SCOPES[scope](config);
    const socket = new WebSocket("ws://" + location.host + "/socket?scope=" + scope);
    let played = 0;
    let last = Promise.resolve();
    function send(message) { socket.send(JSON.stringify(message)); }

    async function answer(message) {
      if (message.start !== undefined) {
        send({ started: { name: who.name, version: who.version, scope: scope, capabilities: agent.capabilities } });
        shown.say("waiting");
      } else if (message.run !== undefined) {
        // A registration takes its time: the harness waits as long as scenarios end.
        const traces = await agent.play(message.scenarios, function () { send({ playing: message.run }); });
        send({ ran: message.run, traces: traces });
        played += message.scenarios.length;
        shown.played(played);
      } else if (message.stop !== undefined) {
        await agent.close();
        shown.ended(played + " scenarios played; this scope has ended");
        socket.close();
      } else if (message.result !== undefined) {
        showResult(message.result);
      }
    }

    socket.onmessage = function (message) {
      last = last.then(function () { return answer(JSON.parse(message.data)); }).catch(function (error) {
        shown.ended("failed: " + error);
        socket.close(4000, String(error).slice(0, 100));
      });
    };
    socket.onclose = function () {
      if (played === 0) shown.ended("the program that served this page is gone");
    };
  }

  function showResult(result) {
    const place = document.getElementById("result");
    const text = document.createElement("pre");
    text.textContent = result.text;
    place.replaceChildren(text);
    if (result.href !== undefined) {
      const link = document.createElement("a");
      link.href = result.href;
      link.textContent = "The whole report";
      place.append(link);
    }
  }

  for (const scope of scopes) {
    serve(scope).catch(function (error) {
      // The harness waits for a socket: say why there is none.
      fetch("/failed", { method: "POST", body: scope + ": " + (error && error.stack || error) });
    });
  }
})();
