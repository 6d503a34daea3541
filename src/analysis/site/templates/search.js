"use strict";
(() => {
  const field = document.getElementById("q");
  const list = document.getElementById("results");
  const shown = document.getElementById("shown");
  const kinds = JSON.parse(document.getElementById("kinds").textContent);
  const entries = JSON.parse(document.getElementById("entries").textContent).map((entry) => {
    const [kind, title, text, verdict, address] = entry;
    return { kind, title, text, verdict, address, heap: `${title} ${text} ${verdict}`.toLowerCase() };
  });
  const most = 200;

  function item(entry) {
    const made = document.createElement("li");
    const link = document.createElement("a");
    const id = entry.text.slice(entry.text.lastIndexOf(" ") + 1);
    link.href = entry.address || `search.html?q=${encodeURIComponent(id)}`;
    link.textContent = entry.title;
    const note = document.createElement("p");
    note.className = "note";
    const about = entry.text.length > 220 ? `${entry.text.slice(0, 220)}…` : entry.text;
    note.textContent = [kinds[entry.kind], entry.verdict, about].filter(Boolean).join(" · ");
    made.append(link, note);
    return made;
  }

  function search() {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = words.length ? entries.filter((entry) => words.every((word) => entry.heap.includes(word))) : [];
    list.replaceChildren(...found.slice(0, most).map(item));
    shown.textContent = words.length ? shown.dataset.words.replace("{}", found.length) : "";
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
