{% include "roles.js" %}
// Shows the rows that were asked for and says how many they are. Without it all of them are there.
(() => {
  "use strict";
  const form = document.getElementById("filter_form");
  if (!form) return;
  const words = document.getElementById("filter_words");
  const overdue = document.getElementById("filter_overdue");
  const choices = [...form.querySelectorAll("select")];
  const told = document.querySelector("#filter [role=status]");
  const groups = [...document.querySelectorAll("[data-group]")];
  // Case and accents do not matter.
  const fold = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ").trim();
  const rows = [...document.querySelectorAll("tr[data-status]")].map((row) => ({
    row,
    text: fold(`${row.textContent} ${row.dataset.more ?? ""}`),
  }));

  const chosen = () => choices.filter((select) => select.selectedIndex > 0);
  const wanted = ({ row, text }, parts) =>
    parts.every((part) => text.includes(part)) &&
    chosen().every((select) => row.dataset[select.dataset.filter].split("\n").includes(select.value)) &&
    (!overdue?.checked || "overdue" in row.dataset);

  const inWords = () =>
    [
      words.value.trim() && `words: ${words.value.trim()}`,
      ...chosen().map(
        (select) =>
          `${select.labels[0].textContent.toLowerCase()}: ${select.selectedOptions[0].text}`,
      ),
      overdue?.checked && "overdue only",
    ].filter(Boolean).join("; ");

  const apply = () => {
    const said = inWords();
    const parts = fold(words.value).split(" ");
    let shown = 0;
    for (const each of rows) {
      each.row.hidden = !wanted(each, parts);
      shown += !each.row.hidden;
    }
    for (const group of groups) {
      group.hidden = said !== "" && !group.querySelector("tr[data-status]:not([hidden])");
    }
    told.textContent = said
      ? `Filtered: ${shown} of ${rows.length} rows shown (${said}).`
      : `All ${rows.length} rows are shown.`;
    document.body.toggleAttribute("data-filtered", said !== "");
  };

  // Thousands of rows are not gone through at every letter.
  let waiting;
  words.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 200);
  });
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.querySelector("button").addEventListener("click", () => {
    form.reset();
    apply();
  });
  // A browser that comes back to the page may fill in what was chosen before.
  addEventListener("pageshow", apply);
  const folded = form.closest("details");
  const wide = matchMedia("(min-width: 60em)");
  const unfold = () => (folded.open = folded.open || wide.matches);
  wide.addEventListener("change", unfold);
  unfold();
  document.getElementById("filter").hidden = false;
})();
