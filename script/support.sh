# Sourced by the scripts beside it: where we are, what is said, and what must be installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD

say() { printf '%s\n' "== $*"; }
fail() { printf '%s\n' "$(basename "$0"): $*" >&2; exit 1; }

build_packages=(g++ cmake ninja-build pkg-config ccache mold ca-certificates
  libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev libsoci-dev libsqlite3-dev libmariadb-dev libyaml-cpp-dev libspdlog-dev
  libfmt-dev libcli11-dev libsodium-dev prometheus-cpp-dev libmagic-dev libicu-dev libhowardhinnant-date-dev catch2)
test_packages=(curl jq faketime python3-pytest python3-pytest-xdist python3-requests python3-websockets python3-jsonschema python3-yaml python3-pymysql)
# The server and its client as programs: mariadb-server would start a service of the whole machine beside them.
mariadb_packages=(mariadb-server-core mariadb-client-core openssl)
ui_test_packages=(chromium fonts-noto-cjk fonts-noto-core)
lint_packages=(clang-format-19 clang-tidy-19)

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else fail "these Debian packages are missing, and there is neither root nor sudo to install them: ${missing[*]}"
  fi
}

# install_packages PACKAGE...: only what is missing; silent when there is nothing to do.
install_packages() {
  missing=()
  local package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || fail "this needs Debian 12 with these packages: ${missing[*]}"
  say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
  local log
  log=$(mktemp)
  { as_root apt-get -q update &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "${missing[@]}"; } >"$log" 2>&1 || {
    tail -n 25 "$log" >&2
    fail "apt-get could not install the packages; its last lines stand above, the whole in $log"
  }
  rm -f "$log"
}

# build PRESET TARGET...: configures where needed and builds; quiet unless something is done or fails.
build() {
  local preset=$1
  shift
  mkdir -p "build/$preset"
  local log="build/$preset/configure.log"
  cmake --preset "$preset" >"$log" 2>&1 || { cat "$log" >&2; fail "CMake could not configure the build ($log)"; }
  local started=$SECONDS
  ninja -C "build/$preset" "$@" >"build/$preset/build.log" 2>&1 || {
    grep -E -A 12 'FAILED|error:' "build/$preset/build.log" | head -n 80 >&2
    fail "the build failed; its first errors stand above, the whole in build/$preset/build.log"
  }
  [ $((SECONDS - started)) -lt 3 ] || say "Built $* ($preset) in $((SECONDS - started)) s"
}

# share_mariadb: one MariaDB server for all that with_mariadb runs from here on, in this script and in those that it
# starts; it ends with this script.
share_mariadb() {
  [ -z "${XUEJI_TESTS_MARIADB:-}" ] || return 0
  shared_folder=$(mktemp -d --tmpdir xueji-mariadb-XXXXXX)
  trap 'script/mariadb stop "$shared_folder"; rm -rf "$shared_folder"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  XUEJI_TESTS_MARIADB=$(script/mariadb start "$shared_folder")
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
