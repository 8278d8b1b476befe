// Runs exported files in a browser: `node browser.js FILE`, where FILE holds
//   { "browser": [program, arguments…], "profile": { path: text }, "environment": { name: value }, "harness": path, "verdict": text, "helpers": text, "tests": [{ "scope", "entry", "files": { path: text } }] }
// in JSON. `entry` is the path of a script, of an `.any.js`, of a `.window.js` or of a `.https.window.js`; `scope` is `window`, `worker`
// or `service-worker`. `{profile}` in an argument stands for a fresh folder, and the last argument is the page. `harness` is testharness.js,
// `verdict` what is appended to it, and `helpers` stands in for the public suite's own. Prints of each test, a line each, PASS, FAIL and why, NOT APPLICABLE and why, or NO ANSWER.
"use strict";

const { spawn } = require("child_process");
const fs = require("fs");
const http = require("http");
const os = require("os");
const path = require("path");

const asked = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const harness = fs.readFileSync(asked.harness, "utf8");
const [verdict, helpers] = [asked.verdict, asked.helpers];
const profile = fs.mkdtempSync(path.join(os.tmpdir(), "bgfspec-profile-"));

// What a page says its verdict with. Each test has the page to itself: Chromium makes no request for a background fetch of a frame.
const SAY = `self.bgfspecSaid = (function (fetch, setTimeout, test) {
  let isOver = false;
  async function say(verdict) {
    if (isOver) return;
    isOver = true;
    const response = await fetch("/said", { method: "POST", body: JSON.stringify({ test, verdict: String(verdict) }) });
    location.replace(await response.json());
  }
  setTimeout(say, PATIENCE, NO_ANSWER);
  return say;
})(fetch.bind(self), setTimeout.bind(self), NUMBER);`;

// What is said of a test that says nothing.
const NO_ANSWER = "NO ANSWER";

// The page after the last test.
const LAST = "/last.html";

// Runs a script and gives the promise of what it prints as its verdict.
const EVALUATE = `fetch("/NUMBER/script").then((response) => response.text()).then((text) => new Promise((resolve) => {
  console.log = (line) => { if (typeof line === "string") resolve(line); };
  (0, eval)(text);
}))`;

function pageOf(test, number) {
  const isLong = test.files[test.entry].includes("timeout=long");
  const given = { NO_ANSWER: JSON.stringify(NO_ANSWER), PATIENCE: isLong ? 70000 : 30000, NUMBER: number };
  const say = SAY.replace(/NO_ANSWER|PATIENCE|NUMBER/g, (name) => given[name]);
  const page = (scripts) => "<!DOCTYPE html><meta charset='utf-8'><body><script>" + say + "</script>" + scripts;
  const inline = (text) => page("<script>" + text + "</script>");
  const evaluate = EVALUATE.replace("NUMBER", number);
  if (/\.(any|window)\.js$/.test(test.entry)) {
    const scripts = (names) => names.map((name) => "<script src='" + name + "'></script>").join("");
    const long = isLong ? "<meta name='timeout' content='long'>" : "";
    const harness = long + scripts(["/harness.js", "/helpers.js"]);
    // What the suite's server makes of an `.any.js` for a worker.
    const isInServiceWorker = test.files[test.entry].includes("global=serviceworker");
    if (isInServiceWorker) {
      return page(harness + `<script>
        service_worker_unregister_and_register(null, "worker.js", "does/not/exist").then((registration) => {
          add_completion_callback(() => registration.unregister());
          fetch_tests_from_worker(registration.installing);
        });</script>`);
    }
    if (test.scope === "worker") return page(harness + '<script>fetch_tests_from_worker(new Worker("worker.js"));</script>');
    return page(harness + scripts([path.basename(test.entry)]));
  }
  if (test.scope === "window") return inline(evaluate + '.then(bgfspecSaid, (error) => bgfspecSaid("ERROR " + error));');
  if (test.scope === "worker") return inline('new Worker("worker.js").onmessage = ({ data }) => bgfspecSaid(data);');
  return inline(`
    navigator.serviceWorker.register("service-worker.js", { scope: "scope/" }).then((registration) => {
      const worker = registration.installing || registration.active;
      const channel = new MessageChannel();
      channel.port1.onmessage = (message) => { registration.unregister().then(() => bgfspecSaid(message.data)); };
      function begin() { if (worker.state === "activated") worker.postMessage(null, [channel.port2]); }
      worker.onstatechange = begin;
      begin();
    });`);
}

function fileOf(test, number, file) {
  const evaluate = EVALUATE.replace("NUMBER", number);
  switch (file) {
    case "run.html": return pageOf(test, number);
    case "script": return test.files[test.entry];
    case "worker.js":
      if (/\.any\.js$/.test(test.entry)) return 'importScripts("/testharness.js", "' + path.basename(test.entry) + '"); done();';
      return evaluate + '.then((verdict) => self.postMessage(verdict), (error) => self.postMessage("ERROR " + error));';
    case "service-worker.js":
      return `self.addEventListener("message", (event) => {
        if (event.ports.length === 0) return;
        const port = event.ports[0];
        event.waitUntil(${evaluate}.then((verdict) => port.postMessage(verdict), (error) => port.postMessage("ERROR " + error)));
      });`;
    // A page of a service worker's scope.
    default: return file in test.files ? test.files[file] : /\.html$/.test(file) ? "<!DOCTYPE html>" : undefined;
  }
}

// Responses that are held up: they end with their test, as a browser makes few requests at a time.
const held = new Set();

function release() {
  held.forEach((response) => response.end());
  held.clear();
}

// Answers as the suite's server does by the pipes of an address: `slice(from,to)`, `status(code)`, `header(name,value)`
// and `trickle(parts)`.
async function piped(address, response, text) {
  let parts = [];
  for (const [, pipe, argument] of address.searchParams.get("pipe").matchAll(/(\w+)\(([^)]*)\)/g)) {
    if (pipe === "slice") text = text.slice(...argument.split(",").map(Number));
    if (pipe === "status") response.statusCode = Number(argument);
    if (pipe === "header") response.setHeader(...argument.split(","));
    if (pipe === "trickle") parts = argument.split(":");
  }
  response.setHeader("content-type", "text/plain");
  response.flushHeaders();
  held.add(response);
  for (const part of parts) {
    if (part[0] === "d") await new Promise((resolve) => { setTimeout(resolve, 1000 * part.slice(1)); });
    else if (held.has(response)) {
      response.write(text.slice(0, part));
      text = text.slice(part);
    }
  }
  if (held.delete(response)) response.end(text);
}

// What the public suite's server has at these paths.
function served(address, response) {
  const answer = (status, text) => {
    response.writeHead(status, { "content-type": /\.html$/.test(address.pathname) ? "text/html" : "text/javascript" });
    response.end(text);
  };
  switch (address.pathname) {
    case "/harness.js": return answer(200, harness + verdict);
    case "/testharness.js": return answer(200, harness);
    case "/helpers.js": return answer(200, helpers);
    case "/service-workers/service-worker/resources/empty-worker.js": return answer(200, "");
    case "/xhr/resources/content.py": return piped(address, response, address.searchParams.get("content"));
    case "/xhr/resources/over-1-meg.txt": return piped(address, response, "abcd".repeat(290000));
    case "/fetch/api/resources/status.py": return answer(Number(address.searchParams.get("code")), "");
    case "/common/redirect.py":
      response.writeHead(302, { location: address.searchParams.get("location") });
      return response.end();
    case "/common/slow.py": {
      const delay = Number(address.searchParams.get("delay"));
      response.writeHead(200, { "content-type": "text/javascript" });
      held.add(response);
      setTimeout(() => { if (held.delete(response)) response.end(); }, delay);
      return undefined;
    }
    default:
      return answer(/\.html$/.test(address.pathname) ? 200 : 404, "");
  }
}

// Sets a permission by the browser's own protocol, where it was started with one.
async function setPermission({ permission, state }) {
  const file = path.join(profile, "DevToolsActivePort");
  if (!fs.existsSync(file)) throw new Error("nobody can set a permission in this browser");
  const [port, address] = fs.readFileSync(file, "utf8").split("\n");
  const socket = new WebSocket("ws://127.0.0.1:" + port + address);
  await new Promise((resolve, reject) => { socket.onopen = resolve; socket.onerror = reject; });
  const origin = "http://localhost:" + server.address().port;
  const answered = new Promise((resolve) => { socket.onmessage = (message) => resolve(JSON.parse(message.data)); });
  socket.send(JSON.stringify({ id: 1, method: "Browser.setPermission", params: { permission, setting: state, origin } }));
  const { error } = await answered;
  socket.close();
  if (error !== undefined) throw new Error(error.message);
}

// How many tests have their verdict, and those that are given a second time: now and then a worker does not start.
let said = 0;
const again = new Set();

function pageAt(number) {
  return number < asked.tests.length ? "/" + number + "/run.html" : LAST;
}

// Takes a verdict; gives the next page.
async function hear({ test, verdict }) {
  release();
  if (verdict === NO_ANSWER && !again.has(test)) {
    again.add(test);
    return pageAt(test);
  }
  said += 1;
  console.log(JSON.stringify(verdict));
  if (said === asked.tests.length) end(0);
  return pageAt(test + 1);
}

// What is posted, and who it is for.
const POSTED = { "/said": hear, "/permission": setPermission };

const server = http.createServer(function (request, response) {
  const address = new URL(request.url, "http://localhost");
  function send(text, type) {
    response.writeHead(200, { "content-type": type + "; charset=utf-8", "cache-control": "no-store" });
    response.end(text);
  }
  if (POSTED[address.pathname] !== undefined) {
    let body = "";
    request.on("data", function (part) { body += part; });
    return request.on("end", function () {
      POSTED[address.pathname](JSON.parse(body)).then((answer) => send(JSON.stringify(answer ?? null), "application/json"), (error) => {
        response.writeHead(500);
        response.end(String(error && error.message || error));
      });
    });
  }
  const [, number, file] = /^\/(\d+)\/(.*)$/.exec(address.pathname) || [];
  const test = asked.tests[number];
  const text = test && fileOf(test, number, decodeURIComponent(file));
  if (text !== undefined) return send(text, /html$/.test(file) ? "text/html" : "text/javascript");
  return served(address, response);
});

let child = null;

function end(status) {
  // With all that it started.
  function kill(signal) {
    if (child !== null) try { process.kill(-child.pid, signal); } catch (error) { /* It is gone. */ }
  }
  kill("SIGTERM");
  setTimeout(kill, 1000, "SIGKILL");
  setTimeout(function () {
    fs.rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    process.exit(status);
  }, 1200);
}

server.listen(0, "127.0.0.1", function () {
  const [program, ...given] = asked.browser;
  const args = given.map(function (argument) { return argument.replace("{profile}", profile); });
  for (const [name, text] of Object.entries(asked.profile || {})) {
    fs.mkdirSync(path.dirname(path.join(profile, name)), { recursive: true });
    fs.writeFileSync(path.join(profile, name), text);
  }
  const environment = Object.assign({}, process.env);
  for (const [name, value] of Object.entries(asked.environment || {})) environment[name] = value.replace("{profile}", profile);
  child = spawn(program, args.concat("http://localhost:" + server.address().port + pageAt(0)), {
    detached: true, env: environment, stdio: "ignore"
  });
  child.on("error", function (error) { console.error(String(error)); end(1); });
  child.on("exit", function () { if (said < asked.tests.length) end(1); });
});
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, function () { end(1); });
