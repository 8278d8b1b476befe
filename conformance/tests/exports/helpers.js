// What exported tests use of the public suite's `test-helpers.sub.js` and `testdriver.js`, for the server of these tests.
"use strict";

async function service_worker_unregister_and_register(test, script, scope) {
  const before = await navigator.serviceWorker.getRegistration(scope);
  if (before !== undefined) await before.unregister();
  return navigator.serviceWorker.register(script, { scope });
}

function wait_for_state(test, worker, state) {
  return new Promise((resolve) => {
    const look = () => { if (worker.state === state) resolve(state); };
    worker.addEventListener("statechange", look);
    look();
  });
}

function with_iframe(url) {
  return new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.onload = () => resolve(frame);
    frame.src = url;
    document.body.append(frame);
  });
}

const test_driver = {
  async set_permission(permission, state) {
    const response = await fetch("/permission", { method: "POST", body: JSON.stringify({ permission, state }) });
    if (!response.ok) throw new Error(await response.text());
  }
};
