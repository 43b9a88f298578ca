;;; session.el --- a session in a real Emacs with eglot  -*- lexical-binding: t; -*-
;; Open, complete, jump, rename a heading, findings gone.  Writes what happened as JSON to $DOTS_SAID.
(require 'package)
(package-initialize)
(require 'markdown-mode)
(require 'dots)
(require 'json)
(require 'cl-lib)

(defvar said (list :ok :json-false))
(fset 'y-or-n-p #'always)
(set-language-environment "UTF-8")
(setq file-name-coding-system 'utf-8)
(make-directory user-emacs-directory t)
(defun say (key value) (setq said (plist-put said key value)))
(defun wait-for (what met)
  "Wait until MET answers; WHAT is waited for."
  (let ((found nil) (until (+ (float-time) 30)))
    (while (not (setq found (funcall met)))
      (when (> (float-time) until) (error "Waited in vain for %s" what))
      (accept-process-output nil 0.05))
    found))
(defun codes ()
  (flymake-start)
  (mapcar (lambda (one) (substring-no-properties (flymake-diagnostic-text one)))
          (flymake-diagnostics)))

(condition-case problem
    (progn
      (setq eglot-sync-connect 60 flymake-no-changes-timeout nil make-backup-files nil
            eglot-confirm-server-initiated-edits nil)
      (find-file "start.md")
      (markdown-mode)
      (apply #'eglot--connect (eglot--guess-contact))
      (wait-for "the server" #'eglot-managed-p)
      (say :findings (vconcat (wait-for "findings" #'codes)))
      ;; Complete behind an emoji and Hangul.
      (goto-char (point-max))
      (insert "😀 가 [[도ㅋ")
      (let* ((capf (eglot-completion-at-point))
             (found (all-completions (buffer-substring (nth 0 capf) (nth 1 capf)) (nth 2 capf))))
        (say :completed (vconcat (mapcar #'substring-no-properties found)))
        (funcall (plist-get (nthcdr 3 capf) :exit-function) (car found) 'finished))
      (say :line (buffer-substring-no-properties (line-beginning-position) (line-end-position)))
      ;; Jump from the link.
      (search-backward "도커")
      (let ((place (car (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot)))))
        ;; eglot 1.9 has the name in bytes.
        (say :jumped (decode-coding-string
                      (file-name-nondirectory (xref-location-group (xref-item-location place)))
                      'utf-8)))
      ;; Mend the broken link: its finding goes.
      (goto-char (point-min))
      (search-forward "Harber")
      (replace-match "Harbor")
      (eglot--signal-textDocument/didChange)
      (wait-for "findings gone" (lambda () (null (codes))))
      (save-buffer)
      ;; A note's name is not for this Emacs to change; a heading's is, with the links to it.
      (goto-char (point-min))
      (search-forward "[[Har")
      (say :refused (condition-case failed (progn (eglot-rename "Port") "") (error (format "%S" failed))))
      (find-file "Harbor.md")
      (markdown-mode)
      (wait-for "the other note" #'eglot-managed-p)
      (goto-char (point-min))
      (search-forward "Winter")
      (eglot-rename "겨울")
      (say :heading (buffer-string))
      (say :link (with-current-buffer (find-file-noselect "도커.md") (buffer-string)))
      ;; The commands of the package.
      (let ((completing-read-function (lambda (_prompt known &rest _) (caar known))))
        (dots-list "backlinks"))
      (say :visited (file-name-nondirectory buffer-file-name))
      ;; What an agent proposed: look at it, accept it.
      (let ((completing-read-function
             (lambda (_prompt known &rest _)
               (if (consp (car known))
                   (progn (say :proposed (caar known)) (caar known))
                 (say :diff (with-current-buffer "*dots proposal*" (buffer-string)))
                 (car known)))))
        (dots-proposals))
      (say :ok t))
  (error (say :problem (format "%S" problem))))
(with-temp-file (getenv "DOTS_SAID") (insert (json-encode said)))
(kill-emacs 0)
