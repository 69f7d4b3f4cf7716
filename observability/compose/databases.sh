#!/usr/bin/env bash
# Runs once in a fresh postgres container: one database and one role for each service that has a truth of its own.
set -euo pipefail
for service in pricing provisioning inventory notification; do
    psql -v ON_ERROR_STOP=1 -U postgres -v name="spotplane_$service" -v password="$SPOTPLANE_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
SQL
done
