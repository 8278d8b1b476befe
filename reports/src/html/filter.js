"use strict";
(() => {
  const box = document.getElementById("filter");
  const input = box.querySelector("input");
  const runs = Array.from(document.querySelectorAll("details.run"), (run) => [run, run.open]);
  let items;
  const filter = () => {
    // Read when it is first asked for: with thousands of deviations it takes a moment.
    items ??= Array.from(document.querySelectorAll(".filtered"), (item) => [item, item.textContent.toLowerCase()]);
    const wanted = input.value.toLowerCase();
    for (const [item, text] of items) item.hidden = !text.includes(wanted);
    for (const [run, open] of runs) run.open = wanted ? !!run.querySelector(".filtered:not([hidden])") : open;
  };
  let waiting;
  box.hidden = false;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 150);
  });
  const open = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    target.hidden = false;
    for (let at = target; at; at = at.parentElement) if (at.localName === "details") at.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
})();
