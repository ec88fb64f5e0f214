//! Tables as diesel sees them. Made from the migrated database by `schema.sql`; a test compares.

diesel::table! {
    accommodation_restrictions (provider_org_id, accommodation_id, restriction_id) {
        provider_org_id -> Uuid,
        accommodation_id -> Uuid,
        restriction_id -> Uuid,
    }
}

diesel::table! {
    accommodation_versions (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Uuid,
        accommodation_id -> Uuid,
        version -> Int4,
        state -> Text,
        error_reason -> Nullable<Text>,
        kind -> Text,
        details -> Nullable<Text>,
        starts_at -> Timestamptz,
        ends_at -> Nullable<Timestamptz>,
        coverage -> Text,
        restriction_ids -> Array<Uuid>,
        notify -> Bool,
        saved_at -> Timestamptz,
        saved_by -> Uuid,
    }
}

diesel::table! {
    accommodations (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Uuid,
        owner -> Text,
        governance -> Text,
        version -> Int4,
        state -> Text,
        error_reason -> Nullable<Text>,
        kind -> Text,
        effect -> Text,
        details -> Nullable<Text>,
        shared_kind -> Nullable<Text>,
        shared_details -> Nullable<Text>,
        time_zone -> Text,
        starts_at -> Timestamptz,
        ends_at -> Nullable<Timestamptz>,
        coverage -> Text,
        confirmed_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        created_by -> Uuid,
        saved_at -> Timestamptz,
        saved_by -> Uuid,
        notify -> Bool,
    }
}

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
    appointment_links (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        appointment_id -> Nullable<Uuid>,
        token_hash -> Bytea,
        address_hash -> Bytea,
        language -> Text,
        expires_at -> Timestamptz,
        created_at -> Timestamptz,
        offer_id -> Nullable<Uuid>,
        spent_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    appointment_reminders (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        appointment_id -> Uuid,
        account_id -> Uuid,
        step -> Text,
        sequence -> Int4,
        due_at -> Timestamptz,
        state -> Text,
        settled_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    appointment_requests (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Uuid,
        owner -> Text,
        governance -> Text,
        appointment_type_id -> Uuid,
        location_id -> Nullable<Uuid>,
        resource_id -> Nullable<Uuid>,
        modality -> Text,
        preferences -> Jsonb,
        contact -> Text,
        comment_sealed -> Nullable<Bytea>,
        asked_by_audience -> Text,
        state -> Text,
        conversation_id -> Nullable<Uuid>,
        appointment_id -> Nullable<Uuid>,
        answer_by -> Nullable<Timestamptz>,
        seen_at -> Nullable<Timestamptz>,
        offered_until -> Nullable<Timestamptz>,
        ended_at -> Nullable<Timestamptz>,
        decline_sealed -> Nullable<Bytea>,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        version -> Int4,
        region -> Nullable<Text>,
    }
}

diesel::table! {
    appointment_resources (provider_org_id, appointment_id, resource_id) {
        provider_org_id -> Uuid,
        appointment_id -> Uuid,
        resource_id -> Uuid,
        position -> Int2,
    }
}

diesel::table! {
    appointment_type_locations (provider_org_id, appointment_type_id, location_id) {
        provider_org_id -> Uuid,
        appointment_type_id -> Uuid,
        location_id -> Uuid,
    }
}

diesel::table! {
    appointment_type_needs (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        appointment_type_id -> Uuid,
        position -> Int2,
        kind -> Text,
        skill -> Nullable<Text>,
        resource_id -> Nullable<Uuid>,
        count -> Int2,
    }
}

diesel::table! {
    appointment_type_questionnaires (provider_org_id, appointment_type_id, questionnaire_id) {
        provider_org_id -> Uuid,
        appointment_type_id -> Uuid,
        questionnaire_id -> Uuid,
        position -> Int2,
    }
}

diesel::table! {
    appointment_type_texts (provider_org_id, appointment_type_id, language) {
        provider_org_id -> Uuid,
        appointment_type_id -> Uuid,
        language -> Text,
        public_name -> Text,
        prep_public -> Text,
        prep_full -> Text,
        bring -> Array<Text>,
    }
}

diesel::table! {
    appointment_types (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        code -> Text,
        name -> Text,
        duration -> Int2,
        shown_duration -> Int2,
        buffer_before -> Int2,
        buffer_after -> Int2,
        modalities -> Array<Text>,
        employee_bookable -> Bool,
        supervisor_bookable -> Bool,
        visible_to_supervisor -> Bool,
        clinic_confirms -> Bool,
        min_notice_to_book -> Int2,
        cancel_notice -> Int2,
        move_notice -> Int2,
        max_moves -> Int2,
        max_per_day -> Int2,
        fasting_hours -> Int2,
        display_order -> Int2,
        colour -> Text,
        active -> Bool,
        created_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
        bundle_order -> Int2,
        after_type_id -> Nullable<Uuid>,
        after_least_hours -> Nullable<Int2>,
        after_most_hours -> Nullable<Int2>,
    }
}

diesel::table! {
    appointments (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Uuid,
        owner -> Text,
        governance -> Text,
        appointment_type_id -> Uuid,
        location_id -> Uuid,
        modality -> Text,
        starts_at -> Timestamptz,
        ends_at -> Timestamptz,
        shown_ends_at -> Timestamptz,
        local_start -> Timestamp,
        time_zone -> Text,
        state -> Text,
        booked_by_audience -> Text,
        comment_sealed -> Nullable<Bytea>,
        cancel_reason_id -> Nullable<Uuid>,
        cancel_comment_sealed -> Nullable<Bytea>,
        cancelled_at -> Nullable<Timestamptz>,
        cancelled_by -> Nullable<Uuid>,
        cancelled_by_audience -> Nullable<Text>,
        sequence -> Int4,
        moves -> Int2,
        confirmed_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        version -> Int4,
        checked_in_at -> Nullable<Timestamptz>,
        check_in_comment_sealed -> Nullable<Bytea>,
        begun_at -> Nullable<Timestamptz>,
        finished_at -> Nullable<Timestamptz>,
        denial_sealed -> Nullable<Bytea>,
        supervisor_comment_sealed -> Nullable<Bytea>,
        override_kinds -> Array<Text>,
        override_reason_sealed -> Nullable<Bytea>,
        region -> Nullable<Text>,
    }
}

diesel::table! {
    audit_blocks (number) {
        number -> Int8,
        sealed_at -> Timestamptz,
        last_xact -> Int8,
        last_event -> Uuid,
        event_ids -> Array<Uuid>,
        leaves -> Bytea,
        root -> Bytea,
        previous -> Bytea,
        hash -> Bytea,
        key_id -> Text,
        signature -> Bytea,
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
        xact -> Int8,
    }
}

diesel::table! {
    blackouts (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        resource_id -> Nullable<Uuid>,
        location_id -> Nullable<Uuid>,
        starts_local -> Timestamp,
        ends_local -> Timestamp,
        whole_days -> Bool,
        modality -> Text,
        reason -> Text,
        yearly -> Bool,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        deleted_at -> Nullable<Timestamptz>,
        version -> Int4,
    }
}

diesel::table! {
    cancel_reason_texts (provider_org_id, cancel_reason_id, language) {
        provider_org_id -> Uuid,
        cancel_reason_id -> Uuid,
        language -> Text,
        label -> Text,
    }
}

diesel::table! {
    cancel_reasons (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        code -> Text,
        used_by -> Array<Text>,
        no_show -> Bool,
        wants_text -> Bool,
        position -> Int2,
        active -> Bool,
        created_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
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
    claims (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        resource_id -> Nullable<Uuid>,
        person_id -> Nullable<Uuid>,
        lane -> Int2,
        starts_at -> Timestamptz,
        ends_at -> Timestamptz,
        local_date -> Date,
        schedule_id -> Nullable<Uuid>,
        appointment_id -> Nullable<Uuid>,
        hold_id -> Nullable<Uuid>,
        expires_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        offer_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    code_redemptions (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        code_id -> Uuid,
        token_hash -> Bytea,
        step -> Text,
        language -> Text,
        sealed_email -> Nullable<Bytea>,
        digits_hash -> Nullable<Bytea>,
        digits_expire_at -> Nullable<Timestamptz>,
        wrong_digits -> Int2,
        messages -> Int2,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
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
    conversation_drafts (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        account_id -> Uuid,
        conversation_id -> Uuid,
        body_sealed -> Bytea,
        saved_at -> Timestamptz,
    }
}

diesel::table! {
    conversations (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Nullable<Uuid>,
        portal_side -> Text,
        account_id -> Nullable<Uuid>,
        message_type_id -> Uuid,
        scheduling -> Bool,
        owner -> Text,
        governance -> Text,
        state -> Text,
        subject_sealed -> Nullable<Bytea>,
        last_seq -> Int4,
        last_message_at -> Timestamptz,
        last_side -> Nullable<Text>,
        needs_reply -> Bool,
        reply_due_at -> Nullable<Timestamptz>,
        closed_at -> Nullable<Timestamptz>,
        closed_by_side -> Nullable<Text>,
        close_reason_sealed -> Nullable<Bytea>,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
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
    digest_choices (provider_org_id, account_id) {
        provider_org_id -> Uuid,
        account_id -> Uuid,
        rhythm -> Text,
        changed_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    digests (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        account_id -> Uuid,
        reader -> Text,
        due_at -> Timestamptz,
        begun_at -> Timestamptz,
    }
}

diesel::table! {
    due_items (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Uuid,
        owner -> Text,
        governance -> Text,
        order_item_id -> Uuid,
        due_on -> Date,
        visible_on -> Date,
        status -> Text,
        appointment_id -> Nullable<Uuid>,
        comment -> Nullable<Text>,
        completed_on -> Nullable<Date>,
        closed_at -> Nullable<Timestamptz>,
        closed_by -> Nullable<Uuid>,
        waive_reason -> Nullable<Text>,
        waive_note -> Nullable<Text>,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        version -> Int4,
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
    feed_profiles (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        name -> Text,
        settings -> Jsonb,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        version -> Int4,
    }
}

diesel::table! {
    feed_run_rows (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        run_id -> Uuid,
        number -> Int4,
        employee_id -> Text,
        person_id -> Nullable<Uuid>,
        outcome -> Text,
        fields -> Array<Text>,
        codes -> Array<Text>,
        warnings -> Array<Text>,
        sealed -> Nullable<Bytea>,
        applied_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    feed_runs (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        profile_id -> Uuid,
        state -> Text,
        source -> Text,
        file_name -> Text,
        file_hash -> Bytea,
        file_size -> Int4,
        sealed_file -> Nullable<Bytea>,
        separator -> Nullable<Text>,
        unmapped -> Array<Text>,
        first_run -> Bool,
        counts -> Jsonb,
        fields -> Jsonb,
        crossed -> Jsonb,
        circles -> Jsonb,
        lost_supervisor -> Array<Text>,
        failure -> Nullable<Text>,
        failure_detail -> Nullable<Text>,
        decision -> Nullable<Text>,
        reason -> Nullable<Text>,
        received_at -> Timestamptz,
        received_by -> Nullable<Uuid>,
        decide_by -> Nullable<Timestamptz>,
        decided_at -> Nullable<Timestamptz>,
        decided_by -> Nullable<Uuid>,
        applied_at -> Nullable<Timestamptz>,
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
    location_holidays (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        location_id -> Uuid,
        name -> Text,
        falls_on -> Date,
        yearly -> Bool,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
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
        settles_no_shows -> Bool,
        offer_minutes_soon -> Int2,
        offer_minutes_later -> Int2,
        offer_lead_hours -> Int2,
        offer_broadcast -> Bool,
    }
}

diesel::table! {
    message_receipts (provider_org_id, message_id, account_id) {
        provider_org_id -> Uuid,
        message_id -> Uuid,
        account_id -> Uuid,
        account_name -> Text,
        delivered_at -> Timestamptz,
        seen_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    message_types (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        key -> Text,
        audience -> Text,
        kind -> Text,
        names -> Jsonb,
        descriptions -> Jsonb,
        clinical -> Bool,
        scheduling -> Bool,
        work_queue_id -> Uuid,
        reply_within -> Int2,
        emergency_text -> Bool,
        sending -> Bool,
        position -> Int2,
        created_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    messages (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Nullable<Uuid>,
        conversation_id -> Uuid,
        seq -> Int4,
        side -> Text,
        author_account_id -> Uuid,
        author_name -> Text,
        body_sealed -> Bytea,
        sent_at -> Timestamptz,
        retracted_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    observations (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Uuid,
        owner -> Text,
        governance -> Text,
        response_id -> Nullable<Uuid>,
        link_id -> Nullable<Text>,
        instance -> Text,
        system -> Text,
        code -> Text,
        display -> Text,
        status -> Text,
        value_decimal -> Nullable<Text>,
        value_number -> Nullable<Numeric>,
        value_unit -> Nullable<Text>,
        value_bool -> Nullable<Bool>,
        value_date -> Nullable<Date>,
        value_codes -> Nullable<Array<Text>>,
        value_text_sealed -> Nullable<Bytea>,
        observed_at -> Timestamptz,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        version -> Int4,
    }
}

diesel::table! {
    offer_rounds (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        location_id -> Uuid,
        resource_ids -> Array<Uuid>,
        from_at -> Timestamptz,
        until_at -> Timestamptz,
        freed_by -> Text,
        depth -> Int2,
        look_again_at -> Nullable<Timestamptz>,
        ended_at -> Nullable<Timestamptz>,
        outcome -> Nullable<Text>,
        created_at -> Timestamptz,
        version -> Int4,
        broadcast -> Bool,
    }
}

diesel::table! {
    offer_skips (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Uuid,
        round_id -> Uuid,
        wait_list_item_id -> Uuid,
        reason -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    offers (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Uuid,
        request_id -> Nullable<Uuid>,
        location_id -> Uuid,
        modality -> Text,
        starts_at -> Timestamptz,
        ends_at -> Timestamptz,
        shown_ends_at -> Timestamptz,
        resource_ids -> Array<Uuid>,
        state -> Text,
        expires_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        version -> Int4,
        wait_list_item_id -> Nullable<Uuid>,
        round_id -> Nullable<Uuid>,
        kept -> Bool,
        override_kinds -> Array<Text>,
        override_reason_sealed -> Nullable<Bytea>,
    }
}

diesel::table! {
    order_items (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        code -> Text,
        name -> Text,
        public_name -> Text,
        sensitive -> Bool,
        kind -> Text,
        minutes -> Nullable<Int2>,
        preparation -> Nullable<Text>,
        appointment_type_id -> Nullable<Uuid>,
        pass_fail -> Bool,
        supervisor_orderable -> Bool,
        self_decline -> Bool,
        active -> Bool,
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
        edited_fields -> Array<Text>,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        version -> Int4,
    }
}

diesel::table! {
    pickup_codes (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        person_id -> Uuid,
        purpose -> Text,
        state -> Text,
        code_hash -> Bytea,
        last_four -> Text,
        channel -> Text,
        wrong_answers -> Int2,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        expires_at -> Timestamptz,
        closed_at -> Nullable<Timestamptz>,
        redeemed_by -> Nullable<Uuid>,
        version -> Int4,
    }
}

diesel::table! {
    planned_publications (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        portal_id -> Uuid,
        publish_at -> Timestamptz,
        brings_back -> Nullable<Int4>,
        note -> Text,
        planned_at -> Timestamptz,
        planned_by -> Uuid,
        state -> Text,
        settled_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    portal_drafts (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        portal_id -> Uuid,
        section -> Text,
        content -> Nullable<Jsonb>,
        saved_at -> Timestamptz,
        saved_by -> Nullable<Uuid>,
        version -> Int4,
    }
}

diesel::table! {
    portal_images (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        sha256 -> Text,
        media_type -> Text,
        bytes -> Bytea,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    portal_versions (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        portal_id -> Uuid,
        number -> Int4,
        content -> Jsonb,
        published_at -> Timestamptz,
        published_by -> Nullable<Uuid>,
        note -> Text,
    }
}

diesel::table! {
    portals (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Nullable<Uuid>,
        audience -> Text,
        slug -> Text,
        enabled -> Bool,
        published_version -> Nullable<Int4>,
        archived_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        version -> Int4,
        begins_with -> Nullable<Jsonb>,
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
    questionnaire_answers (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        response_id -> Uuid,
        link_id -> Text,
        instance -> Text,
        value_sealed -> Nullable<Bytea>,
        version -> Int4,
        saved_at -> Timestamptz,
    }
}

diesel::table! {
    questionnaire_assignments (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Uuid,
        owner -> Text,
        governance -> Text,
        questionnaire_id -> Uuid,
        reason -> Text,
        appointment_id -> Nullable<Uuid>,
        due_on -> Nullable<Date>,
        state -> Text,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        version -> Int4,
    }
}

diesel::table! {
    questionnaire_operations (provider_org_id, response_id, op_id) {
        op_id -> Uuid,
        provider_org_id -> Uuid,
        response_id -> Uuid,
        answer_version -> Int4,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    questionnaire_responses (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Uuid,
        owner -> Text,
        governance -> Text,
        questionnaire_id -> Uuid,
        questionnaire_version_id -> Uuid,
        assignment_id -> Nullable<Uuid>,
        author_account_id -> Uuid,
        state -> Text,
        language -> Text,
        revision -> Int4,
        saved_at -> Timestamptz,
        saved_on -> Date,
        expires_at -> Timestamptz,
        blank_recommended -> Int4,
        severity -> Int2,
        submitted_at -> Nullable<Timestamptz>,
        reviewed_at -> Nullable<Timestamptz>,
        reviewed_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        version -> Int4,
    }
}

diesel::table! {
    questionnaire_revisions (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        response_id -> Uuid,
        revision -> Int4,
        language -> Text,
        content_sealed -> Bytea,
        content_hash -> Bytea,
        submitted_at -> Timestamptz,
        submitted_by -> Uuid,
    }
}

diesel::table! {
    questionnaire_versions (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        questionnaire_id -> Uuid,
        number -> Int4,
        state -> Text,
        content -> Jsonb,
        content_hash -> Nullable<Bytea>,
        change_note -> Nullable<Text>,
        published_at -> Nullable<Timestamptz>,
        published_by -> Nullable<Uuid>,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        version -> Int4,
    }
}

diesel::table! {
    questionnaires (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        key -> Text,
        title -> Jsonb,
        purpose -> Text,
        respondent -> Text,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        version -> Int4,
    }
}

diesel::table! {
    quiet_hours (provider_org_id, account_id, channel) {
        provider_org_id -> Uuid,
        account_id -> Uuid,
        channel -> Text,
        from_minute -> Nullable<Int2>,
        until_minute -> Nullable<Int2>,
        changed_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::table! {
    read_pointers (provider_org_id, account_id, conversation_id) {
        provider_org_id -> Uuid,
        account_id -> Uuid,
        conversation_id -> Uuid,
        read_seq -> Int4,
        moved_at -> Timestamptz,
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
    resources (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        kind -> Text,
        name -> Text,
        account_id -> Nullable<Uuid>,
        skills -> Array<Text>,
        home_location_id -> Uuid,
        active -> Bool,
        created_at -> Timestamptz,
        version -> Int4,
        deleted_at -> Nullable<Timestamptz>,
        join_link -> Nullable<Text>,
        regions -> Array<Text>,
    }
}

diesel::table! {
    restriction_versions (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Uuid,
        restriction_id -> Uuid,
        version -> Int4,
        state -> Text,
        error_reason -> Nullable<Text>,
        kind -> Text,
        limits -> Jsonb,
        side -> Text,
        starts_at -> Timestamptz,
        ends_at -> Nullable<Timestamptz>,
        permanent -> Bool,
        affects_work -> Bool,
        comment -> Nullable<Text>,
        occupational -> Bool,
        clinical_note_sealed -> Nullable<Bytea>,
        problem_sealed -> Nullable<Bytea>,
        disability_criteria -> Bool,
        reason_released -> Bool,
        provider_account_id -> Nullable<Uuid>,
        provider_name -> Nullable<Text>,
        notify -> Bool,
        saved_at -> Timestamptz,
        saved_by -> Uuid,
    }
}

diesel::table! {
    restrictions (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Uuid,
        owner -> Text,
        governance -> Text,
        version -> Int4,
        state -> Text,
        error_reason -> Nullable<Text>,
        kind -> Text,
        limits -> Jsonb,
        side -> Text,
        time_zone -> Text,
        starts_at -> Timestamptz,
        ends_at -> Nullable<Timestamptz>,
        permanent -> Bool,
        affects_work -> Bool,
        comment -> Nullable<Text>,
        occupational -> Bool,
        clinical_note_sealed -> Nullable<Bytea>,
        problem_sealed -> Nullable<Bytea>,
        disability_criteria -> Bool,
        reason_released -> Bool,
        provider_account_id -> Nullable<Uuid>,
        provider_name -> Nullable<Text>,
        notify -> Bool,
        source -> Text,
        created_at -> Timestamptz,
        created_by -> Uuid,
        saved_at -> Timestamptz,
        saved_by -> Uuid,
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
    schedule_templates (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        account_id -> Nullable<Uuid>,
        name -> Text,
        fields -> Jsonb,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    schedule_types (provider_org_id, schedule_id, appointment_type_id) {
        provider_org_id -> Uuid,
        schedule_id -> Uuid,
        appointment_type_id -> Uuid,
    }
}

diesel::table! {
    schedule_windows (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        schedule_id -> Uuid,
        weekday -> Nullable<Int2>,
        on_date -> Nullable<Date>,
        start_minute -> Int2,
        end_minute -> Int2,
    }
}

diesel::table! {
    schedules (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        resource_id -> Uuid,
        location_id -> Uuid,
        modality -> Text,
        all_types -> Bool,
        effective_from -> Date,
        effective_until -> Nullable<Date>,
        every_n_weeks -> Nullable<Int2>,
        interval_minutes -> Int2,
        offset_minutes -> Int2,
        capacity -> Int2,
        daily_cap -> Nullable<Int2>,
        overbook -> Int2,
        opens_at -> Nullable<Timestamptz>,
        audience -> Array<Text>,
        priority -> Int2,
        created_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        version -> Int4,
    }
}

diesel::table! {
    scheduling_task_appointments (provider_org_id, task_id, appointment_id) {
        provider_org_id -> Uuid,
        task_id -> Uuid,
        appointment_id -> Uuid,
        starts_at -> Timestamptz,
    }
}

diesel::table! {
    scheduling_tasks (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        kind -> Text,
        blackout_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        closed_at -> Nullable<Timestamptz>,
        closed_by -> Nullable<Uuid>,
        version -> Int4,
        due_at -> Nullable<Timestamptz>,
        moved_from -> Nullable<Timestamptz>,
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
    setup_revisions (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        kind -> Text,
        object_id -> Uuid,
        version -> Int4,
        act -> Text,
        before -> Jsonb,
        after -> Jsonb,
        saved_at -> Timestamptz,
        saved_by -> Nullable<Uuid>,
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
    slot_holds (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        account_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Uuid,
        appointment_type_id -> Uuid,
        location_id -> Uuid,
        modality -> Text,
        starts_at -> Timestamptz,
        ends_at -> Timestamptz,
        shown_ends_at -> Timestamptz,
        resource_ids -> Array<Uuid>,
        item_id -> Nullable<Uuid>,
        expires_at -> Timestamptz,
        extended -> Bool,
        ended_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        version -> Int4,
        moving_id -> Nullable<Uuid>,
        region -> Nullable<Text>,
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

diesel::table! {
    type_overrides (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        appointment_type_id -> Uuid,
        resource_id -> Nullable<Uuid>,
        location_id -> Nullable<Uuid>,
        duration -> Nullable<Int2>,
        shown_duration -> Nullable<Int2>,
        buffer_before -> Nullable<Int2>,
        buffer_after -> Nullable<Int2>,
        created_at -> Timestamptz,
        deleted_at -> Nullable<Timestamptz>,
        version -> Int4,
    }
}

diesel::table! {
    visit_changes (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        appointment_id -> Uuid,
        location_id -> Uuid,
        what -> Text,
        changed_by -> Text,
        starts_at -> Timestamptz,
        at_once -> Bool,
        happened_at -> Timestamptz,
    }
}

diesel::table! {
    visit_steps (number) {
        number -> Int8,
        provider_org_id -> Uuid,
        appointment_id -> Uuid,
        happened_at -> Timestamptz,
        account_id -> Nullable<Uuid>,
        hat -> Text,
        state -> Text,
        starts_at -> Timestamptz,
        location_id -> Uuid,
        modality -> Text,
        sequence -> Int4,
        attends -> Bool,
        denied -> Bool,
    }
}

diesel::table! {
    wait_list_items (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        employer_id -> Uuid,
        person_id -> Uuid,
        owner -> Text,
        governance -> Text,
        appointment_type_id -> Uuid,
        due_item_id -> Nullable<Uuid>,
        appointment_id -> Nullable<Uuid>,
        request_id -> Nullable<Uuid>,
        location_id -> Nullable<Uuid>,
        resource_id -> Nullable<Uuid>,
        modality -> Nullable<Text>,
        day_part -> Nullable<Text>,
        weekdays -> Array<Int2>,
        escalated_at -> Nullable<Timestamptz>,
        escalated_by -> Nullable<Uuid>,
        closed_at -> Nullable<Timestamptz>,
        closed_by -> Nullable<Uuid>,
        closed_because -> Nullable<Text>,
        created_at -> Timestamptz,
        created_by -> Nullable<Uuid>,
        version -> Int4,
    }
}

diesel::table! {
    work_queues (id) {
        id -> Uuid,
        provider_org_id -> Uuid,
        name -> Text,
        time_zone -> Text,
        weekdays -> Array<Int2>,
        opens_at -> Time,
        closes_at -> Time,
        holidays -> Array<Date>,
        created_at -> Timestamptz,
        version -> Int4,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    accommodation_restrictions,
    accommodation_versions,
    accommodations,
    accounts,
    appointment_links,
    appointment_reminders,
    appointment_requests,
    appointment_resources,
    appointment_type_locations,
    appointment_type_needs,
    appointment_type_questionnaires,
    appointment_type_texts,
    appointment_types,
    appointments,
    audit_blocks,
    audit_events,
    blackouts,
    cancel_reason_texts,
    cancel_reasons,
    chart_keys,
    claims,
    code_redemptions,
    contact_points,
    conversation_drafts,
    conversations,
    departments,
    digest_choices,
    digests,
    due_items,
    employer_locations,
    employers,
    employments,
    feed_profiles,
    feed_run_rows,
    feed_runs,
    idempotency_keys,
    location_holidays,
    locations,
    message_receipts,
    message_types,
    messages,
    observations,
    offer_rounds,
    offer_skips,
    offers,
    order_items,
    organization_keys,
    outbox_events,
    outbox_mails,
    person_identifiers,
    persons,
    pickup_codes,
    planned_publications,
    portal_drafts,
    portal_images,
    portal_versions,
    portals,
    provider_organizations,
    questionnaire_answers,
    questionnaire_assignments,
    questionnaire_operations,
    questionnaire_responses,
    questionnaire_revisions,
    questionnaire_versions,
    questionnaires,
    quiet_hours,
    read_pointers,
    refresh_tokens,
    relationships,
    resources,
    restriction_versions,
    restrictions,
    role_grants,
    schedule_templates,
    schedule_types,
    schedule_windows,
    schedules,
    scheduling_task_appointments,
    scheduling_tasks,
    sessions,
    setup_revisions,
    sign_in_names,
    signing_keys,
    slot_holds,
    throttles,
    type_overrides,
    visit_changes,
    visit_steps,
    wait_list_items,
    work_queues,
);
