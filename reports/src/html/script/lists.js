// The lists that the filters act on.
const STEP = 50;
const optionsOf = (name) => Array.from(byId("filters").querySelectorAll(`[name=${name}] option`));
const letterOf = (verdict) => optionsOf("verdict").find(({ value }) => value === verdict)?.dataset.letter ?? "";
const rules = Array.from(document.querySelectorAll(".rule"));
const ruleById = new Map(rules.map((rule) => [rule.dataset.id, rule]));
const textOf = once((rule) => rule.textContent.toLowerCase());

// Where nobody but the chosen implementation deviates; without one, nobody but some implementation.
const ALONE = "deviates-alone";
const isAlone = (rule) => "alone" in rule.dataset && (!state.run || rule.dataset.alone.split(" ").includes(state.run));

// A requirement is meant by a text that it has, or that one of its deviations has.
const isRuleShown = (rule, meant) => {
  const { area, level, verdicts } = rule.dataset;
  const run = runNumber();
  const letters = run < 0 ? verdicts : verdicts[run];
  return (
    (!state.area || area === state.area) &&
    (!state.level || level === state.level) &&
    (!state.verdict || letters.includes(letterOf(state.verdict))) &&
    (state.verdict !== ALONE || isAlone(rule)) &&
    (!state.q || meant.has(rule.dataset.id) || textOf(rule).includes(state.q.toLowerCase()))
  );
};

// The option of the implementation, whose place is the run's.
const runNumber = () => optionsOf("run").findIndex(({ value }) => value === state.run) - 1;

// What the chosen implementation got stands out.
const showOwn = (rule) => {
  rule.querySelector(".own")?.remove();
  const run = runNumber();
  if (run < 0) return;
  const { value, textContent } = optionsOf("verdict").find(({ dataset }) => dataset.letter === rule.dataset.verdicts[run]);
  const name = optionsOf("run")[run + 1].textContent;
  rule.querySelector(".statement").append(element("span", { class: "own", "data-verdict": value }, `${name}: ${textContent}`));
};

const has = (one, text) =>
  [one.id, one.title, ...one.requirements, ...one.variants.flatMap(({ step, quirks }) => [step[0], ...quirks])].join("\n").toLowerCase().includes(text.toLowerCase());

const isCaseShown = (one) => {
  const ofRule = (id) => {
    const rule = ruleById.get(id)?.dataset;
    return (!state.area || rule?.area === state.area) && (!state.level || rule?.level === state.level);
  };
  return (
    (["", "deviates"].includes(state.verdict) || (state.verdict === ALONE && one.requirements.some((id) => ruleById.has(id) && isAlone(ruleById.get(id))))) &&
    (!(state.area || state.level) || one.requirements.some(ofRule)) &&
    (!state.run || one.variants.some(({ who }) => who.some(({ run }) => run.key === state.run))) &&
    (!state.q || has(one, state.q))
  );
};

const unreadable = (why) => `What is stored in this page can't be read (${why}): this browser may be too old. It is in report.json too.`;

const opened = async (one, item) => {
  if (item.querySelector(".body")) return;
  let body;
  try {
    body = await bodyOf(one);
  } catch (error) {
    body = element("p", { class: "body" }, unreadable(error.message));
  }
  if (!item.querySelector(".body")) item.append(body);
  withCopies(item);
};

const caseItem = (one) => {
  const who = [...new Set(one.variants.flatMap((variant) => variant.who.map(({ run }) => run.short)))];
  const item = element(
    "details",
    { class: "case", "data-id": one.id },
    element(
      "summary",
      {},
      element("span", { class: "id" }, one.requirements.join(" ") || one.id),
      element("h3", { class: "statement" }, one.title),
      element("span", { class: "who" }, who.length > 4 ? `${who.slice(0, 3).join(", ")} and ${who.length - 3} more` : who.join(", ")),
    ),
  );
  item.addEventListener("toggle", () => {
    if (item.open) {
      opened(one, item);
      writeState({ deviation: one.id });
    } else if (state.deviation === one.id) {
      writeState({ deviation: "" });
    }
  });
  return item;
};

// Shows so many of the cases, and a way to the next ones.
const list = (place, cases, many) => {
  const rest = cases.length - many;
  const items = cases.slice(0, many).map(caseItem);
  const more = () => {
    list(place, cases, many + 4 * STEP);
    place.children[many].querySelector("summary").focus();
  };
  const button = rest > 0 ? [element("p", {}, element("button", { type: "button", onclick: more }, `Show ${Math.min(rest, 4 * STEP)} more of ${rest}`))] : [];
  place.replaceChildren(...items, ...button);
};

// The deviations from a requirement, in its place.
const ruleOpened = async (rule) => {
  if (!rule.open || rule.querySelector(".deviating")) return;
  const { cases } = await index();
  const own = cases.filter((one) => one.requirements.includes(rule.dataset.id));
  if (!own.length || rule.querySelector(".deviating")) return;
  // The filters stay as they are when it is followed.
  const link = (one) => {
    const a = element("a", { href: `#${new URLSearchParams({ deviation: one.id })}` }, one.title);
    a.addEventListener("click", () => a.setAttribute("href", fragment({ deviation: one.id })));
    return a;
  };
  const who = (one) => element("small", {}, ` ${one.variants.map((variant) => names(variant.who)).join(", ")}`);
  rule.append(element("ul", { class: "deviating" }, own.slice(0, STEP).map((one) => element("li", {}, link(one), who(one)))));
};
