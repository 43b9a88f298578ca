" Commands and completion for notes. No keys are mapped.
if exists('g:loaded_dots') || !exists('*json_encode')
  finish
endif
let g:loaded_dots = 1

augroup dots
  autocmd!
  autocmd FileType markdown setlocal omnifunc=dots#complete
augroup END

command! DotsJump call dots#jump()
command! DotsBacklinks call dots#backlinks()
command! -nargs=+ DotsSearch call dots#search(<q-args>)
command! DotsCheck call dots#check()
