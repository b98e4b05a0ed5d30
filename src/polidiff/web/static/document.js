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
  const link = document.createElement("a");
  link.className = "button first quote-this";
  link.textContent = reading.dataset.do;
  link.lang = document.documentElement.lang;
  link.hidden = true;
  document.body.append(link);

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
    link.hidden = !found;
    if (!found) return;
    const box = found.range.getBoundingClientRect();
    const address = new URL(reading.dataset.quote, location);
    address.searchParams.set("start", found.from.at);
    address.searchParams.set("end", found.to.at);
    link.href = address;
    link.style.top = `${scrollY + box.bottom + 8}px`;
    link.style.left = `${Math.max(8, Math.min(scrollX + box.left, innerWidth - 200))}px`;
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
})();
