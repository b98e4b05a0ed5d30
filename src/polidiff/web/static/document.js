// Words that are selected can be quoted with their source; copied, they carry it with them.
"use strict";
(() => {
  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const words = button.closest("section").querySelector("textarea");
      const told = document.getElementById("copied");
      words.select();
      try {
        await navigator.clipboard.writeText(words.value);
      } catch {
        document.execCommand("copy");
      }
      told.textContent = told.dataset.said;
    });
  }

  const reading = document.querySelector(".reading[data-quote]");
  if (!reading) return;
  document.getElementById("how").hidden = false;
  const ways = document.createElement("p");
  ways.className = "quote-this";
  ways.lang = document.documentElement.lang;
  ways.hidden = true;
  const [link, note] = [reading.dataset.do, reading.dataset.note].map((words, place) => {
    const made = document.createElement("a");
    made.className = place ? "button" : "button first";
    made.textContent = words;
    ways.append(made);
    return made;
  });
  document.body.append(ways);

  // A block's words are the document's own, letter by letter: a place in them is a place in its text.
  function offset(node, at) {
    const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
    if (!line || !reading.contains(line)) return null;
    const before = document.createRange();
    before.selectNodeContents(line);
    before.setEnd(node, at);
    return { line, at: Number(line.dataset.start) + [...before.toString()].length };
  }

  function chosen() {
    const selection = getSelection();
    if (selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const from = offset(range.startContainer, range.startOffset);
    const to = offset(range.endContainer, range.endOffset);
    return from && to && from.at < to.at ? { from, to, range, words: selection.toString() } : null;
  }

  document.addEventListener("selectionchange", () => {
    const found = chosen();
    ways.hidden = !found;
    if (!found) return;
    const box = found.range.getBoundingClientRect();
    const address = new URL(reading.dataset.quote, location);
    address.searchParams.set("start", found.from.at);
    address.searchParams.set("end", found.to.at);
    link.href = address;
    const code = new URL(reading.dataset.code, location);
    code.searchParams.set("at", found.from.at);
    note.href = code;
    ways.style.top = `${scrollY + box.bottom + 8}px`;
    ways.style.left = `${Math.max(8, Math.min(scrollX + box.left, innerWidth - ways.offsetWidth - 8))}px`;
  });

  document.addEventListener("copy", (event) => {
    const found = chosen();
    if (!found || found.words.trim().length < 12) return;
    const page = found.from.line.dataset.page;
    const source = [reading.dataset.source, page].filter(Boolean).join(reading.dataset.gap);
    const words = found.words.trim();
    event.clipboardData.setData("text/plain", reading.dataset.words.replace("{words}", words).replace("{source}", source));
    event.preventDefault();
  });

  // The picture beside is that of the page that is being read, with the provision that is pointed at, or lit up.
  const sheet = document.getElementById("sheet");
  if (!sheet) return;
  const wide = matchMedia("(min-width: 68rem)");
  sheet.open = wide.matches;
  wide.addEventListener("change", () => (sheet.open = wide.matches));
  const figure = sheet.querySelector("figure");
  const [svg, image] = [figure.querySelector("svg"), figure.querySelector("image")];
  const sizes = new Map(figure.dataset.sheets.split(";").filter(Boolean).map((one) => {
    const [number, width, height] = one.split(" ").map(Number);
    return [number, [width, height]];
  }));
  const lines = [...reading.querySelectorAll(".line")];
  const boxesOf = (line) => line.dataset.boxes.split(";").filter(Boolean).map((one) => one.split(" ").map(Number));
  let shown = 0;

  function turn(line) {
    const boxes = boxesOf(line);
    const number = Number(line.dataset.number) || boxes[0]?.[0];
    const size = sizes.get(number);
    if (!size) return;
    if (number !== shown) {
      shown = number;
      const address = new URL(figure.dataset.address, location);
      address.searchParams.set("number", number);
      const label = figure.dataset.label.replace("{n}", number);
      svg.setAttribute("viewBox", `0 0 ${size[0]} ${size[1]}`);
      svg.setAttribute("aria-label", label);
      figure.querySelector("figcaption").textContent = label;
      image.setAttribute("width", size[0]);
      image.setAttribute("height", size[1]);
      image.setAttribute("href", address.pathname + address.search);
    }
    svg.querySelectorAll("rect").forEach((one) => one.remove());
    for (const [page, x0, y0, x1, y1] of boxes) {
      if (page !== number) continue;
      const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      const place = { class: "box-of", x: x0 - 2, y: y0 - 1, width: x1 - x0 + 4, height: y1 - y0 + 2 };
      for (const [name, value] of Object.entries(place)) rect.setAttribute(name, value);
      svg.append(rect);
    }
  }

  let soon = 0;
  // A passage that the address names stays the one that is marked while it is in view.
  const here = document.getElementById("here");
  function follow() {
    soon = 0;
    const place = here?.getBoundingClientRect();
    const seen = place && place.bottom > 0 && place.top < innerHeight;
    const line = seen ? here : lines.find((one) => one.getBoundingClientRect().bottom > innerHeight * 0.2);
    if (sheet.open && line) turn(line);
  }
  addEventListener("scroll", () => (soon ||= setTimeout(follow, 120)), { passive: true });
  for (const kind of ["pointerover", "focusin"])
    reading.addEventListener(kind, (event) => {
      const line = event.target.closest(".line");
      if (sheet.open && line) turn(line);
    });
  sheet.addEventListener("toggle", follow);
  if (here) turn(here);
})();
