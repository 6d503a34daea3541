"use strict";
(() => {
  const held = document.getElementById("traces");
  const dialog = document.getElementById("trace");
  if (!held || !dialog) return;
  const { numbers, rows, words, home, cited } = JSON.parse(held.textContent);
  // A sentence names the words of what it reads by their place: the page holds each of them once.
  const sentence = (number) => number.sentence.replace(/\ue000(\d+)\ue001/g, (_, place) => words[place]);
  const part = (name) => dialog.querySelector(`[data-of="${name}"]`);
  const cell = (text, kind) => {
    const made = document.createElement("td");
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  // Words that stay as recorded, for want of words in the page's language.
  const mark = (cell, words) => {
    const at = cell.lastChild.textContent.indexOf(words);
    if (at < 0) return;
    const rest = cell.lastChild.splitText(at);
    rest.splitText(words.length);
    const marked = document.createElement("span");
    marked.lang = home;
    rest.replaceWith(marked);
    marked.append(rest);
  };
  let opener = null;

  function open(button) {
    const number = numbers[button.dataset.trace];
    if (!number) return;
    opener = button;
    for (const name of ["text", "title"]) part(name).textContent = number[name];
    part("sentence").textContent = sentence(number);
    part("value").textContent = number.value || "";
    part("range").textContent = (number.range || []).join(" – ");
    part("claims").replaceChildren(...number.claims.map((claim) => {
      const item = document.createElement("li");
      const verdict = document.createElement("span");
      verdict.className = `verdict ${claim.code}`;
      verdict.textContent = claim.verdict;
      item.append(verdict, ` ${claim.printed} (${claim.id}) ${claim.cause}`);
      return item;
    }));
    dialog.querySelector('[data-part="value"]').hidden = !number.value;
    dialog.querySelector('[data-part="range"]').hidden = !number.range;
    dialog.querySelector('[data-part="claims"]').hidden = !number.claims.length;
    part("inputs").replaceChildren(...number.inputs.map((place) => {
      const row = document.createElement("tr");
      const [printed, unit, where, file, ...english] = rows[place];
      row.append(cell(printed, "number"), cell(unit), cell(where), cell(file));
      for (const words of english) mark(row.cells[2], words);
      return row;
    }));
    dialog.querySelector('[data-part="inputs"]').hidden = !number.inputs.length;
    const link = dialog.querySelector("a.link");
    link.href = `#n-${button.dataset.trace}`;
    history.replaceState(null, "", link.href);
    dialog.showModal();
    dialog.scrollTop = 0;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.n");
    if (button) open(button);
    else if (event.target === dialog || event.target.closest("dialog .close")) dialog.close();
  });
  const copy = dialog.querySelector("button.copy");
  const copied = copy.textContent;
  copy.addEventListener("click", () => {
    const text = [`${part("text").textContent} – ${part("title").textContent}`, part("sentence").textContent,
      [cited.includes(document.title) ? "" : document.title, cited, location.href].filter(Boolean).join(". ")].join("\n");
    navigator.clipboard.writeText(text).then(() => {
      copy.textContent = copy.dataset.copied;
      setTimeout(() => { copy.textContent = copied; }, 1500);
    });
  });

  function openLinked() {
    const linked = location.hash.startsWith("#n-") && document.getElementById(location.hash.slice(1));
    if (linked && !dialog.open) open(linked);
  }
  window.addEventListener("hashchange", openLinked);
  openLinked();

  dialog.addEventListener("close", () => { if (opener) opener.focus(); });

  // One stop for the Tab key in a table; arrow keys move between its numbers.
  for (const table of document.querySelectorAll("table.exhibit")) {
    const linesOf = () => [...table.rows]
      .map((row) => [...row.querySelectorAll("button.n")])
      .filter((line) => line.length);
    const all = linesOf().flat();
    all.forEach((button, place) => { button.tabIndex = place ? -1 : 0; });
    table.addEventListener("keydown", (event) => {
      const lines = linesOf();
      const down = lines.findIndex((line) => line.includes(event.target));
      if (down < 0) return;
      const across = lines[down].indexOf(event.target);
      const line = { ArrowUp: lines[down - 1], ArrowDown: lines[down + 1] }[event.key];
      const near = { ArrowLeft: lines[down][across - 1], ArrowRight: lines[down][across + 1],
        Home: lines[down][0], End: lines[down].at(-1) }[event.key]
        || (line && line[Math.min(across, line.length - 1)]);
      if (!near) return;
      event.preventDefault();
      event.target.tabIndex = -1;
      near.tabIndex = 0;
      near.focus();
    });
    table.addEventListener("click", (event) => {
      const button = event.target.closest("button.n");
      if (button) all.forEach((other) => { other.tabIndex = other === button ? 0 : -1; });
    });
  }

  // Headings sort the rows: up, down, and back to the order of the document; totals stay below.
  const comma = ["fr", "es"].includes(document.documentElement.lang.slice(0, 2));
  function sortable(text) {
    const plain = text.replace(/[\s\u00a0\u202f]/g, "").replace("\u2212", "-");
    const number = parseFloat(comma ? plain.replace(/\./g, "").replace(",", ".") : plain.replace(/,/g, ""));
    return Number.isNaN(number) ? null : number;
  }
  function compare(one, other, way) {
    const [a, b] = [sortable(one), sortable(other)];
    if (a === null || b === null) return a === b ? way * one.localeCompare(other) : (a === null) - (b === null);
    return way * (a - b);
  }
  for (const table of document.querySelectorAll("table.exhibit")) {
    const body = table.tBodies[0];
    if (!body || body.rows.length < 3) continue;
    const order = [...body.rows];
    const heads = [...table.tHead.rows[0].cells].filter((cell) => cell.scope === "col");
    if (table.tHead.rows.length > 1) heads.push(...table.tHead.rows[1].cells);
    heads.forEach((head, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const next = { ascending: "descending", descending: "none" }[head.ariaSort] || "ascending";
        heads.forEach((column) => { column.removeAttribute("aria-sort"); });
        if (next !== "none") head.ariaSort = next;
        const way = next === "descending" ? -1 : 1;
        const free = order.filter((row) => !row.classList.contains("total"));
        if (next !== "none")
          free.sort((one, other) => compare(one.cells[place].textContent, other.cells[place].textContent, way));
        body.append(...(next === "none" ? order : [...free, ...order.filter((row) => row.classList.contains("total"))]));
      });
    });
  }

  // Letters are found with their accents and without.
  const folded = (text) => text.replace(/[\u00c0-\u024f]/g, (letter) => letter.normalize("NFD")[0]).toLowerCase();
  const field = document.getElementById("find");
  if (!field) return;
  const cards = [...document.querySelectorAll(".card")];
  const status = document.getElementById("found");
  const elsewhere = document.getElementById("elsewhere");
  field.form.hidden = false;
  // Exhibits whose card has all the words; the search of everything is a link away, with what was typed.
  function narrow() {
    const words = folded(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const card of cards) {
      const text = folded(card.textContent);
      card.hidden = !words.every((word) => text.includes(word));
      shown += !card.hidden;
    }
    for (const group of document.querySelectorAll(".group"))
      group.hidden = !group.querySelector(".card:not([hidden])");
    const told = shown ? status.dataset.words.replace("{}", shown) : status.dataset.none;
    status.textContent = words.length ? told : "";
    const typed = field.value.trim();
    elsewhere.hidden = !words.length;
    elsewhere.href = `search.html?q=${encodeURIComponent(typed)}`;
    elsewhere.textContent = elsewhere.dataset.words.replace("{}", () => typed);
  }
  field.addEventListener("input", narrow);
  // A browser that goes back brings what was typed, and no event.
  window.addEventListener("pageshow", narrow);
})();
(() => {
  const asked = document.querySelector("[data-filter]");
  const told = document.querySelector("[data-shown]");
  const body = document.querySelector(".scroll tbody");
  if (!asked || !told || !body) return;
  const held = [...body.rows].map((row) => [row, row.textContent.toLowerCase()]);
  function show() {
    const words = asked.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [row, text] of held) {
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown += 1;
    }
    told.textContent = told.dataset.shown.replace("%s", shown).replace("%a", held.length);
  }
  asked.addEventListener("input", show);
  show();
})();
