//! Tables as diesel sees them. Made from the migrated database by `schema.sql`; a test compares.

diesel::table! {
    accounts (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        kind -> Text,
        state -> Text,
        display_name -> Text,
        language -> Text,
        password_hash -> Nullable<Text>,
        password_changed_at -> Nullable<Timestamptz>,
        epoch -> Int4,
        sandbox -> Bool,
        last_sign_in_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        version -> Int4,
    }
}

diesel::table! {
    audit_events (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        at -> Timestamptz,
        account_id -> Nullable<Uuid>,
        session_id -> Nullable<Uuid>,
        hat -> Text,
        roles -> Array<Text>,
        assurance -> Nullable<Text>,
        portal -> Nullable<Text>,
        address -> Nullable<Text>,
        person_id -> Nullable<Uuid>,
        data_class -> Text,
        act -> Text,
        operation -> Text,
        object_ids -> Array<Uuid>,
        fields -> Array<Text>,
        purpose -> Text,
        outcome -> Text,
        reason -> Nullable<Text>,
        on_behalf_of -> Nullable<Uuid>,
        request_id -> Text,
    }
}

diesel::table! {
    chart_keys (person_id) {
        person_id -> Uuid,
        provider_org_id -> Uuid,
        wrapped -> Bytea,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    contact_points (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        person_id -> Uuid,
        kind -> Text,
        value -> Text,
        street -> Nullable<Text>,
        street_2 -> Nullable<Text>,
        city -> Nullable<Text>,
        state -> Nullable<Text>,
        zip -> Nullable<Text>,
        country -> Nullable<Text>,
        source -> Text,
        usable -> Bool,
        verified_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    departments (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        code -> Text,
        name -> Text,
        for_applicants -> Bool,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    employer_locations (provider_org_id, employer_id, location_id) {
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        location_id -> Uuid,
    }
}

diesel::table! {
    employers (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        code -> Text,
        name -> Text,
        time_zone -> Text,
        auto_account -> Text,
        auto_code -> Bool,
        created_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    employments (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Uuid,
        kind -> Text,
        status -> Text,
        job -> Text,
        job_class -> Text,
        cost_center -> Text,
        shift -> Text,
        department_id -> Nullable<Uuid>,
        location_id -> Nullable<Uuid>,
        hired_on -> Nullable<Date>,
        ends_on -> Nullable<Date>,
        ends_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        version -> Int4,
    }
}

diesel::table! {
    idempotency_keys (provider_org_id, account_id, key) {
        provider_org_id -> Uuid,
        account_id -> Uuid,
        key -> Text,
        operation -> Text,
        request_hash -> Bytea,
        status -> Nullable<Int4>,
        location -> Nullable<Text>,
        etag -> Nullable<Text>,
        answer -> Nullable<Bytea>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    locations (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Nullable<Uuid>,
        kind -> Text,
        code -> Text,
        name -> Text,
        public_label -> Text,
        time_zone -> Text,
        street -> Nullable<Text>,
        city -> Nullable<Text>,
        state -> Nullable<Text>,
        zip -> Nullable<Text>,
        country -> Nullable<Text>,
        phone -> Nullable<Text>,
        created_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    organization_keys (provider_org_id) {
        provider_org_id -> Uuid,
        wrapped -> Bytea,
        key_file_id -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    outbox_events (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        kind -> Text,
        payload -> Jsonb,
        created_at -> Timestamptz,
        delivered_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    outbox_mails (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        kind -> Text,
        language -> Text,
        sealed -> Bytea,
        attempts -> Int4,
        next_attempt_at -> Timestamptz,
        created_at -> Timestamptz,
        sent_at -> Nullable<Timestamptz>,
        gave_up_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    person_identifiers (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Uuid,
        kind -> Text,
        value -> Text,
        source -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    persons (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        last_name -> Text,
        first_name -> Text,
        middle_name -> Text,
        preferred_name -> Text,
        birth_date -> Nullable<Date>,
        sex -> Nullable<Text>,
        language -> Nullable<Text>,
        time_zone -> Nullable<Text>,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        version -> Int4,
    }
}

diesel::table! {
    provider_organizations (id) {
        id -> Uuid,
        code -> Text,
        name -> Text,
        time_zone -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    refresh_tokens (token_hash) {
        token_hash -> Bytea,
        provider_org_id -> Uuid,
        session_id -> Uuid,
        created_at -> Timestamptz,
        rotated_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    relationships (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        account_id -> Uuid,
        person_id -> Uuid,
        kind -> Text,
        line -> Nullable<Text>,
        source -> Text,
        starts_at -> Timestamptz,
        ends_at -> Nullable<Timestamptz>,
        reason -> Nullable<Text>,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        version -> Int4,
    }
}

diesel::table! {
    role_grants (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        account_id -> Uuid,
        role -> Text,
        employer_ids -> Nullable<Array<Uuid>>,
        capabilities -> Array<Text>,
        starts_at -> Timestamptz,
        ends_at -> Nullable<Timestamptz>,
        granted_by -> Nullable<Uuid>,
        reason -> Nullable<Text>,
        created_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    sessions (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        account_id -> Uuid,
        assurance -> Text,
        device -> Text,
        portal_slug -> Nullable<Text>,
        started_at -> Timestamptz,
        last_seen_at -> Timestamptz,
        idle_seconds -> Int4,
        expires_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        ended_reason -> Nullable<Text>,
    }
}

diesel::table! {
    sign_in_names (name) {
        name -> Text,
        kind -> Text,
        provider_org_id -> Uuid,
        account_id -> Uuid,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    signing_keys (kid) {
        kid -> Text,
        public_key -> Bytea,
        sealed_private_key -> Bytea,
        created_at -> Timestamptz,
        retires_at -> Timestamptz,
    }
}

diesel::table! {
    throttles (key) {
        key -> Text,
        failures -> Int4,
        window_started_at -> Timestamptz,
        last_failure_at -> Timestamptz,
        locked_until -> Nullable<Timestamptz>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    accounts,
    audit_events,
    chart_keys,
    contact_points,
    departments,
    employer_locations,
    employers,
    employments,
    idempotency_keys,
    locations,
    organization_keys,
    outbox_events,
    outbox_mails,
    person_identifiers,
    persons,
    provider_organizations,
    refresh_tokens,
    relationships,
    role_grants,
    sessions,
    sign_in_names,
    signing_keys,
    throttles,
);
