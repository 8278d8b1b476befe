// Runs the scripts of a worker in workerd: `node workerd.js PROGRAM FOLDER COUNT`. Says what each says, a line each.
"use strict";

const { spawn, spawnSync } = require("child_process");
const fs = require("fs");
const net = require("net");
const path = require("path");

const [program, folder, count] = process.argv.slice(2);
const version = /\d{4}-\d{2}-\d{2}/.exec(spawnSync(program, ["--version"], { encoding: "utf8" }).stdout)[0];
fs.writeFileSync(path.join(folder, "config.capnp"), `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .scripts)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")]
);
const scripts :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.js")],
  compatibilityDate = "${version}"
);
`);

const server = net.createServer();
server.listen(0, "127.0.0.1", function () {
  const { port } = server.address();
  const words = ["serve", path.join(folder, "config.capnp"), "--socket-fd=http=3"];
  const child = spawn(program, words, { stdio: ["ignore", 2, 2, server._handle.fd] });
  server.close();
  ask(port).catch((error) => { console.error(error); }).then(() => { child.kill("SIGKILL"); });
});

async function ask(port) {
  for (let number = 0; number < Number(count); number += 1) {
    const response = await fetch("http://127.0.0.1:" + port + "/" + number);
    console.log(response.ok ? await response.text() : "ERROR " + response.status);
  }
}
