#!/bin/sh
# What the container runs: the name of a service, or tollgate with arguments of the command line.
set -eu
cd /app

run() {
  exec node --enable-source-maps --disable-warning=ExperimentalWarning "dist/programs/$@"
}

case "${1:-}" in
  gateway | billing | messaging | projection) run distributed.js "$1" ;;
  standalone)
    export TOLLGATE_DATA_DIR="${TOLLGATE_DATA_DIR:-/data}"
    run standalone.js
    ;;
  devstore)
    export DEVSTORE_DATA_DIR="${DEVSTORE_DATA_DIR:-/data}"
    run devstore.js
    ;;
  tollgate)
    shift
    # An audit reads the stores that the services use, else the data folder; never both.
    [ -n "${TOLLGATE_EVENTSTOREDB:-}" ] || export TOLLGATE_DATA_DIR="${TOLLGATE_DATA_DIR:-/data}"
    run cli.js "$@"
    ;;
  *)
    echo "usage: gateway | billing | messaging | projection | standalone | devstore" >&2
    echo "       tollgate <arguments of the command line>" >&2
    exit 64
    ;;
esac
