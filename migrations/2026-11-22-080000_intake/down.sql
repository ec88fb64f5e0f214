DROP TABLE code_redemptions, pickup_codes, feed_run_rows, feed_runs, feed_profiles;
