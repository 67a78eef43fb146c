"use strict";
// The page works without this. It adds dragging, and keeps the reader's place over a change.
(() => {
  const kept = `place ${location.pathname}`;
  const scrolled = () => [document.scrollingElement, ...document.querySelectorAll("[data-scrolls]")];
  const opened = () => [...document.querySelectorAll("main details")];

  // What was used last, by the form it belongs to: another page has the same form again.
  let used = "";
  let keyed = false;
  addEventListener("keydown", () => (keyed = true), true);
  addEventListener("pointerdown", () => (keyed = false), true);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.busy) {
      event.preventDefault();
      return;
    }
    form.dataset.busy = "yes";
    const by = event.submitter;
    if (by) by.setAttribute("aria-busy", "true");
    used = by && by.name === "act" ? `${form.dataset.form}|${by.value}` : form.dataset.form || "";
  });

  addEventListener("pagehide", () => {
    if (!used) return;
    const spots = scrolled().map((each) => [each.scrollLeft, each.scrollTop]);
    const open = opened().map((each) => each.open);
    sessionStorage.setItem(kept, JSON.stringify({ used, keyed, spots, open }));
  });

  // A page that comes back from the browser's memory is not busy any more.
  addEventListener("pageshow", () => {
    used = "";
    for (const each of document.querySelectorAll("[data-busy]")) delete each.dataset.busy;
    for (const each of document.querySelectorAll("[aria-busy]")) each.removeAttribute("aria-busy");
  });

  const focusAgain = (name) => {
    const [form, step] = name.split("|");
    const found = [...document.forms].find((each) => each.dataset.form === form);
    if (!found) return;
    const control = step
      ? found.querySelector(`button[value="${step}"]`)
      : found.querySelector("textarea, input:not([type=hidden]), button");
    const closed = found.closest("details:not([open])");
    (closed ? closed.querySelector("summary") : control)?.focus({ preventScroll: true });
  };

  addEventListener("load", () => {
    const told = sessionStorage.getItem(kept);
    sessionStorage.removeItem(kept);
    if (!told) return;
    const { used: last, keyed: byKey, spots, open } = JSON.parse(told);
    const step = last.startsWith("steps");
    if (!step && opened().length === open.length) {
      opened().forEach((each, at) => {
        each.open = open[at] && !each.classList.contains("edit");
      });
    }
    requestAnimationFrame(() => {
      scrolled().forEach((each, at) => {
        // After a pass the reader wants to see what the bot has written.
        if (!step && spots[at]) each.scrollTo({ left: spots[at][0], top: spots[at][1], behavior: "instant" });
      });
      if (byKey) focusAgain(last);
    });
  });

  // The menu of people closes as menus do.
  const menu = document.querySelector(".who");
  document.addEventListener("click", (event) => {
    if (menu?.open && !menu.contains(event.target)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu?.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // Dragging: the card goes before the one in whose upper half it is dropped.
  const form = document.querySelector("form.drag");
  if (!form) return;
  let card = null;
  const clear = () => {
    for (const each of document.querySelectorAll(".drop-before, .drop-end")) {
      each.classList.remove("drop-before", "drop-end");
    }
  };
  const next = (list, y) =>
    [...list.querySelectorAll("[data-card]")].find((each) => {
      const box = each.getBoundingClientRect();
      return each !== card && y < box.top + box.height / 2;
    });
  document.addEventListener("dragstart", (event) => {
    card = event.target.closest?.("[data-card]") || null;
    if (!card) return;
    card.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.card);
  });
  document.addEventListener("dragend", () => {
    card?.classList.remove("dragged");
    card = null;
    clear();
  });
  for (const column of document.querySelectorAll(".column")) {
    const list = column.querySelector("[data-list]");
    if (!list) continue;
    column.addEventListener("dragover", (event) => {
      if (!card) return;
      event.preventDefault();
      clear();
      const before = next(list, event.clientY);
      if (before) before.classList.add("drop-before");
      else list.classList.add("drop-end");
    });
    column.addEventListener("drop", (event) => {
      if (!card) return;
      event.preventDefault();
      form.elements.card.value = card.dataset.card;
      form.elements.list.value = list.dataset.list;
      form.elements.before.value = next(list, event.clientY)?.dataset.card || "";
      form.requestSubmit();
    });
  }
})();
