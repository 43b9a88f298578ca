"""The disk: walk, config, catalog, sync."""
