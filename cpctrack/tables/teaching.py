"""Reading tables by what was said of them, and keeping in mind what is to be said but once."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field

from cpctrack.errors import ImportRefusedError, UsageError
from cpctrack.reading.document import Document
from cpctrack.suggest import did_you_mean
from cpctrack.tables.columns import Header, best_header, headings_of
from cpctrack.tables.grid import grids_of
from cpctrack.tables.headings import names
from cpctrack.tables.layout import Layout, Reading, heading_key, name_for, nearly_found
from cpctrack.tables.log import Log, log_of
from cpctrack.tables.problems import NoActionsError
from cpctrack.text import one_line

Ask = Callable[[str, Reading], Layout | None]
"""Asks a person about a table of the file of this name, and gives its layout with the answers.

Nothing where there was nothing to ask.
"""

AskAction = Callable[[str, Sequence[str]], str]
"""Asks which of the headings of the file of this name is the one of the actions, if any is."""

_MOST_LOOKS = 9  # an answer may bring the next question: the words of what is a status, say

_MOST_TITLES, _HEADER_ROWS = 5, 3
_LEAST_KNOWN, _LEAST_COLUMNS = 2, 3  # of what may be a header
_LONGEST = 60  # letters of a heading


@dataclass(slots=True)
class Teacher:
    """What is known of tables, and what a person says of those that are being read.

    `layouts` are those there are; `forced` is the one for every table, whatever its headings.
    `columns` gives what headings are said to mean, and `name` how to call what is learnt. `taught`
    is what was learnt, by its name: it is to be kept where the tables are taken in. `notes` tell of
    layouts that nearly fitted, a sentence each.
    """

    layouts: Sequence[Layout] = ()
    forced: Layout | None = None
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    name: str = ""
    ask: Ask | None = None
    ask_action: AskAction | None = None
    taught: dict[str, Layout] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    _seen: dict[str, str] = field(default_factory=dict)

    def read(self, document: Document) -> Log:
        """Read a document, again with each thing that was learnt; raises `ImportRefusedError`."""
        log = self._look(document)
        if self.forced and not any(reading.layout.name for reading in log.tables):
            raise ImportRefusedError(
                f"{document.name} has no table with a heading of the layout “{self.forced.name}”; "
                "leave --layout out, or name another."
            )
        for _ in range(_MOST_LOOKS):
            if not self._learn(document.name, log.tables):
                break
            log = self._look(document)
        for reading in log.tables:
            near = nearly_found(self.layouts, list(reading.layout.columns))
            if near and not reading.layout.name:
                self.notes.append(_note(document.name, *near))
        return log

    def check_all_was_used(self) -> None:
        """Refuse what was said of headings that no table has had; raises `UsageError`."""
        for heading in self.columns:
            if heading_key(heading) not in self._seen:
                there = ", ".join(f"“{one_line(name)}”" for name in self._seen.values())
                hint = did_you_mean(heading, self._seen.values())
                raise UsageError(f"No table has a column “{heading}”.{hint} There are {there}.")

    def _look(self, document: Document) -> Log:
        if self.forced:
            return log_of(document, [self.taught.get(self.forced.name, self.forced)], forced=True)
        layouts = [*self.taught.values(), *self.layouts]
        try:
            return log_of(document, layouts)
        except NoActionsError as error:
            headings = _headings_of(document)
            if not self.columns and self.ask_action and headings:
                which = self.ask_action(document.name, list(headings))
                self.columns = {which: ("action",)} if which else {}
            if self.columns:
                with suppress(NoActionsError):
                    return log_of(document, [Layout("", self.columns)], forced=True)
            said = set(map(heading_key, self.columns))
            strange = [each for each in headings if not (names(each) or heading_key(each) in said)]
            if not strange:
                raise
            which = max(strange, key=lambda each: headings[each])
            raise NoActionsError(
                f"{str(error).removesuffix('.')}; or say which it is, as in --column "
                f'"{one_line(which)}=action".'
            ) from error

    def _learn(self, file: str, tables: Sequence[Reading]) -> bool:
        learnt = False
        for reading in tables:
            layout = reading.layout
            here = {heading_key(heading): heading for heading in layout.columns}
            absent = set(map(heading_key, reading.absent))
            self._seen |= {each: name for each, name in here.items() if each not in absent}
            said = {
                here[heading_key(heading)]: meanings
                for heading, meanings in self.columns.items()
                if heading_key(heading) in here
            }
            if learnt and any(layout.keys == each.keys for each in self.taught.values()):
                continue  # the next look tells what is left to say of another such table
            new = layout._replace(columns={**layout.columns, **said})
            answered = self.ask(file, reading._replace(layout=new)) if self.ask else None
            if answered or new != layout or (said and not layout.name):
                self._keep(answered or new, {*said, *reading.unknown}, file)
                learnt = True
        return learnt

    def _keep(self, new: Layout, said: AbstractSet[str], file: str) -> None:
        """Add what was said to the layout that stands, or make a new one with all columns."""
        known = {each.name: each for each in self.layouts} | self.taught
        if old := known.get(new.name):
            spelt = {heading_key(name): name for name in old.columns}
            columns: dict[str, tuple[str, ...]] = {}
            for name in new.columns:  # in the order of the table
                named = name if name in old.columns else spelt.get(heading_key(name), "")
                if name in said:
                    columns[name] = new.columns[name]
                elif named:
                    columns[named] = old.columns[named]
            here = set(map(heading_key, columns))
            absent = {name: means for name, means in old.columns.items() if name not in columns}
            columns |= {name: absent[name] for name in absent if heading_key(name) not in here}
            self.taught[new.name] = new._replace(columns=columns)
            return
        title = file.rpartition(".")[0] or file
        name = self.name if self.name and self.name not in known else name_for(title, known)
        self.taught[name] = new._replace(name=name, about=f"Tables such as {one_line(file)}")


def _note(file: str, layout: str, absent: Sequence[str]) -> str:
    listed = " and ".join(f"“{one_line(heading)}”" for heading in absent)
    why = f"the table has no column {listed}" if absent else "it names too few of the columns"
    return (
        f"{one_line(file)} was not read by the layout “{layout}”: {why}. Mend the layout, or read "
        f"by it with “--layout {layout}”."
    )


def _headings_of(document: Document) -> dict[str, int]:
    """Give the headings of the table that reads most like a log, with the letters below each.

    Where none reads like one a little, it is the longest table that begins with a row of words.
    """
    parts = [
        grid.rows[at:]
        for grid in grids_of(document)
        for at in range(min(_MOST_TITLES, len(grid.rows)))
    ]
    likely = max(parts, key=lambda rows: best_header(rows[:_HEADER_ROWS]).known, default=())
    header = best_header(likely[:_HEADER_ROWS])
    if header.known < _LEAST_KNOWN:
        plain = (rows for rows in parts if len(rows) > 1 and _are_words(rows[0].cells))
        likely = max(plain, key=len, default=())
        header = Header(1, likely[0].cells if likely else ())
    below = [row.cells for row in likely[header.count :]]
    return {
        heading: sum(len(cells[at]) for cells in below if at < len(cells))
        for at, heading in enumerate(headings_of(header.cells))
    }


def _are_words(cells: Sequence[str]) -> bool:
    """Tell a row that may be a header though nothing in it is known."""
    return len(cells) >= _LEAST_COLUMNS and all(
        cell.strip() and len(cell) < _LONGEST and not any(map(str.isdigit, cell)) for cell in cells
    )
