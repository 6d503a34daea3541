"use strict";
(() => {
  const field = document.getElementById("q");
  const list = document.getElementById("results");
  const shown = document.getElementById("shown");
  const kinds = JSON.parse(document.getElementById("kinds").textContent);
  // Letters are found with their accents and without; a text stays as long as it was.
  const folded = (text) => text.replace(/[\u00c0-\u024f]/g, (letter) => letter.normalize("NFD")[0]).toLowerCase();
  const entries = JSON.parse(document.getElementById("entries").textContent).map((entry) => {
    const [kind, title, text, verdict, address] = entry;
    return { kind, title, text, verdict, address, heap: ` ${folded(`${title} ${text} ${verdict}`)} ` };
  });
  const most = 200;
  const literal = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

  // The part of a text where the first of the words stands.
  function around(text, words) {
    const low = folded(text);
    const first = Math.min(...words.map((word) => low.indexOf(word)).filter((place) => place >= 0), text.length);
    const start = first < 160 || first === text.length ? 0 : text.indexOf(" ", first - 80) + 1;
    const part = text.slice(start, start + 220);
    return `${start ? "…" : ""}${part}${start + 220 < text.length ? "…" : ""}`;
  }

  function marked(text, words) {
    const made = [];
    const low = folded(text);
    let at = 0;
    while (at < text.length) {
      const next = words.map((word) => [low.indexOf(word, at), word]).filter(([place]) => place >= 0)
        .sort((one, other) => one[0] - other[0])[0];
      if (!next) break;
      const mark = document.createElement("mark");
      mark.textContent = text.slice(next[0], next[0] + next[1].length);
      made.push(text.slice(at, next[0]), mark);
      at = next[0] + next[1].length;
    }
    return [...made, text.slice(at)];
  }

  function item(entry, words) {
    const made = document.createElement("li");
    const link = document.createElement("a");
    const id = entry.text.slice(entry.text.lastIndexOf(" ") + 1);
    link.href = entry.address || `search.html?q=${encodeURIComponent(id)}`;
    link.textContent = entry.title;
    const note = document.createElement("p");
    note.className = "note";
    note.append([kinds[entry.kind], entry.verdict].filter(Boolean).join(" · "), entry.text ? " · " : "");
    note.append(...marked(around(entry.text, words), words));
    made.append(link, note);
    return made;
  }

  function search() {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    const matches = words.length ? entries.filter((entry) => words.every((word) => entry.heap.includes(word))) : [];
    // A number or word that stands by itself comes before one within another: 896, then 5.38968.
    const whole = words.map((word) => new RegExp(`(?<![\\p{L}\\p{N}][.,]?)${literal(word)}(?![.,]?[\\p{L}\\p{N}])`, "u"));
    const apart = (entry) => whole.filter((word) => !word.test(entry.heap)).length;
    matches.sort((one, other) => apart(one) - apart(other));
    list.replaceChildren(...matches.slice(0, most).map((entry) => item(entry, words)));
    shown.textContent = words.length ? shown.dataset.words.replace("{}", matches.length) : "";
  }

  field.value = new URLSearchParams(location.search).get("q") || "";
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`);
    search();
  });
  field.addEventListener("input", search);
  search();
})();
