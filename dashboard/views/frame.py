"""What is around every page: language, tables, navigation, style."""

from __future__ import annotations

import functools
from collections.abc import Callable

import streamlit as st

from dashboard import data
from dashboard.assets import STATIC
from dashboard.messages import LANGUAGES, Words, words
from dashboard.views import choices, compare, method, place, present, source
from dashboard.views import map as map_page
from dashboard.views.session import Session, Shared, begin, query, shared

STYLE, MENU = STATIC / "page.css", STATIC / "menu.js"
LOOK_AGAIN = 15.0
"""Seconds after which an open page looks whether other tables have been built."""
Page = Callable[[Session], None]


def run() -> None:
    """Run the page that is asked for."""
    st.set_page_config(page_title="Expansion Atlas", page_icon=str(STATIC / "favicon.png"), layout="wide", initial_sidebar_state="collapsed")
    say = words(_language())
    st.html(f"<style>{STYLE.read_text('utf-8')}</style>")
    found = _shared(say)
    if found is None:
        return
    session = begin(found, say, choices.chosen(found))
    _warn(session)
    shown: dict[str, Page] = {
        "map": map_page.show,
        "compare": compare.show,
        "place": place.show,
        "source": source.show,
        "method": method.show,
        "present": present.show,
    }
    pages = {name: st.Page(functools.partial(show, session), title=say(f"page.{name}"), url_path=name, default=name == "map") for name, show in shown.items()}
    st.session_state["pages"] = pages
    asked = st.navigation(list(pages.values()), position="top")
    if asked.url_path == "present":
        st.html("<style>.stAppHeader { display: none; }</style>")
    else:
        _languages(say)
        _watch(session)
    asked.run()


def _language() -> str:
    """The language that was chosen; at first that of the link, else the browser's where no link was followed."""
    if "language" not in st.session_state:
        link = query()
        asked = link.get("lang", ["en"])[-1] if link else (st.context.locale or "").partition("-")[0]
        st.session_state["language"] = asked if asked in LANGUAGES else "en"
    return str(st.session_state["language"])


def _languages(say: Words) -> None:
    with st.container(key="language-box", gap=None):
        st.selectbox(
            say("page.language"), list(LANGUAGES), key="language", format_func=LANGUAGES.__getitem__, label_visibility="collapsed", persist_state="session"
        )
        # In a box that takes no room on the page. Streamlit's own page says that it is English: a screen reader would read Spanish by English rules.
        st.html(f"<script>document.documentElement.lang = '{say.language}';\n{MENU.read_text('utf-8')}</script>", unsafe_allow_javascript=True)


def _warn(session: Session) -> None:
    if session.shared.changed:
        st.warning(session.words("page.stale", names=session.words.names(list(session.shared.changed))))


@st.fragment(run_every=LOOK_AGAIN)
def _watch(session: Session) -> None:
    """Say so where other tables have been built since this page was drawn; they are shown when the reader asks, not under their hands."""
    try:
        if data.fingerprint(data.build_folder()) == session.shared.seen:
            return
    except data.TablesError:  # they are being written
        return
    with st.container(horizontal=True, vertical_alignment="center", key="newer"):
        st.text(session.words("page.newer"), width="content")
        if st.button(session.words("page.show_newer"), key="show_newer", type="primary"):
            st.rerun()


def _shared(say: Words) -> Shared | None:
    """Return the build, or None after having said what is wrong and what helps."""
    folder = data.build_folder()
    try:
        return shared(folder, data.fingerprint(folder))
    except data.TablesError as error:
        st.title(say(f"problem.{error.problem}"))
        st.text(say("problem.detail", detail=error.detail))
        st.text(say(f"problem.{error.problem}_remedy"))
        return None
