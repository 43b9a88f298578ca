" A session in an older Neovim or Vim, through dots hook; writes what happened to $DOTS_SAID.
set encoding=utf-8
filetype on
let s:said = {}
try
  edit start.md
  call setline(3, '😀 가 [[도ㅋ')
  call cursor(3, 999)
  " Insert mode stands behind the last character.
  set virtualedit=onemore
  call cursor(3, strlen(getline(3)) + 1)
  let s:from = dots#complete(1, '')
  let s:said.kept = strpart(getline(3), 0, s:from)
  let s:words = dots#complete(0, '').words
  let s:said.completed = map(copy(s:words), 'v:val.abbr')
  call setline(3, s:said.kept . s:words[0].word)
  let s:said.line = getline(3)
  write
  DotsCheck
  let s:said.findings = map(getloclist(0), 'v:val.text')
  call cursor(3, strlen('😀 가 [[') + 1)
  DotsJump
  let s:said.jumped = expand('%:t')
  DotsBacklinks
  let s:said.backlinks = map(getloclist(0), 'bufname(v:val.bufnr)')
  DotsSearch containers
  let s:said.hits = len(getloclist(0))
  let s:said.omnifunc = &omnifunc
catch
  let s:said.problem = v:exception . ' ' . v:throwpoint
endtry
call writefile([json_encode(s:said)], $DOTS_SAID)
qall!
