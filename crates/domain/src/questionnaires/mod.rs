//! questionnaires
