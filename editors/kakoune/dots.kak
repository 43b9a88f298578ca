# kakrc, with kakoune-lsp
hook -group lsp-filetype-markdown global BufSetOption filetype=markdown %{
    set-option buffer lsp_servers %{
        [dots]
        command = "dots"
        args = ["lsp"]
        root_globs = ["dots.toml", ".obsidian"]
    }
}
