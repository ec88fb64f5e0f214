# Cuestionarios: problemas, respuestas, revisión.

problem-answers-invalid = Algunas respuestas necesitan su atención
problem-answers-invalid-detail = No se ha perdido nada. Mire las respuestas que se nombran abajo.
problem-hidden-item-answered = Las preguntas han cambiado
problem-hidden-item-answered-detail = Una respuesta es de una pregunta que ya no se hace. Revise sus respuestas y envíelas de nuevo.
problem-response-empty = Todavía no hay respuestas
problem-response-empty-detail = Conteste al menos una pregunta antes de enviar.
problem-answer-conflict = Cambiado en otro dispositivo
problem-answer-conflict-detail = Elija cuál de las dos respuestas es correcta. Lo demás está guardado.
problem-person-mismatch = Estas respuestas son de otra persona
problem-person-mismatch-detail = No se envió nada. Abra el cuestionario de nuevo.
problem-form-changed-with-date = Ha empezado otro día
problem-form-changed-with-date-detail = Hoy se hacen otras preguntas. Mírelas y envíe después.
problem-already-submitted = Ya enviado
problem-already-submitted-detail = La clínica tiene sus respuestas.
problem-draft-expired = Este borrador ha caducado
problem-draft-expired-detail = Abra el cuestionario de nuevo para seguir.

code-not-a-number = Escriba un número, por ejemplo 12 o 12.5.
code-not-a-whole-number = Escriba un número entero.
code-too-many-places = Escriba como máximo { $limit } decimales.
code-too-small = Escriba { $limit } o más.
code-too-large = Escriba { $limit } o menos.
code-not-a-date = Escriba una fecha que exista.
code-too-early = Escriba { $limit } o una fecha posterior.
code-too-late = Escriba { $limit } o una fecha anterior.
code-wrong-format = No tiene la forma esperada.
code-unknown-option = Elija una de las opciones.
code-exclusive-option = "Ninguno de estos" no puede ir con otra opción.
code-unit-not-allowed = Elija una de las unidades.
code-wrong-kind = No es el tipo de respuesta que se pide.
code-condition = Esta respuesta no es posible.
code-unknown-item = El cuestionario no tiene esa pregunta.
code-not-answerable = Esto no lleva respuesta.
code-not-saved = Esta respuesta aún no está guardada o se cambió en otro dispositivo.
code-recommended-blank = Es recomendable contestar y está en blanco.
code-too-complex = El cuestionario es demasiado grande.
code-hidden = Esta pregunta no se hace ahora.
code-in-the-past = Este día ya pasó.

questionnaires-title = Cuestionarios
questionnaires-todo = Por hacer
questionnaires-done = Enviados
questionnaires-none = Nada que rellenar
questionnaires-none-text = Cuando la clínica le pregunte algo, estará aquí.
questionnaires-minutes =
    { $count ->
        [one] Unos { $count } minuto
       *[other] Unos { $count } minutos
    }
questionnaires-due = Para el { $date }
questionnaires-overdue = Atrasado
questionnaires-begun =
    { $count ->
        [0] Empezado
        [one] { $count } respuesta guardada
       *[other] { $count } respuestas guardadas
    }
questionnaires-start = Empezar
questionnaires-continue = Seguir
questionnaires-why = Por qué le preguntamos
questionnaires-long = Cuánto se tarda
questionnaires-who = Quién lo verá
questionnaires-who-text = La clínica. Nadie de su { $employer } ve sus respuestas.
questionnaires-kept = Se guarda solo
questionnaires-kept-text = Cada respuesta se guarda al momento. Puede parar y seguir más tarde, en cualquier dispositivo.
questionnaires-due-by = Plazo
questionnaires-start-over = Empezar de nuevo
questionnaires-start-over-ask = ¿Empezar de nuevo?
questionnaires-start-over-text = Las respuestas que ya dio se dejan a un lado.
questionnaires-progress = Pregunta { $number } de { $count }
questionnaires-progress-page = Parte { $number } de { $count }
questionnaires-saving = Guardando
questionnaires-saved = Guardado { $time }
questionnaires-offline = Se guardará cuando haya conexión
questionnaires-save-failed = Sus respuestas están en este navegador, pero no se pudieron guardar.
questionnaires-unit = Unidad
questionnaires-cleared =
    { $count ->
        [one] Se quitó 1 respuesta porque no va con lo que eligió.
       *[other] Se quitaron { $count } respuestas porque no van con lo que eligió.
    }
questionnaires-check = Revise sus respuestas
questionnaires-check-lead = Todavía no se ha enviado nada.
questionnaires-not-answered = Sin contestar
questionnaires-send = Enviar a la clínica
questionnaires-blank =
    { $count ->
        [one] 1 pregunta recomendada está en blanco.
       *[other] { $count } preguntas recomendadas están en blanco.
    }
questionnaires-blank-text = La clínica podría preguntarle por ello. Puede volver o enviar así.
questionnaires-go-back = Volver
questionnaires-send-anyway = Enviar así
questionnaires-done-title = Enviado
questionnaires-thanks = Gracias
questionnaires-done-text = La clínica tiene sus respuestas y las mirará antes de su visita.
questionnaires-receipt = Número de recibo
questionnaires-sent-at = Enviado
questionnaires-conflict = Dos respuestas a "{ $question }"
questionnaires-conflict-text = También contestó esto en otro dispositivo. ¿Cuál es la correcta?
questionnaires-conflict-yours = De este dispositivo
questionnaires-conflict-saved = Del otro dispositivo
questionnaires-conflict-keep = Conservar esta
questionnaires-blank-answer = En blanco
questionnaires-required = Conteste esta pregunta.

reviews-title = Cuestionarios por revisar
reviews-waiting = Por revisar
reviews-finished = Revisados
reviews-none = Nada que revisar
reviews-none-text = Aquí están los cuestionarios enviados, primero los más urgentes.
reviews-none-finished = Nada revisado todavía
reviews-none-finished-text = Aquí están los cuestionarios firmados.
reviews-person = Persona
reviews-questionnaire = Cuestionario
reviews-submitted = Enviado
reviews-flag = Aviso
reviews-flag-urgent = Urgente
reviews-flag-attention = Revisar
reviews-flag-info = Para saber
reviews-flags = Lo que destaca
reviews-no-flags = Ninguna regla dio aviso.
reviews-answers = Respuestas
reviews-observations = Lo que pasa a ser dato
reviews-observation = Observación
reviews-value = Valor
reviews-code = Código
reviews-status = Estado
reviews-status-preliminary = Preliminar
reviews-status-final = Definitivo
reviews-status-amended = Corregido
reviews-status-entered-in-error = Anotado por error
reviews-sign = Firmar
reviews-signed = Firmado
reviews-signed-by = Firmado por { $name }, { $time }
reviews-born = Nació el { $date }
reviews-blank =
    { $count ->
        [one] Enviado con 1 pregunta recomendada en blanco
       *[other] Enviado con { $count } preguntas recomendadas en blanco
    }
reviews-calculated = calculado
reviews-entered = escrito como { $value }
reviews-ask = Preguntar a esta persona
reviews-ask-which = Cuestionario
reviews-ask-due = Contestar antes del
reviews-asked = Se le ha preguntado
