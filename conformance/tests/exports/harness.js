// As much of testharness.js as exported tests use, so that they can be run where that is not.
"use strict";

function setup() {}

function assert_equals(observed, expected, message) {
  if (!Object.is(observed, expected)) throw new Error(message + ": expected " + expected + " but got " + observed);
}

function assert_true(observed, message) {
  assert_equals(observed, true, message);
}

function assert_implements_optional(condition, message) {
  if (condition) return;
  throw Object.assign(new Error(message), { isPrecondition: true });
}

const test_driver = {
  async set_permission(permission, state) {
    const response = await fetch("/permission", { method: "POST", body: JSON.stringify({ permission, state }) });
    if (!response.ok) throw new Error(await response.text());
  }
};

function promise_test(body) {
  const cleanups = [];
  const t = { add_cleanup(cleanup) { cleanups.push(cleanup); } };
  const say = (verdict) => Promise.all(cleanups.map((cleanup) => cleanup())).then(() => { bgfspecSaid(verdict); });
  Promise.resolve().then(() => body(t)).then(
    () => say("PASS"),
    (error) => say((error.isPrecondition ? "NOT APPLICABLE " : "FAIL ") + error.message)
  );
}
