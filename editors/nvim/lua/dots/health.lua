-- :checkhealth dots
local M = {}

function M.check()
  vim.health.start('vaultdots')
  if vim.fn.has('nvim-0.11') == 1 then
    vim.health.ok('Neovim is 0.11 or later')
  else
    vim.health.error('Neovim 0.11 is needed', { 'older ones can use `dots hook`: see docs/editors.md' })
  end
  local found = vim.fn.exepath('dots')
  if found == '' then
    vim.health.error('the command dots is not found', { 'uv tool install vaultdots', 'pipx install vaultdots' })
    return
  end
  local said = vim.system({ 'dots', '--version' }, { text = true }):wait()
  vim.health.ok(vim.trim(said.stdout or '') .. ' at ' .. found)
  local running = vim.lsp.get_clients({ name = 'dots' })
  if #running == 0 then
    vim.health.info("the server is not running: vim.lsp.enable('dots'), then open a note of a vault")
    vim.health.info('a vault is a folder with dots.toml or .obsidian, or a Git repository')
  end
  for _, client in ipairs(running) do
    vim.health.ok(('serving %s in %s'):format(client.config.root_dir or '?', client.offset_encoding))
  end
end

return M
