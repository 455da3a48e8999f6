"""Every command in a line, in the order a clerk meets them, and what people call them instead."""

from collections.abc import Iterable, Mapping

MENU: Mapping[str, Mapping[str, str]] = {
    "Every day": {
        "list": "Show the actions: --overdue, --owner NAME, --search WORD",
        "show": "Show one action with its history",
        "add": "Add an action, recommendation or decision",
        "update": "Put in a response, a status or another change",
        "undo": "Take back the last change",
        "redo": "Make it again",
        "help": "Show the commands, a page, or what a word means: help delete",
    },
    "After a meeting": {
        "minutes": "Find the actions in the minutes and save them",
        "agree": "Say that the committee agreed actions as completed",
        "extend": "Move a due date and keep the old one",
        "reopen": "Put a finished action back",
        "supersede": "Replace an action by another",
        "split": "Make several actions of one",
        "transfer": "Hand an action over to another committee",
    },
    "Before a meeting": {
        "check": "List what is missing or contradictory",
        "appendix": "Print Appendix 4 or the progress report",
        "publish": "Print the pack and keep a copy of what was printed",
        "published": "List the packs, or print one again",
        "compare": "Show what changed between two packs",
        "statistics": "Count what was raised, answered and closed",
    },
    "Chasing": {
        "chase": "Write to every owner about what is not finished",
        "replies": "Take in their e-mails and forms",
        "answer": "Type in what they answered, action by action",
        "owners": "List the owners and what is with each",
        "owner": "Show one owner, or put in an address or a new post",
        "reassign": "Give the actions of one owner to another",
    },
    "Set up and bring in": {
        "init": "Start a new store for a committee",
        "import": "Bring in a published table (Excel, Word, PDF, web page)",
        "layouts": "Teach what the columns of another table mean",
        "meetings": "List the meetings, or bring in their dates",
        "meeting": "Add a meeting, move it or cancel it",
        "roll-over": "Carry unfinished actions into the next municipal year",
        "settings": "Show or change the committee's name, year, terms, contact",
        "templates": "Change how the documents look",
        "history": "Show who changed what, and when",
    },
    "Sharing": {
        "site": "Write a public website",
        "calendar": "Write due dates and meetings for a calendar program",
        "export": "Write the actions for other programs",
        "archive": "Put everything away in one file",
        "git-setup": "Let two people work on one store",
        "conflicts": "Show where two people changed the same thing",
        "resolve": "Say which of the two is right",
    },
}
LINES = {name: line for group in MENU.values() for name, line in group.items()}
_WIDTH = max(map(len, LINES))

_SOUGHT = {
    "delete remove wrong mistake back revert": ("undo", "update", "supersede"),
    "cancel": ("undo", "meeting", "update"),
    "edit change correct amend modify set respond response note comment": ("update",),
    "close complete completed done finish sign-off tick": ("update", "agree"),
    "remind reminder email e-mail mail send ask write letter": ("chase",),
    "reply inbox outlook": ("replies", "answer"),
    "search find filter look overdue late open": ("list",),
    "print report pack word pdf docx html document": ("appendix", "publish"),
    "excel xlsx csv spreadsheet": ("appendix", "export", "import"),
    "agenda item": ("appendix", "meetings", "minutes"),
    "programme workplan plan": ("appendix", "meetings"),
    "exempt confidential private secret": ("update", "check", "appendix"),
    "postpone delay date deadline due move": ("extend", "update"),
    "new create insert": ("add", "init"),
    "start begin setup install": ("init", "import"),
    "load upload read table": ("import", "minutes"),
    "log audit who changes": ("history", "show"),
    "save backup copy": ("archive", "export"),
    "validate problems errors missing": ("check",),
    "year carry rollover": ("roll-over",),
    "count figures numbers stats": ("statistics",),
    "restore": ("undo", "redo", "reopen"),
    "people officers contacts address": ("owners", "owner"),
    "assign give": ("update", "reassign"),
    "duplicate replace": ("supersede",),
    "share sharing git": ("git-setup", "conflicts", "resolve"),
    "merge conflict": ("conflicts", "resolve", "git-setup"),
    "website web": ("site",),
    "logo letterhead font design layout": ("templates", "layouts"),
    "name rename term terms contact corrections": ("settings",),
    "dashboard today status": ("list", "update", "check"),
}  # fmt: skip
SOUGHT = {word: names for words, names in _SOUGHT.items() for word in words.split()}


def sought(word: str) -> tuple[str, ...]:
    """Give the commands that a word may mean which is the name of none, the likeliest first."""
    wanted = word.casefold().strip("-")
    if names := SOUGHT.get(wanted):
        return names
    from cpctrack.suggest import nearest

    close = nearest(wanted, [*LINES, *SOUGHT]) if wanted else []
    meant = (name for each in close for name in ((each,) if each in LINES else SOUGHT[each]))
    said = (name for name, line in LINES.items() if len(wanted) > 2 and wanted in line.casefold())
    return tuple(dict.fromkeys([*meant, *said]))[:3]


def in_lines(names: Iterable[str]) -> str:
    """Write each of these commands with what it does, a line each."""
    return "\n".join(f"  cpctrack {name:<{_WIDTH}}  {LINES[name]}" for name in names)
