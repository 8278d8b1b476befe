// A deviation with all that is needed to understand and to repeat it.
const names = (who) => who.map(({ run }) => run.short).join(", ");

// Whoever does it, in how many scenarios, and whether that was expected.
const doer = ({ run, occurrences, lines }) =>
  run.label + (occurrences > 1 ? ` (${occurrences} scenarios)` : "") + (lines.length ? ` (expected, line ${lines.join(", ")})` : "");

const stepOf = ([step, link]) => (link ? element("a", { href: link, rel: "noreferrer noopener" }, step) : step);

const quirksOf = (variant, quirks) =>
  variant.quirks.length
    ? variant.quirks.map((id) => {
        const [title, step] = quirks[id] ?? ["", ""];
        return element("p", {}, element("strong", {}, "Quirk "), element("code", {}, id), title ? `: ${title}` : "", step ? element("small", {}, ` At ${step}.`) : null);
      })
    : element("p", {}, "No known cause explains it.");

const commandOf = (command, run) => element("p", { class: "command" }, "To replay it: ", element("code", {}, `${command} ${run.options}`));

const variantOf = (one, variant, { explanation, rows }, command, quirks) => {
  const drawnRows = nodesOf(rows).length ? rows : [];
  const first = variant.who.find(({ run }) => run.key === state.run) ?? variant.who[0];
  const others = one.variants.filter((other) => other !== variant);
  const of = `${one.title}, ${names(variant.who)}`;
  return element(
    "section",
    { class: "variant" },
    element("h4", {}, `What ${variant.who.length > 3 ? `${variant.who.length} implementations` : names(variant.who)} did`),
    explanation ? element("p", { class: "prose" }, explanation) : null,
    difference(rows, of),
    drawnRows.length
      ? element(
          "figure",
          {},
          element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `Who ran when: ${of}` }, drawing(drawnRows)),
          element("figcaption", {}, "Who ran when, from top to bottom: ● both, ", element("span", { class: "sign fail" }, "●"), " observed, ", element("span", { class: "sign pass" }, "○"), " expected, ◇ from outside. Dots: the trace does not say for certain. What a page sees is in no order with the rest."),
        )
      : null,
    element("p", {}, "Departs at ", stepOf(variant.step), "."),
    quirksOf(variant, quirks),
    element("p", {}, element("strong", {}, "Who does this: "), variant.who.map(doer).join(", "), "."),
    others.length ? element("p", {}, element("strong", {}, "Who deviates in another way: "), others.map((other) => names(other.who)).join(", "), ".") : null,
    commandOf(command, first.run),
  );
};

// The body of an open case. The variant of the chosen implementation is first, the others can be opened.
const bodyOf = async (one) => {
  const { quirks } = await index();
  const { program, command, variants } = await details(one);
  const order = one.variants.map((_, number) => number);
  const chosen = one.variants.findIndex((variant) => variant.who.some(({ run }) => run.key === state.run));
  if (chosen > 0) order.unshift(...order.splice(chosen, 1));
  const shown = (number) => variantOf(one, one.variants[number], variants[number], command, quirks);
  const [first, ...others] = order;
  return element(
    "div",
    { class: "body" },
    element("p", {}, "Requirements: ", joined(one.requirements.map(toRequirement), ", "), one.requirements.length ? "" : "none", ". ", element("a", { href: `#${new URLSearchParams({ deviation: one.id })}` }, "Link to this deviation"), "."),
    element("h4", {}, "The scenario"),
    element("pre", { tabindex: 0 }, element("code", {}, program)),
    element("p", {}, element("small", {}, "As data it is in the report's folder: ", element("code", {}, `deviations/${one.id}.json`), ".")),
    shown(first),
    others.map((number) =>
      element("details", {}, element("summary", {}, `What ${names(one.variants[number].who)} did instead`), shown(number)),
    ),
  );
};
