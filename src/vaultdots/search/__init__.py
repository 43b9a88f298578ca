"""Query text to ranked sections."""
