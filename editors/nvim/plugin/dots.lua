-- `:Dots COMMAND …`; there are no key maps.
vim.api.nvim_create_user_command('Dots', function(call)
  require('dots').run(vim.list_slice(call.fargs))
end, {
  nargs = '+',
  desc = 'Ask vaultdots',
  complete = function(lead, line)
    if select(2, line:gsub('%S+', '')) > 2 then
      return {}
    end
    return vim.tbl_filter(function(name)
      return vim.startswith(name, lead)
    end, vim.fn.sort(vim.tbl_keys(require('dots').commands)))
  end,
})
