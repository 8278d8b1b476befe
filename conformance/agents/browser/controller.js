// Plays scenarios that need a service worker of their own: each gets a registration and a scope that no other had.
//
// The page stands outside of the scope and is the outside world: it registers and updates workers, has them stopped, posts
// messages, lets the network go on, and waits until nothing more happens (`calm.js`). What a worker sees comes over a channel of
// the scenario's own, at once, as a worker may end before the scenario does. What a scenario asks for is read by `reading.js`.
"use strict";

// eslint-disable-next-line no-unused-vars
function bgfspecController(session, config) {
  // How long a worker may take to answer before it is taken to be gone, and what it said to arrive once it is.
  const GONE = 3000;
  const LAST_WORDS = 100;
  // How long something may take to come of what the user did at the interface of a background fetch.
  const ANSWER = 3000;
  // How long a registration may take to go away.
  const LEAVING = 1000;
  // After this a scenario is not said to go on any more, and the harness waits no longer.
  const LONGEST = 60000;
  // The path of a call that takes a registration away, and of one that posts a message.
  const UNREGISTER = /(^|\.)unregister$/;
  const POST = /\.postMessage$/;
  const reading = bgfspecReading();
  const calm = bgfspecCalm(config, { control: control, later: later, see: see, ask: ask, numberOf: numberOf, gone: GONE });
  let counter = 0;

  function later(milliseconds) {
    return new Promise(function (resolve) { setTimeout(resolve, milliseconds); });
  }

  async function control(what, body) {
    const response = await fetch("/control/" + what, { method: "POST", body: JSON.stringify(body) });
    if (!response.ok) throw new Error(what + ": " + await response.text());
    return response.json();
  }

  async function capabilities(registration) {
    const all = ["worker-life"].concat(config.capabilities);
    if (registration.backgroundFetch !== undefined) all.push("background-fetch");
    await permit("granted");
    return all;
  }

  // Scenarios begin with the permission granted, as far as that is the harness's to say.
  async function permit(state) {
    if (config.capabilities.indexOf("permissions") < 0) return;
    await control("permission", { name: "background-fetch", state: state });
  }

  // Plays a scenario, and says meanwhile that it goes on.
  async function play(scenario, goesOn) {
    counter += 1;
    const scene = newScene(scenario, counter);
    const begun = performance.now();
    scene.goesOn = function () {
      if (performance.now() - begun < LONGEST) goesOn();
    };
    try {
      await begin(scene);
      await playSteps(scene);
    } catch (error) {
      scene.failed = String(error && error.message || error);
    } finally {
      await clear(scene);
    }
    // Whatever it is, a browser that has just been started may do better, but for what none does.
    return scene.failed === null ? scene.trace : [{ failed: scene.failed, stuck: !scene.isHopeless }];
  }

  function newScene(asGiven, number) {
    // Who clicks knows a fetch by its title: the harness, or a WebDriver endpoint.
    const isShown = ["real-click", "webdriver"].some(function (name) { return config.capabilities.indexOf(name) >= 0; });
    const named = isShown ? reading.nameFetches(asGiven, number) : { scenario: asGiven, titles: new Map() };
    const scenario = named.scenario;
    const scope = "/s/" + session + "/" + number + "/";
    const scene = {
      given: asGiven,
      scenario: scenario,
      scope: scope,
      channel: new BroadcastChannel("bgfspec" + scope),
      registration: null,
      trace: [],
      failed: null,
      isHopeless: false,
      // Whether the registration was unregistered.
      unregistered: false,
      ended: false,
      // How many workers there were, and those that were heard of and are not known to have ended.
      workers: 0,
      living: new Set(),
      found: new Set(),
      // Whether the active worker was stopped and has not been heard of since, and whether something has happened that starts it.
      stopped: false,
      isToStart: false,
      // Whether a worker is being activated, and how much had been seen when that began.
      activating: false,
      seenBefore: 0,
      orders: new Map(),
      order: 0,
      awake: null,
      page: null,
      permission: "granted",
      // The background fetches: the paths that each asks for as the scenario says, how often one was asked for, those that have been
      // seen to begin, how many bytes came for each, and those that were told to end and have not been seen to; and the names of
      // their promises, and how many of these have settled.
      paths: reading.pathsOf(scenario),
      promises: reading.resultsOf(scenario, reading.FETCH),
      settled: 0,
      // The titles of each, and what the browser shows: ids and titles in the order in which they began, and whether they have ended.
      titles: named.titles,
      shown: [],
      acts: 0,
      // The windows: the names of the promises of calls for one, how many calls there were, how many of these promises have settled,
      // and how many windows have been seen.
      windows: reading.resultsOf(scenario, reading.WINDOW),
      windowsAsked: 0,
      windowsSettled: 0,
      windowsSeen: 0,
      asked: 0,
      starts: 0,
      begun: new Set(),
      received: new Map(),
      ending: new Set()
    };
    scene.channel.onmessage = function (message) { hear(scene, message.data); };
    return scene;
  }

  function hear(scene, said) {
    if (said.saw !== undefined && said.saw.evaluated !== undefined) {
      // Idle workers may be stopped at any time, which no scenario counts on.
      if (scene.living.has(said.worker)) scene.failed = "the browser stopped a worker of its own accord";
      scene.stopped = false;
      scene.isToStart = false;
    }
    scene.living.add(said.worker);
    if (said.saw !== undefined) see(scene, said.saw);
    if (said.awake && scene.awake !== null) scene.awake();
    if (said.answered !== undefined && scene.orders.has(said.answered)) {
      scene.orders.get(said.answered)();
    }
  }

  function see(scene, observation) {
    if (scene.ended) return;
    if (observation.failed !== undefined) {
      scene.failed = observation.failed;
      scene.ended = true;
    } else {
      scene.trace.push(observation);
      if (observation.returned !== undefined && UNREGISTER.test(observation.from)) scene.unregistered = true;
      // The worker that it goes to may have to be started, whichever that is.
      if (observation.returned !== undefined && POST.test(observation.from)) scene.isToStart = true;
      if (observation.returned !== undefined && reading.FETCH.test(observation.from)) scene.asked += 1;
      if (scene.promises !== null && scene.promises.has(observation.settled)) scene.settled += 1;
      if (observation.returned !== undefined && reading.WINDOW.test(observation.from)) scene.windowsAsked += 1;
      if (scene.windows !== null && scene.windows.has(observation.settled)) scene.windowsSettled += 1;
      if (observation.missing !== undefined) scene.ended = true;
    }
  }

  // Asks a worker for something and waits until it has done it; gives whether it has. One that has become of no use, or takes too
  // long, is gone.
  function ask(scene, worker, order) {
    const number = numberOf(worker);
    scene.order += 1;
    const asked = scene.order;
    return new Promise(function (resolve) {
      function end(is) {
        clearTimeout(timer);
        worker.removeEventListener("statechange", change);
        scene.orders.delete(asked);
        if (!is) scene.living.delete(number);
        resolve(is);
      }
      function change() {
        // What it said last may come after this.
        if (worker.state === "redundant") setTimeout(end, LAST_WORDS, false);
      }
      const timer = setTimeout(end, GONE, false);
      worker.addEventListener("statechange", change);
      scene.orders.set(asked, function () { end(true); });
      scene.channel.postMessage(Object.assign({ to: number, order: asked }, order));
    });
  }

  // A worker's number stands in the address of its script.
  function numberOf(worker) {
    return Number(new URL(worker.scriptURL).searchParams.get("n"));
  }

  // Gives the registration a worker with this script.
  async function install(scene, operations) {
    scene.workers += 1;
    const number = scene.workers;
    const address = scene.scope + "worker.js?n=" + number;
    const given = {
      scenario: { callbacks: scene.scenario.callbacks, observe: scene.scenario.observe },
      number: number,
      operations: operations,
      channel: scene.channel.name,
      // Only what was stopped is woken.
      wakes: scene.scenario.steps.some(function (step) { return step.stop !== undefined; })
    };
    await control("script", { path: scene.scope + "worker.js", number: number, script: JSON.stringify(given) });
    const registering = navigator.serviceWorker.register(address, { scope: scene.scope, updateViaCache: "none" });
    if (number === 1) {
      scene.registration = await registering;
      scene.registration.addEventListener("updatefound", function () {
        const installing = scene.registration.installing;
        if (installing !== null) scene.found.add(numberOf(installing));
      });
    } else {
      // A worker whose script throws is refused, which is the scenario's to show.
      await registering.then(function () { return seenWorker(scene, number); }, function () {});
    }
  }

  // Waits until the page has heard of a worker, whatever became of it since: what the page is told lags behind.
  async function seenWorker(scene, number) {
    const registration = scene.registration;
    const deadline = performance.now() + GONE;
    function isThere() {
      return [registration.installing, registration.waiting, registration.active].some(function (worker) {
        return worker !== null && numberOf(worker) >= number;
      });
    }
    while (!isThere() && !scene.found.has(number) && performance.now() < deadline) await later(1);
  }

  async function begin(scene) {
    await install(scene, scene.scenario.worker);
    await calm.settle(scene);
    if (!Array.isArray(scene.scenario.observe) || scene.scenario.observe.indexOf("start") < 0) {
      if (!scene.ended) scene.trace = [];
    }
  }

  const STIMULI = {
    // Before `page`, which is one of its words too.
    webdriver: async function (scene, stimulus) { await command(scene, stimulus.webdriver, stimulus.page); },
    drain: async function (scene) { await calm.settle(scene); },
    message: async function (scene, stimulus) {
      if (scene.registration.active === null) return;
      scene.isToStart = scene.stopped;
      scene.registration.active.postMessage(stimulus.message);
    },
    page: async function (scene, stimulus) {
      const page = await pageOf(scene);
      await new Promise(function (resolve) {
        page.enqueueTask(function () {
          page.perform(stimulus.page);
          page.enqueueTask(resolve);
        });
      });
    },
    closePage: async function (scene) { closePage(scene); },
    worker: async function (scene, stimulus) { await perform(scene, stimulus.worker); },
    update: async function (scene, stimulus) { await install(scene, stimulus.update); },
    stop: async function (scene) {
      const active = scene.registration.active;
      scene.living.delete(numberOf(active));
      scene.stopped = true;
      await control("stop", { script: active.scriptURL });
    },
    permission: async function (scene, stimulus) {
      scene.permission = stimulus.permission;
      await permit(stimulus.permission);
    },
    progress: async function (scene, stimulus) {
      const id = stimulus.progress;
      // There is nothing to act on where no fetch of that id has begun.
      if (!scene.begun.has(id)) return;
      const fails = scene.scenario.steps.some(function (step) { return step.finish === id && step.how === "bad-status"; });
      scene.received.set(id, (scene.received.get(id) || 0) + stimulus.bytes);
      await control("progress", { id: id, bytes: stimulus.bytes, status: fails ? 404 : 200 });
    },
    finish: async function (scene, stimulus) {
      if (!scene.begun.has(stimulus.finish)) return;
      scene.ending.add(stimulus.finish);
      scene.isToStart = scene.stopped;
      const shown = scene.shown.findLast(function (one) { return one.id === stimulus.finish; });
      if (shown !== undefined) shown.ended = true;
      await control("finish", { id: stimulus.finish, how: stimulus.how });
    },
    click: async function (scene, stimulus, next) {
      await act(scene, "activate", stimulus.click, stimulus.newest === false ? "find" : "findLast", next);
    },
    userAbort: async function (scene, stimulus, next) { await act(scene, "abort", stimulus.userAbort, "findLast", next); },
    pause: async function (scene, stimulus, next) { await act(scene, "pause", stimulus.pause, "findLast", next); },
    resume: async function (scene, stimulus, next) { await act(scene, "resume", stimulus.resume, "findLast", next); }
  };

  // Has something done at the interface of a background fetch, and waits for what comes of it. That of one that was aborted is gone,
  // and that of one that has ended may be once it was activated: there is nothing to act on then.
  // A user who acts again at once waits for nothing.
  async function act(scene, what, id, find, next) {
    await calm.isFetching(scene);
    const shown = scene.shown[find](function (one) { return one.id === id; });
    if (shown === undefined) return;
    scene.isHopeless = shown.waits && shown.isBehind;
    if (scene.isHopeless) throw new Error("the browser lets `" + id + "` wait for another fetch, and shows nothing of it yet");
    if (shown.waits) throw new Error("the browser has not begun to fetch `" + id + "`");
    const before = scene.trace.length;
    scene.acts += 1;
    const acted = await control("act", {
      act: what,
      title: shown.title,
      afresh: scene.acts === 1,
      scenario: scene.given
    });
    if (acted !== "done") {
      if (shown.activated) return;
      throw new Error(acted["not-there"]);
    }
    shown.activated = shown.ended;
    if (what === "pause" || what === "resume" || next !== undefined && next.click !== undefined) return;
    await waitForMore(scene, before);
  }

  // Gives the WebDriver command, and waits for what comes of it where it succeeded.
  async function command(scene, id, place) {
    await calm.isFetching(scene);
    const shown = scene.shown.findLast(function (one) { return one.id === id; });
    // An endpoint that clicks can't where the browser shows nothing yet.
    scene.isHopeless = shown !== undefined && shown.waits && shown.isBehind;
    const answered = await control("webdriver", { id: id, place: place, page: location.origin + scene.scope + "page" });
    scene.isHopeless = false;
    see(scene, { answered: answered, "in": "user-agent" });
    if (answered.status === 200) await waitForMore(scene, scene.trace.length);
  }

  async function waitForMore(scene, before) {
    const deadline = performance.now() + ANSWER;
    while (scene.trace.length === before && !scene.ended && performance.now() < deadline) await later(2);
  }

  function stimulusOf(step) {
    return Object.keys(STIMULI).find(function (name) { return step[name] !== undefined; });
  }

  async function playSteps(scene) {
    const steps = scene.scenario.steps;
    let at = 0;
    while (at < steps.length && !scene.ended) {
      const stimulus = stimulusOf(steps[at]);
      if (stimulus !== undefined) {
        scene.goesOn();
        await STIMULI[stimulus](scene, steps[at], steps[at + 1]);
        at += 1;
        continue;
      }
      const from = at;
      while (at < steps.length && stimulusOf(steps[at]) === undefined) at += 1;
      await perform(scene, steps.slice(from, at));
    }
    if (!scene.ended) await calm.settleRealms(scene);
  }

  // Runs operations as one task of the active worker, which is started if it does not run.
  async function perform(scene, operations) {
    const active = scene.registration.active;
    if (active === null) return;
    const number = numberOf(active);
    if (!scene.living.has(number)) await wake(scene, active);
    const is = await ask(scene, active, { perform: operations });
    // A worker may end itself, by unregistering.
    if (!is && active.state !== "redundant") throw new Error("the worker does not answer");
  }

  async function wake(scene, worker) {
    const woken = new Promise(function (resolve) { scene.awake = function () { resolve(true); }; });
    worker.postMessage({ bgfspecWake: true });
    const is = await Promise.race([woken, later(GONE)]);
    scene.awake = null;
    if (!is) throw new Error("the worker does not start");
  }

  // A page in the scope. It is a client of the worker that is active when it is first asked for.
  async function pageOf(scene) {
    if (scene.page !== null) return scene.page;
    const frame = document.createElement("iframe");
    frame.hidden = true;
    frame.src = scene.scope + "page";
    document.body.append(frame);
    await new Promise(function (resolve) { frame.onload = resolve; });
    const registration = await frame.contentWindow.navigator.serviceWorker.getRegistration();
    const agent = frame.contentWindow.bgfspecRealm({ registration: function () { return registration; } });
    const given = { callbacks: scene.scenario.callbacks, observe: scene.scenario.observe };
    agent.hear();
    agent.begin(given, function (observation) {
      see(scene, Object.assign({}, observation, { "in": "page" }));
    });
    agent.remove = function () { frame.remove(); };
    scene.page = agent;
    return agent;
  }

  function closePage(scene) {
    if (scene.page === null) return;
    scene.page.end();
    scene.page.remove();
    scene.page = null;
  }

  async function clear(scene) {
    scene.ended = true;
    scene.channel.onmessage = null;
    scene.channel.close();
    closePage(scene);
    if (scene.registration !== null) {
      const manager = scene.registration.backgroundFetch;
      for (const id of scene.begun) {
        const fetched = await manager.get(id).catch(function () {});
        if (fetched !== undefined) await fetched.abort();
      }
      // This waits for a worker that is being installed, and so may wait for ever.
      await Promise.race([scene.registration.unregister(), later(LEAVING)]);
    }
    // What can't be tidied up now is in the way of others, which say so.
    await tidy(scene).catch(function () {});
    if (scene.permission !== "granted") await permit("granted");
    await control("forget", { scope: scene.scope });
  }

  // What the user would be left with: windows, and the interface of fetches that have ended.
  async function tidy(scene) {
    if (config.capabilities.indexOf("real-click") < 0) return;
    if (scene.windowsAsked > 0) await control("close", {});
  }

  return { capabilities: capabilities, play: play };
}
