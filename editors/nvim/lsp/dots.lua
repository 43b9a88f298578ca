-- The language server of vaultdots, for `vim.lsp.enable('dots')` (Neovim 0.11 and later).
return require('dots').config
