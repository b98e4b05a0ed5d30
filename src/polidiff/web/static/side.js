// The rows of the whole table as one scroll: windows come when they are near, and go when they are far.
"use strict";
(() => {
  const table = document.getElementById("table");
  if (!table) return;
  const { rows, first, window: size, total, loading, failed, again, close } = table.dataset;
  const step = Number(size);
  const FAR = 6;
  const here = table.querySelector(".window");
  const average = here.offsetHeight / Math.max(1, Math.min(step, Number(total) - Number(first)));
  document.body.classList.add("scripted");
  const keys = document.querySelector(".keys");
  if (keys) keys.hidden = false;

  const windows = [];
  for (let from = 0; from < Number(total); from += step) {
    let part = here;
    if (from !== Number(first)) {
      part = document.createElement("div");
      part.className = "window away";
      part.dataset.from = from;
      part.style.height = `${Math.round(average * Math.min(step, Number(total) - from))}px`;
      if (from < Number(first)) here.before(part);
      else table.append(part);
    }
    windows.push(part);
  }

  function put(part, html) {
    const made = document.createElement("template");
    made.innerHTML = html;
    part.replaceChildren(made.content);
    part.classList.remove("away");
    part.style.height = "";
  }

  async function load(part) {
    if (!part.classList.contains("away") || part.asked) return;
    const asked = new AbortController();
    part.asked = asked;
    const wait = document.createElement("p");
    wait.className = "waits";
    wait.textContent = loading;
    part.replaceChildren(wait);
    try {
      const address = new URL(rows, location);
      address.searchParams.set("from", part.dataset.from);
      const answer = await fetch(address, { signal: asked.signal });
      if (!answer.ok) throw new Error(answer.status);
      const html = await answer.text();
      if (part.asked === asked) put(part, html);
    } catch {
      if (asked.signal.aborted) return;
      const button = document.createElement("button");
      button.textContent = again;
      button.addEventListener("click", () => load(part));
      wait.textContent = `${failed} `;
      wait.append(button);
    }
    part.asked = null;
  }

  function leave(part) {
    if (part.contains(document.activeElement)) return;
    if (part.asked) {
      part.asked.abort();
      part.asked = null;
    }
    if (part.classList.contains("away")) return part.replaceChildren();
    part.style.height = `${part.offsetHeight}px`;
    part.classList.add("away");
    part.replaceChildren();
  }

  // What is passed in a hurry isn't asked for: windows load once the table has been near them for a moment.
  const nearby = new Set();
  let soon = 0;
  function settle() {
    soon = 0;
    const places = [...nearby].map((part) => windows.indexOf(part));
    if (!places.length) return;
    const [low, high] = [Math.min(...places), Math.max(...places)];
    windows.forEach((part, place) => {
      if (place < low - FAR || place > high + FAR) leave(part);
    });
    nearby.forEach(load);
  }
  const near = new IntersectionObserver((seen) => {
    for (const one of seen) {
      if (one.isIntersecting) nearby.add(one.target);
      else {
        nearby.delete(one.target);
        if (one.target.asked) leave(one.target);
      }
    }
    if (!soon) soon = setTimeout(settle, 40);
  }, { rootMargin: "2000px 0px" });

  // Where the page begins is settled before others load above it.
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1))) || table.querySelector(".row.lit");
  if (target && table.contains(target)) target.scrollIntoView();
  else if (Number(first)) here.scrollIntoView();
  requestAnimationFrame(() => windows.forEach((part) => near.observe(part)));

  function beside(step) {
    const pins = [...table.querySelectorAll(".pin")];
    const now = document.activeElement.closest?.(".row");
    let at = now ? pins.findIndex((pin) => now.contains(pin)) + step : -1;
    if (!now) at = pins.findIndex((pin) => pin.getBoundingClientRect().top > 40);
    const pin = pins[at];
    if (!pin) return;
    pin.focus({ preventScroll: true });
    pin.closest(".row").scrollIntoView({ block: "center" });
  }

  const panel = document.createElement("dialog");
  panel.className = "panel";
  document.body.append(panel);
  const shut = document.createElement("button");
  shut.className = "shut";
  shut.textContent = close;
  shut.addEventListener("click", () => panel.close());

  async function open(address) {
    const stepping = panel.open;
    try {
      const answer = await fetch(address);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const body = page.getElementById("passage");
      if (!answer.ok || !body) throw new Error(answer.status);
      if (stepping && !panel.open) return;
      panel.replaceChildren(shut, document.adoptNode(body));
      const name = panel.querySelector("h1");
      name.id = "panel-name";
      panel.setAttribute("aria-labelledby", name.id);
      if (!panel.open) panel.showModal();
      panel.scrollTop = 0;
      name.focus();
    } catch {
      location.assign(address);
    }
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("a.pin, dialog .steps a");
    if (!link) return;
    event.preventDefault();
    open(link.href);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select")) return;
    if (event.key !== "j" && event.key !== "k") return;
    event.preventDefault();
    if (panel.open) panel.querySelector(`.steps a[rel=${event.key === "j" ? "next" : "prev"}]`)?.click();
    else beside(event.key === "j" ? 1 : -1);
  });
})();
