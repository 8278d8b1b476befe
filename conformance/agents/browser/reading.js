// Reads from a scenario, before it is played, which background fetches and windows it asks for.
"use strict";

// eslint-disable-next-line no-unused-vars
function bgfspecReading() {
  // The path of a call that starts a background fetch, and of one that opens a window.
  const FETCH = /(^|\.)backgroundFetch\.fetch$/;
  const WINDOW = /(^|\.)clients\.openWindow$/;

  // What each background fetch of a scenario asks for, by its id: one list for each time that the id is used.
  function pathsOf(scenario) {
    const requests = new Map();
    const paths = new Map();
    function pathOf(request) {
      return typeof request === "string" && request[0] === "@" ? requests.get(request.slice(1)) : request;
    }
    eachObject(scenario, function (value) {
      if (!Array.isArray(value.args)) return;
      if (value["new"] === "Request") requests.set(value.as, value.args[0]);
      if (FETCH.test(value.call)) {
        const id = value.args[0];
        if (!paths.has(id)) paths.set(id, []);
        paths.get(id).push([].concat(value.args[1]).map(pathOf));
      }
    });
    return paths;
  }

  // Visits all objects of a scenario in the order in which they stand there, and so its operations, however deep.
  function eachObject(scenario, visit) {
    JSON.stringify(scenario, function (key, value) {
      if (value !== null && typeof value === "object") visit(value);
      return value;
    });
  }

  // The names of what the calls of a path give; none at all if there is no such call.
  function resultsOf(scenario, path) {
    let names = null;
    eachObject(scenario, function (value) {
      if (!path.test(value.call)) return;
      if (names === null) names = new Set();
      if (value.as !== undefined) names.add(value.as);
    });
    return names;
  }

  // Gives background fetches titles of their own, where the scenario gives none: what the user is shown is known by its title, and
  // no script sees that. Gives the titles of each id, one for each time that it is used.
  function nameFetches(scenario, number) {
    const titles = new Map();
    const named = JSON.parse(JSON.stringify(scenario), function (key, value) {
      if (value === null || typeof value !== "object" || !FETCH.test(value.call) || !Array.isArray(value.args)) return value;
      const args = value.args;
      if (args.length === 2) args.push({});
      if (args.length < 3 || args[2] === null || typeof args[2] !== "object") return value;
      if (!titles.has(args[0])) titles.set(args[0], []);
      if (args[2].title === undefined) args[2].title = args[0] + " " + number + "." + titles.get(args[0]).length;
      titles.get(args[0]).push(args[2].title);
      return value;
    });
    return { scenario: named, titles: titles };
  }

  return { FETCH: FETCH, WINDOW: WINDOW, pathsOf: pathsOf, resultsOf: resultsOf, nameFetches: nameFetches };
}
