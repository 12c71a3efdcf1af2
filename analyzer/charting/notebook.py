"""Charts in a notebook, without network: live where the notebook can draw Vega-Lite itself, else the same as a picture.

Altair's own way loads its library from a web site each time a notebook is opened. Who chose another renderer keeps it.
"""

from __future__ import annotations

import base64
from typing import Any

import altair as alt
from altair.typing import ChartType

from analyzer.charting.parts import Spec
from analyzer.charting.static import png_of, size_of, svg_of

NAME = "analyzer"
_LIVE = "application/vnd.vegalite.v6+json"


def chart_of(specification: Spec) -> ChartType:
    """Return a specification as an Altair chart, which checks it against the schema of Vega-Lite."""
    made: ChartType = alt.Chart.from_dict(specification)
    return made


def show_here() -> None:
    """Take this way of showing charts, unless another than Altair's own was chosen."""
    if NAME not in alt.renderers.names():
        alt.renderers.register(NAME, _bundle)
    if alt.renderers.active == "default":
        alt.renderers.enable(NAME)


def _bundle(specification: dict[str, Any], **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the chart as a notebook wants it: the specification, and a picture with the size to show it in."""
    drawn = svg_of(specification, prefix="chart")
    shown = {_LIVE: specification, "image/png": base64.b64encode(png_of(drawn)).decode()}
    width, height = size_of(drawn)
    return shown, {"image/png": {"width": width, "height": height}}
