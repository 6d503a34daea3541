"use strict";
(() => {
  const reports = JSON.parse(document.getElementById("reports").textContent);
  const section = document.getElementById("same");
  const list = section.querySelector("ul");

  function show() {
    const [address, wanted] = decodeURIComponent(location.hash.slice(1)).split("&to=");
    const from = reports.find((report) => address.startsWith(`${report.folder}/`));
    section.hidden = !from;
    if (!from) return;
    const page = address.slice(from.folder.length + 1);
    if (reports.some((report) => report.folder === wanted && report.pages.includes(page))) {
      location.replace(`${wanted}/${page}`);
      return;
    }
    section.querySelector("[data-page]").textContent = page;
    const others = reports.filter((report) => report !== from);
    list.replaceChildren(...others.map((report) => {
      const item = document.createElement("li");
      const words = `${report.name}: ${report.title}`;
      const held = report.pages.includes(page);
      const told = document.createElement(held ? "a" : "span");
      told.textContent = held ? words : `${words} – ${section.dataset.absent}`;
      if (held) told.href = `${report.folder}/${page}`;
      told.lang = held ? report.code : "";
      item.append(told);
      return item;
    }));
    section.querySelector("[data-none]").hidden = others.length > 0;
  }

  window.addEventListener("hashchange", show);
  show();
})();
