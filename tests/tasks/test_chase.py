"""Whatever stores hold: each owner of each action is asked, once, or it is said why not."""

from collections import Counter
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cpctrack.records.asking import Chase, Heard, answer, ask
from cpctrack.records.changes import Author
from cpctrack.records.exempt import is_withheld
from cpctrack.records.model import Draft, Meeting, MeetingType, Settings, Status
from cpctrack.records.owners import Owner
from cpctrack.store import codec, owners
from cpctrack.store.store import Store
from cpctrack.tasks.chase import Wanted, plan

TODAY = date(2024, 5, 20)
MARCH = Meeting("2024-03-13", MeetingType.FORMAL, "2023/24")
JUNE = Meeting("2024-06-12", MeetingType.FORMAL, "2024/25")
NAMES = ("Head of Law", "HEAD OF LAW", "Legal Head", "Ann Lee", "Gone", "n/a")
BOOK = [
    Owner("Head of Law", "law@example.org", also=("Legal Head",)),
    Owner("Gone", left="2024-01-01"),
]
ACTIONS = st.lists(
    st.fixed_dictionaries(
        {
            "action": st.sampled_from(["Report.", "Buy it (exempt under paragraph 3)."]),
            "owners": st.lists(st.sampled_from(NAMES), max_size=3, unique=True).map(tuple),
            "status": st.sampled_from(Status),
            "exempt_paragraph": st.sampled_from(["", "", "3"]),
            "asked": st.lists(st.tuples(st.integers(1, 19), st.sampled_from(NAMES)), max_size=2),
            "is_answered": st.booleans(),
        }
    ),
    max_size=6,
)  # fmt: skip


def held(prefix, actions):
    """Give a store in memory of these actions, as they were asked about in May."""
    settings = codec.encode_settings(Settings(f"Committee {prefix}", prefix, "05-15"))
    store = Store(
        Path(f"{prefix}.json"), {"actions": {}, "meetings": {}, "settings": {"store": settings}}
    )
    clerk = Author("Clerk", "2024-03-14T09:00:00Z", "add")
    store.put_rows("owners", {one.name.lower(): owners.encode(one) for one in BOOK}, clerk)
    store.keep_meeting(JUNE)
    for at, fields in enumerate(actions):
        values = {name: fields[name] for name in ("action", "status", "exempt_paragraph")}
        record = store.add(Draft(MARCH, values), clerk, record_id=f"{prefix}{at:010}")
        record = record._replace(owners=fields["owners"])
        for day, owner in sorted(fields["asked"]):
            author = clerk._replace(at=f"2024-05-{day:02}T09:00:00Z")
            record = ask(record, Chase("X-CHASE-XXXXX", owner, "", "", "", JUNE.date), author)
        if fields["is_answered"]:
            record = answer(record, Heard("", "", ""), author if fields["asked"] else clerk)
        store.put(record)
    return store


@given(
    here=ACTIONS, there=ACTIONS, again=st.booleans(), include_exempt=st.booleans()
)  # fmt: skip
def test_nobody_is_forgotten_and_nothing_exempt_goes_astray(here, there, again, include_exempt):
    stores = [held("CPC", here), held("PRK", there)]
    wanted = Wanted(again=again, include_exempt=include_exempt)
    planned = plan(stores, wanted, "Clerk", TODAY)
    expected = Counter(
        (owner, record.ref)
        for store in stores
        for record in store.records
        if record.status.can_be_overdue
        for owner in {store.owners.canonical(name).lower() for name in record.owners} or {""}
    )
    asked = Counter((each.owner.lower(), ref) for each in planned.messages for ref in each.refs)
    others = Counter((each.owner.lower(), each.ref) for each in planned.others)
    left = Counter({one: 1 for one in expected if one[1] in planned.left_out}) - others
    assert asked + others + left == expected
    assert include_exempt is False or not planned.left_out
    assert len({(each.owner, each.exempt) for each in planned.messages}) == len(planned.messages)
    for message in planned.messages:
        for question in message.questions:
            secret = is_withheld(question.record) or "exempt" in question.record.action
            assert secret is message.exempt
        assert message.step == max(len(each.asked) for each in message.questions) + 1
        assert TODAY.isoformat() <= message.reply_by < JUNE.date
