// The page that plays the suite in a browser, with one agent for each scope and a socket of its own to the harness for each.
// `controller.js` plays the scenarios that need a service worker of their own.
//
// Opened with `?scopes=…` it plays in these at once: that is how the harness opens it. Opened by a person, it says that it is there,
// over a socket of the page's own, and is told over the same which scope's turn it is and how it goes.
"use strict";

(function () {
  const parameters = new URLSearchParams(location.search);
  const isAsked = !parameters.has("scopes");
  const scopes = (parameters.get("scopes") || "service-worker,worker,window").split(",");

  // Each address is fresh, so nothing of an earlier page is met.
  const session = Math.random().toString(36).slice(2, 10);
  const page = isAsked ? session : "";
  const rows = new Map();

  const TITLES = { "service-worker": "Service worker", worker: "Dedicated worker", window: "Window" };

  function row(scope) {
    const item = document.createElement("li");
    const label = document.createElement("label");
    const title = document.createElement("span");
    const bar = document.createElement("progress");
    const state = document.createElement("p");
    title.textContent = TITLES[scope] || scope;
    bar.max = 1;
    bar.value = 0;
    label.append(title, bar);
    item.append(label, state);
    document.getElementById("scopes").append(item);
    let of = 0;
    let begun = 0;
    // How many scenarios were played before this batch, and in all.
    let before = 0;
    let played = 0;
    let now = "";

    function show() {
      const playing = now === "" ? "" : ". Now: " + now;
      if (of === 0 || played >= of) {
        // What deviated is played a second time before it is believed, and made small.
        state.textContent = (of === 0 ? count(played) : "All " + count(of)) + " played" +
          (of === 0 ? "" : ". Making sure of what deviates") + playing;
      } else {
        state.textContent = count(played) + " of " + count(of) + " played" + left() + playing;
      }
      if (of === 0) return;
      bar.max = of;
      bar.value = Math.min(played, of);
      document.title = Math.floor(100 * bar.value / of) + " % " + (TITLES[scope] || scope) + " – bgfspec";
    }

    /** How long the rest takes if it goes on like this; nothing before that can be told. */
    function left() {
      const seconds = (performance.now() - begun) / 1000;
      if (played < 20 || seconds < 3) return "";
      const rest = seconds / played * (of - played);
      return ", about " + (rest < 90 ? Math.ceil(rest / 5) * 5 + " s" : Math.round(rest / 60) + " min") + " left";
    }

    return {
      say: function (text) { state.textContent = text; },
      begin: function () { item.className = "begun"; state.textContent = "starting"; },
      judging: function (scenarios) { of = scenarios || 0; begun = performance.now(); show(); },
      /** A scenario begins that is so many in its batch. */
      plays: function (title, place) { now = title; played = before + place; show(); },
      /** A batch is over. */
      hasPlayed: function (scenarios) { before += scenarios; played = before; now = ""; show(); },
      ended: function (text) {
        // It has said itself what is wrong, and what to do.
        if (item.className === "failed") return;
        item.className = "ended";
        // A part that was not judged stays empty.
        if (of === 0) bar.hidden = true;
        state.textContent = text;
      },
      failed: function (text) {
        item.className = "failed";
        bar.hidden = true;
        state.textContent = text;
      }
    };
  }

  function count(number) {
    return number.toLocaleString("en");
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

  async function registerHost() {
    if (!self.isSecureContext) {
      throw new Error("service workers are not available at this address, which is no secure context: open the page under the "
        + "name 127.0.0.1 or localhost");
    }
    const advice = "; open the address in an ordinary window, not a private one, and let this site keep data";
    if (!("serviceWorker" in navigator)) throw new Error("service workers are not available here" + advice);
    try {
      return await navigator.serviceWorker.register("/host.js", { scope: "/host/" + session + "/" });
    } catch (error) {
      throw new Error("no service worker can be registered here (" + error + ")" + advice);
    }
  }

  async function serviceWorkerScope(config) {
    const registration = await registerHost();
    const worker = registration.installing || registration.waiting || registration.active;
    if (worker.state !== "activated") {
      await new Promise(function (resolve) {
        worker.addEventListener("statechange", function () { if (worker.state === "activated") resolve(); });
      });
    }
    const channel = new MessageChannel();
    worker.postMessage({ stay: true }, [channel.port2]);
    // One event after the other keeps it running as long as the page has something to play.
    const staying = setInterval(function () { worker.postMessage({ stay: true }); }, 60000);
    const host = await overPort(channel.port1);
    const toHost = channel.port1.onmessage;
    channel.port1.onmessage = function (message) {
      if (message.data.message !== undefined) worker.postMessage(message.data.message);
      else toHost(message);
    };
    const controller = bgfspecController(session, config);
    const own = await controller.capabilities(registration);
    async function play(scenarios, goesOn, begins) {
      const plain = scenarios.filter(function (scenario) { return scenario.worker === undefined; });
      const traces = plain.length > 0 ? await host.play(plain) : [];
      const all = [];
      for (const scenario of scenarios) {
        goesOn();
        if (scenario.worker !== undefined) begins(scenario, all.length);
        all.push(scenario.worker === undefined ? traces.shift() : await controller.play(scenario, goesOn));
      }
      return all;
    }
    return {
      capabilities: host.capabilities.concat(own),
      play: play,
      close: async function () {
        clearInterval(staying);
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
    const shown = rows.get(scope);
    shown.begin();
    const config = await (await fetch("/config")).json();
    const who = Object.assign(await whoAmI(), config.who);
    const agent = await SCOPES[scope](config);
    const socket = new WebSocket("ws://" + location.host + "/socket?scope=" + scope + "&page=" + page);
    let hasEnded = false;
    let last = Promise.resolve();
    function send(message) { socket.send(JSON.stringify(message)); }

    async function answer(message) {
      if (message.start !== undefined) {
        send({ started: {
          name: who.name,
          version: who.version,
          scope: scope,
          capabilities: agent.capabilities,
          lacks: config.lacks,
          configuration: Object.assign({ platform: navigator.platform, touch_points: navigator.maxTouchPoints }, config.configuration)
        } });
      } else if (message.run !== undefined) {
        // A registration takes its time: the harness waits as long as scenarios end.
        const goesOn = function () { send({ playing: message.run }); };
        const traces = await agent.play(message.scenarios, goesOn, function (scenario, place) { shown.plays(scenario.title, place); });
        send({ ran: message.run, traces: traces });
        shown.hasPlayed(message.scenarios.length);
      } else if (message.stop !== undefined) {
        hasEnded = true;
        await agent.close();
        socket.close();
      }
    }

    socket.onmessage = function (message) {
      last = last.then(function () { return answer(JSON.parse(message.data)); }).catch(function (error) {
        hasEnded = true;
        shown.failed("failed: " + error);
        socket.close(4000, String(error).slice(0, 100));
      });
    };
    socket.onclose = function () {
      if (!hasEnded) shown.failed(GONE);
    };
  }

  const GONE = "The program that served this page has ended. Start it again, and reload the page.";

  function begin(scope) {
    serve(scope).catch(function (error) {
      const text = String(error && error.message || error);
      rows.get(scope).failed("Not played: " + text + ".");
      // The harness waits for a socket: say why there is none.
      fetch("/failed?page=" + page, { method: "POST", body: scope + ": " + text });
    });
  }

  // What the harness tells a page that a person opened.

  async function listen() {
    const who = await whoAmI();
    const hello = new URLSearchParams({ id: page, name: who.name, version: who.version, scopes: scopes.join(",") });
    const socket = new WebSocket("ws://" + location.host + "/page?" + hello);
    let isOver = false;
    const wait = setTimeout(function () {
      say("Another page is being judged. This one waits for its turn: leave it open.");
    }, 1500);
    const told = {
      play: function (what) {
        clearTimeout(wait);
        say("Leave this page open and in front until it says that it has ended: browsers slow down what is in the background.");
        begin(what.scope);
      },
      judging: function (what) { rows.get(what.scope).judging(what.scenarios); },
      ended: function (what) { rows.get(what.scope).ended(what.text); },
      result: function (what) {
        isOver = true;
        showResult(what).then(function () { socket.close(); });
      }
    };
    socket.onmessage = function (message) {
      const what = JSON.parse(message.data);
      for (const name of Object.keys(what)) told[name](what[name]);
    };
    socket.onclose = function () {
      clearTimeout(wait);
      if (!isOver) say(GONE);
    };
  }

  function say(text) {
    document.getElementById("state").textContent = text;
  }

  /** The report takes this page's place; where it can't be had, its text is shown here. */
  async function showResult(result) {
    try {
      const answer = await fetch(result.href);
      if (!answer.ok) throw new Error(answer.status);
      const report = await answer.text();
      history.replaceState(null, "", result.href);
      document.open();
      document.write(report);
      document.close();
    } catch (error) {
      document.title = "Done – bgfspec";
      say("Done. Nothing more happens here: reload the page to play again.");
      const text = document.createElement("pre");
      text.textContent = result.text;
      text.tabIndex = 0;
      document.getElementById("result").replaceChildren(text);
    }
  }

  for (const scope of scopes) {
    rows.set(scope, row(scope));
    rows.get(scope).say("waiting");
  }
  if (isAsked) listen();
  else scopes.forEach(begin);
})();
