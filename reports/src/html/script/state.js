// What the page shows, as its fragment: filters and the open deviation. A fragment without "=" is a place in the page.
const NAMES = ["area", "level", "verdict", "run", "q", "deviation"];
const state = {};

const readState = () => {
  const fragment = location.hash.slice(1);
  if (fragment && !fragment.includes("=")) return false;
  const given = new URLSearchParams(fragment);
  for (const name of NAMES) state[name] = given.get(name) ?? "";
  return fragment !== "";
};

const fragment = (changes = {}) => {
  const given = Object.entries({ ...state, ...changes }).filter(([, value]) => value !== "");
  return `#${new URLSearchParams(given)}`;
};

// The address follows what is shown. It adds nothing to the history, where going back should leave the page.
const writeState = (changes) => {
  Object.assign(state, changes);
  const shown = fragment();
  history.replaceState(null, "", shown === "#" ? location.pathname + location.search : shown);
};
