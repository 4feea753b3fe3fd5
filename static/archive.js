// Only adds to pages that work without it: "/" goes to the search box, "j" and "k" walk through the stories.
"use strict";

const items = Array.from(document.querySelectorAll("[data-item]"));
let at = -1;

function go(step) {
  const next = Math.min(Math.max(at + step, 0), items.length - 1);
  items[at]?.classList.remove("here");
  at = next;
  items[at]?.classList.add("here");
  items[at]?.querySelector(".headline a")?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("[data-search]");
  // By the key's place as well: on an Arabic keyboard the same keys give other letters.
  if (search && (event.key === "/" || (event.code === "Slash" && !event.shiftKey))) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "j" || event.code === "KeyJ") {
    go(1);
  } else if (event.key === "k" || event.code === "KeyK") {
    go(-1);
  }
});
