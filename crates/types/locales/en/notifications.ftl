## E-mails

mail-something-new-subject = You have something new in { $brand }
mail-something-new-body =
    There is something new for you in { $brand }. Sign in to read it: { $link }

    For your privacy this message says no more. Replies to it are not read.
