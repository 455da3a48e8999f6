"""``templates list`` and ``templates copy``."""

from cpctrack.render.templates import environment


def test_a_copy_stands_beside_the_store_and_is_used(run, some_records):
    folder = some_records.parent / "templates"
    result = run("templates", "copy", "appendix.md.j2")
    target = folder / "appendix.md.j2"
    assert result.stderr == (
        f"Copied appendix.md.j2 to {target}; documents are made with that file from now on.\n"
    )
    assert target.read_bytes() == (environment.templates_folder() / target.name).read_bytes()
    before = run("appendix").stdout
    target.write_text("Marlowe\n" + target.read_text("utf-8"), "utf-8")
    assert run("appendix").stdout == f"Marlowe\n{before}"


def test_a_changed_copy_is_kept_without_force(run, some_records):
    run("templates", "copy", "appendix.css")
    target = some_records.parent / "templates" / "appendix.css"
    target.write_text("mine", "utf-8")
    refused = run("templates", "copy", "appendix.css", exit_code=1)
    assert f"{target} already exists; keep it, or add --force to write over it." in refused.stderr
    assert target.read_text("utf-8") == "mine"
    run("templates", "copy", "appendix.css", "--force")
    assert target.read_text("utf-8") != "mine"


def test_an_unknown_name_is_guessed(run, some_records):
    refused = run("templates", "copy", "filter.jss", exit_code=1)
    assert "cpctrack has no template “filter.jss”" in refused.stderr
    assert "Did you mean filter.js?" in refused.stderr
    assert not (some_records.parent / "templates").exists()


def test_a_folder_that_can_not_be_made_is_said_so(run, some_records):
    (some_records.parent / "templates").write_text("a file", "utf-8")
    refused = run("templates", "copy", "appendix.css", exit_code=1)
    assert "can't be written" in refused.stderr


def test_the_list_names_every_file_and_which_are_yours(run, some_records):
    assert run("templates", "list").stdout.splitlines() == environment.files()
    run("templates", "copy", "appendix.css")
    path = some_records.parent / "templates" / "appendix.css"
    assert f"appendix.css\t{path}" in run("templates", "list").stdout.splitlines()
