;;; dots.el --- vaultdots: a Zettelkasten in Markdown  -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; Keywords: hypermedia, outlines

;;; Commentary:
;; Registers the language server of vaultdots with eglot: `M-x eglot' in a note
;; of a vault starts it.  `dots-search' and `dots-list' ask it.  No keys are bound.

;;; Code:
(require 'eglot)

(defgroup dots nil "Notes as a graph of links." :group 'hypermedia)

(defcustom dots-command '("dots" "lsp")
  "The program that serves notes, with its arguments."
  :type '(repeat string))

;; The server's root is the vault, where no project says another: eglot would take the note's folder.
(defun dots--project (folder)
  "The vault that FOLDER lies in, as a project of Emacs'."
  (let ((root (or (locate-dominating-file folder "dots.toml")
                  (locate-dominating-file folder ".obsidian"))))
    (and root (cons 'transient root))))
(add-hook 'project-find-functions #'dots--project 90)

(add-to-list 'eglot-server-programs
             `((markdown-mode gfm-mode) . ,(lambda (&optional _interactive) dots-command)))

(defun dots--ask (command options)
  "Ask the server of this buffer for COMMAND with OPTIONS, a plist."
  (jsonrpc-request (eglot--current-server-or-lose) :workspace/executeCommand
                   (list :command command
                         :arguments (vector (plist-get (eglot--TextDocumentIdentifier) :uri)
                                            (or options (make-hash-table))))))

(defun dots--root ()
  "The folder that the server of this buffer serves."
  (project-root (eglot--project (eglot--current-server-or-lose))))

(defun dots--visit (items)
  "Let the person choose one of ITEMS and go there."
  (let* ((root (dots--root))
         (known (mapcar (lambda (item)
                          (let ((path (or (plist-get item :path) (plist-get item :source)))
                                (words (or (plist-get item :title) (plist-get item :text)
                                           (plist-get item :message) (plist-get item :raw)
                                           (plist-get item :target))))
                            (cons (format "%s:%s%s" path (or (plist-get item :line) 1)
                                          (if words (concat "  " words) ""))
                                  item)))
                        items))
         (chosen (cdr (assoc (completing-read "dots: " known nil t) known))))
    (when chosen
      (find-file (expand-file-name (or (plist-get chosen :path) (plist-get chosen :source)) root))
      (goto-char (point-min))
      (forward-line (1- (or (plist-get chosen :line) 1))))))

;;;###autoload
(defun dots-search (query)
  "Go to a section of the vault that answers QUERY."
  (interactive "sSearch: ")
  (dots--visit (append (dots--ask "dots.search" (list :query query)) nil)))

;;;###autoload
(defun dots-list (what)
  "Go to one of WHAT: notes, backlinks, links, reviews, orphans or problems."
  (interactive
   (list (completing-read "List: " '("notes" "backlinks" "links" "reviews" "orphans" "problems")
                          nil t)))
  (dots--visit (append (dots--ask "dots.list" (list :what what)) nil)))

;;;###autoload
(defun dots-proposals ()
  "Look at what agents proposed, one at a time: accept it, reject it or leave it."
  (interactive)
  (let* ((known (mapcar (lambda (one)
                          (cons (format "%s %s %s" (plist-get one :operation)
                                        (mapconcat #'identity (plist-get one :paths) ", ")
                                        (plist-get one :id))
                                one))
                        (dots--ask "dots.proposals" nil)))
         (chosen (and known (cdr (assoc (completing-read "Proposal: " known nil t) known)))))
    (if (not chosen)
        (message "Nothing is proposed")
      (let ((word (save-window-excursion
                    (with-current-buffer (get-buffer-create "*dots proposal*")
                      (let ((inhibit-read-only t))
                        (erase-buffer)
                        (insert (plist-get chosen :diff)))
                      (diff-mode)
                      (setq buffer-read-only t)
                      (goto-char (point-min))
                      (display-buffer (current-buffer)))
                    (completing-read "Decide: " '("accept" "reject" "leave") nil t))))
        (unless (equal word "leave")
          (dots--ask "dots.proposals"
                     (list (intern (concat ":" word)) (plist-get chosen :id)))
          (when (and buffer-file-name (not (buffer-modified-p))
                     (not (verify-visited-file-modtime)))
            (revert-buffer t t t))
          (message (if (equal word "accept")
                       "Written; `dots undo' takes it back"
                     "Rejected")))))))

(provide 'dots)
;;; dots.el ends here
