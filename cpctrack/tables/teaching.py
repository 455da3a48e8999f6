"""Reading tables by what was said of them, and keeping in mind what is to be said but once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from cpctrack.errors import ImportRefusedError, UsageError
from cpctrack.reading.document import Document
from cpctrack.suggest import did_you_mean
from cpctrack.tables.headings import key
from cpctrack.tables.layout import Layout, Reading, name_for
from cpctrack.tables.log import Log, log_of
from cpctrack.tables.problems import ProblemsError
from cpctrack.text import one_line

Ask = Callable[[str, Reading], Layout]
"""Asks a person about a table of the file of this name, and gives its layout with the answers."""

_MOST_LOOKS = 9  # an answer may bring the next question: the words of what is a status, say


@dataclass(slots=True)
class Teacher:
    """What is known of tables, and what a person says of those that are being read.

    `layouts` are those there are; `forced` is the one for every table, whatever its headings.
    `columns` gives what headings are said to mean, and `name` how to call what is learnt. `taught`
    is what was learnt, by its name: it is to be kept where the tables are taken in.
    """

    layouts: Sequence[Layout] = ()
    forced: Layout | None = None
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    name: str = ""
    ask: Ask | None = None
    taught: dict[str, Layout] = field(default_factory=dict)
    _seen: dict[str, str] = field(default_factory=dict)

    def read(self, document: Document) -> Log:
        """Read a document, again with each thing that was learnt; raises `ImportRefusedError`."""
        log = self._look(document)
        for _ in range(_MOST_LOOKS):
            if not self._learn(document.name, log.tables):
                break
            log = self._look(document)
        return log

    def check_all_was_used(self) -> None:
        """Refuse what was said of headings that no table has had; raises `UsageError`."""
        for heading in self.columns:
            if key(heading) not in self._seen:
                there = ", ".join(f"“{one_line(name)}”" for name in self._seen.values())
                hint = did_you_mean(heading, self._seen.values())
                raise UsageError(f"No table has a column “{heading}”.{hint} There are {there}.")

    def _look(self, document: Document) -> Log:
        if self.forced:
            return log_of(document, [self.taught.get(self.forced.name, self.forced)], forced=True)
        layouts = [*self.taught.values(), *self.layouts]
        try:
            return log_of(document, layouts)
        except ProblemsError:
            raise
        except ImportRefusedError:
            if not self.columns:
                raise
            # It may be what was said that makes a log of it.
            return log_of(document, [Layout("", self.columns)], forced=True)

    def _learn(self, name: str, tables: Sequence[Reading]) -> bool:
        learnt = False
        for reading in tables:
            here = {key(each): each for each in reading.layout.columns}
            absent = set(map(key, reading.absent))
            self._seen |= {folded: each for folded, each in here.items() if folded not in absent}
            said = {here[key(h)]: says for h, says in self.columns.items() if key(h) in here}
            new = reading.layout._replace(columns={**reading.layout.columns, **said})
            if any(new.keys == each.keys for each in self.taught.values()) and learnt:
                continue  # the next look tells what is left to say of another such table
            if self.ask:
                new = self.ask(name, reading._replace(layout=new))
            if new == reading.layout and (new.name or not said):
                continue
            self._keep(new, name)
            learnt = True
        return learnt

    def _keep(self, new: Layout, file: str) -> None:
        """Add what was said to the layout that stands, or make a new one with all columns."""
        known = {each.name: each for each in self.layouts} | self.taught
        if old := known.get(new.name):
            self.taught[new.name] = new._replace(columns={**old.columns, **new.columns})
            return
        title = self.name or file.rpartition(".")[0] or file
        name = self.name if self.name not in known and self.name else name_for(title, known)
        self.taught[name] = new._replace(name=name, about=f"Tables such as {one_line(file)}")
