// Runs exported files in a browser: `node browser.js FILE`, where FILE holds
//   { "browser": [program, arguments…], "profile": { path: text }, "environment": { name: value }, "harness": path, "tests": [{ "scope", "entry", "files": { path: text } }] }
// in JSON. `entry` is the path of a script, of an `.any.js`, of a `.window.js` or of a `.https.window.js`; `scope` is `window`, `worker`
// or `service-worker`. `{profile}` in an argument stands for a fresh folder, and the last argument is the page. `harness` is testharness.js, or
// what stands in for it. Says of each test, a line each, PASS, FAIL and why, NOT APPLICABLE and why, or NO ANSWER.
"use strict";

const { spawn } = require("child_process");
const fs = require("fs");
const http = require("http");
const os = require("os");
const path = require("path");

const asked = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const harness = fs.readFileSync(asked.harness, "utf8");
const profile = fs.mkdtempSync(path.join(os.tmpdir(), "bgfspec-profile-"));

// How the harness says what came of it; where it is testharness.js, by its own callback.
const REPORT = `
function bgfspecSaid(verdict) {
  if (typeof document === "object") parent.postMessage({ verdict: verdict }, "*");
  else self.postMessage({ verdict: verdict });
}
if (typeof add_completion_callback === "function") {
  setup({ output: false });
  add_completion_callback(function (tests, status) {
    var names = ["PASS", "FAIL", "TIMEOUT", "NOT RUN", "NOT APPLICABLE"];
    var said = tests.map(function (test) { return names[test.status] + (test.message ? " " + test.message : ""); });
    bgfspecSaid(said.length === 1 && status.status === 0 ? said[0] : "HARNESS " + status.message + " " + said.join("; "));
  });
}
`;

// The page that runs one test after the other, each in a frame of its own.
const PAGE = `<!DOCTYPE html><meta charset="utf-8"><title>exports</title><body><script>
async function main() {
  const count = await (await fetch("/count")).json();
  function play(i, patience) {
    return new Promise(function (resolve) {
      const frame = document.createElement("iframe");
      const timer = setTimeout(end, patience, "NO ANSWER");
      function end(verdict) {
        clearTimeout(timer);
        removeEventListener("message", hear);
        frame.remove();
        resolve(verdict);
      }
      function hear(message) {
        if (message.source === frame.contentWindow && message.data.verdict !== undefined) end(message.data.verdict);
      }
      addEventListener("message", hear);
      frame.src = "/" + i + "/run.html";
      document.body.append(frame);
    });
  }
  for (let i = 0; i < count; i += 1) {
    // Now and then a worker does not start.
    const first = await play(i, 10000);
    const verdict = first === "NO ANSWER" ? await play(i, 30000) : first;
    await fetch("/said", { method: "POST", body: JSON.stringify({ test: i, verdict: verdict }) });
  }
}
main();
</script>`;

// Runs a script and gives the promise of its verdict.
const EVALUATE = 'fetch("/" + NUMBER + "/script").then((response) => response.text()).then((text) => (0, eval)(text))';

function frameOf(test, number) {
  const scripts = (texts) => "<!DOCTYPE html><meta charset='utf-8'><body>" + texts.map((text) => "<script>" + text + "</script>").join("");
  const isTest = /\.(any|window)\.js$/.test(test.entry);
  const say = 'function say(verdict) { parent.postMessage({ verdict: String(verdict) }, "*"); }';
  if (isTest && test.scope !== "worker") {
    return "<!DOCTYPE html><meta charset='utf-8'><body><script src='/harness.js'></script><script src='" + path.basename(test.entry) + "'></script>";
  }
  if (test.scope === "window") {
    return scripts([say, EVALUATE.replace("NUMBER", number) + '.then(say, (error) => say("ERROR " + error));']);
  }
  if (test.scope === "worker") {
    return scripts([say, 'self.worker = new Worker("worker.js"); worker.onmessage = ({ data }) => { if (data.verdict !== undefined) say(data.verdict); };']);
  }
  return scripts([say, `
    navigator.serviceWorker.register("service-worker.js", { scope: "scope/" }).then((registration) => {
      const worker = registration.installing || registration.active;
      const channel = new MessageChannel();
      channel.port1.onmessage = (message) => { registration.unregister().then(() => say(message.data)); };
      function begin() { if (worker.state === "activated") worker.postMessage(null, [channel.port2]); }
      worker.onstatechange = begin;
      begin();
    });`]);
}

function fileOf(test, number, file) {
  switch (file) {
    case "run.html": return frameOf(test, number);
    case "script": return test.files[test.entry];
    case "worker.js":
      if (/\.any\.js$/.test(test.entry)) {
        return 'importScripts("/harness.js", "' + path.basename(test.entry) + '"); if (typeof done === "function") done();';
      }
      return EVALUATE.replace("NUMBER", number) +
        '.then((verdict) => self.postMessage({ verdict: verdict }), (error) => self.postMessage({ verdict: "ERROR " + error }));';
    case "service-worker.js":
      return `self.addEventListener("message", (event) => {
        if (event.ports.length === 0) return;
        const port = event.ports[0];
        event.waitUntil(${EVALUATE.replace("NUMBER", number)}.then((verdict) => port.postMessage(verdict), (error) => port.postMessage("ERROR " + error)));
      });`;
    default: return test.files[file];
  }
}

// The network of background fetches: the last request has no answer until a test says what becomes of it.
let fetched = null;

async function network({ bytes, status, finish }) {
  for (let tries = 0; fetched === null && tries < 250; tries += 1) await new Promise((resolve) => setTimeout(resolve, 20));
  if (fetched === null) return;
  if (!fetched.headersSent) fetched.writeHead(finish === "bad-status" ? 404 : status || 200, { "content-type": "text/plain" });
  if (bytes !== undefined) return fetched.write(Buffer.alloc(bytes));
  if (finish === "network-error") fetched.destroy();
  else fetched.end();
  fetched = null;
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

const said = [];

async function hear({ test, verdict }) {
  said.push(test);
  console.log(JSON.stringify(verdict));
  if (said.length === asked.tests.length) end(0);
}

// What is posted, and who it is for.
const POSTED = { "/said": hear, "/network": network, "/permission": setPermission };

const server = http.createServer(function (request, response) {
  const address = new URL(request.url, "http://localhost");
  function send(text, type) {
    response.writeHead(200, { "content-type": type + "; charset=utf-8", "cache-control": "no-store" });
    response.end(text);
  }
  if (address.pathname === "/") return send(PAGE, "text/html");
  if (address.pathname === "/count") return send(String(asked.tests.length), "application/json");
  if (address.pathname === "/harness.js") return send(harness + REPORT, "text/javascript");
  if (POSTED[address.pathname] !== undefined) {
    let body = "";
    request.on("data", function (part) { body += part; });
    return request.on("end", function () {
      POSTED[address.pathname](JSON.parse(body)).then(() => send("null", "application/json"), (error) => {
        response.writeHead(500);
        response.end(String(error && error.message || error));
      });
    });
  }
  const [, number, file] = /^\/(\d+)\/(.*)$/.exec(address.pathname) || [];
  const test = asked.tests[number];
  const text = test && fileOf(test, number, decodeURIComponent(file));
  if (text !== undefined) return send(text, /html$/.test(file) ? "text/html" : "text/javascript");
  // A background fetch is left without an answer.
  if (test === undefined && address.pathname !== "/favicon.ico") {
    fetched = response;
    return undefined;
  }
  response.writeHead(404);
  return response.end();
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
  child = spawn(program, args.concat("http://localhost:" + server.address().port + "/"), {
    detached: true, env: environment, stdio: "ignore"
  });
  child.on("error", function (error) { console.error(String(error)); end(1); });
  child.on("exit", function () { if (said.length < asked.tests.length) end(1); });
});
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, function () { end(1); });
