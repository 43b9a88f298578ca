"""Characters: positions and spans, Unicode names, Hangul, dates in prose."""
