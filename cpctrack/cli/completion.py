"""Shell completion where click falls short; importing this makes it known to click.

click's own for bash takes the spaces in a name for the ends of words, and it has none for
PowerShell.
"""

import os
import shlex
from typing import Any

from click.shell_completion import BashComplete, CompletionItem, ShellComplete, add_completion_class

_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $env:%(complete_var)s = 'powershell_complete'
    $env:COMP_WORDS = ($commandAst.CommandElements | ForEach-Object {
        if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
            $_.Value
        } else {
            $_.Extent.Text
        }
    }) -join "`n"
    $env:COMP_INCOMPLETE = $wordToComplete.Trim('"', "'")
    try {
        & %(prog_name)s | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            $text = $value
            if ($value -match '[^\\w./-]') { $text = "'" + $value.Replace("'", "''") + "'" }
            [System.Management.Automation.CompletionResult]::new(
                $text, $value, 'ParameterValue', $help)
        }
    } finally {
        Remove-Item Env:%(complete_var)s, Env:COMP_WORDS, Env:COMP_INCOMPLETE
    }
}
"""


# bash escapes what it is given only where it takes it for the name of a file.
_BASH = """\
%(complete_func)s() {
    local kind value
    COMPREPLY=()
    while IFS=',' read -r kind value; do
        case $kind in
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(
        COMP_WORDS="$(printf '%%s\\n' "${COMP_WORDS[@]}")" COMP_CWORD=$COMP_CWORD \\
            %(complete_var)s=bash_complete %(prog_name)s
    )
    compopt -o filenames
}
complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class SpacedBashComplete(BashComplete):
    """Completes in bash 4.4 and later, names with spaces in them as well."""

    source_template = _BASH

    def get_completion_args(self) -> tuple[list[str], str]:
        """Read the words before the cursor and the one under it, quotes taken off."""
        words = [_unquoted(word) for word in os.environ["COMP_WORDS"].split("\n")]
        place = int(os.environ["COMP_CWORD"])
        return words[1:place], words[place] if place < len(words) else ""


class PowerShellComplete(ShellComplete):
    """Completes in PowerShell 5.1 and 7 through ``Register-ArgumentCompleter``."""

    name = "powershell"
    source_template = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """Read the words before the cursor and the one under it."""
        words = os.environ["COMP_WORDS"].split("\n")[1:]
        incomplete = os.environ["COMP_INCOMPLETE"]
        if incomplete and words and words[-1].strip("\"'") == incomplete:
            words.pop()
        return words, incomplete

    def format_completion(self, item: CompletionItem) -> str:
        """Write one candidate and its explanation on a line."""
        explanation: Any = item.help or item.value
        return f"{item.value}\t{explanation}"


def _unquoted(word: str) -> str:
    """Give the text a word stands for, even while its closing quote is still to come."""
    for closing in ("", '"', "'"):
        try:
            return " ".join(shlex.split(word + closing))
        except ValueError:
            continue
    return word


add_completion_class(SpacedBashComplete)
add_completion_class(PowerShellComplete)
