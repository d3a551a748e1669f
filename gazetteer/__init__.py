"""Reads reports and puts what they say of places on the map."""

__version__ = "0.1.0"
