# Lo que una persona puede hacer en el trabajo y las páginas que lo muestran.

## Partes de las frases

work-status-weight =
    { $unit ->
        [kg] { $value } kg
       *[lb] { $value } lb
    }
work-status-often =
    { $frequency ->
        [once] una vez por turno
        [occasional] hasta un tercio del turno
        [frequent] de un tercio a dos tercios del turno
        [constant] más de dos tercios del turno
       *[any] en cualquier momento
    }
work-status-hours =
    { $hours ->
        [one] { $hours } hora
       *[other] { $hours } horas
    }
work-status-minutes =
    { $minutes ->
        [one] { $minutes } minuto
       *[other] { $minutes } minutos
    }
work-status-arm =
    { $side ->
        [left] { " " }con el brazo izquierdo
        [right] { " " }con el brazo derecho
        [both] { " " }con ambos brazos
       *[not_applicable] { "" }
    }
work-status-hand =
    { $side ->
        [left] la mano izquierda
        [right] la mano derecha
        [both] ninguna de las manos
       *[not_applicable] la mano
    }
work-status-foot =
    { $side ->
        [left] el pie izquierdo
        [right] el pie derecho
        [both] ninguno de los pies
       *[not_applicable] el pie
    }

## Una frase para cada clase de límite

work-status-lift-none = No levante nada{ work-status-arm }.
work-status-lift-weight = No levante más de { work-status-weight }{ work-status-arm }, { work-status-often }.
work-status-lift-per-day = No levante durante más de { work-status-hours } al día.
work-status-lift-overhead-none = No levante nada por encima de la cabeza{ work-status-arm }.
work-status-lift-overhead-weight = No levante más de { work-status-weight } por encima de la cabeza{ work-status-arm }, { work-status-often }.
work-status-lift-overhead-per-day = No levante por encima de la cabeza durante más de { work-status-hours } al día.
work-status-carry-none = No cargue nada{ work-status-arm }.
work-status-carry-weight = No cargue más de { work-status-weight }{ work-status-arm }, { work-status-often }.
work-status-carry-per-day = No cargue durante más de { work-status-hours } al día.
work-status-push-none = No empuje nada{ work-status-arm }.
work-status-push-weight = No empuje más de { work-status-weight }{ work-status-arm }, { work-status-often }.
work-status-push-per-day = No empuje durante más de { work-status-hours } al día.
work-status-pull-none = No jale nada{ work-status-arm }.
work-status-pull-weight = No jale más de { work-status-weight }{ work-status-arm }, { work-status-often }.
work-status-pull-per-day = No jale durante más de { work-status-hours } al día.
work-status-stand-none = No trabaje de pie.
work-status-stand-per-day = No esté de pie más de { work-status-hours } al día.
work-status-stand-at-once = No esté de pie más de { work-status-hours } seguidas.
work-status-walk-none = No camine en el trabajo.
work-status-walk-per-day = No camine más de { work-status-hours } al día.
work-status-walk-at-once = No camine más de { work-status-hours } seguidas.
work-status-sit-none = No trabaje sentado.
work-status-sit-per-day = No esté sentado más de { work-status-hours } al día.
work-status-sit-at-once = No esté sentado más de { work-status-hours } seguidas.
work-status-drive-none = No conduzca.
work-status-drive-per-day = No conduzca más de { work-status-hours } al día.
work-status-drive-at-once = No conduzca más de { work-status-hours } seguidas.
work-status-keyboard-none = No use el teclado.
work-status-keyboard-per-day = No use el teclado más de { work-status-hours } al día.
work-status-keyboard-at-once = No use el teclado más de { work-status-hours } seguidas.
work-status-total-hours-per-day = No trabaje más de { work-status-hours } al día.
work-status-climb-stairs-none = No suba escaleras.
work-status-climb-stairs-per-day = No suba escaleras más de { work-status-hours } al día.
work-status-climb-stairs-at-once = No suba escaleras más de { work-status-hours } seguidas.
work-status-climb-ladder-none = No suba escaleras de mano.
work-status-climb-ladder-per-day = No suba escaleras de mano más de { work-status-hours } al día.
work-status-climb-ladder-at-once = No suba escaleras de mano más de { work-status-hours } seguidas.
work-status-bend-none = No doble la cintura.
work-status-bend-per-day = No doble la cintura más de { work-status-hours } al día.
work-status-bend-at-once = No doble la cintura más de { work-status-hours } seguidas.
work-status-twist-none = No gire el cuerpo.
work-status-twist-per-day = No gire el cuerpo más de { work-status-hours } al día.
work-status-twist-at-once = No gire el cuerpo más de { work-status-hours } seguidas.
work-status-crawl-none = No gatee.
work-status-crawl-per-day = No gatee más de { work-status-hours } al día.
work-status-crawl-at-once = No gatee más de { work-status-hours } seguidas.
work-status-squat-none = No se ponga en cuclillas.
work-status-squat-per-day = No se ponga en cuclillas más de { work-status-hours } al día.
work-status-squat-at-once = No se ponga en cuclillas más de { work-status-hours } seguidas.
work-status-kneel-none = No se arrodille.
work-status-kneel-per-day = No se arrodille más de { work-status-hours } al día.
work-status-kneel-at-once = No se arrodille más de { work-status-hours } seguidas.
work-status-balance-none = No haga trabajos que exijan equilibrio.
work-status-balance-per-day = No haga trabajos que exijan equilibrio más de { work-status-hours } al día.
work-status-balance-at-once = No haga trabajos que exijan equilibrio más de { work-status-hours } seguidas.
work-status-reach-above-shoulder-none = No alcance por encima del hombro{ work-status-arm }.
work-status-reach-above-shoulder-per-day = No alcance por encima del hombro{ work-status-arm } más de { work-status-hours } al día.
work-status-reach-above-shoulder-at-once = No alcance por encima del hombro{ work-status-arm } más de { work-status-hours } seguidas.
work-status-reach-below-shoulder-none = No alcance por debajo del hombro{ work-status-arm }.
work-status-reach-below-shoulder-per-day = No alcance por debajo del hombro{ work-status-arm } más de { work-status-hours } al día.
work-status-reach-below-shoulder-at-once = No alcance por debajo del hombro{ work-status-arm } más de { work-status-hours } seguidas.
work-status-hand-grasp-none = No agarre objetos con { work-status-hand }.
work-status-hand-grasp-per-day = No agarre objetos con { work-status-hand } más de { work-status-hours } al día.
work-status-hand-grasp-at-once = No agarre objetos con { work-status-hand } más de { work-status-hours } seguidas.
work-status-hand-fine-none = No haga trabajos finos con { work-status-hand }.
work-status-hand-fine-per-day = No haga trabajos finos con { work-status-hand } más de { work-status-hours } al día.
work-status-hand-fine-at-once = No haga trabajos finos con { work-status-hand } más de { work-status-hours } seguidas.
work-status-foot-raise-none = No levante { work-status-foot }.
work-status-foot-raise-per-day = No levante { work-status-foot } más de { work-status-hours } al día.
work-status-foot-raise-at-once = No levante { work-status-foot } más de { work-status-hours } seguidas.
work-status-foot-pedal-none = No use pedales con { work-status-foot }.
work-status-foot-pedal-per-day = No use pedales con { work-status-foot } más de { work-status-hours } al día.
work-status-foot-pedal-at-once = No use pedales con { work-status-foot } más de { work-status-hours } seguidas.
work-status-heat-none = No trabaje con calor.
work-status-heat-per-day = No trabaje con calor más de { work-status-hours } al día.
work-status-heat-at-once = No trabaje con calor más de { work-status-hours } seguidas.
work-status-cold-none = No trabaje con frío.
work-status-cold-per-day = No trabaje con frío más de { work-status-hours } al día.
work-status-cold-at-once = No trabaje con frío más de { work-status-hours } seguidas.
work-status-humidity-none = No trabaje con humedad.
work-status-humidity-per-day = No trabaje con humedad más de { work-status-hours } al día.
work-status-humidity-at-once = No trabaje con humedad más de { work-status-hours } seguidas.
work-status-fumes-dust-none = No trabaje entre humos o polvo.
work-status-fumes-dust-per-day = No trabaje entre humos o polvo más de { work-status-hours } al día.
work-status-fumes-dust-at-once = No trabaje entre humos o polvo más de { work-status-hours } seguidas.
work-status-noise-none = No trabaje con ruido.
work-status-noise-per-day = No trabaje con ruido más de { work-status-hours } al día.
work-status-noise-at-once = No trabaje con ruido más de { work-status-hours } seguidas.
work-status-vibration-none = No trabaje con vibración.
work-status-vibration-per-day = No trabaje con vibración más de { work-status-hours } al día.
work-status-vibration-at-once = No trabaje con vibración más de { work-status-hours } seguidas.
work-status-uneven-ground-none = No trabaje sobre suelo irregular.
work-status-uneven-ground-per-day = No trabaje sobre suelo irregular más de { work-status-hours } al día.
work-status-uneven-ground-at-once = No trabaje sobre suelo irregular más de { work-status-hours } seguidas.
work-status-work-at-height-none = No trabaje en altura.
work-status-operate-machinery-none = No maneje máquinas.
work-status-operate-forklift-none = No maneje el montacargas.
work-status-drive-commercial-none = No conduzca vehículos comerciales.
work-status-safety-sensitive-work-none = No haga trabajos críticos para la seguridad.
work-status-respirator-use-none = No haga trabajos que exijan respirador.
work-status-patient-care-none = No atienda a pacientes.
work-status-food-handling-none = No manipule alimentos.
work-status-confined-space-none = No entre en espacios confinados.
work-status-work-alone-none = No trabaje solo.
work-status-no-overtime-none = No trabaje horas extra.
work-status-no-night-shift-none = No trabaje de noche.
work-status-no-work-none = No trabaje.
work-status-wear-thing =
    { $choice ->
        [ear_protection] protección para los oídos
        [eye_protection] protección para los ojos
        [face_mask] mascarilla
        [face_shield] careta
        [gloves] guantes
        [hand_support] soporte de mano o muñeca
        [back_support] faja para la espalda
        [knee_pads] rodilleras
        [leg_support] soporte de pierna o tobillo
        [safety_shoes] calzado de seguridad
        [sun_protection] protección solar
       *[tinted_glasses] gafas oscuras
    }
work-status-wear-choice = Use { work-status-wear-thing }.
work-status-alternate-sit-stand-every = Alterne entre sentarse y estar de pie cada { work-status-minutes }.
work-status-breaks-every = Haga una pausa de { work-status-minutes } cada { work-status-hours }.
work-status-days-per-week-most =
    { $days ->
        [one] No trabaje más de { $days } día a la semana.
       *[other] No trabaje más de { $days } días a la semana.
    }
work-status-other-text = { $text }

## Nombres de los tipos

work-status-type-lift = Levantar
work-status-type-lift-overhead = Levantar por encima de la cabeza
work-status-type-carry = Cargar
work-status-type-push = Empujar
work-status-type-pull = Jalar
work-status-type-stand = Estar de pie
work-status-type-walk = Caminar
work-status-type-sit = Estar sentado
work-status-type-drive = Conducir
work-status-type-keyboard = Trabajo con teclado
work-status-type-total-hours = Todo el trabajo
work-status-type-climb-stairs = Subir escaleras
work-status-type-climb-ladder = Subir escaleras de mano
work-status-type-bend = Doblarse
work-status-type-twist = Girar el cuerpo
work-status-type-crawl = Gatear
work-status-type-squat = Ponerse en cuclillas
work-status-type-kneel = Arrodillarse
work-status-type-balance = Equilibrio
work-status-type-reach-above-shoulder = Alcanzar por encima del hombro
work-status-type-reach-below-shoulder = Alcanzar por debajo del hombro
work-status-type-hand-grasp = Agarrar
work-status-type-hand-fine = Trabajo fino con la mano
work-status-type-foot-raise = Levantar un pie
work-status-type-foot-pedal = Usar pedales
work-status-type-work-at-height = Trabajo en altura
work-status-type-operate-machinery = Manejar máquinas
work-status-type-operate-forklift = Manejar el montacargas
work-status-type-drive-commercial = Conducir vehículos comerciales
work-status-type-safety-sensitive-work = Trabajo crítico para la seguridad
work-status-type-respirator-use = Trabajo con respirador
work-status-type-patient-care = Atención de pacientes
work-status-type-food-handling = Manipular alimentos
work-status-type-confined-space = Espacios confinados
work-status-type-work-alone = Trabajar solo
work-status-type-heat = Calor
work-status-type-cold = Frío
work-status-type-humidity = Humedad
work-status-type-fumes-dust = Humos y polvo
work-status-type-noise = Ruido
work-status-type-vibration = Vibración
work-status-type-uneven-ground = Suelo irregular
work-status-type-wear = Algo que debe usar
work-status-type-alternate-sit-stand = Sentarse y estar de pie por turnos
work-status-type-breaks = Pausas
work-status-type-days-per-week = Días a la semana
work-status-type-no-overtime = Sin horas extra
work-status-type-no-night-shift = Sin turno de noche
work-status-type-no-work = Sin trabajo
work-status-type-other = Otra cosa

## Problemas

problem-end-required = ¿Cuándo termina?
problem-end-required-detail = Indique un final o que es permanente.
problem-end-before-start = El final es anterior al comienzo
problem-end-before-start-detail = Elija un final igual o posterior al comienzo.
problem-end-and-permanent = Indique un final o que es permanente
problem-end-and-permanent-detail = Una restricción permanente no tiene final.
problem-limit-invalid = Este límite no corresponde
problem-limit-invalid-detail = Revise los valores y lo que admite este tipo de restricción.
problem-ladder-not-falling = Los pesos deben bajar
problem-ladder-not-falling-detail = Lo que se hace más a menudo debe pesar menos.
problem-side-required = ¿Qué lado?
problem-side-required-detail = Este tipo de restricción necesita un lado del cuerpo.
problem-lint-confirmation-required = Este texto puede decir el motivo
problem-lint-confirmation-required-detail = Se lee fuera de la clínica. Quite lo que nombre una enfermedad o diga por qué debe quedarse.
problem-lint-token-stale = El texto ha cambiado
problem-lint-token-stale-detail = Revíselo otra vez y confírmelo de nuevo.
code-end-required = Indique un final o que es permanente.
code-end-before-start = Elija un final igual o posterior al comienzo.
code-end-and-permanent = Una restricción permanente no tiene final.
code-limit-invalid = Este valor no corresponde.
code-ladder-not-falling = Lo que se hace más a menudo debe pesar menos.
code-side-required = Elija un lado.
code-always-affects-work = «Sin trabajo» siempre afecta al trabajo.
code-not-later = Elija un final posterior al actual.
code-reason-length = Escriba de 1 a { $limit } caracteres.
code-not-of-this-person = Elija restricciones de esta persona que no hayan terminado.
code-health-information = Esto puede decir el motivo.

## Páginas

work-status-title = Estado laboral
work-status-full-duty = Trabajo completo
work-status-restricted = Con restricciones
work-status-off-work = Sin trabajar
work-status-not-employed = Sin empleo
work-status-part-day = Cambia durante el día.
work-status-released-full = Puede hacer su trabajo habitual.
work-status-released-full-from = Puede hacer su trabajo habitual desde el { $from }.
work-status-released-restricted = Puede hacer trabajo modificado del { $from } al { $until }.
work-status-released-restricted-open = Puede hacer trabajo modificado desde el { $from } hasta nuevo aviso.
work-status-released-off = No puede trabajar del { $from } al { $until }.
work-status-released-off-open = No puede trabajar desde el { $from } hasta nuevo aviso.
work-status-released-ended = El empleo ha terminado.
work-status-valid-until = Válido hasta el { $until }
work-status-valid-open = Válido hasta nuevo aviso
work-status-limits = Lo que debe respetar en el trabajo
work-status-none = Sin restricciones. Puede hacer su trabajo habitual.
work-status-from-to = Del { $from } al { $until }
work-status-from-on = Desde el { $from }, hasta nuevo aviso
work-status-comment = La clínica añade: { $comment }
work-status-reason = Motivo: { $reason }
work-status-ordered-by = Indicado por { $name }
work-status-personal = Solo usted lo ve
work-status-accommodations = Lo que se ha acordado en el trabajo
work-status-who-sees = En el trabajo ven el estado, sus fechas y las frases de arriba, salvo las marcadas «Solo usted lo ve». Nunca un motivo, un diagnóstico ni una nota de la clínica.
work-status-kind-work-location = Otro lugar de trabajo
work-status-kind-transitional-duty = Otras tareas por un tiempo
work-status-kind-transitional-duty-area = Trabajo en un área de transición
work-status-kind-housing = Alojamiento
work-status-kind-lost-time-occupational = Ausencia laboral
work-status-kind-lost-time-non-occupational = Ausencia no laboral
work-status-kind-lost-time-maternity = Ausencia por maternidad
work-status-kind-lost-time-er-approved = Ausencia aprobada
work-status-kind-lost-time = Ausencia

team-title = Equipo
team-lead = Aquí nunca se muestran los motivos.
team-empty = Todavía nadie depende de usted.
team-empty-hint = Si no es correcto, pida a soporte que revise a quién dirige.
team-none-match = Nadie coincide con esta selección.
team-show-all = Ver a todos
team-filter = Mostrar
team-filter-all = Todos
team-filter-off-work = Sin trabajar
team-filter-restricted = Con restricciones
team-filter-ending = Cambian esta semana
team-filter-past-due = Con retraso
team-column-name = Nombre
team-column-job = Puesto
team-column-status = Estado
team-column-until = Hasta
team-column-restrictions = Restricciones
team-column-due = Próximo pendiente
team-column-appointment = Próxima cita
team-due = { $name }, { $due }
team-past-due = Con retraso
team-until-open = Hasta nuevo aviso
team-restrictions =
    { $count ->
        [0] Ninguna
       *[other] { $count }
    }
team-no-due = Nada
team-no-appointment = Ninguna
team-person-limits = Lo que { $name } puede hacer
team-person-none = Sin restricciones. Puede hacer su trabajo habitual.
team-person-released-full = Puede hacer su trabajo habitual.
team-person-released-full-from = Puede hacer su trabajo habitual desde el { $from }.
team-person-released-restricted = Puede hacer trabajo modificado del { $from } al { $until }.
team-person-released-restricted-open = Puede hacer trabajo modificado desde el { $from } hasta nuevo aviso.
team-person-released-off = No puede trabajar del { $from } al { $until }.
team-person-released-off-open = No puede trabajar desde el { $from } hasta nuevo aviso.
team-person-accommodations = Adaptaciones
team-person-due = Pendientes
team-person-due-none = No hay nada pendiente.
team-person-follow-up = Próxima cita
team-person-clinic = ¿Preguntas? Consulte a { $clinic }.
team-person-clinic-phone = ¿Preguntas? Consulte a { $clinic }, { $phone }.
team-person-booked = Con cita

restrictions-title = Restricciones
restrictions-add = Escribir una restricción
restrictions-show-ended = Ver las terminadas
restrictions-none = Sin restricciones.
restrictions-none-hint = Lo que escriba aquí se lee como frases sencillas, también en el trabajo.
restrictions-end-all = Terminar todas
restrictions-end-all-title = ¿Terminar todas las restricciones?
restrictions-end-all-lead = Las activas terminan hoy a las 23:59; las previstas se cancelan.
restrictions-end-all-confirm = Terminar { $count } restricciones
restrictions-end = Terminar
restrictions-end-now = Terminar ahora
restrictions-cancel = Cancelarla
restrictions-extend = Prolongar
restrictions-extend-title = Prolongar esta restricción
restrictions-extend-to = Nuevo último día
restrictions-extend-missing = Escriba el nuevo último día.
restrictions-extend-save = Prolongar hasta este día
restrictions-ended = Terminada
restrictions-cancelled = Cancelada
restrictions-error = Registrada por error
restrictions-active = Activa
restrictions-planned = Prevista
restrictions-personal = Personal
restrictions-error-mark = Marcar como error
restrictions-error-reason = ¿Por qué es un error?
restrictions-saved = Guardado
restrictions-form-title = Nueva restricción
restrictions-kind = Qué se limita
restrictions-how = Cuánto se permite
restrictions-how-none = Nada
restrictions-how-weight = Hasta un peso
restrictions-how-hours = Hasta unas horas
restrictions-value = Peso
restrictions-unit = Unidad
restrictions-unit-lb = lb
restrictions-unit-kg = kg
restrictions-frequency = Con qué frecuencia
restrictions-frequency-once = Una vez por turno
restrictions-frequency-occasional = Hasta un tercio del turno
restrictions-frequency-frequent = De un tercio a dos tercios
restrictions-frequency-constant = Más de dos tercios
restrictions-frequency-any = En cualquier momento
restrictions-add-line = Añadir un peso
restrictions-remove-line = Quitar este peso
restrictions-per-day = Horas al día
restrictions-at-once = Horas seguidas
restrictions-minutes = Minutos
restrictions-every-hours = Cada cuántas horas
restrictions-days = Días a la semana
restrictions-choice = Qué debe usar
restrictions-text = En palabras
restrictions-side = Lado
restrictions-side-left = Izquierdo
restrictions-side-right = Derecho
restrictions-side-both = Ambos
restrictions-side-not-applicable = Sin indicar
restrictions-starts = Primer día
restrictions-ends = Último día
restrictions-permanent = Permanente
restrictions-affects-work = Afecta al trabajo: se ve en el equipo
restrictions-comment = Para la persona y quien la dirige
restrictions-comment-hint = Qué hacer, no por qué. Se lee en el trabajo.
restrictions-note = Solo para la clínica
restrictions-problem = De qué se trata
restrictions-problem-hint = Solo la clínica, salvo que lo comparta.
restrictions-release = Compartirlo con la persona
restrictions-preview = Lo que se ve en el trabajo
restrictions-preview-nothing = Nada: esta restricción es personal.
restrictions-preview-incomplete = Complete el límite para ver la frase.
restrictions-save = Guardar la restricción
restrictions-lint-reason = ¿Por qué debe quedarse?
restrictions-lint-save = Guardar de todos modos
restrictions-lint-hint = De 10 a 200 caracteres; queda en el registro de auditoría.
restrictions-change = Cambiar
restrictions-change-title = Cambiar esta restricción

accommodations-title = Adaptaciones
accommodations-not-answered = Aún sin adaptación
accommodations-add = Escribir una adaptación
accommodations-none = Sin adaptaciones.
accommodations-none-hint = Lo que se organiza en el trabajo para que las restricciones puedan cumplirse.
accommodations-answers = Responde a: { $restrictions }
accommodations-form-title = Adaptación nueva
accommodations-change-title = Cambiar esta adaptación
accommodations-kind = Qué se organiza
accommodations-preview-away = No trabaja. De esto no se muestra nada.
accommodations-ends-hint = Déjelo vacío si dura mientras haga falta.
accommodations-restrictions = A qué restricciones responde
accommodations-coverage = Hasta qué punto
accommodations-coverage-full = Del todo
accommodations-coverage-for-now = Por ahora
accommodations-save = Guardar la adaptación
