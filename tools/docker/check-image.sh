#!/usr/bin/env bash
# Builds the image, and tries it from outside: the four services in containers, on native Kafka,
# Redis and devstore, must tell the story of the demo and pass its audit; standalone and devstore
# must become healthy. Needs a Docker engine, and what `npm run stack` needs.
#
#   tools/docker/check-image.sh [arguments of docker build, such as --network host]
set -euo pipefail
cd "$(dirname "$0")/../.."

image=tollgate:check
folder=$(mktemp -d)
key=tg_operator_of_an_image_check
gateway=18080 kafka=19092 redis=16379 store=12113
services=(projection billing messaging gateway)
containers=()
backends=

clean_up() {
  [ ${#containers[@]} -eq 0 ] || docker rm --force --volumes "${containers[@]}" > /dev/null
  [ -z "$backends" ] || { kill "$backends" && wait "$backends"; } || true
  rm -rf "$folder"
}
trap clean_up EXIT

fail() {
  echo "check-image: $*" >&2
  exit 1
}

# Runs the image as Compose does: read only, without capabilities, under the engine's init.
start() { # name, first argument, docker arguments
  local name=tollgate-check-$1 service=$2
  shift 2
  docker run --detach --init --network host --read-only --cap-drop ALL \
    --security-opt no-new-privileges:true --name "$name" "$@" "$image" "$service" > /dev/null
  containers+=("$name")
}

until_healthy() { # name
  local state
  for _ in $(seq 120); do
    state=$(docker inspect --format '{{.State.Health.Status}}' "tollgate-check-$1")
    [ "$state" != healthy ] || return 0
    sleep 1
  done
  docker logs "tollgate-check-$1" >&2
  fail "$1 is $state"
}

stop() { # name
  docker stop --time 30 "tollgate-check-$1" > /dev/null
  local code
  code=$(docker inspect --format '{{.State.ExitCode}}' "tollgate-check-$1")
  [ "$code" = 0 ] || fail "$1 ended with exit code $code"
}

start_backends() {
  node tools/run.js install
  npm run --silent build
  TOLLGATE_STACK_DIR=$folder TOLLGATE_STACK_KAFKA_PORT=$kafka TOLLGATE_STACK_REDIS_PORT=$redis \
    TOLLGATE_STACK_EVENTSTOREDB_PORT=$store TOLLGATE_STACK_CONTROLLER_PORT=0 \
    node dist/programs/stack.js --backends > "$folder/backends.log" &
  backends=$!
  for _ in $(seq 120); do
    ! grep -q ready "$folder/backends.log" || return 0
    kill -0 "$backends" || fail 'the backends ended'
    sleep 1
  done
  fail 'the backends did not start'
}

start_services() {
  local service health=19464
  for service in "${services[@]}"; do
    start "$service" "$service" \
      --env TOLLGATE_HOST=127.0.0.1 --env TOLLGATE_INSTANCE="$service" \
      --env TOLLGATE_PORT=$gateway --env TOLLGATE_HEALTH_PORT=$((health++)) \
      --env TOLLGATE_LOG_LEVEL=warn --env TOLLGATE_KAFKA_BROKERS=127.0.0.1:$kafka \
      --env TOLLGATE_REDIS=redis://127.0.0.1:$redis \
      --env "TOLLGATE_EVENTSTOREDB=esdb://127.0.0.1:$store?tls=false" \
      --env TOLLGATE_OPERATOR_KEY=$key --env TOLLGATE_KEY_SECRET=$key
  done
  for service in "${services[@]}"; do until_healthy "$service"; done
}

docker build --tag "$image" "$@" .
user=$(docker run --rm --network none --entrypoint id "$image" -u)
[ "$user" != 0 ] || fail 'the image runs as root'

start_backends
start_services
TOLLGATE_URL=http://127.0.0.1:$gateway TOLLGATE_OPERATOR_KEY=$key \
  TOLLGATE_EVENTSTOREDB="esdb://127.0.0.1:$store?tls=false" \
  TOLLGATE_REDIS=redis://127.0.0.1:$redis node dist/programs/demo.js
docker exec tollgate-check-gateway /app/tools/docker/entrypoint.sh tollgate audit verify
for service in gateway messaging billing projection; do stop "$service"; done

start standalone standalone --env TOLLGATE_PORT=$((gateway + 1)) --mount type=volume,target=/data
start devstore devstore --env DEVSTORE_PORT=$((store + 1)) --mount type=volume,target=/data
for service in standalone devstore; do until_healthy "$service" && stop "$service"; done
echo 'check-image: the image holds what it promises'
