"""The examples and exit codes under the help of each command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Example = tuple[str, str]
"""What it is for, and the line."""

EXAMPLES: Mapping[str, Sequence[Example]] = {
    "run": [
        ("everything, against mocks on this machine", "conformance run"),
        ("one operation at its provider", "conformance run STEM --target live"),
        (
            "a server of your own, at most twice a second",
            "conformance run STEM --target http://127.0.0.1:8000 --rate 2",
        ),
        ("a record to compare with, and a page to read", "conformance run --report out.json --report out.html"),
        ("what a live run would send, and nothing else", "conformance run STEM --target live --plan"),
        ("what changed since", "conformance run --since out.json"),
        (
            "a server among others, for `matrix`",
            "conformance run STEM --implementation NAME --version V --report NAME.json",
        ),
        ("what a lying server looks like", "conformance run STEM --fault FAULT"),
    ],
    "list": [
        ("the operations, and the variable of each credential", "conformance list"),
        ("the checks, by family", "conformance list --checks"),
        ("the lies that the mock can tell", "conformance list --faults"),
        ("the lawful ways in which it may serve", "conformance list --readings"),
        ("the checks, for a program", "conformance list --checks --json"),
    ],
    "explain": [("what one check tests, and where", "conformance explain pages-disjoint")],
    "report": [
        (
            "an earlier run as a page and for a test viewer",
            "conformance report IN.json --report out.html --report out.xml",
        )
    ],
    "compare": [("fail only on drift that is new", "conformance compare OLD.json NEW.json")],
    "propose": [
        ("the change of the spec that documents what was seen", "conformance propose REPORT.json"),
        ("write it", "conformance propose REPORT.json --write"),
        ("as an overlay, for other tools", "conformance propose REPORT.json --overlay overlay.yaml"),
    ],
    "known": [
        ("what is new, and what is known and why", "conformance known REPORT.json"),
        ("accept one finding for a while", "conformance known REPORT.json --add ID --reason WHY --until 2099-12-31"),
    ],
    "coverage": [("what no run of a week has seen", "conformance coverage reports/*.json --report coverage.html")],
    "matrix": [
        ("a page of many servers", "conformance matrix reports/ --report matrix.html"),
        ("a site of it, with a page of each run", "conformance matrix reports/ --site site/"),
    ],
    "watch": [
        ("a server all day, without a CI", "conformance watch STEM --target live --every 1h --report watched/"),
    ],
    "replay": [
        ("what a browser recorded, without a request", "conformance replay STEM traffic.har"),
        ("whatever operations are in it", "conformance replay traffic.har cassette.yaml"),
        ("what an earlier run wrote, on two cores", "conformance replay STEM run.jsonl --jobs 2"),
    ],
    "mock": [
        ("an honest server to develop against", "conformance mock STEM --port 8931"),
        ("a large collection, and a server that lies", "conformance mock STEM --items 1000 --fault FAULT"),
    ],
    "diff": [("a spec beside the provider's own document", "conformance diff STEM openapi.json")],
    "new": [("a first spec from a published document", "conformance new STEM --from openapi.yaml --path /v2/things")],
}

GREETING = """conformance proves that list operations of agent-sandbox providers keep every
documented promise. Three ways to begin:

  # every operation, each against a mock inside this command
  conformance run
  # see a lying server caught: this one lets anybody list
  conformance run {stem} --fault no-credentials-needed
  # what a run at the provider would send; it sends nothing
  conformance run {stem} --target live --plan

All operations: conformance list. All commands: conformance --help.
"""
"""What is told where no command is named; each line can be pasted."""

EXIT_CODES = """Exit codes:
  0  every documented promise that was checked held
  1  drift, or a line of the ledger of known drift that no longer happens
  2  usage: a bad spec, an unknown STEM, check or fault
  3  could not tell: unreachable, no credential, budget spent, interrupted,
     a check crashed"""

ENVIRONMENT = """Environment:
  the credentials that `conformance list` shows; NO_COLOR; HTTPS_PROXY,
  NO_PROXY, SSL_CERT_FILE as usual; GITHUB_ACTIONS=true annotates the run"""


def epilog(name: str) -> str:
    """The examples of a command, as they stand under its help."""
    return _verbatim("Examples:", *(f"  # {what}\n  {line}" for what, line in EXAMPLES[name]))


def _verbatim(*lines: str) -> str:
    """Lines as they are: the mark at the beginning tells Typer not to fill the paragraph."""
    return "\b\n" + "\n".join(lines)


EPILOG = "\n\n".join(_verbatim(text) for text in (EXIT_CODES, ENVIRONMENT))
"""What stands under the help of the program."""
