# Lo pendiente: listas, formularios, problemas.

## Problemas

problem-order-line-closed = Ya está cerrado
problem-order-line-closed-detail = Mientras tanto se hizo o se eximió.
problem-item-not-orderable = Esto ya no se ofrece
problem-item-not-orderable-detail = Elija otro elemento.
problem-reason-required = Hace falta un motivo
problem-reason-required-detail = Diga por qué en pocas palabras.
problem-completion-in-future = Ese día aún no ha llegado
problem-completion-in-future-detail = Elija hoy o un día anterior.
problem-duplicate-order = Lo mismo ya está pendiente
problem-duplicate-order-detail = Mire el que ya existe o regístrelo de todos modos.
code-visible-after-due = Debe verse antes de la fecha límite.
code-in-future = Elija hoy o un día anterior.
code-before-birth = Es anterior a la fecha de nacimiento.

## Páginas

due-by = Fecha límite: { $due }
due-past-due = Con retraso
due-was-due = La fecha límite fue { $due }

due-items-title = Pendiente
due-items-none = No hay nada pendiente.
due-items-none-hint = Indique qué hay que hacer y para cuándo.
due-items-add = Añadir un pendiente
due-items-form-title = Nuevo pendiente
due-items-item = Qué hay que hacer
due-items-choose = Elija
due-items-due-on = Fecha límite
due-items-visible-on = Se ve desde
due-items-visible-hint = 30 días antes de la fecha límite, salvo que elija otro día.
due-items-comment = Solo para la clínica
due-items-save = Guardar el pendiente
due-items-change = Cambiar
due-items-change-title = Cambiar lo pendiente
due-items-change-save = Guardar el cambio
due-items-complete = Hecho
due-items-complete-title = ¿Cuándo se hizo?
due-items-completed-on = Día
due-items-complete-save = Guardar como hecho
due-items-waive = Eximir
due-items-waive-title = ¿Por qué no hace falta?
due-items-waive-reason = Motivo
due-items-waive-note = En pocas palabras
due-items-waive-save = Eximir
due-items-reason-exemption-approved = Exención aprobada
due-items-reason-equivalent-evidence = Prueba equivalente
due-items-reason-not-exposed = Sin exposición
due-items-reason-job-changed = Cambió de puesto
due-items-reason-done-elsewhere = Hecho en otro lugar
due-items-reason-other = Otro
due-items-closed = Ver lo cerrado
due-items-status-pending = Por hacer
due-items-status-ordered = Solicitado
due-items-status-in-progress = En curso
due-items-status-completed = Hecho
due-items-status-declined = Rechazado
due-items-status-waived = Eximido
due-items-status-repeat = Repetido
due-items-status-not-needed = No hace falta
due-items-status-entered-in-error = Registrado por error
due-items-choose-missing = Elija lo que debe hacerse.
due-items-due-missing = Escriba la fecha.
due-items-existing = { $name } vence el { $due }.
due-items-save-twice = Registrarlo de todos modos
