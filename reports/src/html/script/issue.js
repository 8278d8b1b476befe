// A cause as an issue for its implementation's tracker, from what the page says of it.
const textIn = (place, selector) => place.querySelector(selector)?.textContent.trim() ?? "";

const issueOf = (cause) => {
  const run = cause.closest(".run");
  const step = cause.querySelector(".departs").firstElementChild;
  const seen = Array.from(cause.querySelectorAll(".seen > span"), (line) => `- ${line.textContent.trim()}`);
  const should = textIn(cause, ".should");
  const script = textIn(cause, "pre code");
  const parts = [
    `**What happens:** ${textIn(cause, ".does")}`,
    should && `**What should happen:** ${should}`,
    step?.matches("[href^=http]") && `**Step:** ${step.textContent}, ${step.href}`,
    ...Array.from(cause.querySelectorAll(".against"), (one) => one.textContent),
    script && `**Script:**\n\n\`\`\`js\n${script}\n\`\`\``,
    seen.length && seen.join("\n"),
    `**Seen with:** ${run.dataset.who}. Found by ${byId("main").dataset.suite}: \`${textIn(cause, ".command code")}\``,
  ];
  return { title: textIn(cause, ".does").replace(/\.$/, ""), body: parts.filter((part) => part).join("\n\n") + "\n" };
};

// No tracker takes an address of any length. What doesn't fit is pasted.
const LONGEST = 7000;
const addressOf = (tracker, title, body) => {
  const filled = (text) => tracker.replace("TITLE", encodeURIComponent(title)).replace("BODY", encodeURIComponent(text));
  return filled(body).length < LONGEST ? filled(body) : filled("");
};

const issuePanel = (cause) => {
  const { title, body } = issueOf(cause);
  const { tracker } = cause.closest(".run").dataset;
  const text = element("textarea", { rows: 14, spellcheck: "false" });
  text.value = body;
  const link = tracker ? element("a", { rel: "noreferrer noopener" }, "Open it in the implementation's tracker") : null;
  const follow = () => link?.setAttribute("href", addressOf(tracker, title, text.value));
  text.addEventListener("input", follow);
  follow();
  const known = cause.querySelector(".known") ? " It was reported before, see above: of this implementation too?" : "";
  return element(
    "div",
    { class: "issue" },
    element("p", {}, `Title: ${title}`),
    element("label", {}, "Text of the issue", text),
    element("p", { class: "command" }, copyButton(text, "the text of the issue"), link),
    element("small", {}, `Look for it in the tracker first.${known} If the form comes up empty, paste the text.`),
  );
};

const withIssue = (cause) => {
  if (cause.querySelector(".report")) return;
  const onclick = () => {
    const panel = cause.querySelector(".issue");
    if (panel) panel.remove();
    else button.after(issuePanel(cause));
    button.setAttribute("aria-expanded", String(!panel));
  };
  const button = element("button", { type: "button", class: "report", "aria-expanded": "false", onclick }, "Open an issue");
  cause.append(button);
};

const withLink = (place, what) => {
  if (!place.querySelector(".here")) place.append(element("p", { class: "here" }, element("a", { href: `#${place.id}` }, `Link to this ${what}`)));
};
