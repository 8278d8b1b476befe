// Who ran when: time runs downwards, each who has a lane. Filled is what was observed, hollow what was expected instead.
const LANES = ["outside", "page", "script", "callbacks", "microtasks", "tasks"];
const [GUESS, APART] = [8, 16];
const [LANE, ROW, TOP] = [78, 26, 30];
const [LABEL, BESIDE] = [64, 8];

const laneName = (at) => (at === null ? "" : LANES[at % GUESS] + (at & GUESS ? "?" : ""));

// The nodes in their order. A difference may have one on either side.
const nodesOf = (rows) =>
  rows.flatMap((row) => {
    if (typeof row === "string") return [{ at: 0, text: row, kind: "outside" }];
    if (row.length === 2) return [{ at: row[0], text: row[1], kind: "both" }];
    const [, byExpected, expected, byObserved, observed] = row;
    return [
      ...(expected === null ? [] : [{ at: byExpected, text: expected, kind: "expected" }]),
      ...(observed === null ? [] : [{ at: byObserved, text: observed, kind: "observed" }]),
    ];
  });

const wayOf = ({ at }) => (at & APART ? at % GUESS : -1);

const drawing = (rows) => {
  const nodes = nodesOf(rows);
  const lanes = LANES.map((_, lane) => lane).filter((lane) => nodes.some(({ at }) => at % GUESS === lane));
  // The two sides stand beside each other where they part.
  const x = ({ at, kind }) => lanes.indexOf(at % GUESS) * LANE + LANE / 2 + (kind === "expected" ? -BESIDE : kind === "observed" ? BESIDE : 0);
  const y = (number) => TOP + number * ROW + ROW / 2;
  const width = lanes.length * LANE + LABEL * 7.4 + 16;
  const height = TOP + nodes.length * ROW + 4;
  const parts = lanes.flatMap((lane, number) => [
    drawn("line", { class: "lane", x1: number * LANE + LANE / 2, x2: number * LANE + LANE / 2, y1: TOP, y2: height }),
    drawn("text", { class: "heading", x: number * LANE + LANE / 2, y: 16, "text-anchor": "middle" }, LANES[lane]),
  ]);
  // Both sides go the same way until they part, and meet again where they agree. What is apart has a way of its own.
  const ways = new Set(nodes.map(wayOf));
  for (const way of ways) {
    for (const side of ["expected", "observed"]) {
      let last = null;
      nodes.forEach((node, number) => {
        if (wayOf(node) !== way || !["both", "outside", side].includes(node.kind)) return;
        if (last) {
          const parted = nodes.slice(last.number, number + 1).some(({ kind }) => kind === "expected" || kind === "observed");
          const [x1, y1, x2, y2] = [x(last.node), y(last.number), x(node), y(number)];
          const middle = (y1 + y2) / 2;
          if (parted || side === "observed") {
            parts.push(drawn("path", { class: parted ? side : null, d: `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}` }));
          }
        }
        last = { node, number };
      });
    }
  }
  nodes.forEach((node, number) => {
    const [cx, cy] = [x(node), y(number)];
    const guess = node.at & GUESS ? " guess" : "";
    const short = Array.from(node.text).length > LABEL ? `${Array.from(node.text).slice(0, LABEL - 1).join("")}…` : node.text;
    parts.push(
      node.kind === "outside"
        ? drawn("path", { class: "outside node", d: `M${cx} ${cy - 7}l7 7l-7 7l-7 -7z` })
        : drawn("circle", { class: `${node.kind} node${guess}`, cx, cy, r: 6 }),
      drawn("text", { class: `label ${node.kind}`, x: lanes.length * LANE + 8, y: cy + 4 }, short, drawn("title", {}, node.text)),
    );
  });
  const svg = { class: "way", role: "img", width, height, viewBox: `0 0 ${width} ${height}`, "aria-label": "Who ran when. The table below says the same." };
  return drawn("svg", svg, parts);
};
