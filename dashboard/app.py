"""The entrance of `python -m streamlit run dashboard/app.py`."""

from __future__ import annotations

from dashboard.views import frame

frame.run()
