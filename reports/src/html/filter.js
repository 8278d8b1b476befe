"use strict";
(() => {
  const box = document.getElementById("filter");
  const input = box.querySelector("input");
  const items = Array.from(document.querySelectorAll(".filtered"), (item) => [item, item.textContent.toLowerCase()]);
  box.hidden = false;
  input.addEventListener("input", () => {
    const wanted = input.value.toLowerCase();
    for (const [item, text] of items) item.hidden = !text.includes(wanted);
  });
  const open = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    target.hidden = false;
    if (target.localName === "details") target.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
})();
