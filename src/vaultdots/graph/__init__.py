"""Which note a name means; links, backlinks, layout."""
