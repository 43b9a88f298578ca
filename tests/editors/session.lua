-- A session in a real Neovim: open, complete, jump, rename a note with its file moved, findings gone.
-- Writes what happened as JSON to $DOTS_SAID.
local said = {}
local function wait(what, met)
  if not vim.wait(20000, met, 50) then
    said.failed = what
    error('waited in vain for ' .. what)
  end
end
local ok, problem = pcall(function()
  vim.lsp.enable('dots')
  vim.cmd.edit('start.md')
  wait('the server', function()
    return #vim.lsp.get_clients({ name = 'dots', bufnr = 0 }) == 1
  end)
  local client = vim.lsp.get_clients({ name = 'dots', bufnr = 0 })[1]
  wait('the answer to initialize', function()
    return client.initialized
  end)
  said.encoding = client.offset_encoding
  wait('findings', function()
    return #vim.diagnostic.get(0) > 0
  end)
  said.findings = vim.tbl_map(function(one)
    return one.code
  end, vim.diagnostic.get(0))

  -- Complete behind an emoji and Hangul.
  vim.api.nvim_buf_set_lines(0, 2, 3, false, { '😀 가 [[도ㅋ' })
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  params.position = { line = 2, character = #'😀 가 [[도ㅋ' }
  -- Changes are sent after a rest; the answer is to what is on the screen.
  local found
  wait('completion', function()
    found = client:request_sync('textDocument/completion', params, 10000, 0)
    return #found.result.items > 0
  end)
  said.completed = vim.tbl_map(function(item)
    return item.label
  end, found.result.items)
  vim.lsp.util.apply_text_edits({ found.result.items[1].textEdit }, vim.api.nvim_get_current_buf(), client.offset_encoding)
  said.line = vim.api.nvim_buf_get_lines(0, 2, 3, false)[1]

  -- Jump from the link, and back.
  vim.api.nvim_win_set_cursor(0, { 3, #'😀 가 [[' })
  vim.lsp.buf.definition()
  wait('the jump', function()
    return vim.fn.expand('%:t') == '도커.md'
  end)
  vim.cmd.buffer('start.md')

  -- Mend the broken link: its finding goes.
  vim.api.nvim_buf_set_lines(0, 0, 1, false, { '[[Harbor]]' })
  wait('findings gone', function()
    return #vim.diagnostic.get(0) == 0
  end)
  vim.cmd.write()

  -- Rename what the link means: the file moves, the links follow.
  if client.server_capabilities.renameProvider then
  vim.api.nvim_win_set_cursor(0, { 1, 3 })
  vim.lsp.buf.rename('부두')
  wait('the renamed file', function()
    return vim.uv.fs_stat('부두.md') ~= nil
  end)
  wait('the renamed link', function()
    return vim.api.nvim_buf_get_lines(0, 0, 1, false)[1] == '[[부두]]'
  end)
  said.gone = vim.uv.fs_stat('Harbor.md') == nil
  end

  -- What an agent proposed: look at it, accept it.
  vim.ui.select = function(items, options, done)
    if items[1] == 'accept' then
      said.diff = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    else
      said.proposed = vim.tbl_map(options.format_item, items)
    end
    done(items[1])
  end
  vim.cmd('Dots proposals')
  wait('the accepted note', function()
    return vim.uv.fs_stat('boat.md') ~= nil
  end)

  -- A new note is opened.
  vim.cmd('Dots new 새 글')
  wait('the new note', function()
    return vim.fn.expand('%:t') == '새 글.md'
  end)
  said.new = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  vim.cmd.buffer('start.md')

  -- A review is a list to go to.
  vim.ui.select = function(items, options, done)
    said.review = vim.tbl_map(options.format_item, items)
    done(items[1])
  end
  vim.cmd('Dots review 2023')
  wait('the place in the review', function()
    return vim.fn.expand('%:t') == '2023년 회고.md' and vim.api.nvim_win_get_cursor(0)[1] == 7
  end)

  vim.cmd('Dots tags')
  vim.cmd('checkhealth dots')
  said.health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end)
said.ok, said.problem = ok, tostring(problem)
local file = assert(io.open(vim.env.DOTS_SAID, 'w'))
file:write(vim.json.encode(said))
file:close()
vim.cmd('qall!')
