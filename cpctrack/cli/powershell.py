"""Shell completion for PowerShell, which click lacks; importing this makes it known to click."""

import os
from typing import Any

from click.shell_completion import CompletionItem, ShellComplete, add_completion_class

_SOURCE = """\
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


class PowerShellComplete(ShellComplete):
    """Completes in PowerShell 5.1 and 7 through ``Register-ArgumentCompleter``."""

    name = "powershell"
    source_template = _SOURCE

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


add_completion_class(PowerShellComplete)
