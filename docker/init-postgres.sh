#!/bin/sh
# Run once by the PostgreSQL image: sample data, and an account that may dump it and nothing else.
set -eu
psql --set=ON_ERROR_STOP=1 --set=password="$BACKUP_PASSWORD" --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
CREATE TABLE orders (id serial PRIMARY KEY, amount numeric(10, 2) NOT NULL);
INSERT INTO orders (amount) SELECT n / 100.0 FROM generate_series(1, 10000) n;
CREATE ROLE backup LOGIN PASSWORD :'password';
GRANT pg_read_all_data TO backup;
SQL
