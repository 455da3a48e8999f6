import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.matching.owners import is_not_applicable, split_owners


@pytest.mark.parametrize(
    ("cell", "owners"),
    [
        ("Ann Bell", ["Ann Bell"]),
        ("Ann Bell/Ben Carr", ["Ann Bell", "Ben Carr"]),
        ("Ann Bell/ Ben O'Dell", ["Ann Bell", "Ben O'Dell"]),
        ("Ann Bell / Zoë de la Tour / C D Evans", ["Ann Bell", "Zoë de la Tour", "C D Evans"]),
        ("Ann Bell & Ben Carr", ["Ann Bell", "Ben Carr"]),
        ("Ann Bell and Ben Carr", ["Ann Bell", "Ben Carr"]),
        ("Ann Bell, Ben Carr and Cat Dunn", ["Ann Bell", "Ben Carr", "Cat Dunn"]),
        ("Ann Bell\nBen Carr", ["Ann Bell", "Ben Carr"]),
        ("Head of Homes and the Lead Nurse", ["Head of Homes", "Lead Nurse"]),
        ("Chair, the Clerk and the Lead Nurse", ["Chair", "Clerk", "Lead Nurse"]),
        ("A; B", ["A", "B"]),
        ("Head of Homes; ; Ann Bell;", ["Head of Homes", "Ann Bell"]),
        ("Ann Bell; Ann Bell", ["Ann Bell"]),
        ("JS/KD", ["JS", "KD"]),
        ("Head of Homes/Director of Place", ["Head of Homes", "Director of Place"]),
        ("Councillors/Ann Bell", ["Councillors", "Ann Bell"]),
        ("Ann Bell - DSO/Ben Carr (Homes)", ["Ann Bell - DSO", "Ben Carr (Homes)"]),
        ("Dr Ann Bell/Cllr Carr", ["Dr Ann Bell", "Cllr Carr"]),
        ("Education/Health", ["Education", "Health"]),
        ("Public Health / Planning", ["Public Health", "Planning"]),
        ("Legal Services/Housing Manager", ["Legal Services", "Housing Manager"]),
        ("Planning/Chief Executive", ["Planning", "Chief Executive"]),
        ("Town Planner/Town Engineer", ["Town Planner", "Town Engineer"]),
        ("Senior Team Leader/Committee Services", ["Senior Team Leader", "Committee Services"]),
        ("Ann Bell/", ["Ann Bell"]),
        ("Chair, Vice-Chair and Clerk", ["Chair", "Vice-Chair", "Clerk"]),
        ("the Chair and the Clerk", ["Chair", "Clerk"]),
        ("Y Cadeirydd a'r Clerc", ["Y Cadeirydd", "Clerc"]),
        ("Town Clerk\nHead of Finance", ["Town Clerk", "Head of Finance"]),
        ("Ann Bell and Head of Homes", ["Ann Bell", "Head of Homes"]),
        ("Ann Bell, Head of Homes, Ben Carr, Lead Nurse",
         ["Ann Bell, Head of Homes", "Ben Carr, Lead Nurse"]),
        ("Ann Bell jointly with Ben Carr", ["Ann Bell", "Ben Carr"]),
        ("Town Clerk, Cllr Dunn", ["Town Clerk", "Cllr Dunn"]),
        ("Cllrs Dunn and O'Dell", ["Cllr Dunn", "Cllr O'Dell"]),
        ("TD, CC", ["TD", "CC"]),
        ("JC, JB & ADM", ["JC", "JB", "ADM"]),
        ("CC, TH, KG/CB", ["CC", "TH", "KG", "CB"]),
        ("JC&JB", ["JC", "JB"]),
        ("JC\nJC\nTH", ["JC", "TH"]),
        ("JB AW, KJ AW, KJ", ["JB", "AW", "KJ"]),
        ("NED-WT/DoN", ["NED-WT", "DoN"]),
        ("CoS / DoSCE, CEx", ["CoS", "DoSCE", "CEx"]),
        ("JC, Clerk", ["JC", "Clerk"]),
        ("A with B", ["A", "B"]),
        ("A [audits]; B – practice", ["A", "B"]),
        ("A for audit B for practice", ["A", "B"]),
        ("JC [audits], KD (visits)", ["JC", "KD"]),
    ],
)  # fmt: skip
def test_cells_with_several_owners_are_split(cell, owners):
    assert split_owners(cell) == tuple(owners)


@pytest.mark.parametrize(
    "cell",
    [
        "Ann Bell - DSO",
        "Ann Bell DSO",
        "Ann Bell, Head of Homes",
        "Ann Bell on behalf of the CiCC / Forum Lead",
        "Fostering & Adoption",
        "Head of Fostering & Adoption",
        "Head of Fostering and Adoption Services",
        "Director of Children/Adults Services",
        "Lead Nurse for Young Carers",
        "A. N. Other, Chief Executive",
        "Registered Manager, Tŷ Heulog",
        "Head of Service, Adoption Team",
        "Leader, Cllr Dunn",
        "Leader – Cllr Dunn",
        "Cllr Dunn (Leader)",
        "JC, Head of Homes",
        "Director of Place and Section 151 Officer",
        "Clerk and RFO",
        "Health and Safety/Fire Officer",
        "Housing/Homelessness Manager",
        "A/Head of Homes",
        "24/7 Team",
        "Officer/s",
        "IT & Facilities Manager",
        "Q&A",
        "Head of Parks and Green Spaces",
        "Head of Work with Schools",
        "All Members",
        "ALL",
        "JANE DOE",
        "Executive\nDirector",
        "Head of Services for Children and the Elderly",
        "Housing and Finance",
        "Councillors",
        "Head of\nVirtual School",
        "Children and Young People",
    ],
)
def test_cells_with_one_owner_are_left_whole(cell):
    assert split_owners(cell) == (" ".join(cell.split()),)


@pytest.mark.parametrize("cell", ["", "  ", "N/A", "n/a", "NA", "-", "None", "TBC", ";"])
def test_cells_with_nobody_name_nobody(cell):
    assert split_owners(cell) == ()


def test_not_applicable_is_not_the_same_as_not_known():
    assert is_not_applicable(" N/A ")
    assert not is_not_applicable("TBC")
    assert not is_not_applicable("")


@given(st.text())
def test_owners_are_words_of_the_cell_and_never_blank(cell):
    for owner in split_owners(cell):
        assert owner.strip() == owner != ""
        assert owner in " ".join(cell.split())
