"""The plain way, to compare with: markers added to a `folium.Map` on each rerun. Run by `bench_map`, with Leaflet from the same local files."""

from __future__ import annotations

import os
from pathlib import Path

import folium
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from dashboard import assets, data, moments
from dashboard.base_map import AtlasMap


@st.cache_resource
def tables(folder: str) -> data.Tables:
    """The build, read once."""
    return data.read(Path(folder))


@st.cache_resource
def files(folder: str) -> assets.Assets:
    """The map's own files."""
    return assets.publish(tables(folder))


class LocalMap(AtlasMap):
    """A folium map as it is, with Leaflet from here."""

    render = folium.Map.render


def appearances(observations: pd.DataFrame) -> list[int]:
    """The days on which a place first appears: each step between two of them draws another map."""
    dated = observations[(observations["place"] >= 0) & (observations["begin"] != moments.OPEN_END)]
    return sorted(set(dated.groupby("place")["begin"].min().to_list()))


def run() -> None:
    """Draw the page."""
    build = os.environ["EXPANSION_ATLAS_BUILD"]
    found = tables(build)
    days = appearances(found.observations)
    position = st.slider("Step", 0, len(days) - 1, len(days) - 1)
    looks = moments.looks(found.observations, moments.UpTo(days[position]))
    whole = LocalMap(files(build))
    whole.default_js = whole.default_js[:1]
    for place, rank in zip(looks.index, looks["rank"], strict=True):
        row = found.places.iloc[place]
        folium.CircleMarker([row["latitude"], row["longitude"]], radius=6, color=("#10295a", "#4b6c9e", "#b9a94f", "#ffe83b")[max(int(rank), 0)]).add_to(whole)
    st_folium(whole, key="plain", height=600, use_container_width=True, returned_objects=[])


run()
