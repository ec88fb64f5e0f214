# Códigos de acceso y archivos de recursos humanos.

## Problemas

problem-code-not-usable = Este código ya se usó
problem-code-not-usable-detail = Inicie sesión o pida ayuda.
problem-code-expired = Este código ha vencido
problem-code-expired-detail = Pida uno nuevo a la clínica.
problem-code-locked = Este código está bloqueado
problem-code-locked-detail = Hubo demasiadas respuestas equivocadas. Llame a la clínica; le pueden dar un código nuevo.
problem-verification-failed = No coincide
problem-verification-failed-detail = Revise lo que escribió e inténtelo de nuevo.
problem-someone-else-code-needed = Este código es para la propia persona
problem-someone-else-code-needed-detail = Para actuar por otra persona, pida a la clínica un código hecho para eso.
problem-code-needs-staff = Tenemos que ayudarle con esto
problem-code-needs-staff-detail = No hay en el expediente nada que podamos preguntarle. Llame a la clínica.
problem-redemption-over = Esto tardó demasiado
problem-redemption-over-detail = Empiece de nuevo con su código; todavía sirve.
problem-no-address = No hay dirección de correo en el expediente
problem-no-address-detail = Muestre el código y entrégueselo a la persona.
problem-feed-duplicate-file = Este archivo ya se envió
problem-feed-duplicate-file-detail = Los mismos bytes llegaron en los últimos 30 días. Pida una repetición si es lo que quiere.
problem-feed-unreadable = No se puede leer el archivo
problem-feed-unreadable-detail = No es texto en UTF-8 o UTF-16, o unas comillas no se cierran. La posición del byte dice dónde.
problem-feed-header = La fila de encabezados está mal
problem-feed-header-detail = Un encabezado aparece dos veces, o falta la columna con los números de las personas.
problem-feed-too-large = El archivo es demasiado grande
problem-feed-too-large-detail = Como máximo 200 MB y 500 000 filas.
problem-feed-run-not-paused = Esta lectura no espera una decisión
problem-feed-run-not-paused-detail = Ya se decidió, o ha vencido.
problem-feed-run-busy = Se está aplicando otro archivo
problem-feed-run-busy-detail = Inténtelo de nuevo en un momento.
code-length = Es demasiado corto o demasiado largo.

## Correos

mail-pickup-code-subject = Su código de acceso
mail-pickup-code-body =
    Use este código para abrir su propio acceso: { $code }

    { $link }

    Se le pedirá su fecha de nacimiento y que elija una contraseña. El código sirve una sola vez.
mail-code-check-subject = { $code } es su código de comprobación
mail-code-check-body =
    Escriba estos seis dígitos en la página donde puso su dirección: { $code }

    Sirven durante 15 minutos. Si no los pidió, no haga nada.
mail-code-check-known-subject = Usted ya tiene una cuenta
mail-code-check-known-body =
    Alguien, quizás usted, escribió esta dirección para abrir un acceso nuevo. Ya hay una cuenta con esta dirección.

    Inicie sesión aquí y añada el código en Ajustes: { $link }

    Si no fue usted, no haga nada.

## Abrir el propio acceso

code-page-title = Abra su acceso
code-page-lead = Necesita el código que le dieron. Toma cerca de un minuto.
code-page-step = Paso { $step } de { $steps }
code-enter = Su código
code-enter-hint = Doce letras y dígitos, como 1001-ABCD-EFGH. No importan las mayúsculas ni los guiones.
code-enter-missing = Escriba el código que le dieron
code-birth-date = Su fecha de nacimiento
code-birth-date-missing = Escriba su fecha de nacimiento
code-phone = Los últimos cuatro dígitos de su teléfono
code-phone-hint = El número que tiene su { $employer } o la clínica.
code-phone-missing = Escriba cuatro dígitos
code-who = ¿Para quién es este acceso?
code-who-myself = Para mí
code-who-someone-else = Para otra persona
code-who-missing = Elija una opción
code-email = Su correo electrónico
code-email-hint = Con él inicia sesión. Le enviamos seis dígitos para comprobarlo.
code-email-missing = Escriba su correo electrónico
code-email-sent = Enviamos un mensaje a { $email }.
code-digits = Los seis dígitos del mensaje
code-digits-missing = Escriba seis dígitos
code-digits-again = Enviar otro mensaje
code-digits-other = Usar otra dirección
code-password = Elija una contraseña
code-password-hint = Al menos 15 caracteres. Lo mejor son varias palabras que pueda recordar.
code-password-missing = Elija una contraseña
code-finish = Abrir mi acceso
code-tries-left = { $count ->
    [one] Queda un intento.
   *[other] Quedan { $count } intentos.
}
code-start-again = Empezar de nuevo

## El panel en la página de una persona

codes-title = Códigos de acceso
codes-lead = Con un código y la fecha de nacimiento, esta persona abre su propio acceso. Sirve una vez.
codes-none = Todavía no se hizo ningún código
codes-make = Hacer un código
codes-make-email = Hacer y enviar por correo
codes-void = Retirar
codes-voided = El código ya no sirve
codes-made-title = Entregue este código a la persona
codes-made-lead = Solo se muestra ahora. Sirve una vez, hasta { $until }.
codes-made-sent = También se envió a la dirección del expediente.
codes-ends-in = termina en { $last }
codes-until = sirve hasta { $time }
codes-state = { $state ->
    [pending] Pendiente de uso
    [redeemed] Usado
    [locked] Bloqueado por respuestas equivocadas
    [expired] Vencido
   *[void] Retirado
}
codes-account = { $state ->
    [active] Esta persona puede iniciar sesión.
    [invited] Esta persona tiene una cuenta y todavía no puede iniciar sesión.
    [sso_ready] Esta persona inicia sesión a través de su { $employer }.
    [suspended] La cuenta de esta persona está suspendida.
   *[none] Esta persona todavía no tiene cuenta.
}
