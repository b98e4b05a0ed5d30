// Files can be dropped anywhere on the page; they are sent as soon as they are chosen. What can't be is said at once.
"use strict";
(() => {
  const form = document.getElementById("drop");
  const told = document.getElementById("told");
  if (!form) return;
  const input = form.querySelector("input[type=file]");
  const button = form.querySelector("button");
  button.hidden = true;
  const bound = Number(form.dataset.most) * 1024 * 1024;

  function say(words) {
    const line = document.createElement("p");
    line.className = "trouble";
    line.textContent = words;
    told.append(line);
  }
  const tell = (name, words) => say(`${name}: ${words}`);
  // What was told of a file stays when the others are sent, which loads the page anew.
  const KEPT = "polidiff.told";
  for (const words of JSON.parse(sessionStorage.getItem(KEPT) ?? "[]")) say(words);
  sessionStorage.removeItem(KEPT);

  function send(files) {
    const kept = new DataTransfer();
    let sum = 0;
    for (const file of files) {
      if (sum + file.size > bound) tell(file.name, form.dataset.large);
      else {
        sum += file.size;
        kept.items.add(file);
      }
    }
    if (!kept.files.length) return;
    sessionStorage.setItem(KEPT, JSON.stringify([...told.children].map((line) => line.textContent)));
    input.files = kept.files;
    button.textContent = form.dataset.send;
    button.hidden = false;
    form.requestSubmit();
  }

  input.addEventListener("change", () => {
    told.replaceChildren();
    send([...input.files]);
  });
  document.documentElement.classList.add("scripted");
  document.addEventListener("click", (event) => {
    const all = event.target.closest("[data-tick]");
    if (!all) return;
    for (const box of document.querySelectorAll("#read input[name=document]")) box.checked = Boolean(all.dataset.tick);
  });
  let deep = 0;
  const mark = (on) => form.classList.toggle("over", on);
  document.addEventListener("dragenter", () => mark((deep += 1) > 0));
  document.addEventListener("dragleave", () => mark((deep -= 1) > 0));
  document.addEventListener("dragover", (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    deep = 0;
    mark(false);
    told.replaceChildren();
    const files = [];
    for (const item of event.dataTransfer.items) {
      if (item.kind !== "file") continue;
      const entry = item.webkitGetAsEntry?.();
      const file = item.getAsFile();
      if (entry?.isDirectory) tell(entry.name, form.dataset.folder);
      else if (file) files.push(file);
    }
    send(files);
  });
})();
