// What is to be typed or pasted has a button that copies it. A page from disk may lack the clipboard, so the text is copied as a
// selection then; and where that is refused too, it is left selected.
const said = element("p", { class: "heard", role: "status" });

const asSelection = (node) => {
  const range = document.createRange();
  range.selectNodeContents(node);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
};

const copied = async (node) => {
  const text = node.value ?? node.textContent.trimEnd();
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (node.select) node.select();
    else asSelection(node);
    const done = document.execCommand("copy");
    if (done) getSelection().removeAllRanges();
    return done;
  }
};

const copyButton = (node, what) => {
  const label = element("span", {}, "Copy");
  const onclick = async () => {
    const done = await copied(node);
    label.textContent = done ? "Copied" : "Press Ctrl+C";
    said.textContent = "";
    // A status that is empty first is said again.
    setTimeout(() => (said.textContent = done ? `Copied ${what}.` : `Selected ${what}. Press Ctrl+C to copy it.`), 50);
    setTimeout(() => (label.textContent = "Copy"), 4000);
    if (done) button.focus();
  };
  const button = element("button", { type: "button", class: "copy", onclick }, label, element("span", { class: "heard" }, ` ${what}`));
  return button;
};

const COPIED = [
  [".command > code", "the line"],
  ["pre", "the script"],
];
// They are made when what they are in is opened: a page has thousands.
const withCopies = (place) => {
  for (const [selector, what] of COPIED) {
    for (const node of place.querySelectorAll(selector)) {
      const isThere = node.closest("details") !== place && node.closest("details:not([open])");
      if (!isThere && !node.nextElementSibling?.matches(".copy")) node.after(copyButton(node, what));
    }
  }
};
