"""What can be taken away from the map: files made of the tables, of what a moment shows and of the story.

- `taken`: what is in a file: the choice of observations, and how much of each is told
- `stamp`: what every file says of itself: as of when, filters, sources, caveats, licences
- `records`: the observations and the legs of routes as plain rows, with their geometries
- `csv`, `geojson`, `kml`, `geoparquet`: the rows in those formats
- `chapters`: the story, one chapter a phase
- `drawing`: the view as SVG and PNG, drawn from the data
- `sentences`, `painter`: a card of evidence as lines, a drawing on a page of a PDF
- `handout`: the story as a PDF
- `slides`: the story as slides
- `page`: map, time control and evidence in one HTML file that needs no network
- `formats`: all of them by name

What a document says is text in every one of them, and no file has a column for persons.
"""
