// Starts the agent in a QuickJS engine whose jobs and tasks the embedder runs by hand.
"use strict";

(function () {
  var tasks = [];
  var agent = bgfspecAgent({
    global: globalThis,
    enqueueTask: function (task) { tasks.push(task); }
  });

  globalThis.__bgf_capabilities = function () { return JSON.stringify(agent.capabilities()); };

  globalThis.__bgf_run = function (json) {
    return new Promise(function (resolve) {
      agent.run(JSON.parse(json), function (trace) { resolve(JSON.stringify(trace)); });
    });
  };

  // Runs the next task; tells whether there was one. What a task throws is the embedder's to report.
  globalThis.__bgf_task = function () {
    var task = tasks.shift();
    if (task === undefined) return false;
    try { task(); } catch (error) { /* There is no error event here that could tell of it. */ }
    return true;
  };
})();
