"""The dashboard's router: page, store, filters, navigation.

Started by `whom dashboard`, or `streamlit run dashboard/app.py -- --store PATH`.

Rule: nothing is asked or drawn here; a page is a function in views/ that takes the store's address and the view.
"""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

if str(HERE := Path(__file__).resolve().parents[1]) not in sys.path:
    sys.path.insert(0, str(HERE))

from dashboard import data, filters
from dashboard.views import map as map_view
from graph.errors import WhomError


def main() -> None:
    """Lay out one run of the page."""
    st.set_page_config(page_title="whom", layout="wide", initial_sidebar_state="expanded")
    uri = data.address(sys.argv[1:])
    try:
        loaded = data.cases(uri, data.state(uri))
        view, wrong = filters.read(st.query_params)
        st.sidebar.markdown("### whom")
        actors = [a.actor for a in data.actors(uri, {"case": view.case})]
        publishers = sorted({r.publisher for r in data.asked(uri, "sources", {"case": view.case}) if r.publisher})
        view = filters.sidebar(view, [c.case for c in loaded], actors, publishers)
        kept = {k: v for k, v in st.query_params.items() if k == map_view.PAIR}
        st.query_params.from_dict(view.address() | kept)
        if wrong:
            st.warning(f"The address asks for what there is not, and was read without it: {', '.join(wrong)}")
        st.sidebar.caption("; ".join(f"{c.heading or c.case}, loaded {c.loaded}" for c in loaded))
        page = st.navigation([st.Page(lambda: map_view.show(uri, view), title="Map", url_path="map", default=True)])
        page.run()
    except WhomError as error:
        st.error(str(error))


main()
