// Single keys for the review: each presses a button or follows a link that is on the page anyway.
"use strict";
(() => {
  const STORE = "polidiff-keys";
  const box = document.getElementById("keys-on");
  const help = document.getElementById("keys");
  const why = document.getElementById("why");
  let on = true;
  try {
    on = localStorage.getItem(STORE) !== "off";
  } catch {
    // without storage the keys are on
  }
  if (box) {
    box.checked = on;
    box.addEventListener("change", () => {
      on = box.checked;
      try {
        localStorage.setItem(STORE, on ? "on" : "off");
      } catch {
        // it holds for this page
      }
    });
  }
  let sent = false;
  document.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => {
    sent = false;
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (typing) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (!on) return;
    if (event.key === "?" && help) {
      help.open = !help.open;
      help.querySelector("summary").focus();
    } else if (event.key === "n" && why) {
      why.focus();
    } else if (/^[arjku1-6]$/.test(event.key)) {
      const found = document.querySelector(`[data-key="${event.key}"]`);
      if (!found) return;
      const name = document.querySelector("#decide input[name=by]");
      if (found.name === "verb" && name && !name.value) name.focus();
      else found.click();
    } else return;
    event.preventDefault();
  });
})();
