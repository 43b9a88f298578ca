"""One file's text as a Note: pure and total, no disk, no other notes."""
