"""The language server: `editor`'s answers over the Language Server Protocol. pygls lives here."""
