#!/usr/bin/env bash
# tests/containers/containers.sh: builds the image and walks it. Needs root, podman and debootstrap; see README.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
WHERE=$PWD/build/check/containers
BASE=docker.io/library/debian:bookworm-slim
mkdir -p "$WHERE"

# Hybrid control groups, the host's network, and no limits that a nested machine refuses.
cat >"$WHERE/containers.conf" <<'TEXT'
[containers]
netns = "host"
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
cgroup_manager = "cgroupfs"
events_logger = "file"
runtime = "runc"
TEXT
cat >"$WHERE/storage.conf" <<TEXT
[storage]
driver = "overlay"
graphroot = "$WHERE/storage"
runroot = "$WHERE/run"
TEXT
export CONTAINERS_CONF=$WHERE/containers.conf CONTAINERS_STORAGE_CONF=$WHERE/storage.conf

say() { printf '%s\n' "$*"; }

base() {
  podman image exists "$BASE" && return
  say "base: debootstrap"
  debootstrap --variant=minbase bookworm "$WHERE/base" >"$WHERE/debootstrap.log"
  tar -C "$WHERE/base" -c . | podman import - "$BASE"
  rm -rf --one-file-system "$WHERE/base"
}

names=(shienkin-check-embedded shienkin-check-postgres shienkin-check-outside)
clean() {
  podman rm -f -t 5 "${names[@]}" >/dev/null 2>&1 || true
  podman volume rm -f shienkin-check-state shienkin-check-database shienkin-check-outside >/dev/null 2>&1 || true
}

# Ready within two minutes, or its log.
ready() {
  local port=$1 name=$2
  for _ in $(seq 120); do
    curl -skf "https://127.0.0.1:$port/readyz" && say " $name is ready" && return
    sleep 1
  done
  podman logs "$name" | tail -n 30
  return 1
}

hard=(--read-only --cap-drop=ALL --security-opt=no-new-privileges --tmpfs /tmp)

embedded() {
  say "embedded: read-only, no capabilities"
  podman run -d --name shienkin-check-embedded "${hard[@]}" -v shienkin-check-state:/var/lib/shienkin \
    -e SHIENKIN_EMBEDDED=true -e SHIENKIN_HTTP_ADDRESS=127.0.0.1 -e SHIENKIN_HTTP_PORT=18443 -e SHIENKIN_METRICS_PORT=-1 shienkin
  ready 18443 shienkin-check-embedded
  [ "$(podman exec shienkin-check-embedded id -u)" = 10001 ]
  podman stop -t 40 shienkin-check-embedded
  [ "$(podman inspect -f '{{.State.ExitCode}}' shienkin-check-embedded)" = 0 ]
  podman start shienkin-check-embedded
  ready 18443 shienkin-check-embedded
  podman stop -t 40 shienkin-check-embedded
}

# PostgreSQL from the same image, by hand: its cluster on a volume, on a port of loopback, one password for the administrator.
outside() {
  say "outside: beside a PostgreSQL, after migrating"
  local secrets=$WHERE/secrets database role
  database="host=127.0.0.1 port=15432"
  mkdir -p "$secrets"
  for role in admin owner clinic staff log auditor; do od -An -tx1 -N16 /dev/urandom | tr -d ' \n' >"$secrets/$role"; done
  chown -R 10001:10001 "$secrets" && chmod 700 "$secrets" && chmod 600 "$secrets"/*
  podman run -d --name shienkin-check-postgres "${hard[@]}" -v shienkin-check-database:/var/lib/shienkin -v "$secrets:/run/secrets:ro" \
    --entrypoint /bin/sh shienkin -c 'bin=/usr/lib/postgresql/15/bin data=/var/lib/shienkin/data
      [ -d $data ] || $bin/initdb -D $data -U postgres -E UTF8 --locale=C.UTF-8 --auth=scram-sha-256 --pwfile=/run/secrets/admin
      exec $bin/postgres -D $data -c listen_addresses=127.0.0.1 -c port=15432 -c unix_socket_directories=/tmp'
  for _ in $(seq 60); do
    podman exec shienkin-check-postgres /usr/lib/postgresql/15/bin/pg_isready -q -h 127.0.0.1 -p 15432 && break
    sleep 1
  done
  podman run --rm "${hard[@]}" -v "$secrets:/run/secrets:ro" --entrypoint /bin/sh shienkin -c "
    umask 077
    echo \"127.0.0.1:*:*:postgres:\$(cat /run/secrets/admin)\" >/tmp/pgpass
    echo \"127.0.0.1:*:*:shienkin_owner:\$(cat /run/secrets/owner)\" >>/tmp/pgpass
    export PGPASSFILE=/tmp/pgpass
    build/shienkin migrate --bootstrap --secrets /run/secrets --database '$database user=postgres dbname=postgres' &&
    build/shienkin migrate --database '$database user=shienkin_owner dbname=shienkin'"
  podman run --rm "${hard[@]}" -v "$secrets:/run/secrets" shienkin keys --master /run/secrets/master-keys --cursor /run/secrets/cursor-key
  podman run -d --name shienkin-check-outside "${hard[@]}" -v shienkin-check-outside:/var/lib/shienkin -v "$secrets:/run/secrets:ro" \
    -e "SHIENKIN_DATABASE_WHERE=$database dbname=shienkin" -e SHIENKIN_DATABASE_CLINIC_PASSWORD=/run/secrets/clinic \
    -e SHIENKIN_DATABASE_STAFF_PASSWORD=/run/secrets/staff -e SHIENKIN_DATABASE_LOG_PASSWORD=/run/secrets/log \
    -e SHIENKIN_DATABASE_AUDITOR_PASSWORD=/run/secrets/auditor -e SHIENKIN_KEYS_MASTER=/run/secrets/master-keys \
    -e SHIENKIN_KEYS_CURSOR=/run/secrets/cursor-key -e SHIENKIN_HTTP_ADDRESS=127.0.0.1 -e SHIENKIN_HTTP_PORT=18444 \
    -e SHIENKIN_METRICS_PORT=-1 shienkin
  ready 18444 shienkin-check-outside
  podman stop -t 40 shienkin-check-outside
  [ "$(podman inspect -f '{{.State.ExitCode}}' shienkin-check-outside)" = 0 ]
}

trap clean EXIT
base
clean
podman build -t shienkin -f docker/Dockerfile .
embedded
outside
say "built and walked: embedded, and beside a PostgreSQL"
