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

PROJECT=shienkin-check
compose() { podman-compose -p "$PROJECT" -f docker/compose.yaml "$@"; }

names=(shienkin-check-embedded "$PROJECT"_{postgres,migrate,shienkin}_1)
clean() {
  podman rm -f -t 5 "${names[@]}" >/dev/null 2>&1 || true
  podman volume rm -f shienkin-check-state "$PROJECT"_{database,state} >/dev/null 2>&1 || true
  podman network rm -f "$PROJECT"_default >/dev/null 2>&1 || true
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
  podman healthcheck run shienkin-check-embedded
  podman stop -t 40 shienkin-check-embedded
  [ "$(podman inspect -f '{{.State.ExitCode}}' shienkin-check-embedded)" = 0 ]
  podman start shienkin-check-embedded
  ready 18443 shienkin-check-embedded
  podman stop -t 40 shienkin-check-embedded
}

# By compose.yaml as it stands, on a network of its own.
outside() {
  say "compose: beside a PostgreSQL, after migrating"
  export SHIENKIN_SECRETS=$WHERE/secrets SHIENKIN_PUBLISHED=18444
  docker/make-secrets.sh "$SHIENKIN_SECRETS"
  compose up -d --no-build
  ready 18444 "$PROJECT"_shienkin_1
  [ "$(podman exec "$PROJECT"_postgres_1 id -u)" = 10001 ]
  podman stop -t 40 "$PROJECT"_shienkin_1
  [ "$(podman inspect -f '{{.State.ExitCode}}' "$PROJECT"_shienkin_1)" = 0 ]
  say " and once more, over what is there"
  compose down
  compose up -d --no-build
  ready 18444 "$PROJECT"_shienkin_1
}

trap clean EXIT
base
clean
# HEALTHCHECK is a word of this format alone.
podman build --format docker -t shienkin -f docker/Dockerfile .
embedded
outside
say "built and walked: embedded, and by compose beside a PostgreSQL"
