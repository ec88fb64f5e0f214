# Questionnaires: problems, answering, review.

problem-answers-invalid = Some answers need your attention
problem-answers-invalid-detail = Nothing was lost. Look at the answers named below.
problem-hidden-item-answered = The questions have changed
problem-hidden-item-answered-detail = An answer belongs to a question that is no longer asked. Check your answers and send them again.
problem-response-empty = Nothing is answered yet
problem-response-empty-detail = Answer at least one question before you send.
problem-answer-conflict = Changed on another device
problem-answer-conflict-detail = Choose which of the two answers is right. Everything else is saved.
problem-person-mismatch = These answers are about somebody else
problem-person-mismatch-detail = Nothing was sent. Open the questionnaire again.
problem-form-changed-with-date = A new day has begun
problem-form-changed-with-date-detail = Other questions are asked today. Look at them, then send.
problem-already-submitted = Already sent
problem-already-submitted-detail = The clinic has your answers.
problem-draft-expired = This draft has expired
problem-draft-expired-detail = Open the questionnaire again to go on.

code-not-a-number = Enter a number, for example 12 or 12.5.
code-not-a-whole-number = Enter a whole number.
code-too-many-places = Enter at most { $limit } decimal places.
code-too-small = Enter { $limit } or more.
code-too-large = Enter { $limit } or less.
code-not-a-date = Enter a date that exists.
code-too-early = Enter { $limit } or a later date.
code-too-late = Enter { $limit } or an earlier date.
code-wrong-format = This does not look as it should.
code-unknown-option = Choose one of the options.
code-exclusive-option = "None of these" cannot go with another option.
code-unit-not-allowed = Choose one of the units.
code-wrong-kind = This is not the kind of answer asked for.
code-condition = This answer does not fit.
code-unknown-item = The questionnaire has no such question.
code-not-answerable = This takes no answer.
code-not-saved = This answer is not saved yet, or was changed on another device.
code-recommended-blank = This is recommended and still blank.
code-too-complex = The questionnaire is too large.
code-hidden = This question is not asked now.
code-in-the-past = This day has passed.

questionnaires-title = Questionnaires
questionnaires-todo = To do
questionnaires-done = Sent
questionnaires-none = Nothing to fill in
questionnaires-none-text = When the clinic asks you something, it stands here.
questionnaires-minutes =
    { $count ->
        [one] About { $count } minute
       *[other] About { $count } minutes
    }
questionnaires-due = Due { $date }
questionnaires-overdue = Overdue
questionnaires-begun =
    { $count ->
        [0] Begun
        [one] { $count } answer saved
       *[other] { $count } answers saved
    }
questionnaires-start = Start
questionnaires-continue = Continue
questionnaires-why = Why you are asked
questionnaires-long = How long it takes
questionnaires-who = Who will see this
questionnaires-who-text = The clinic. Nobody at your { $employer } sees your answers.
questionnaires-kept = Saved as you go
questionnaires-kept-text = Every answer is saved at once. You can stop and go on later, on any device.
questionnaires-due-by = Due
questionnaires-start-over = Start over
questionnaires-start-over-ask = Start over?
questionnaires-start-over-text = Your answers so far are put aside.
questionnaires-progress = Question { $number } of { $count }
questionnaires-progress-page = Part { $number } of { $count }
questionnaires-saving = Saving
questionnaires-saved = Saved { $time }
questionnaires-offline = Will save when you are online
questionnaires-save-failed = Your answers are kept in this browser, but saving did not work.
questionnaires-unit = Unit
questionnaires-cleared =
    { $count ->
        [one] 1 answer was cleared, because it does not go with what you chose.
       *[other] { $count } answers were cleared, because they do not go with what you chose.
    }
questionnaires-check = Check your answers
questionnaires-check-lead = Nothing is sent yet.
questionnaires-not-answered = Not answered
questionnaires-send = Send to the clinic
questionnaires-blank =
    { $count ->
        [one] 1 recommended question is blank.
       *[other] { $count } recommended questions are blank.
    }
questionnaires-blank-text = The clinic may ask you about it. You can go back or send without.
questionnaires-go-back = Go back
questionnaires-send-anyway = Send anyway
questionnaires-done-title = Sent
questionnaires-thanks = Thank you
questionnaires-done-text = The clinic has your answers and will look at them before your visit.
questionnaires-receipt = Receipt number
questionnaires-sent-at = Sent
questionnaires-conflict = Two answers to "{ $question }"
questionnaires-conflict-text = You answered this on another device too. Which one is right?
questionnaires-conflict-yours = From this device
questionnaires-conflict-saved = From the other device
questionnaires-conflict-keep = Keep this one
questionnaires-blank-answer = Blank
questionnaires-required = Answer this question.

reviews-title = Questionnaires to review
reviews-waiting = To review
reviews-finished = Reviewed
reviews-none = Nothing to review
reviews-none-text = Submitted questionnaires stand here, the most urgent first.
reviews-none-finished = Nothing reviewed yet
reviews-none-finished-text = Questionnaires you have signed stand here.
reviews-person = Person
reviews-questionnaire = Questionnaire
reviews-submitted = Submitted
reviews-flag = Flag
reviews-flag-urgent = Urgent
reviews-flag-attention = Look at it
reviews-flag-info = Good to know
reviews-flags = What stands out
reviews-no-flags = No rule raised a flag.
reviews-answers = Answers
reviews-observations = What becomes data
reviews-observation = Observation
reviews-value = Value
reviews-code = Code
reviews-status = Status
reviews-status-preliminary = Preliminary
reviews-status-final = Final
reviews-status-amended = Amended
reviews-status-entered-in-error = Entered in error
reviews-sign = Sign
reviews-signed = Signed
reviews-signed-by = Signed by { $name }, { $time }
reviews-born = Born { $date }
reviews-blank =
    { $count ->
        [one] Sent with 1 recommended question left blank
       *[other] Sent with { $count } recommended questions left blank
    }
reviews-calculated = calculated
reviews-entered = entered as { $value }
reviews-ask = Ask this person
reviews-ask-which = Questionnaire
reviews-ask-due = Answer by
reviews-asked = The person is asked
