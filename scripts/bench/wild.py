"""Checks servers that no one here wrote, and the same servers behind a proxy that lies.

python scripts/bench/wild.py [--server STEM]… [--honest]
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parent))
from figures import conditions
from wild.clients import generated, plain
from wild.judged import OPEN, OURS, TRUE, UNJUDGED, judged
from wild.planted import Planted, planted
from wild.proxy import applicable
from wild.running import running
from wild.server import DOCUMENTS, Server
from wild.servers import SERVERS
from wild.suite import BUDGET, Ran, run


@dataclass
class Row:
    """What was seen at one server."""

    server: Server
    honest: Ran
    listed: int
    same: bool
    faults: list[Planted] = field(default_factory=list)

    def judged(self, *verdicts: str, level: str = "") -> int:
        """How many findings have one of these verdicts, and the level if one is given."""
        told = (one for one in self.honest.findings if not level or one["level"] == level)
        return sum(judged(self.server.stem, one) in verdicts for one in told)

    @property
    def missed(self) -> list[str]:
        """The bars that this server misses."""
        requests = max((self.honest.requests, *(one.requests for one in self.faults)))
        bars = {
            f"{self.judged(OURS, level='error')} errors are ours": not self.judged(OURS, level="error"),
            f"{self.judged(UNJUDGED)} findings are not judged": not self.judged(UNJUDGED),
            f"could not tell: {', '.join(self.honest.untold)}": not self.honest.untold,
            f"{requests} requests, more than {BUDGET}": requests <= BUDGET,
            f"the client lists others, or not {DOCUMENTS}": self.same and self.listed == DOCUMENTS,
        } | {f"nothing names: {one.fault}": bool(one.headline) for one in self.faults}
        return [words for words, met in bars.items() if not met]


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 0 where every bar was met, 1 where one was missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--server", action="append", choices=[one.stem for one in SERVERS], help="only this one")
    parser.add_argument("--honest", action="store_true", help="tell no lies")
    wanted = parser.parse_args(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(conditions(), flush=True)
    rows = [_row(one, lies=not wanted.honest) for one in SERVERS if not wanted.server or one.stem in wanted.server]
    return 1 if any(row.missed for row in rows) else 0


def _row(server: Server, *, lies: bool) -> Row:
    with running(server) as url:
        with httpx.Client(base_url=url, headers=server.headers, timeout=60) as client:
            server.fill(client)
        listed = plain(server, url)
        row = Row(server, run(server, url), len(listed), generated(server, url) == listed)
        _show(row)
        for fault in applicable(server) if lies else ():
            row.faults.append(planted(server, url, fault, row.honest))
            print(f"  planted   {fault}: {row.faults[-1].headline or 'NOT FOUND'}", flush=True)
    for words in row.missed:
        print(f"  MISSED    {words}")
    return row


def _show(row: Row) -> None:
    server = row.server
    counted = ", ".join(f"{row.judged(one)} {one}" for one in (TRUE, OPEN, OURS, UNJUDGED) if row.judged(one))
    print(
        f"\n{server.stem} {server.version}, {server.style}: {row.honest.requests} requests; {counted or 'no findings'}"
    )
    print(f"  client    {row.listed} documents, {'the same' if row.same else 'OTHERS'} by client and plain requests")
    for one in row.honest.findings:
        print(
            f"  {judged(server.stem, one):9} {one['level']} {one['check']} {one['id']}: {one['headline']}", flush=True
        )


if __name__ == "__main__":
    sys.exit(main())
