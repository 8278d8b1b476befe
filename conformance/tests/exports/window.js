// Runs an exported `.any.js` or `.window.js` in a window of jsdom: `node window.js JSDOM HARNESS FILE`. Prints PASS, FAIL or NOT APPLICABLE.
"use strict";

const fs = require("fs");
const [folder, harness, file] = process.argv.slice(2);
const { JSDOM, VirtualConsole } = require(folder);
const page = { url: "http://localhost/", runScripts: "outside-only", virtualConsole: new VirtualConsole() };
const { window } = new JSDOM("<body>", page);

process.on("uncaughtException", function () {});
process.on("unhandledRejection", function () {});
window.bgfspecSaid = function (verdict) {
  console.log(verdict);
  process.exit(0);
};
for (const script of [harness, file]) window.eval(fs.readFileSync(script, "utf8").replace('"use strict";', ""));
