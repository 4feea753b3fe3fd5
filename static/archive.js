// Only adds to pages that work without it: "/" goes to the search box, "j" and "k" walk through the stories,
// a search box suggests, a citation is copied.
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

// A list of suggestions under a search box (the ARIA pattern of a combobox with a list). The form works without it.
const WAIT = 120;

function suggest(input, number) {
  const list = document.createElement("ul");
  const said = document.createElement("span");
  let options = [];
  let chosen = -1;
  let timer = 0;
  let asking = null;

  list.id = `suggestions-${number}`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestions);
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  input.after(list, said);
  for (const [name, value] of Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  function close() {
    clearTimeout(timer);
    asking?.abort();
    list.hidden = true;
    said.textContent = "";
    choose(-1);
    input.setAttribute("aria-expanded", "false");
  }

  function choose(place) {
    options[chosen]?.setAttribute("aria-selected", "false");
    chosen = place;
    options[chosen]?.setAttribute("aria-selected", "true");
    options[chosen]?.scrollIntoView({ block: "nearest" });
    if (options[chosen]) input.setAttribute("aria-activedescendant", options[chosen].id);
    else input.removeAttribute("aria-activedescendant");
  }

  function option(found, place) {
    const item = document.createElement("li");
    const label = document.createElement("bdi");
    const note = document.createElement("small");
    item.id = `${list.id}-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.url = found.url;
    label.dir = found.dir;
    label.textContent = found.label;
    note.textContent = found.note;
    item.append(label, " ", note);
    return item;
  }

  function show(found) {
    choose(-1);
    options = found.map(option);
    list.replaceChildren(...options);
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    said.textContent = options.length ? `${input.dataset.suggestionsCount} ${options.length}` : "";
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(`${input.dataset.suggest}?${new URLSearchParams({ q: input.value })}`, { signal });
      const found = answer.ok ? await answer.json() : [];
      if (!signal.aborted) show(found);
    } catch {
      if (!signal.aborted) close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    asking?.abort();
    if (input.value.trim().length < 2) close();
    else timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      // One place is the box itself, between the last and the first.
      const places = options.length + 1;
      choose(((chosen + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      location.assign(options[chosen].dataset.url);
    } else if (event.key === "Escape") {
      close();
    } else {
      return;
    }
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) location.assign(item.dataset.url);
  });
}

document.querySelectorAll("[data-suggest]").forEach(suggest);

// A story: its citation can be copied, the page printed.
function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "plain";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

async function copied(element) {
  try {
    await navigator.clipboard.writeText(element.textContent.trim());
    return true;
  } catch {
    // Without HTTPS there is no clipboard to write to; what is selected can be copied all the same.
    getSelection().selectAllChildren(element);
    return document.execCommand("copy");
  }
}

for (const element of document.querySelectorAll("[data-copy]")) {
  const words = element.dataset;
  const tools = document.createElement("p");
  const said = document.createElement("span");
  tools.className = "tools";
  said.setAttribute("role", "status");
  tools.append(
    button(words.copyLabel, async () => { said.textContent = (await copied(element)) ? words.copied : words.selected; }),
    button(words.printLabel, () => print()),
    said,
  );
  element.after(tools);
}
