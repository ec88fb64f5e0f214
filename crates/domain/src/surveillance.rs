//! surveillance
