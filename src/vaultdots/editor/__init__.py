"""What an editor asks of a vault, in paths and code points; `lsp` and `hook` hand it on."""
