// Expected and observed, aligned.
const seen = (line) => (line === null ? element("small", {}, "nothing") : element("code", {}, line));

const differenceRows = (row) => {
  if (typeof row === "string") {
    return [element("tr", { class: "outside" }, element("td", {}), element("td", { class: "who" }, "outside"), element("td", { colspan: 2 }, row))];
  }
  if (row.length === 2) {
    const [at, line] = row;
    return [element("tr", {}, element("td", { class: "mark" }, "="), element("td", { class: "who" }, laneName(at)), element("td", { colspan: 2 }, seen(line)))];
  }
  const [first, byExpected, expected, byObserved, observed, differences] = row;
  const who = [...new Set([laneName(byExpected), laneName(byObserved)])].filter((name) => name).join(" / ");
  const kind = first ? "different first" : "different";
  const sides = element(
    "tr",
    { class: kind },
    element("td", { class: "mark" }, "≠", first ? element("span", { class: "heard" }, " first difference") : null),
    element("td", { class: "who" }, who),
    element("td", { class: "expected" }, seen(expected)),
    element("td", { class: "observed" }, seen(observed)),
  );
  if (!differences.length) return [sides];
  const members = element("ul", {}, differences.map((text) => element("li", {}, text)));
  return [sides, element("tr", { class: "members" }, element("td", {}), element("td", { class: "who" }), element("td", { colspan: 2 }, members))];
};

const difference = (rows, of) =>
  element(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": `Expected and observed: ${of}` },
    element(
      "table",
      { class: "traces" },
      element("caption", {}, "What was expected and what was observed"),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("th", { scope: "col" }, element("span", { class: "heard" }, "Same or not")),
          element("th", { scope: "col", class: "who" }, "Who"),
          element("th", { scope: "col" }, "Expected"),
          element("th", { scope: "col" }, "Observed"),
        ),
      ),
      element("tbody", {}, rows.length ? rows.map(differenceRows) : element("tr", {}, element("td", { colspan: 4 }, "Nothing on either side."))),
    ),
  );
