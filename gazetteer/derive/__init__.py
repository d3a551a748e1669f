"""Derivation of the embedded geography and of word lists: run by hand, its results are kept in `gazetteer/data`.

Nothing here runs at build time or in the app. In the order in which the data passes:

- `world_map`: Natural Earth's pieces, out of the GeoPackage that Debian's `qgis-common` carries, with their country put right
- `subdivisions`: ISO 3166-2 units of `countrystatecity-countries`, with the level that each has
- `join`: pieces to units, by name, with a table of corrections
- `islets`, `simplify`: fewer and plainer lines, for drawing
- `layers`: pieces united to countries and units of both levels
- `measures`: representative point and radius of an outline
- `names`, `labels`: folding and stripping of names, the name and the other names of a unit
- `topology`: layers as one TopoJSON object
- `boundaries`: the outlines as they are shipped (a script)
- `centres`: one row with a point for each country and unit (a script)
- `counties`: one row with a point for each county of the United States (a script)
- `admin1_codes`: GeoNames' codes of first-level units as ISO 3166-2 ids (a script)
- `places`: the project's own table of places, joined from its parts (a script)
- `demonyms`, `lexicons`: what is named after places; words and names of people that are no places (scripts)

`tables/` holds what was decided by hand, read by `tables`. See `README.md` beside this file.
"""
