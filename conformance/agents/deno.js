// Starts the agent in Deno, from 1.46.0 on: `deno run --allow-read deno.js`.

const here = new URL(".", import.meta.url);

// Not as modules, because they are plain scripts whose functions are global.
for (const name of ["agent.js", "lines.js"]) (0, eval)(Deno.readTextFileSync(new URL(name, here)));

// Messages of a channel would be tasks too, but many of them pass before Deno announces a rejection.
const { setTimeout, setImmediate = (task) => setTimeout(task, 0) } = globalThis;

const agent = bgfspecAgent({
  global: globalThis,
  enqueueTask: (task) => setImmediate(task),
  sleep: (callback) => setTimeout(callback, 1),
  // An exception that nobody cancels ends Deno.
  mustCancel: true,
});

const { stdin, stdout, stderr, exit, version } = Deno;

function writeAll(to, text) {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(to.writeSync(bytes));
}

const lines = bgfspecLines({
  start(done) {
    agent.probe(() => done({ name: "deno", version: version.deno, capabilities: agent.capabilities() }));
  },
  runAll: agent.runAll,
  write: (text) => writeAll(stdout, text),
  idle: read,
  leave: () => exit(0),
  fail(message) {
    writeAll(stderr, message + "\n");
    exit(70);
  },
});

// Reading blocks: nothing is going on between an answer and the next message.
const buffer = new Uint8Array(1 << 16);

function read() {
  while (!lines.isBusy()) {
    const count = stdin.readSync(buffer);
    if (count === null) return lines.end();
    lines.receive(buffer.subarray(0, count));
  }
  return undefined;
}

read();
