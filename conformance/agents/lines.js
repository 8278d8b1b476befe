// Speaks the protocol for any start-up: bytes come in, messages are answered one after the other, lines go out.
//
// It is a plain script. `bgfspecLines(host)` gives `{ receive(bytes), end() }`: what came, a `Uint8Array` at a time, and that no
// more will come. The host supplies:
//
//   start(done)              calls back with what `started` says
//   runAll(scenarios, done)  calls back with the traces
//   write(text)              writes to standard output
//   idle()                   optional: told when an answer that took its time was given and no message waits
//   leave()                  ends, once everything has been written
//   fail(message)            says on standard error what went wrong in the agent itself, and ends visibly

// eslint-disable-next-line no-unused-vars
function bgfspecLines(host) {
  "use strict";

  var parse = JSON.parse;
  var stringify = JSON.stringify;
  // Messages that wait until the one before them has been answered.
  var waiting = [];
  var busy = false;
  // The parts of a line that has not ended yet. They are joined as bytes, because a character may lie across two of them.
  var parts = [];

  return { receive: receive, end: end, isBusy: function () { return busy; } };

  function receive(bytes) {
    var from = 0;
    for (var to = bytes.indexOf(10); to >= 0; to = bytes.indexOf(10, from)) {
      parts.push(bytes.subarray(from, to));
      var line = new TextDecoder().decode(join(parts));
      parts = [];
      if (line.trim() !== "") waiting.push(line);
      from = to + 1;
    }
    // A host may use its buffer again, so what is kept is a copy.
    if (from < bytes.length) parts.push(bytes.slice(from));
    answerAll();
  }

  // What was asked for is still answered.
  function end() {
    waiting.push('{"stop": true}');
    answerAll();
  }

  function join(pieces) {
    if (pieces.length === 1) return pieces[0];
    var whole = new Uint8Array(pieces.reduce(function (length, piece) { return length + piece.length; }, 0));
    pieces.reduce(function (at, piece) {
      whole.set(piece, at);
      return at + piece.length;
    }, 0);
    return whole;
  }

  function answerAll() {
    while (!busy && waiting.length > 0) {
      busy = true;
      // Whatever goes wrong here is the agent's own fault, and ends it visibly.
      try {
        answer(parse(waiting.shift()));
      } catch (error) {
        host.fail("agent: " + (error && error.stack || error));
      }
    }
  }

  function answer(message) {
    var atOnce = true;
    function answered(reply) {
      try {
        host.write(stringify(reply) + "\n");
      } catch (error) {
        host.fail("agent: " + (error && error.stack || error));
      }
      busy = false;
      if (atOnce) return;
      answerAll();
      if (!busy && host.idle) host.idle();
    }
    if (message.start !== undefined) {
      host.start(function (started) { answered({ started: started }); });
    } else if (message.run !== undefined) {
      host.runAll(message.scenarios, function (traces) { answered({ ran: message.run, traces: traces }); });
    } else if (message.stop !== undefined) {
      host.leave();
    } else {
      throw new Error("unknown message");
    }
    atOnce = false;
  }
}
