// Keeps the strip of long work and the parts of a page that follow it up to date, and opens what has become ready.
"use strict";
(() => {
  const strip = document.getElementById("work");
  if (!strip) return;
  const waiting = document.body.classList.contains("waiting");
  const stale = document.querySelector(".stale");
  let last = strip.dataset.mark;
  let asked = 0;
  let behind = false;

  function line(task) {
    const row = document.createElement("p");
    row.className = "task";
    const what = document.createElement("span");
    what.textContent = task.what;
    row.append(what, " ");
    if (task.total) {
      const bar = document.createElement("progress");
      bar.max = task.total;
      bar.value = task.done;
      bar.setAttribute("aria-label", task.what);
      row.append(bar, " ");
    }
    const said = document.createElement("span");
    said.textContent = task.said;
    row.append(said);
    return row;
  }

  // What somebody is writing, or has written, is never taken from under his hands.
  let composing = false;
  document.addEventListener("compositionstart", () => (composing = true));
  document.addEventListener("compositionend", () => (composing = false));

  const fields = (part) => [...part.querySelectorAll("input:not([type=hidden]), textarea, select")];
  const ticked = (one) => one.matches("[type=checkbox], [type=radio]");
  const same = (one, other) => one.name === other.name && (!ticked(one) || one.value === other.value);

  function changed(one) {
    if (one.matches("select")) return [...one.options].some((option) => option.selected !== option.defaultSelected);
    return ticked(one) ? one.checked !== one.defaultChecked : one.value !== one.defaultValue;
  }

  // Puts the new part in place of the old with what was written in it; says whether it could.
  function replace(part, now) {
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    const held = fields(part).filter((one) => one === focused || changed(one));
    const places = held.map((one) => fields(now).find((other) => same(one, other)));
    if ((composing && focused) || places.includes(undefined) || held.some((one) => one.type === "file")) return false;
    const caret = focused?.matches("input:not([type=checkbox], [type=radio]), textarea")
      ? [focused.selectionStart, focused.selectionEnd]
      : null;
    part.replaceChildren(...document.adoptNode(now).childNodes);
    held.forEach((one, number) => {
      const place = places[number];
      if (changed(one) && ticked(one)) place.checked = one.checked;
      else if (changed(one)) place.value = one.value;
      if (one !== focused) return;
      place.focus({ preventScroll: true });
      if (caret?.[0] != null) place.setSelectionRange(...caret);
    });
    return true;
  }

  // The page as it is now: its living parts take the place of these; where the address leads on, we follow.
  async function renew() {
    behind = true;
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (answer.redirected) return location.replace(answer.url);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    behind = false;
    for (const part of document.querySelectorAll("[data-live]")) {
      const now = page.getElementById(part.id);
      if (!now) return location.reload();
      if (now.innerHTML === part.innerHTML) continue;
      if (replace(part, now)) part.toggleAttribute("data-awaits", now.hasAttribute("data-awaits"));
      else behind = true;
    }
    document.body.className = page.body.className;
  }

  async function look() {
    let pause = 5000;
    try {
      const answer = await fetch(strip.dataset.work, { headers: { accept: "application/json" } });
      const state = await answer.json();
      const open = state.tasks.length;
      if ((waiting && state.ready) || (stale && state.fresh)) {
        if (waiting) return location.reload();
        // Where single keys decide, a page that loads itself anew would swallow the next one: the link stays.
        const keys = document.querySelector("[data-key]");
        if (!keys && stale.querySelector("a") && document.activeElement === document.body) return location.reload();
      }
      const awaited = document.querySelector("[data-awaits]");
      if (awaited && state.fresh) await renew();
      if (state.mark !== last) {
        strip.replaceChildren(...state.tasks.slice(0, 3).map(line));
        last = state.mark;
        if (document.querySelector("[data-live]")) await renew();
      } else if (behind || (open && waiting && (asked += 1) % 4 === 0)) await renew();
      pause = awaited ? 300 : open || waiting || stale || behind ? 1000 : 15000;
    } catch {
      pause = 10000;
    }
    setTimeout(look, pause);
  }
  setTimeout(look, 400);

  // Between two looks the seconds run on, so that one sees that it goes on.
  setInterval(() => {
    for (const one of document.querySelectorAll("[data-seconds]")) {
      one.dataset.seconds = Number(one.dataset.seconds) + 1;
      one.textContent = one.dataset.words.replace("{n}", one.dataset.seconds);
    }
  }, 1000);
})();
