// Waits until a scenario is quiet: every realm is idle, the network has sent what the scenario asked for, and no worker or window is
// about to start.
//
// `given` is what the controller does: `control` asks the harness for something, `later` waits, `see` notes an observation, `ask` has a
// worker do something, `numberOf` tells workers apart, and `gone` is how long the browser may take to answer.
"use strict";

// eslint-disable-next-line no-unused-vars
function bgfspecCalm(config, given) {
  const { control, later, see, ask, numberOf, gone } = given;
  // How long nothing may change before it is believed that nothing more will, in milliseconds: where all is settled, and where
  // something is under way (a worker that is not activated yet, say) that may never end.
  const CALM = 20;
  const PATIENCE = 300;
  // The same where the network and the browser's downloads are at work, where a background fetch was asked for or a worker waits,
  // and where one is to be told that it is active.
  const NETWORK = 4000;
  const STARTING = 1000;
  const WAITING = 500;
  const HANDOVER = 6000;
  // After this many milliseconds, `goesOn` tells the harness that the scenario still runs.
  const SAYS_AFTER = 1000;
  // Whether it was seen that the browser lets a background fetch wait while another is under way.
  let isOneAtATime = false;

  // Waits until nothing more happens.
  async function settle(scene) {
    let seen = stateOf(scene);
    let since = performance.now();
    let told = since;
    for (;;) {
      await settleRealms(scene);
      await seeWindows(scene);
      if (performance.now() - told > SAYS_AFTER) {
        told = performance.now();
        scene.goesOn();
      }
      const now = stateOf(scene);
      if (now !== seen) {
        if (isActivating(scene) && !scene.activating) scene.seenBefore = scene.trace.length;
        scene.activating = isActivating(scene);
        seen = now;
        since = performance.now();
      } else if (performance.now() - since >= await patience(scene)) {
        return;
      }
      await later(2);
    }
  }

  // Sees the windows that have been opened.
  async function seeWindows(scene) {
    if (scene.windows === null || config.capabilities.indexOf("windows") < 0) return;
    const opened = await control("opened", {});
    for (const address of opened.slice(scene.windowsSeen)) see(scene, { opened: address, "in": "user-agent" });
    scene.windowsSeen = opened.length;
  }

  // Whether a window was asked for that has not been seen, or whose promise has not settled.
  function isOpening(scene) {
    if (scene.windows === null) return false;
    const done = scene.windows.size > 0 ? scene.windowsSettled : scene.windowsSeen;
    return done < scene.windowsAsked;
  }

  // Waits until no realm has anything left to do by itself.
  async function settleRealms(scene) {
    const registration = scene.registration;
    const workers = [registration.installing, registration.waiting, registration.active].filter(function (worker) {
      return worker !== null && scene.living.has(numberOf(worker));
    });
    const all = workers.map(function (worker) { return ask(scene, worker, { settle: true }); });
    if (scene.page !== null) {
      all.push(new Promise(function (resolve) { scene.page.settle(resolve); }));
    }
    await Promise.all(all);
  }

  function isActivating(scene) {
    return scene.registration.active !== null && scene.registration.active.state === "activating";
  }

  function stateOf(scene) {
    const registration = scene.registration;
    const states = [registration.installing, registration.waiting, registration.active].map(function (worker) {
      return worker === null ? "none" : numberOf(worker) + worker.state;
    });
    return [scene.trace.length, scene.ending.size].concat(states).join(" ");
  }

  // How long to wait for something that has begun and is likely to end.
  async function patience(scene) {
    if (await isFetching(scene) || isOpening(scene)) return NETWORK;
    // What came of a fetch shows in the list of the active ones, or in its promise.
    if (scene.asked > Math.max(scene.starts, scene.settled)) return STARTING;
    const registration = scene.registration;
    const active = registration.active;
    // A worker that nothing holds back becomes active once the browser finds the one before it idle.
    if (registration.waiting !== null && scene.page === null) return WAITING;
    // The browser clears a registration once no page uses it.
    if (scene.unregistered && active !== null && scene.page === null) return STARTING;
    // The dispatch of its event may take longer; after that a promise may keep it from being activated for ever.
    if (scene.activating && scene.trace.length === scene.seenBefore) return HANDOVER;
    if (registration.installing !== null || registration.waiting !== null) return PATIENCE;
    // A stopped worker may be on its way up, for a message or for the end of a fetch.
    if (scene.isToStart) return STARTING;
    return active === null || active.state !== "activated" ? PATIENCE : CALM;
  }

  // Whether a background fetch has received less than the scenario asked for. The page only reads its state.
  async function isFetching(scene) {
    const manager = scene.registration.backgroundFetch;
    if (manager === undefined || scene.asked === 0) return false;
    // Where the registration was unregistered, a browser may have nothing to say any more.
    // Where a worker is being activated, it has nothing to say yet.
    if (isActivating(scene) && scene.begun.size > 0) return scene.ending.size > 0;
    const given = manager.getIds().catch(function () { return null; });
    const ids = await Promise.race([given, later(gone).then(function () { return null; })]);
    if (ids === null) return scene.ending.size > 0;
    for (const id of scene.begun) {
      // The id may be used again.
      if (ids.indexOf(id) < 0) scene.begun.delete(id);
    }
    // What the browser has forgotten before it ended was aborted.
    scene.shown = scene.shown.filter(function (one) { return one.ended || ids.indexOf(one.id) >= 0; });
    for (const id of ids) {
      if (scene.begun.has(id)) continue;
      scene.begun.add(id);
      scene.starts += 1;
      const title = next(scene.titles.get(id) || [""]);
      const paths = next(scene.paths.get(id) || [[]]);
      scene.shown.push({ id: id, title: title, paths: paths, waits: true, isBehind: false, ended: false, activated: false });
    }
    await claim(scene);
    for (const id of scene.ending) {
      if (ids.indexOf(id) < 0) scene.ending.delete(id);
    }
    if (scene.ending.size > 0) return true;
    for (const [id, bytes] of scene.received) {
      const fetched = ids.indexOf(id) < 0 ? undefined : await manager.get(id);
      if (fetched === undefined || fetched.downloaded >= bytes) scene.received.delete(id);
    }
    return scene.received.size > 0;
  }

  // The next of a list, whose last never ends.
  function next(list) {
    return list.length > 1 ? list.shift() : list[0];
  }

  // Claims the requests of the fetches that have begun. A browser may let one wait until another has ended: that shows nothing of
  // itself until then.
  async function claim(scene) {
    for (const fetched of scene.shown) {
      const tried = scene.shown.filter(function (one) { return one.ended; }).length;
      if (!fetched.waits || fetched.tried === tried) continue;
      fetched.isBehind = scene.shown.some(function (one) { return !one.waits && !one.ended; });
      if (fetched.isBehind && isOneAtATime) continue;
      fetched.tried = tried;
      scene.goesOn();
      fetched.waits = !await control("claim", { id: fetched.id, paths: fetched.paths });
      if (fetched.waits && fetched.isBehind) isOneAtATime = true;
    }
  }

  return { settle: settle, settleRealms: settleRealms, isFetching: isFetching };
}
