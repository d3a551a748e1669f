"""Draws the tables on a map that moves in time.

In the order in which the data passes:

- `codebook`: the phases and actors that the tables speak of
- `data`: the tables of a build, read once and shared
- `filters`: which observations are looked at
- `moments`: what a place looks like at a time
- `steps`: the times at which that changes
- `story`: what there is to say of it: counts, changes, the sentence above the map
- `evidence`: the sentences behind a mark, as cards
    - `markdown`, `plain`: their words without markup, and fit for a page
- `listing`: what the map shows, as a table
- `layers`: the tables as the compact file that the browser fetches
- `boundaries`: countries and first-level units as the browser wants them
- `assets`: every file that the browser needs, under a name made from its content
- `base_map`: the folium map that holds it all; what it draws is `static/atlas/`, JavaScript by noun (its land and borders: `base.js`)
- `picture`: the same map as a plain drawing, for when a browser cannot, and for files
    - `projection`, `marks`, `glyphs`, `ramp`, `labels`, `legend`, `surround`, `letters`: its parts
- `messages`: every word of the interface, in English and Spanish
- `links`: page, time, filters, view and selection as a link
- `exports`: what can be taken away, one module a format
- `views`: the pages; Streamlit is used there, in `app` and in `data`, and nowhere else
"""
