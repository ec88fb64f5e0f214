-- Renders src/schema.rs from a migrated database: psql -AtX -f this-file > schema.rs
WITH columns AS (
    SELECT c.oid, c.relname, a.attnum,
           '        ' || CASE WHEN a.attname IN ('type') THEN '#[sql_name = "' || a.attname || '"]' || chr(10) || '        ' || a.attname || '_' ELSE a.attname END || ' -> ' ||
           (SELECT CASE WHEN a.attnotnull THEN t ELSE 'Nullable<' || t || '>' END FROM (SELECT
               CASE format_type(a.atttypid, NULL)
                   WHEN 'uuid' THEN 'Uuid' WHEN 'text' THEN 'Text' WHEN 'character varying' THEN 'Text'
                   WHEN 'timestamp with time zone' THEN 'Timestamptz'
                   WHEN 'timestamp without time zone' THEN 'Timestamp' WHEN 'time without time zone' THEN 'Time'
                   WHEN 'date' THEN 'Date' WHEN 'integer' THEN 'Int4' WHEN 'bigint' THEN 'Int8' WHEN 'smallint' THEN 'Int2'
                   WHEN 'boolean' THEN 'Bool' WHEN 'bytea' THEN 'Bytea' WHEN 'jsonb' THEN 'Jsonb' WHEN 'numeric' THEN 'Numeric'
                   WHEN 'tstzrange' THEN 'Tstzrange' WHEN 'uuid[]' THEN 'Array<Uuid>' WHEN 'text[]' THEN 'Array<Text>'
                   WHEN 'integer[]' THEN 'Array<Int4>' WHEN 'smallint[]' THEN 'Array<Int2>' WHEN 'date[]' THEN 'Array<Date>'
                   WHEN 'interval' THEN 'Interval' WHEN 'inet' THEN 'Inet' WHEN 'double precision' THEN 'Float8'
                   ELSE 'UNKNOWN_' || format_type(a.atttypid, NULL) END AS t) m) || ',' AS line
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
       AND c.relname <> '__diesel_schema_migrations'),
keys AS (
    SELECT i.indrelid AS oid, string_agg(a.attname, ', ' ORDER BY array_position(i.indkey::int2[], a.attnum)) AS key
      FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
     WHERE i.indisprimary GROUP BY i.indrelid),
tables AS (
    SELECT c.relname, '    ' || c.relname || ' (' || k.key || ') {' || chr(10) || string_agg(c.line, chr(10) ORDER BY c.attnum) || chr(10) || '    }' AS body
      FROM columns c JOIN keys k ON k.oid = c.oid GROUP BY c.relname, k.key)
SELECT '//! Tables as diesel sees them. Made from the migrated database by `schema.sql`; a test compares.' || chr(10)
    || string_agg(chr(10) || 'diesel::table! {' || chr(10) || body || chr(10) || '}', chr(10) ORDER BY relname)
    || chr(10) || chr(10) || 'diesel::allow_tables_to_appear_in_same_query!(' || chr(10)
    || string_agg('    ' || relname || ',', chr(10) ORDER BY relname) || chr(10) || ');'
  FROM tables;
