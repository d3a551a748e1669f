"""The gazetteer as geopy knows it. What is here imports geopy, which takes a while.

- `geocoder`: the embedded gazetteer as a geopy geocoder
- `online`, `answers`: geopy's online geocoders behind it, and which of their answers is meant
"""
