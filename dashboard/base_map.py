"""The folium map that holds it all: Leaflet and the map's own script from local files, and nothing that changes between two reruns.

streamlit-folium builds its frame anew whenever the map's script changes, and tells a living map about a change by running the script of a feature group. So
everything that is fixed for a session is in `AtlasMap`, and everything else in `Command`, which is a few hundred bytes and is run only when it differs from
the one before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import folium
from branca.element import MacroElement
from folium.template import Template

from dashboard.assets import Assets


class AtlasMap(folium.Map):
    """A map without tiles, whose script and style are the project's own.

    It does not follow the window by itself: its room tells it of another size, and knows from it that nobody has moved the map.
    """

    _template = Template(
        """
        {% macro header(this, kwargs) %}{% endmacro %}
        {% macro html(this, kwargs) %}<div class="folium-map" id={{ this.get_name()|tojson }} ></div>{% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {{ this.settings }});
        {% endmacro %}
        """
    )
    settings = json.dumps(
        {
            "center": [15, 0], "zoom": 2, "minZoom": 1, "maxZoom": 13, "zoomSnap": 0.25, "zoomDelta": 1, "wheelPxPerZoomLevel": 100,
            "zoomControl": False, "attributionControl": True, "keyboard": True, "zoomAnimation": True, "fadeAnimation": False, "boxZoom": False,
            "doubleClickZoom": True, "trackResize": False,
        }
    )  # fmt: skip

    def __init__(self, assets: Assets) -> None:
        super().__init__(tiles=None, zoom_control=False)
        self.default_js = [("leaflet", assets.leaflet), ("atlas", assets.script)]
        self.default_css = [("leaflet", assets.leaflet_style), ("atlas", assets.style)]

    def render(self, **kwargs: object) -> str:  # noqa: ARG002 -- as folium calls it
        """Make no page of folium's own: streamlit-folium takes the script from the template, and the files from the lists above."""
        return ""


class Room(MacroElement):
    """Builds a room of the dashboard around the map; `config` is that of `mount` in `static/atlas/atlas.js`."""

    _template = Template("{% macro script(this, kwargs) %}atlas.mount({{ this._parent.get_name() }}, {{ this.config }});{% endmacro %}")

    def __init__(self, config: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Room"
        self.config = script_json(config)


class Command(folium.FeatureGroup):
    """Tells the map what to show; `content` is that of `obey` in `static/atlas/room_map.js`."""

    _template = Template(
        "{% macro script(this, kwargs) %}var {{ this.get_name() }} = L.featureGroup(); window.feature_group = []; "
        "atlas.command({{ this.content }});{% endmacro %}"
    )

    def __init__(self, content: Mapping[str, Any]) -> None:
        super().__init__()
        self.content = script_json(content)


def room_map(assets: Assets, *, room: str, language: str, title: str, failed: str) -> AtlasMap:
    """Return the map of a room: `map`, `compare` or `present`. The same for the same arguments, so that a rerun does not build the frame anew."""
    urls = {"data": assets.data, "world": assets.world, "units": assets.units, "words": assets.words}
    whole = AtlasMap(assets)
    whole.add_child(Room({"room": room, "language": language, "title": title, "failed": failed, "urls": urls, "attribution": bool(assets.world)}))
    return whole


def script_json(content: Mapping[str, Any]) -> str:
    """JSON that may stand in a script.

    Nothing in it can end the script, begin a comment or a template, or be taken by streamlit-folium for a name of folium's.
    """
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    for character in "<>&`$_":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
