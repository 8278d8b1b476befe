// An element with attributes and children. Text becomes text: nothing that was read is ever markup.
const fill = (node, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== ""));
  return node;
};
const element = (name, attributes = {}, ...children) => fill(document.createElement(name), attributes, children);
const drawn = (name, attributes = {}, ...children) => fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
const byId = (id) => document.getElementById(id);
const counted = (number, one, many) => `${number} ${number === 1 ? one : many}`;
const joined = (nodes, between) => nodes.flatMap((node, at) => (at ? [between, node] : [node]));
// Where something is, as the page's own markup has it.
const escaped = (id) => Array.from(id, (c) => (/[A-Za-z0-9-]/.test(c) ? c : `_${c.codePointAt(0).toString(16)}_`)).join("");
const anchor = (id) => (/^[A-Z]{1,19}-[0-9]{1,19}$/.test(id) ? id : `requirement-${escaped(id)}`);
const toRequirement = (id) => (byId(anchor(id)) ? element("a", { href: `#${anchor(id)}` }, id) : id);
