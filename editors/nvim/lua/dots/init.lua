-- vaultdots in Neovim: the configuration of its language server, and `:Dots`.
-- Nothing is decided here: every answer is the server's.
local M = {}

M.config = {
  cmd = { 'dots', 'lsp' },
  filetypes = { 'markdown' },
  root_markers = { 'dots.toml', '.obsidian', '.git' },
  workspace_required = true,
}

-- What `:Dots` can ask for: the command, what its words mean, and how a result is shown.
M.commands = {
  search = { option = 'query' },
  list = { option = 'what' },
  related = {},
  connect = {},
  review = { option = 'year', number = true, shown = 'review' },
  goals = { option = 'year', number = true },
  tags = {},
  index = {},
  new = { option = 'title', shown = 'new' },
  proposals = { shown = 'proposals' },
}

local function client()
  local found = vim.lsp.get_clients({ name = 'dots', bufnr = 0 })[1]
  if not found then
    vim.notify("dots: no server here; say vim.lsp.enable('dots') and open a note of a vault", vim.log.levels.WARN)
  end
  return found
end

-- Ask the server for a command; `shown` gets its result.
function M.ask(name, options, shown)
  local server = client()
  if not server then
    return
  end
  local params = {
    command = 'dots.' .. name,
    arguments = { vim.uri_from_bufnr(0), next(options) and options or vim.empty_dict() },
  }
  server:request('workspace/executeCommand', params, function(failed, result)
    if failed then
      vim.notify('dots: ' .. failed.message, vim.log.levels.ERROR)
    else
      shown(result, server)
    end
  end, 0)
end

local function label(item)
  if item.tag then
    return '#' .. item.tag .. '  ' .. item.notes
  end
  local words = item.title or item.text or item.message or item.raw or item.target or item.path or vim.inspect(item)
  local place = item.path or item.source or item.target
  local line = item.line and (':' .. item.line) or ''
  return place and place ~= words and (words .. '  ' .. place .. line) or (words .. line)
end

local function jump(item, server)
  if item.tag then
    M.ask('search', { query = 'tag:' .. item.tag }, M.show)
    return
  end
  local path = item.path or item.source or item.target
  if not path then
    return
  end
  vim.cmd.edit(vim.fn.fnameescape(vim.fs.joinpath(server.config.root_dir, path)))
  if item.line and item.path ~= nil or item.source ~= nil then
    pcall(vim.api.nvim_win_set_cursor, 0, { item.line or 1, 0 })
  end
end

-- Show a result: a list to choose from, else its text.
function M.show(result, server)
  if type(result) == 'table' and vim.islist(result) then
    if #result == 0 then
      vim.notify('dots: nothing found')
      return
    end
    vim.ui.select(result, { prompt = 'dots', format_item = label }, function(item)
      if item then
        jump(item, server)
      end
    end)
  else
    local told = {}
    for key, value in vim.spairs(result) do
      if type(value) ~= 'table' then
        table.insert(told, key .. ' ' .. tostring(value))
      end
    end
    vim.notify('dots: ' .. table.concat(told, ', '))
  end
end

-- A note that was made is opened.
function M.new(result, server)
  jump(result, server)
end

-- A year on one page as a list to go to: its sections, goals and books.
function M.review(page, server)
  local rows = {}
  for _, one in ipairs(page.sections) do
    table.insert(rows, { title = one.heading, path = one.path, line = one.line })
  end
  for _, one in ipairs(page.goals) do
    table.insert(rows, { title = one.status .. ': ' .. one.text, path = one.path, line = one.line })
  end
  for _, one in ipairs(page.books) do
    table.insert(rows, { title = '『' .. one.title .. '』', path = one.path, line = one.line })
  end
  M.show(rows, server)
end

-- What agents proposed: choose one, see its diff, then accept it, reject it or leave it.
function M.proposals(result)
  if #result == 0 then
    vim.notify('dots: nothing is proposed')
    return
  end
  local function title(one)
    local said = one.diff == '' and 'its file has changed' or one.why
    return one.operation .. '  ' .. table.concat(one.paths, ', ') .. (said ~= '' and '  ' .. said or '')
  end
  local note = vim.api.nvim_get_current_buf()
  vim.ui.select(result, { prompt = 'dots: proposals', format_item = title }, function(one)
    if not one then
      return
    end
    vim.cmd('botright new')
    local shown = vim.api.nvim_get_current_buf()
    vim.bo[shown].buftype, vim.bo[shown].bufhidden, vim.bo[shown].filetype = 'nofile', 'wipe', 'diff'
    vim.api.nvim_buf_set_lines(shown, 0, -1, false, vim.split(one.diff, '\n'))
    vim.cmd.redraw()
    vim.ui.select({ 'accept', 'reject', 'leave' }, { prompt = title(one) }, function(word)
      vim.api.nvim_buf_delete(shown, { force = true })
      if word ~= 'accept' and word ~= 'reject' then
        return
      end
      vim.api.nvim_buf_call(note, function()
        M.ask('proposals', { [word] = one.id }, function()
          vim.notify('dots: ' .. (word == 'accept' and 'written; `dots undo` takes it back' or 'rejected'))
          vim.cmd.checktime()
        end)
      end)
    end)
  end)
end

-- A lens names a command of the server: its answer is shown as that of `:Dots` is.
local function of_lens(command, context)
  local server = vim.lsp.get_client_by_id(context.client_id)
  local params = { command = command.command, arguments = command.arguments }
  server:request('workspace/executeCommand', params, function(failed, result)
    if failed then
      vim.notify('dots: ' .. failed.message, vim.log.levels.ERROR)
    else
      M.show(result, server)
    end
  end, context.bufnr)
end
M.config.commands = { ['dots.list'] = of_lens, ['dots.companion'] = of_lens }

function M.run(words)
  local name = table.remove(words, 1)
  local command = M.commands[name]
  if not command then
    vim.notify('dots: there is no command ' .. tostring(name), vim.log.levels.ERROR)
    return
  end
  local options = {}
  if command.option and #words > 0 then
    local value = table.concat(words, ' ')
    options[command.option] = command.number and tonumber(value) or value
  end
  M.ask(name, options, M[command.shown or 'show'])
end

return M
