# Sourced by the scripts beside it: where we are, what is said, what must be installed, how it is built.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD

say() { printf '%s\n' "== $*"; }
complain() { printf '%s\n' "$(basename "$0"): $*" >&2; return 1; }
fail() { complain "$*" || exit 1; }

# Caches belong in the home folder; where that can't be written to (a service's account), in build/.
if [ ! -w "${HOME:-/nonexistent}" ]; then
  export CCACHE_DIR=${CCACHE_DIR:-$root/build/cache/ccache} npm_config_cache=${npm_config_cache:-$root/build/cache/npm}
  export XDG_CACHE_HOME=${XDG_CACHE_HOME:-$root/build/cache} XDG_CONFIG_HOME=${XDG_CONFIG_HOME:-$root/build/cache/config}
fi

. "$root/script/long_step.sh"
. "$root/script/packages.sh"

# What CMake is told beside the preset.
configure_options=()

# configure PRESET: what has been configured before stays as it is.
configure() {
  local log=build/$1/configure.log
  mkdir -p "build/$1" 2>/dev/null && [ -w "build/$1" ] || fail "cannot write to $root/build/$1; let $(id -un) own it, or remove build"
  cmake --preset "$1" "${configure_options[@]}" >"$log" 2>&1 || {
    cat "$log" >&2
    fail "CMake could not configure the build; what it says stands above, and in $log"
  }
}

# ninja_progress LOG: the newest line of its status, `[12/335] Building …`.
ninja_progress() {
  sed -n -E 's/^\[([0-9]+)\/([0-9]+)\] (.*)/\1 \2 \1 of \2 steps, \3/p' "$1" | tail -n 1 |
    sed -E 's/Building CXX object ([^ ]*\.dir\/)?(.*)\.o$/compiled \2/; s/Linking CXX .* /linked /'
}

# first_errors LOG: of a build, without the commands, which fill screens.
first_errors() {
  grep -v -E '^(\[[0-9]+/[0-9]+\] |/usr/bin/c|: && )' "$1" | grep -E -A 8 '^FAILED|error:|error [0-9]|undefined (reference|symbol)|^ninja:' | cut -c 1-300 | head -n 60
  ! grep -q 'Killed signal' "$1" || printf '%s\n' "The compiler ran out of memory; this needs less: ninja -C ${1%/*} -j 1"
}

# build PRESET TARGET...: configures where needed and builds; says nothing where there is nothing to do.
build() {
  local preset=$1 log=build/$1/build.log started=$SECONDS steps
  shift
  configure "$preset"
  steps=$({ ninja -C "build/$preset" -n "$@" 2>/dev/null || true; } | sed -n '$s/^\[\([0-9]*\)\/.*/\1/p')
  [ "${steps:-0}" -lt 20 ] || say "Compiling $* ($preset): $steps steps on $(nproc) processors"
  NINJA_STATUS='[%f/%t] ' long_step "$log" ninja_progress ninja -C "build/$preset" "$@" || {
    first_errors "$log" >&2
    fail "the build failed; its first errors stand above, the whole in $log"
  }
  [ $((SECONDS - started)) -lt 3 ] || say "Built $* ($preset) in $((SECONDS - started)) s"
}

# at_exit COMMAND: done when this script ends, also by a signal; the last one named first.
exit_commands=
at_exit() {
  exit_commands="$1; $exit_commands"
  trap 'eval "$exit_commands"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

# share_mariadb: one MariaDB server for all that with_mariadb runs from here on, in this script and in those that it
# starts; it ends with this script. It waits for no disk: on a slow one the tests took four times as long.
share_mariadb() {
  [ -z "${XUEJI_TESTS_MARIADB:-}" ] || return 0
  shared_folder=$(mktemp -d --tmpdir xueji-mariadb-XXXXXX)
  at_exit 'script/mariadb stop "$shared_folder"; rm -rf "$shared_folder"'
  XUEJI_TESTS_MARIADB=$(script/mariadb start "$shared_folder" unsynced)
  XUEJI_TESTS_MARIADB_PID=$(cat "$shared_folder/mariadb.pid")
  export XUEJI_TESTS_MARIADB XUEJI_TESTS_MARIADB_PID
}

# with_mariadb COMMAND...: with XUEJI_DATABASE naming a MariaDB server: the one that it names, else the shared one, else
# one that goes with the command.
with_mariadb() (
  case ${XUEJI_DATABASE:-} in mysql:* | mariadb:*) "$@"; exit ;; esac
  if [ -n "${XUEJI_TESTS_MARIADB:-}" ]; then
    XUEJI_DATABASE=$XUEJI_TESTS_MARIADB
  else
    folder=$(mktemp -d --tmpdir xueji-mariadb-XXXXXX)
    trap 'script/mariadb stop "$folder"; rm -rf "$folder"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    XUEJI_DATABASE=$(script/mariadb start "$folder") || exit
  fi
  export XUEJI_DATABASE
  "$@"
)
