" vaultdots in Vim 8.1 and later and in older Neovims, through `dots hook`: one question, one answer.
" Nothing is decided here.

let g:dots_program = get(g:, 'dots_program', 'dots')

" The answer to a question; {} where dots refuses it, and its reason is shown.
function! dots#ask(event, question) abort
  let l:root = dots#root()
  let l:words = [g:dots_program, '--vault', l:root, 'hook', a:event]
  let l:said = system(join(map(l:words, 'shellescape(v:val)')), json_encode(a:question))
  if v:shell_error
    echohl WarningMsg | echomsg 'dots: ' . get(split(l:said, "\n"), 0, 'failed') | echohl None
    return {}
  endif
  " What dots tells on stderr stands around the answer.
  return json_decode(get(filter(split(l:said, "\n"), 'v:val[0] ==# "{"'), -1, '{}'))
endfunction

" The vault of the note: the nearest folder with dots.toml or .obsidian, else its own folder.
function! dots#root() abort
  let l:file = findfile('dots.toml', expand('%:p:h') . ';')
  let l:folder = finddir('.obsidian', expand('%:p:h') . ';')
  if l:file !=# ''
    return fnamemodify(l:file, ':p:h')
  endif
  return l:folder !=# '' ? fnamemodify(l:folder, ':p:h:h') : expand('%:p:h')
endfunction

" Where the cursor stands: columns count characters, whatever their bytes.
function! s:place() abort
  let l:before = strpart(getline('.'), 0, col('.') - 1)
  return {'path': expand('%:p'), 'line': line('.'), 'column': strchars(l:before) + 1,
        \ 'text': join(getline(1, '$'), "\n") . "\n"}
endfunction

" For 'omnifunc' (CTRL-X CTRL-O).
function! dots#complete(findstart, base) abort
  if a:findstart
    let s:answer = dots#ask('complete', s:place())
    if empty(get(s:answer, 'items', []))
      return -3
    endif
    return byteidx(getline('.'), s:answer.from - 1)
  endif
  return {'words': map(copy(s:answer.items),
        \ {_, item -> {'word': item.insert, 'abbr': item.label, 'menu': item.detail, 'icase': 1}}),
        \ 'refresh': 'always'}
endfunction

" Go to what the link under the cursor means.
function! dots#jump() abort
  let l:targets = get(dots#ask('resolve', s:place()), 'targets', [])
  if empty(l:targets)
    echo 'dots: this leads nowhere'
    return
  endif
  let l:target = l:targets[0]
  execute 'edit' fnameescape(dots#root() . '/' . l:target.path)
  call cursor(l:target.line, byteidx(getline(l:target.line), l:target.column - 1) + 1)
endfunction

" Show records in the location list.
function! s:list(title, records) abort
  let l:root = dots#root()
  call setloclist(0, map(copy(a:records), {_, one -> {
        \ 'filename': l:root . '/' . get(one, 'source', get(one, 'path', '')),
        \ 'lnum': get(one, 'line', 1), 'text': get(one, 'raw', get(one, 'title', ''))}}))
  echo len(a:records) . ' ' . a:title
endfunction

function! dots#backlinks() abort
  call s:list('backlinks', get(dots#ask('backlinks', {'path': expand('%:p')}), 'links', []))
endfunction

function! dots#search(query) abort
  call s:list('hits', get(dots#ask('search', {'query': a:query}), 'hits', []))
endfunction

" The findings of the note as it was saved, in the location list.
function! dots#check() abort
  let l:found = get(dots#ask('on-save', {'path': expand('%:p')}), 'diagnostics', [])
  call setloclist(0, map(copy(l:found), {_, one -> {'bufnr': bufnr('%'), 'lnum': one.line,
        \ 'col': byteidx(getline(one.line), one.column - 1) + 1,
        \ 'text': one.message, 'type': toupper(one.severity[0])}}))
  echo len(l:found) . ' findings'
endfunction
