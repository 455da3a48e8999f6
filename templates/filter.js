// Shows the rows that were asked for and says how many they are. Without it all of them are there.
(() => {
  "use strict";
  const form = document.getElementById("filter_form");
  if (!form) return;
  const owner = document.getElementById("filter_owner");
  const status = document.getElementById("filter_status");
  const overdue = document.getElementById("filter_overdue");
  const told = document.querySelector("#filter [role=status]");
  const rows = [...document.querySelectorAll("tr[data-status]")];
  const groups = [...document.querySelectorAll("[data-group]")];
  const chosen = (select) => select.selectedIndex > 0;
  const named = (select) => select.options[select.selectedIndex].text;

  const wanted = (row) =>
    (!chosen(owner) || row.dataset.owners.split("\n").includes(owner.value)) &&
    (!chosen(status) || row.dataset.status === status.value) &&
    (!overdue?.checked || "overdue" in row.dataset);

  const inWords = () =>
    [
      chosen(owner) && `referred to: ${named(owner)}`,
      chosen(status) && `status: ${named(status)}`,
      overdue?.checked && "overdue only",
    ].filter(Boolean).join("; ");

  const apply = () => {
    for (const row of rows) row.hidden = !wanted(row);
    const first = new Map();
    for (const group of groups) {
      group.hidden = inWords() !== "" && !group.querySelector("tr[data-status]:not([hidden])");
      group.removeAttribute("id");
      if (!group.hidden && !first.has(group.dataset.group)) first.set(group.dataset.group, group);
    }
    // What is hidden can't be gone to: a link leads to the first of its groups that is shown.
    for (const [id, group] of first) group.id = id;
    for (const link of document.querySelectorAll("nav a")) {
      link.parentElement.hidden = !first.has(link.hash.slice(1));
    }
    const shown = rows.filter((row) => !row.hidden).length;
    const words = inWords();
    told.textContent = words
      ? `Filtered: ${shown} of ${rows.length} rows shown (${words}).`
      : `All ${rows.length} rows are shown.`;
    document.body.toggleAttribute("data-filtered", words !== "");
  };

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
