# What is due: lists, forms, problems.

## Problems

problem-order-line-closed = This is closed already
problem-order-line-closed-detail = It was done or waived meanwhile.
problem-item-not-orderable = This is no longer offered
problem-item-not-orderable-detail = Choose another item.
problem-reason-required = A reason is needed
problem-reason-required-detail = Say in a few words why.
problem-completion-in-future = That day has not come yet
problem-completion-in-future-detail = Choose today or an earlier day.
problem-duplicate-order = The same is due already
problem-duplicate-order-detail = Look at the one there is, or enter it all the same.
code-visible-after-due = It has to be seen before it is due.
code-in-future = Choose today or an earlier day.
code-before-birth = This is before the birth date.

## Pages

due-by = Due { $due }
due-past-due = Past due
due-was-due = Was due { $due }

due-items-title = What is due
due-items-none = Nothing is due.
due-items-none-hint = Enter what this { $person } has to do and by when.
due-items-add = Enter a due item
due-items-form-title = New due item
due-items-item = What has to be done
due-items-choose = Choose
due-items-due-on = Due
due-items-visible-on = Seen from
due-items-visible-hint = 30 days before it is due, unless you choose another day.
due-items-comment = For the clinic only
due-items-save = Save due item
due-items-change = Change
due-items-change-title = Change what is due
due-items-change-save = Save the change
due-items-complete = Done
due-items-complete-title = When was it done?
due-items-completed-on = Day
due-items-complete-save = Save as done
due-items-waive = Waive
due-items-waive-title = Why is it not needed?
due-items-waive-reason = Reason
due-items-waive-note = In a few words
due-items-waive-save = Waive it
due-items-reason-exemption-approved = Exemption approved
due-items-reason-equivalent-evidence = Equivalent evidence
due-items-reason-not-exposed = Not exposed
due-items-reason-job-changed = Changed jobs
due-items-reason-done-elsewhere = Done somewhere else
due-items-reason-other = Other
due-items-closed = Show closed
due-items-status-pending = To do
due-items-status-ordered = Ordered
due-items-status-in-progress = In progress
due-items-status-completed = Done
due-items-status-declined = Declined
due-items-status-waived = Waived
due-items-status-repeat = Repeated
due-items-status-not-needed = Not needed
due-items-status-entered-in-error = Entered in error
due-items-choose-missing = Choose what has to be done.
due-items-due-missing = Enter the date.
due-items-existing = { $name } is due { $due }.
due-items-save-twice = Enter it all the same
