"""The pages. Streamlit is used here, and what a page shows is made by the pure modules.

- `frame`: what is around every page; `pages`: the pages by name; `session`: what every page needs
- `map`: the map page, made of `choices` (filters), `room` (the map element), `beside` (evidence), `notes` (its text) and `take` (files); `instead` stands in
- `grid`: a table of a page, and what paper has in its place
- `compare`, `place`, `source`, `method`, `present`: the other pages
"""
