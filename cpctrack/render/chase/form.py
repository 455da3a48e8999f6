"""What the form says that comes with a message: a document of one table, with room for answers."""

from cpctrack import __version__
from cpctrack.dates import long_date
from cpctrack.labels import FORM_BENEATH, FORM_COLUMNS, FORM_HOW, FORM_KEY, NOT_FOR_PUBLICATION
from cpctrack.render.chase.message import Message, Shown, View
from cpctrack.render.views.view import AppendixView, CellView, LineView, TableView
from cpctrack.text import clean

_WIDTHS = (17, 46, 49, 15, 17)
_KEY_WIDTH = 17


def lay_out(view: View, message: Message, *, hidden_key: bool = False) -> AppendixView:
    """Put a message into a table: an action a row, and blank cells for its owner to fill in.

    With a `hidden_key` what is small stands under the action as plain lines, as a cell of a
    spreadsheet has them, and one more column has the reference again.
    """
    committees = ", ".join(dict.fromkeys(each.committee for each in message.questions))
    by_when = f", by {long_date(message.reply_by)}" if message.reply_by else ""
    title = f"For {message.owner}{by_when}"
    table = TableView(
        "actions",
        "Actions",
        FORM_HOW,
        (*FORM_COLUMNS.values(), *([FORM_KEY] if hidden_key else [])),
        tuple(_line(shown, message, hidden_key=hidden_key) for shown in view.actions),
        (*_WIDTHS, *([_KEY_WIDTH] if hidden_key else [])),
        numeric=False,
    )
    return AppendixView(
        heading=view.subject.removeprefix(f"{view.marking}: "),
        title=title,
        committee=committees,
        year="",
        made_on="",
        made_on_iso=message.today.isoformat(),
        printed_for=long_date(message.meeting),
        summary=view.privacy,
        not_for_publication=view.marking,
        caption=title,
        columns=(),
        blanks={},
        meetings=(),
        rows=(),
        overdue=sum(bool(each.late) for each in view.actions),
        exempt_shown=len(view.actions) if message.exempt else 0,
        generator=f"cpctrack {__version__}",
        view="form",
        document_title=view.subject,
        page_marking=view.marking and NOT_FOR_PUBLICATION,
        tables=(table,),
    )


def _line(shown: Shown, message: Message, *, hidden_key: bool) -> LineView:
    shown = Shown(shown.place, *map(clean, shown[1:]))  # no sheet holds controls
    facts = ((label, getattr(shown, name)) for name, label in FORM_BENEATH.items())
    beneath = "\n".join(f"{label}{fact}" for label, fact in facts if fact)
    if hidden_key:
        whole = "\n".join(filter(None, (shown.text, beneath, shown.late)))
        action = CellView(whole)
    else:
        action = CellView(shown.text, small=beneath, note=shown.late)
    blank = (CellView("", blank=True),) * 3
    key = (CellView(shown.ref),) if hidden_key else ()
    return LineView(shown.ref, (CellView(shown.ref), action, *blank, *key), message.exempt)
