#!/usr/bin/env bash
# tests/postgres.sh COMMAND...: runs the command with VAERN_DATABASE_URL set to a PostgreSQL of its own.
# A fresh cluster in a temporary folder, reached by a socket in it: no port, nothing left behind. PostgreSQL refuses
# to run as root, so root lends the folder to another user.
set -euo pipefail

programs=$(find /usr/lib/postgresql -name initdb -printf '%h\n' 2>/dev/null | sort -V | tail -n 1)
programs=${programs:-$(dirname "$(command -v initdb || echo /nowhere/initdb)")}
if [ ! -x "$programs/initdb" ]; then
  echo "Missing: PostgreSQL's own programs (Debian: postgresql)." >&2
  exit 1
fi
folder=$(mktemp -d)
as=()
if [ "$(id -u)" = 0 ]; then
  owner=$(id -un postgres 2>/dev/null || echo nobody)
  chown "$owner" "$folder"
  as=(setpriv --reuid "$owner" --regid "$(id -g "$owner")" --clear-groups env HOME="$folder")
fi
stop() {
  (cd / && "${as[@]}" "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1) || true
  rm -rf "$folder"
}
trap stop EXIT
start() {
  cd /
  "${as[@]}" "$programs/initdb" -D "$folder/data" -U vaern -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
  # Not durable on purpose: this data lives as long as the tests.
  "${as[@]}" "$programs/pg_ctl" -D "$folder/data" -l "$folder/log" -w \
    -o "-c listen_addresses='' -k $folder -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200" start >/dev/null
}
(start) || { cat "$folder/log" >&2 2>/dev/null; exit 1; }
"$programs/psql" -q -h "$folder" -U vaern -d postgres -c 'CREATE DATABASE vaern' >/dev/null
VAERN_DATABASE_URL="postgres://vaern@${folder//\//%2F}/vaern" "$@"
