"""What a reader's eye finds at once: words and controls over one another or off the page, and words out of place."""

from __future__ import annotations

from typing import Any

OVERLAPS = r"""
() => {
  const how = { checkOpacity: true, checkVisibilityCSS: true, contentVisibilityAuto: true };
  const shown = (one) => one.checkVisibility(how);
  const spoken = (one) =>
    one !== document.body && (getComputedStyle(one).clipPath !== "none" || spoken(one.parentElement));
  const clipped = (one) => spoken(one) || one.closest(".skip, .defs, svg, [inert], dialog:not([open])");
  // What stays in view while the page moves under it lies over words on purpose.
  const sticks = (one) => getComputedStyle(one).position === "sticky";
  const stuck = (one) => one !== document.body && (sticks(one) || stuck(one.parentElement));
  const frames = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || !node.parentElement || !shown(node.parentElement) || clipped(node.parentElement)) continue;
    if (node.parentElement.closest("button, .button, select, textarea, script, style, noscript, option")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 1 && box.height > 1) frames.push({ box, one: node.parentElement, words: node.data.trim() });
  }
  const controls = "button, .button, input:not([type=hidden]), select, textarea, progress";
  for (const one of document.querySelectorAll(controls)) {
    if (!shown(one) || clipped(one)) continue;
    const words = one.innerText || one.name || one.tagName;
    frames.push({ box: one.getBoundingClientRect(), one, words: words.trim() });
  }
  // What a scrolling part hides isn't seen.
  const visible = frames.filter(({ box, one }) => {
    for (let at = one.parentElement; at && at !== document.body; at = at.parentElement) {
      const how = getComputedStyle(at);
      if (how.overflowX === "visible" && how.overflowY === "visible") continue;
      const edge = at.getBoundingClientRect();
      if (box.left >= edge.right - 1 || box.right <= edge.left + 1) return false;
      if (box.top >= edge.bottom - 1 || box.bottom <= edge.top + 1) return false;
    }
    return true;
  });
  visible.sort((a, b) => a.box.top - b.box.top);
  const found = [];
  const wide = document.documentElement.clientWidth;
  for (let i = 0; i < visible.length && found.length < 10; i += 1) {
    const a = visible[i];
    const within = a.one.closest(".scroll, .ways");
    if (!within && (a.box.right > wide + 1 || a.box.left < -1)) found.push(`off the page: ${a.words.slice(0, 60)}`);
    for (let j = i + 1; j < visible.length && visible[j].box.top < a.box.bottom; j += 1) {
      const b = visible[j];
      if (a.one === b.one || a.one.contains(b.one) || b.one.contains(a.one)) continue;
      if (stuck(a.one) || stuck(b.one)) continue;
      const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      const least = Math.min(a.box.height, b.box.height);
      if (across > 2 && down > Math.max(3, least * 0.35))
        found.push(`${a.words.slice(0, 50)} | ${b.words.slice(0, 50)}`);
    }
  }
  return found;
}
"""

LANGUAGES = r"""
([tongue, names]) => {
  const wrong = tongue === "zh" ? /[A-Za-z]{3,}(?:\s+[A-Za-z]{2,}){2,}/ : /[\u4e00-\u9fff]/;
  const found = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const own = (one) => {
    const named = one.closest("[lang]").getAttribute("lang").slice(0, 2);
    // Names as a document prints them stand in tags, and a title has no language of its own.
    const others = "bdi, code, kbd, script, style, textarea, datalist, title, desc, .t-lead, .t-others";
    return named === tongue && !one.closest(others);
  };
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node.parentElement && own(node.parentElement) && wrong.test(node.data))
      found.push(node.data.trim().slice(0, 90));
  for (const one of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
    for (const name of ["aria-label", "title", "placeholder", "alt"]) {
      const value = one.getAttribute(name);
      const said = value && [one.textContent.trim(), ...names].reduce((left, name) => left.replace(name, ""), value);
      if (said && own(one) && wrong.test(said)) found.push(`${name}: ${value.slice(0, 90)}`);
    }
  return [...new Set(found)].slice(0, 12);
}
"""


UNSEEN = r"""
() => [...document.querySelectorAll("blockquote[data-start], [data-start] > p, p[data-start]")]
  .filter((one) => one.checkVisibility())
  .map((one) => [one.innerText, one.textContent].map((words) => words.replace(/\s+/g, "")))
  .filter(([shown, held]) => shown !== held)
  .map(([shown, held]) => `${shown.slice(0, 200)} | ${held.slice(0, 200)}`)
"""


def unseen(tab: Any) -> list[str]:
    """Return passages of which a page hides words: what is shown beside what is held."""
    found: list[str] = tab.evaluate(UNSEEN)
    return found


def overlaps(tab: Any) -> list[str]:
    """Return pairs of words or controls that lie over one another on a page, and those that run off it."""
    found: list[str] = tab.evaluate(OVERLAPS)
    return found


def strangers(tab: Any, tongue: str, names: tuple[str, ...] = ()) -> list[str]:
    """Return what a page says in the other language that isn't marked as somebody's own words (``lang``, ``bdi``).

    ``names`` are documents' titles, which labels that are only spoken can't mark.
    """
    found: list[str] = tab.evaluate(LANGUAGES, [tongue, list(names)])
    return found
