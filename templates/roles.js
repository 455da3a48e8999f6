// Says of tables what they are: some browsers forget it where a style shows rows as cards.
for (const [selector, role] of [
  ["table", "table"],
  [":is(thead, tbody)", "rowgroup"],
  ["tr", "row"],
  ["td", "cell"],
  ["th", "rowheader"],
  ["thead th", "columnheader"],
]) for (const each of document.querySelectorAll(selector)) each.setAttribute("role", role);
