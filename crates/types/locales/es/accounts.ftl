# Signing in and out, and the account's own settings.
sign-in = Iniciar sesión
sign-in-title = Inicie sesión en { $site }
sign-in-email = Correo electrónico
sign-in-password = Contraseña
sign-in-show-password = Mostrar contraseña
sign-in-email-missing = Escriba su correo electrónico
sign-in-password-missing = Escriba su contraseña
sign-out = Cerrar sesión

timeout-title = ¿Quiere seguir con la sesión abierta?
timeout-idle = Hace un rato que no hace nada. Por su privacidad cerraremos la sesión en { $time }. Lo que escribió se conserva.
timeout-whole = Esta sesión termina en { $time }. Acabe lo que está haciendo; puede iniciar sesión de nuevo enseguida.
timeout-stay = Seguir con la sesión abierta

ended-signed-out = Ha cerrado la sesión.
ended-timed-out = La sesión se cerró porque no hubo actividad durante un rato. Inicie sesión para seguir donde estaba.
ended-by-server = Su sesión ha terminado. Inicie sesión para seguir donde estaba.
ended-replaced = Otra persona inició sesión con este navegador, así que esta página se vació.

sessions = Dónde tiene la sesión abierta
sessions-lead = Si no reconoce alguna de estas, ciérrela y cambie su contraseña.
sessions-this = Esta
sessions-end = Cerrar sesión allí
sessions-ended = Sesión cerrada allí
sessions-active = Última actividad: { $time }
sessions-since = Sesión iniciada: { $time }
sessions-device = { $browser } en { $system }
sessions-device-unknown = Un dispositivo desconocido
mail-sign-in-closed-subject = Su acceso queda cerrado { $minutes } minutos
mail-sign-in-closed-body =
    Alguien escribió diez veces una contraseña equivocada para su cuenta. Nadie puede entrar con ella durante { $minutes } minutos; sus datos están a salvo.

    Si no fue usted, avise a quienes le dieron acceso.
