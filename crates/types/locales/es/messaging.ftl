# Conversaciones con la clínica: problemas, páginas.
problem-conversation-closed = Esta conversación está cerrada
problem-conversation-closed-detail = Ábrala de nuevo para escribir aquí. Lo que escribió se conserva.
problem-reopen-too-late = Esta conversación ya no se puede abrir
problem-reopen-too-late-detail = Empiece una conversación nueva sobre esto.
problem-needs-reply = Alguien espera una respuesta
problem-needs-reply-detail = Diga por qué cierra esta conversación sin responder.
problem-type-not-sendable = No puede escribir sobre esto aquí
problem-type-not-sendable-detail = Elija otro tipo de mensaje. Lo que escribió se conserva.
problem-message-empty = No hay texto
problem-message-empty-detail = Escriba algo y luego envíelo.
problem-retract-too-late = Este mensaje ya no se puede retirar
problem-retract-too-late-detail = Ya fue visto, o pasaron más de 5 minutos.
code-not-a-report = Esta persona no es de su equipo.

message-emergency = Si es una emergencia, llame al 911.

messages = Mensajes
messages-lead = Escriba a la clínica. Nadie en el trabajo puede leer esto.
messages-new = Mensaje nuevo
messages-none = No hay mensajes
messages-none-text = Escriba a la clínica.
messages-open = Abiertas
messages-closed = Cerradas
messages-you = Usted: { $text }
messages-retracted = Mensaje retirado
messages-unread = { $count ->
    [one] 1 sin leer
   *[other] { $count } sin leer
}
messages-waiting = En espera de la clínica

message-new-title = Mensaje nuevo
message-about = Sobre { $name }
message-types = ¿De qué se trata?
message-choose-type = Elija de qué se trata
message-subject = Asunto
message-subject-hint = Pocas palabras, por ejemplo: levantar peso la semana pasada
message-text = Su mensaje
message-text-missing = Escriba su mensaje
message-send = Enviar
message-send-hint = Ctrl + Intro envía
message-sent = Mensaje enviado
message-offline = No se enviará mientras no haya conexión. Su texto queda aquí.
message-draft-saved = Borrador guardado { $time }

message-readers = { $roles } pueden leer esto. Nadie en el trabajo puede.
message-readers-clinician = El personal médico y de enfermería de la clínica
message-readers-scheduler = La recepción y el personal médico y de enfermería de la clínica
message-reply-by = Solemos responder antes del { $time }.

conversation-with-clinic = La clínica
conversation-state-closed = Cerrada { $time }
conversation-close = Cerrar la conversación
conversation-close-title = ¿Cerrar esta conversación?
conversation-close-text = Mientras esté cerrada nadie puede escribir aquí. Puede abrirla de nuevo en un plazo de 90 días.
conversation-reopen = Abrir de nuevo
conversation-new-about = Empezar una conversación nueva sobre esto
conversation-closed-note = Esta conversación está cerrada.
conversation-closed-said = Conversación cerrada
conversation-reopened-said = Conversación abierta de nuevo
conversation-mark-unread = Marcar como no leído
conversation-marked-unread = Marcado como no leído
conversation-retract = Retirar
conversation-retracted = Mensaje retirado

receipt-sent = Enviado
receipt-delivered = Entregado
receipt-seen = Visto { $time }
receipt-seen-by = Visto { $time } por { $name }

inbox = Buzón
inbox-needs-reply = Esperan respuesta
inbox-open = Abiertas
inbox-closed = Cerradas
chart-messages = Mensajes
inbox-new = Mensaje nuevo
inbox-new-to = ¿A quién escribe?
inbox-to = Para { $name }
inbox-person-none = Sin mensajes
inbox-person-none-text = Escriba a esta persona; la respuesta aparece aquí y en la bandeja.
inbox-none = Nada espera por usted
inbox-none-text = Cuando alguien escriba a la clínica, aparecerá aquí.
inbox-due = Responder antes del { $time }
inbox-overdue = Con retraso desde { $time }
inbox-person = Persona
inbox-subject = Sobre
inbox-last = Último mensaje
inbox-reply = Responder
inbox-reply-text = Su respuesta
inbox-readers = { $name } lee esto, y el personal médico y de enfermería de la clínica.
inbox-close-why = ¿Por qué se cierra sin respuesta?
work-list = Lista de trabajo
work-list-lead = Lo que espera por la clínica, lo más urgente primero.
work-conversations = Mensajes que esperan respuesta
work-responses = Cuestionarios por revisar
work-scheduling-tasks = Tareas de citas
work-appointments = Citas de hoy
work-overdue = { $count ->
    [one] 1 con retraso
   *[other] { $count } con retraso
}
work-none = Nada espera por usted
