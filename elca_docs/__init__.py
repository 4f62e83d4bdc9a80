"""Structured records become numbered agreements; signed copies become indicators that explain themselves."""
