// What tests of the web platform's suite need beside the recorder: the verdict in its words, and the outside of a scenario that is
// played in a service worker.

function $start(done) {
  done();
}

// Asserts that what was seen is permitted.
function $assert(result) {
  if (result.lacks !== undefined) assert_implements_optional(false, "there is no " + result.lacks.join(", "));
  const best = $compare(result.seen, $permitted);
  best.expected.forEach((expected, i) => {
    assert_equals(JSON.stringify(result.seen[i]), JSON.stringify(expected), "observation " + (i + 1));
  });
  assert_equals(result.seen.length, best.expected.length, "number of observations");
}

// Serves the outside in a realm of the scenario: plays its parts and tells of what is seen. `scripts` are what each service worker of
// the registration evaluates, if the scenario says that; `parts` what is played later.
function $serve(channelName, scripts, parts) {
  const isPage = typeof document === "object";
  const number = isPage ? 0 : Number(new URLSearchParams(self.location.search).get("n"));
  const realm = isPage ? "page" : "worker" + number;
  const channel = new BroadcastChannel(channelName);
  $state.tell = (seen) => { channel.postMessage({ seen: isPage ? Object.assign({}, seen, { in: "page" }) : seen }); };
  channel.onmessage = (message) => {
    const asked = message.data;
    if (asked.to !== realm) return;
    const answer = () => { channel.postMessage({ answer: asked.order }); };
    if (asked.part === undefined) {
      $drain(answer);
      return;
    }
    try {
      $list(parts[asked.part]);
    } catch (exception) {
      setTimeout(() => { throw exception; }, 0);
    }
    answer();
  };
  $state.heard = { reported: true, unhandled: true };
  $listen();
  if (isPage) {
    navigator.serviceWorker.getRegistration().then((registration) => {
      $state.registration = registration;
      channel.postMessage({ hello: realm });
    });
    return;
  }
  $state.registration = self.registration;
  // So `message` is a type that every worker is known to handle.
  self.addEventListener("message", () => {}, true);
  channel.postMessage({ hello: realm });
  if (scripts.length > 0) {
    $see({ evaluated: number });
    $list(scripts[number - 1]);
  }
}

// The outside of a scenario: installs its service worker and waits until that is active.
async function $open(t, script, keepsStart) {
  const scope = script.replace(/js$/, "html");
  const outside = {
    script, scope, seen: [], living: new Set(), orders: new Map(), order: 0, workers: 0, frame: null, registration: null,
    channel: new BroadcastChannel(script), hello: null
  };
  outside.channel.onmessage = (message) => {
    const said = message.data;
    if (said.seen !== undefined) outside.seen.push(said.seen);
    if (said.answer !== undefined && outside.orders.has(said.answer)) outside.orders.get(said.answer)(true);
    if (said.hello === "page") outside.hello();
    else if (said.hello !== undefined) outside.living.add(said.hello);
  };
  const before = await navigator.serviceWorker.getRegistration(scope);
  if (before !== undefined) await before.unregister();
  t.add_cleanup(async () => {
    outside.channel.close();
    if (outside.frame !== null) outside.frame.remove();
    if (outside.registration !== null) await outside.registration.unregister();
  });
  await $install(outside);
  await $calm(outside);
  if (!keepsStart) outside.seen.length = 0;
  return outside;
}

// Gives the registration its next worker.
async function $install(outside) {
  outside.workers += 1;
  const address = outside.script + "?n=" + outside.workers;
  const registering = navigator.serviceWorker.register(address, { scope: outside.scope, updateViaCache: "none" });
  if (outside.workers === 1) outside.registration = await registering;
  // A script that throws is refused, which is for the scenario to show.
  else await registering.catch(() => {});
}

function $wait(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

function $realmOf(worker) {
  return "worker" + new URL(worker.scriptURL).searchParams.get("n");
}

// Asks a realm for something and waits until it is done, or the realm is gone.
function $ask(outside, realm, part) {
  outside.order += 1;
  const order = outside.order;
  const answered = new Promise((resolve) => { outside.orders.set(order, resolve); });
  outside.channel.postMessage({ to: realm, order, part });
  return Promise.race([answered, $wait(3000).then(() => false)]);
}

// Runs a part in the active worker.
async function $main(outside, part) {
  const active = outside.registration.active;
  if (active !== null) assert_true(await $ask(outside, $realmOf(active), part), "the worker answers");
}

// Runs a part in a page of the worker's scope, which is opened if there is none.
async function $page(outside, part) {
  if (outside.frame === null) {
    const ready = new Promise((resolve) => { outside.hello = resolve; });
    outside.frame = document.createElement("iframe");
    outside.frame.src = outside.scope;
    document.body.append(outside.frame);
    await ready;
  }
  assert_true(await $ask(outside, "page", part), "the page answers");
}

function $closePage(outside) {
  if (outside.frame !== null) outside.frame.remove();
  outside.frame = null;
}

// Posts a message to the active worker; where there is none any more, there is nobody who gets it.
function $message(outside, text) {
  const active = outside.registration.active;
  if (active !== null) active.postMessage(text);
}

// Gives or denies the permission to fetch in the background, by the WebDriver command for that. It is given again in the end.
async function $permission(t, state) {
  const permission = { name: "background-fetch" };
  t.add_cleanup(() => test_driver.set_permission(permission, "granted"));
  await test_driver.set_permission(permission, state);
}

// Has the network do something to a background fetch, and waits until it shows; whoever serves these files is the network.
async function $network(outside, id, what) {
  await fetch("/network", { method: "POST", body: JSON.stringify(what) });
  await $wait(500);
  const begun = performance.now();
  while (what.finish && await outside.registration.backgroundFetch.get(id) !== undefined && performance.now() - begun < 10000) {
    await $wait(20);
  }
}

// Waits until nothing more happens.
async function $calm(outside) {
  const registration = outside.registration;
  let before = null;
  let since = performance.now();
  for (;;) {
    const workers = [registration.installing, registration.waiting, registration.active].filter((worker) => worker !== null);
    const realms = workers.map($realmOf).filter((realm) => outside.living.has(realm));
    if (outside.frame !== null) realms.push("page");
    await Promise.all(realms.map((realm) => $ask(outside, realm)));
    const now = [outside.seen.length].concat(workers.map((worker) => $realmOf(worker) + worker.state)).join(" ");
    const isCalm = workers.length === 1 && workers[0] === registration.active && workers[0].state === "activated";
    if (now !== before) since = performance.now();
    else if (performance.now() - since > (isCalm ? 50 : 1500)) return;
    before = now;
    await $wait(5);
  }
}

// What was seen, realm by realm: what one sees before another is nobody's to say.
function $close(outside) {
  const realm = (item) => item.in || "main";
  const all = outside.seen.map((item, at) => ({ item, at, realm: realm(item) }));
  all.sort((a, b) => (a.realm < b.realm ? -1 : a.realm > b.realm ? 1 : a.at - b.at));
  return { seen: all.map((one) => one.item) };
}
