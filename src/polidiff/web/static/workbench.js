// Keeps the strip of long work up to date, and loads a waiting page again when there is something to see.
"use strict";
(() => {
  const strip = document.getElementById("work");
  if (!strip) return;
  const waiting = document.body.classList.contains("waiting");
  const listing = document.body.classList.contains("waiting-work");
  const stale = document.querySelector(".stale");
  let last = "";

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

  async function look() {
    let pause = 5000;
    try {
      const answer = await fetch(strip.dataset.work, { headers: { accept: "application/json" } });
      const state = await answer.json();
      const mark = JSON.stringify(state.tasks);
      if (mark !== last) {
        if (listing && last) return location.reload();
        strip.replaceChildren(...state.tasks.slice(0, 3).map(line));
        last = mark;
      }
      if ((waiting && state.ready) || (stale && state.fresh)) {
        if (waiting) return location.reload();
        // Where single keys decide, a page that loads itself anew would swallow the next one: the link stays.
        const keys = document.querySelector("[data-key]");
        if (!keys && stale.querySelector("a") && document.activeElement === document.body) return location.reload();
      }
      pause = state.tasks.length || waiting || stale ? 1200 : 15000;
    } catch {
      pause = 10000;
    }
    setTimeout(look, pause);
  }
  setTimeout(look, 800);
})();
