## Correos

mail-something-new-subject = Hay algo nuevo para usted en { $brand }
mail-something-new-body =
    Hay algo nuevo para usted en { $brand }. Entre para leerlo: { $link }

    Por su privacidad, este mensaje no dice nada más. Las respuestas a él no se leen.
