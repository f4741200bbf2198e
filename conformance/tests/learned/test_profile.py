"""What a profile keeps, and what it must never keep."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.cli.main import main
from conformance.learned.comparison import Comparison
from conformance.learned.fields import places
from conformance.learned.identity_form import Mask
from conformance.learned.profile import MOST_IDENTITIES, observe
from conformance.mock.collection.dataset import load_dataset
from conformance.spec.contract import Contract
from conformance.tests.conftest import mock
from conformance.tests.learned.conftest import contract_of, each, findings, outcomes

PLANTED = "planted-7Qx4"


def planted(item: dict[str, Any]) -> dict[str, Any]:
    """An item in which users wrote wherever they can, and the server put fields that nobody documents."""
    written = {"title": PLANTED, "metadata": {PLANTED: PLANTED}, "userMetadata": {PLANTED: {PLANTED: PLANTED}}}
    text = {"name": PLANTED, "sourceSandboxName": PLANTED, "cwd": f"/{PLANTED}", "contextId": PLANTED}
    known = {name: value for name, value in (written | text).items() if name in item or name in written}
    return item | known | {"undocumented": PLANTED, PLANTED: PLANTED}


def test_no_value_of_a_user_is_in_a_profile(contract: Contract, remember: Callable[..., Path]) -> None:
    """Titles, metadata with its names, names, and undocumented fields leave no trace in a report's profile."""
    report = json.loads(remember(contract.stem, each(contract, planted)).read_text())
    profile = report["operations"][0]["profile"]

    assert profile["items"] >= 40
    assert PLANTED not in json.dumps(profile)
    assert not any(PLANTED in place for place in profile["fields"])


def test_what_a_profile_keeps(remember: Callable[..., Path]) -> None:
    """Shapes and counts of every documented field, vocabularies, powers of ten, the form of identities, codes."""
    contract = contract_of("vercel_sessions")
    profile = json.loads(remember(contract.stem, mock(contract)).read_text())["operations"][0]["profile"]

    fields = profile["fields"]
    assert profile["whole"]
    assert set(fields) == {place.pointer for place in places(contract)} >= {"/networkPolicy/mode"}
    assert fields["/id"] == {"shown": 86, "types": {"string": 86}}
    assert sum(fields["/status"]["values"].values()) == 86
    assert fields["/createdAt"]["unit"] == "ms"
    assert fields["/createdAt"]["powers_of_ten"] == {"count": 86, "least": 12, "typical": 12.2, "greatest": 12}
    assert profile["mask"]["tag"] == "sess_"
    assert profile["mask"]["lengths"] == [29, 29]
    assert len(profile["identities"]) == 86
    assert {len(row) for row in profile["identities"].values()} == {4 * len(fields)}
    assert set(profile["finished"]) < set(profile["identities"])
    assert not any(item.value["id"] in json.dumps(profile) for item in dataset(contract, 86))


def dataset(contract: Contract, count: int) -> Any:
    """The entries that the mock of the tests lists."""
    return load_dataset(contract, items=count, seed=1, fixtures=None).entries


def test_identities_are_bounded() -> None:
    """Of many identities the same ones are kept in every run, and the others are not taken for new or gone."""
    contract = contract_of("instavm_sandboxes")
    items = [{"sandbox_id": f"vm-{number}"} for number in range(MOST_IDENTITIES + 500)]

    kept = observe(contract, items, whole=True).as_json()["identities"]

    assert len(kept) == MOST_IDENTITIES
    assert kept == observe(contract, reversed(items), whole=True).as_json()["identities"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**400) | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
@settings(max_examples=150, deadline=None, database=None)
def test_no_item_breaks_the_profile(data: st.DataObject) -> None:
    """Whatever a server lists, a profile is made of it, can be written, and can be compared."""
    contract = contract_of("sandbase_sessions")
    names = [place.pointer.tokens[0] for place in places(contract)]
    item = st.dictionaries(st.sampled_from(names), JSON) | JSON
    before, now = (observe(contract, data.draw(st.lists(item, max_size=6)), whole=True) for _ in range(2))

    json.dumps(before.as_json(), ensure_ascii=False).encode()
    compared = Comparison(contract, before, now)

    for told in (compared.gone, compared.retyped, compared.rescaled, compared.reworded, compared.unsettled):
        for difference in told():
            assert difference.before != difference.now


UUIDS = [f"{number * 7919:08x}-6c2f-4973-8e5a-{number * 104729:012x}" for number in range(1, 40)]
COUNTED = [f"vmid-abc-{number}" for number in range(90, 130)]
TAGGED = [f"sess_{number * 15485863:012d}".replace("3", "k") for number in range(1, 40)]
NAMES = ["web", "Api_2", "my-box", "staging", "x", "tools.internal"] * 4


@pytest.mark.parametrize(
    ("before", "name", "fits"),
    [
        (UUIDS, "ffffffff-aaaa-bbbb-cccc-dddddddddddd", True),
        (UUIDS, "ffffffffaaaabbbbccccdddddddddddd", False),
        (UUIDS, "FFFFFFFF-AAAA-BBBB-CCCC-DDDDDDDDDDDD", False),
        (COUNTED, "vmid-abc-10000", True),
        (COUNTED, "sbx-abc-10000", False),
        (TAGGED, "sess_00001548586k", True),
        (TAGGED, "sess_00001548586kk", False),
        (TAGGED, "session_154858", False),
        (NAMES, "Something-ELSE/entirely ✓", True),
        (UUIDS[:3], "anything", True),
        (["a-1"], "b_2", True),
    ],
)
def test_a_mask_tells_forms_from_chance(before: list[str], name: str, fits: bool) -> None:  # noqa: FBT001
    """A changed start, length or alphabet is another form; what counts on, names, and few examples prove nothing."""
    mask = Mask.of(before)

    assert mask is not None
    assert mask.fits(name) is fits
    assert all(mask.fits(one) for one in before)
    assert Mask.from_json(json.loads(json.dumps(mask.as_json()))) == mask


def test_names_are_not_kept_as_starts() -> None:
    """The beginnings of names that users chose are in no mask."""
    mask = Mask.of([f"{word}-{number}" for number in range(9) for word in ("acme", "blue", "corp")])

    assert mask is not None
    assert mask.tag == ""


def without_profile(report: dict[str, Any]) -> dict[str, Any]:
    """The report of a version that remembered nothing."""
    for operation in report["operations"]:
        operation.pop("profile")
    return report


def with_bad_profile(report: dict[str, Any]) -> dict[str, Any]:
    """A report in which somebody wrote."""
    report["operations"][0]["profile"]["fields"]["/name"]["shown"] = "many"
    return report


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda _: None, "cannot be read: No such file"),
        (lambda _: b"", ":1: is not JSON"),
        (lambda text: text[:-20], "is not JSON"),
        (lambda _: b"\xff\xfe", "is not UTF-8"),
        (lambda _: b"[]", "is not a report"),
        (lambda _: b'{"format": 1}', "is not a report"),
        (lambda text: text.replace(b'"format": 1', b'"format": 2'), "is of format 2, not 1"),
        (lambda text: json.dumps(with_bad_profile(json.loads(text))).encode(), "/operations/0/profile/fields/~1name/"),
    ],
)
def test_a_report_that_cannot_be_read_is_exit_2(
    spoil: Callable[[bytes], bytes | None],
    words: str,
    remember: Callable[..., Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A sentence with the file and what to do, before anything is sent."""
    contract = contract_of("instavm_sandboxes")
    path = remember(contract.stem, mock(contract))
    spoilt = spoil(path.read_bytes())
    path.unlink() if spoilt is None else path.write_bytes(spoilt)
    capsys.readouterr()

    code = main(["run", contract.stem, "--since", str(path)])

    shown = capsys.readouterr()
    assert (code, shown.out) == (2, "")
    assert f"error: --since {path}" in shown.err
    assert words in shown.err
    assert "hint:" in shown.err


def test_a_report_of_another_operation_tells_nothing(remember: Callable[..., Path], run_on: Callable[..., Any]) -> None:
    """Where the earlier run knows nothing of an operation, the checks are skipped with that reason."""
    other, contract = contract_of("instavm_sandboxes"), contract_of("browserbase_sessions")
    path = remember(other.stem, mock(other))

    ran = run_on(contract.stem, mock(contract), "--check", "presence-learned", "--since", str(path))
    path.write_text(json.dumps(without_profile(json.loads(path.read_text()))))
    old = run_on(other.stem, mock(other), "--check", "presence-learned", "--since", str(path))

    assert outcomes(ran)["presence-learned"][0] == "skipped"
    assert "remembers nothing of browserbase_sessions" in outcomes(ran)["presence-learned"][1]
    assert "remembers nothing of instavm_sandboxes" in outcomes(old)["presence-learned"][1]
    assert findings(ran) == []


def test_a_report_may_be_replaced_by_the_run_that_reads_it(remember: Callable[..., Path]) -> None:
    """`--since out.json --report out.json` compares with what was there, then replaces it."""
    contract = contract_of("browserbase_sessions")
    path = remember(contract.stem, mock(contract))
    options = ("--check", "identity-unique", "--check", "presence-learned", "--since", str(path))

    again = remember(contract.stem, mock(contract), *options)

    operation = json.loads(again.read_text())["operations"][0]
    assert [one["outcome"] for one in operation["outcomes"]] == ["held", "held"]
    assert operation["profile"]
