"""Across years: reviews as a series, goals and their fate, books, events, digests."""
