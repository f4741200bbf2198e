"""The picture in the README is what the HTML report looks like."""

from __future__ import annotations

import base64
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conformance.cli.main import main
from conformance.report.page import as_html
from conformance.spec.load import own_specs
from conformance.tests.report import records

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURE = own_specs().parent / ".github/report.png"
MOST = 0.04
"""The share of pixels that may differ: fonts are another machine's."""
COMPARE = """async ([one, other]) => {
  const read = async (data) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
    canvas.drawImage(image, 0, 0);
    return canvas.getImageData(0, 0, image.width, image.height);
  };
  const [left, right] = [await read(one), await read(other)];
  if (left.width !== right.width || left.height !== right.height) return 1;
  let differing = 0;
  for (let at = 0; at < left.data.length; at += 4) {
    const apart = Math.max(...[0, 1, 2].map((channel) => Math.abs(left.data[at + channel] - right.data[at + channel])));
    differing += apart > 48;
  }
  return differing / (left.data.length / 4);
}"""
pytestmark = pytest.mark.machine


def test_the_picture_is_true(browser: Browser, tmp_path: Path) -> None:
    """Rendered anew, it is the same but for a few pixels; `WRITE_PICTURE=1` renews it."""
    report, page = tmp_path / "report.json", tmp_path / "report.html"
    main(["run", "vercel_sessions", "--fault", "equals-ignored", "--report", str(report)])
    given = json.loads(report.read_text(encoding="utf-8"))
    given |= {"started": "2026-11-23T12:00:00Z", "seconds": 2.0}
    page.write_text(as_html(records.typed(given)), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1120, "height": 930}, color_scheme="light")
    shown = context.new_page()
    shown.goto(page.as_uri())
    shown.locator(".others > summary").click()
    rendered = shown.screenshot()
    if os.environ.get("WRITE_PICTURE"):
        PICTURE.write_bytes(rendered)

    blank = context.new_page()
    differing = blank.evaluate(COMPARE, [base64.b64encode(one).decode() for one in (PICTURE.read_bytes(), rendered)])
    assert differing < MOST
