"""Tells every lie that the mock knows to our suite and to Schemathesis alone, and prints who notices; and who is accused.

python scripts/bench/detection.py [--stem STEM]… [--fault NAME]… [--only ours|schemathesis] [--sample N] [--readings N]
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from detecting import catalogue, record, table
from detecting.catalogue import Catalogue
from detecting.programs import forget_credentials
from detecting.study import Study, Wish, study
from detecting.sums import bars

SIZES = (0, 1, 2, 19, 20, 21, 60, 1_000)
SEEDS = 20
USAGE = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Print matrix, sums and bars; 0 where every bar is met, 1 where one is missed, 2 for wrong usage."""
    wanted = _arguments(argv)
    forget_credentials()
    try:
        chosen = catalogue.load().part(wanted.stem, wanted.fault, wanted.sample)
    except ValueError as error:
        sys.stderr.write(f"error: {error}\n")
        return USAGE
    done = Study()
    complete = _studied(chosen, wanted, done)
    if wanted.json:
        record.write(wanted.json, chosen, done)
    texts = (table.matrix(chosen, done), table.sums(chosen, done), table.honest(done), table.lawful(done))
    for text in (*texts, table.remarks(chosen, done)):
        print("\n".join(text), end="\n\n")
    judged = list(bars(chosen, done))
    print("\n".join(map(str, judged)))
    return 0 if complete and all(bar.met for bar in judged) else 1


def _studied(chosen: Catalogue, wanted: argparse.Namespace, done: Study) -> bool:
    """Fill the study; whether nobody interrupted it."""
    try:
        study(chosen, _wish(wanted), done)
    except KeyboardInterrupt:
        sys.stderr.write("interrupted: what follows is a part, and what did not run counts as not caught\n")
        return False
    return True


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--stem", action="append", default=[], help="only this operation; repeatable")
    parser.add_argument("--fault", action="append", default=[], help="only this fault; repeatable")
    parser.add_argument("--only", choices=["ours", "schemathesis"], help="only this side")
    parser.add_argument("--sample", type=int, metavar="N", help="only N of the pairs, always the same")
    parser.add_argument("--seeds", type=int, default=SEEDS, metavar="N", help=f"honest seeds; {SEEDS}, 0 for none")
    parser.add_argument("--items", type=int, action="append", metavar="N", help="honest sizes; repeatable")
    parser.add_argument("--readings", type=int, metavar="N", help="also N lawful servers that show several readings")
    parser.add_argument("--examples", type=int, metavar="N", help="of Schemathesis; its own default")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, metavar="N", help="programs at a time")
    parser.add_argument("--json", type=Path, metavar="PATH", help="write everything as JSON too")
    return parser.parse_args(argv)


def _wish(wanted: argparse.Namespace) -> Wish:
    return Wish(
        ours=wanted.only != "schemathesis",
        schemathesis=wanted.only != "ours",
        sizes=wanted.items or SIZES,
        seeds=wanted.seeds,
        readings=_readings(wanted),
        workers=wanted.workers,
        examples=wanted.examples,
    )


def _readings(wanted: argparse.Namespace) -> int | None:
    """Who asks for a part of the faults asks for no lawful servers, unless that is said too."""
    asked: int | None = wanted.readings
    return 0 if asked is None and not wanted.fault and wanted.sample is None else asked


if __name__ == "__main__":
    sys.exit(main())
