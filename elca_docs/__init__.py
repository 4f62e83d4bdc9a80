"""Structured records become numbered agreements; signed copies become indicators that explain themselves."""

__version__ = "0.1.0"
