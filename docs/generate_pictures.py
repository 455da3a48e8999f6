"""Make the pictures of ``docs/start.md`` and the README: ``python docs/generate_pictures.py``.

They show the documents of ``examples/`` as LibreOffice and Chromium do, and want both of them and
``pdftoppm``. Another version of those draws a little otherwise, so no test compares them.
"""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
EXAMPLES = HERE.parent / "examples" / "printed"
APPENDIX = EXAMPLES / "appendix4-2023-24"
REPORT = EXAMPLES / "progress-2024-06-12"
PICTURE = "-W 1000 -H 560"  # pixels
# How wide a whole sheet would be, and where the picture begins: so that its words can be read.
WORD = "-scale-to-x 1000 -x 0 -y 0"
EXCEL = "-scale-to-x 1800 -x 50 -y 130"


def main() -> None:
    """Make them all."""
    photograph_paper(APPENDIX.with_suffix(".docx"), HERE / "word.png", WORD)
    photograph_paper(APPENDIX.with_suffix(".xlsx"), HERE / "excel.png", EXCEL)
    photograph_page(APPENDIX.with_suffix(".html"), HERE / "browser.png", "1000,640")
    photograph_page(REPORT.with_suffix(".html"), HERE / "progress.png", "1280,900")


def photograph_paper(document: Path, picture: Path, part: str) -> None:
    """Take a part of the first page as it would be printed."""
    with TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        run("soffice", profile, "--convert-to", "pdf", "--outdir", folder, str(document))
        size = f"{part} -scale-to-y -1 {PICTURE}".split()
        paper = Path(folder, document.with_suffix(".pdf").name)
        run("pdftoppm", "-png", "-singlefile", *size, str(paper), str(picture.with_suffix("")))


def photograph_page(page: Path, picture: Path, window: str) -> None:
    """Take what a window of this size shows before anybody scrolls."""
    quiet = ["--headless", "--no-sandbox", "--hide-scrollbars"]
    run("chromium", *quiet, f"--window-size={window}", f"--screenshot={picture}", page.as_uri())


def run(*words: str) -> None:
    """Run a program, and say what it said only where it fails."""
    subprocess.run(words, check=True, capture_output=True)


if __name__ == "__main__":
    main()
