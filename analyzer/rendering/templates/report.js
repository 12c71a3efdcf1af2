"use strict";
/* Filtering, and nothing else: without this script the page shows everything. */
(() => {
  const form = document.getElementById("filter");
  const count = document.getElementById("count");
  const bar = document.getElementById("only");
  const rest = count.textContent.replace(/^\d+ lines/, "");
  const rows = [...document.querySelectorAll("#rows > tr")];
  const others = [...document.querySelectorAll("main [data-p]")].filter((one) => !one.closest("#rows"));
  const groups = [...document.querySelectorAll(".group")];
  const words = new Map();

  const text = (row) => {
    if (!words.has(row)) words.set(row, row.textContent.toLocaleLowerCase());
    return words.get(row);
  };

  const shows = (row, asked) => {
    const data = row.dataset;
    return (
      (!asked.p || data.p === asked.p) &&
      (!asked.q || data.q === asked.q) &&
      (!asked.l || data.l.split("|").includes(asked.l)) &&
      (!asked.a || data.a === asked.a) &&
      (!asked.c || data.c === asked.c) &&
      asked.words.every((word) => text(row).includes(word))
    );
  };

  const apply = () => {
    const asked = Object.fromEntries(["p", "q", "l", "a", "c"].map((name) => [name, form.elements[name].value]));
    asked.words = form.elements.words.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !shows(row, asked);
      shown += row.hidden ? 0 : 1;
    }
    for (const one of others) {
      const { p, q } = one.dataset;
      one.hidden = Boolean((asked.p && p !== asked.p) || (asked.q && q && q !== asked.q));
    }
    for (const group of groups) {
      if (!group.hidden) group.hidden = Boolean(asked.q) && !group.querySelector("li[data-q]:not([hidden])");
    }
    const every = shown === rows.length ? `${shown} lines` : `${shown} of ${rows.length} lines`;
    count.textContent = every + rest;
    const only = [asked.p, asked.q].filter(Boolean).join(", ");
    bar.hidden = !only;
    bar.querySelector("p").textContent = only ? `Only ${only}: ${every} of evidence` : "";
  };

  const showAll = () => {
    form.reset();
    apply();
  };

  const choose = (name, value) => {
    const select = form.elements[name];
    if (![...select.options].some((one) => one.value === value)) return false;
    select.value = select.value === value ? "" : value;
    apply();
    return true;
  };

  const chooseProject = (number) => {
    const card = document.querySelector(`.card[data-number="${number}"]`);
    if (!card || !choose("p", card.dataset.p)) return false;
    card.open = form.elements.p.value === card.dataset.p;
    return true;
  };

  for (const chart of document.querySelectorAll(".chart")) {
    chart.addEventListener("click", (event) => {
      const point = event.target.closest("a");
      const link = point && (point.getAttribute("href") || point.getAttribute("xlink:href") || "");
      const found = link && /^#(project|quarter)-(.+)$/.exec(link);
      if (found && (found[1] === "project" ? chooseProject(found[2]) : choose("q", found[2]))) event.preventDefault();
    });
  }
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  bar.querySelector("button").addEventListener("click", () => {
    showAll();
    document.getElementById("evidence-h").focus({ preventScroll: true });
  });
  for (const one of document.querySelectorAll(".script")) one.hidden = false;
  form.hidden = false;
  showAll();
})();
