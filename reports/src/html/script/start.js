// Filters, lists and the address are kept in step.
const filters = byId("filters");
const controls = Array.from(filters.querySelectorAll("[name]"));

const areas = document.querySelectorAll(".area");
const MANY = 200;

const show = async () => {
  for (const control of controls) control.value = state[control.name];
  const { cases, unread } = await index();
  const meant = new Set(state.q ? cases.filter((one) => has(one, state.q)).flatMap((one) => one.requirements) : []);
  let some = 0;
  for (const rule of rules) {
    rule.hidden = !isRuleShown(rule, meant);
    showOwn(rule);
    if (!rule.hidden) some += 1;
  }
  // Areas open where something was chosen, unless it is nearly everything.
  const open = some < rules.length && some <= MANY;
  for (const area of areas) {
    area.hidden = !area.querySelector(".rule:not([hidden])");
    area.open = open;
  }
  const shown = cases.filter(isCaseShown);
  if (unread) byId("cases").textContent = unreadable(unread);
  else if (byId("cases")) list(byId("cases"), shown, STEP);
  byId("shown").textContent = `${some} of ${counted(rules.length, "requirement", "requirements")}, ${shown.length} of ${counted(cases.length, "deviating scenario", "deviating scenarios")}.`;
};

// Opens the deviation that the address names, whatever the filters say.
const openDeviation = async () => {
  const place = byId("cases");
  const one = (await index()).cases.find(({ id }) => id === state.deviation);
  if (!place || !one) return;
  let item = place.querySelector(`[data-id="${CSS.escape(one.id)}"]`);
  if (!item) {
    item = caseItem(one);
    place.prepend(item);
  }
  item.open = true;
  await opened(one, item);
  item.scrollIntoView();
  item.querySelector("summary").focus({ preventScroll: true });
};

// The place that a fragment names, if it does: by its id, as `requirement-ID`, or as `cause-ID` without an implementation.
const placeOf = (fragment) => {
  let name;
  try {
    name = decodeURIComponent(fragment);
  } catch {
    return null;
  }
  const rest = name.replace(/^(requirement|cause)-/, "");
  const ofRun = (control) => Array.from(control.options, ({ value }) => byId(`cause-${value}-${escaped(rest)}`));
  return byId(name) ?? byId(anchor(rest)) ?? (name.startsWith("cause-") ? ofRun(filters.querySelector("[name=run]")).find((one) => one) : null) ?? null;
};

// A place in the page may be inside of something closed or filtered.
const openPlace = async () => {
  const place = placeOf(location.hash.slice(1));
  if (!place) return;
  if (place.closest("[hidden]")) {
    for (const name of NAMES) state[name] = "";
    await show();
  }
  for (let at = place; at; at = at.parentElement) if (at.localName === "details") at.open = true;
  // Content above it that opens, or is drawn late, moves it. Scroll until it stays in place, for a second at most.
  for (let frames = 0, stays = 0, before = NaN; stays < 4 && frames < 60; frames += 1) {
    place.scrollIntoView({ behavior: "instant" });
    await new Promise(requestAnimationFrame);
    const { top } = place.getBoundingClientRect();
    stays = Math.abs(top - before) < 1 ? stays + 1 : 0;
    before = top;
  }
  if (place.localName === "details") place.querySelector("summary").focus({ preventScroll: true });
};

const follow = async () => {
  if (readState()) {
    await show();
    if (state.deviation) await openDeviation();
    else filters.scrollIntoView();
  } else {
    await show();
    await openPlace();
  }
};

let waiting;
const changed = (control) => {
  writeState({ [control.name]: control.value, deviation: "" });
  clearTimeout(waiting);
  waiting = setTimeout(show, control.localName === "input" ? 150 : 0);
};

const openedByHand = ({ target }) => {
  if (!target.open) return;
  withCopies(target);
  if (target.matches(".rule")) withLink(target, "requirement");
  if (target.matches(".cause")) {
    withIssue(target);
    withLink(target, "cause");
  }
};

document.body.append(said);
document.addEventListener("toggle", openedByHand, true);
filters.hidden = false;
for (const control of controls) control.addEventListener("input", () => changed(control));
byId("reset").addEventListener("click", () => {
  writeState(Object.fromEntries(NAMES.map((name) => [name, ""])));
  show();
});
for (const rule of rules) rule.addEventListener("toggle", () => ruleOpened(rule));
addEventListener("hashchange", follow);
follow();
