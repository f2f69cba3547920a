# Sourced by support.sh: the Debian packages that we need, by the release at hand, and their installation.

# codename: of the Debian or Ubuntu at hand; nothing elsewhere.
codename() { (. /etc/os-release 2>/dev/null && printf '%s' "${VERSION_CODENAME:-}"); }

# Boost.URL came with 1.81, which Debian 12 has beside its default of 1.74.
case $(codename) in
  bookworm) boost_packages=(libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev) ;;
  *) boost_packages=(libboost-dev libboost-json-dev libboost-url-dev) ;;
esac
build_packages=(g++ cmake ninja-build pkg-config ccache mold ca-certificates "${boost_packages[@]}"
  libssl-dev libsoci-dev libsqlite3-dev libmariadb-dev libyaml-cpp-dev libspdlog-dev libz3-dev libmimalloc-dev
  libfmt-dev libcli11-dev libsodium-dev prometheus-cpp-dev libicu-dev libhowardhinnant-date-dev
  libjpeg62-turbo-dev libpng-dev libpoppler-private-dev libfontconfig-dev libseccomp-dev poppler-data fonts-droid-fallback)
unit_packages=(catch2)
test_packages=(curl jq faketime python3-pytest python3-pytest-xdist python3-requests python3-websockets python3-jsonschema python3-yaml python3-pymysql
  python3-pil qpdf)
# The server and its client as programs: mariadb-server would start a service of the whole machine beside them.
mariadb_packages=(mariadb-server-core mariadb-client-core openssl libeatmydata1)
ui_test_packages=(chromium fonts-noto-cjk fonts-noto-core poppler-utils)
lint_packages=(clang-format-19 clang-tidy-19)
# By which script/fuzz compiles.
clang_packages=(clang-19 libclang-rt-19-dev)

# missing_of PACKAGE...: those that are not installed, one a line.
missing_of() {
  [ $# -gt 0 ] || return 0
  { dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true; } | sed -n 's/^installed //p' | sort -u |
    comm -13 - <(printf '%s\n' "$@" | sort -u)
}

can_install() { [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }; }

# become_root PACKAGE...: sets `rights`, by which apt-get installs them, or says what root would have to type.
become_root() {
  rights=()
  [ "$(id -u)" != 0 ] || return 0
  if command -v sudo >/dev/null && { can_install || { say "Installing Debian packages by sudo: $*" && sudo -v; }; }; then
    rights=(sudo)
    return 0
  fi
  complain "these Debian packages are missing, and only root may install them. Let root type this, then try again:
    apt-get update && apt-get install --no-install-recommends $*"
}

# apt_progress LOG: of 100, by what apt-get has said so far; unpacking takes the most.
apt_progress() {
  awk '/ newly installed, / { all = $1 + $3; fetched = 0 }
    /^Need to get / { size = $0; sub(/^Need to get /, "", size); sub(/ of archives.*/, "", size); sub(/\/.*/, "", size) }
    /^Get:/ { fetched++; what = "fetching " size ", " $5 }
    /^Unpacking / { fetched = all; unpacked++; what = "unpacking " $2 }
    /^Setting up / { fetched = all; set_up++; what = "setting up " $3 }
    END { if (all) { part = (25 * fetched + 65 * unpacked + 10 * set_up) / all; printf "%d 100 %s\n", part < 100 ? part : 99, what } }' "$1"
}

# try_install PACKAGE...: installs what is missing; silent when there is nothing to do. Where it fails it says why, and
# the status is 1.
try_install() {
  local missing rights log
  mapfile -t missing < <(missing_of "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || {
    complain "this needs Debian 12 or 13, with these packages: ${missing[*]}"
    return 1
  }
  become_root "${missing[@]}" || return 1
  say "Installing ${#missing[@]} Debian packages and what they need: ${missing[*]}"
  log=$(mktemp)
  long_step "$log" apt_progress "${rights[@]}" sh -c 'export LC_ALL=C DEBIAN_FRONTEND=noninteractive
    lock=DPkg::Lock::Timeout=300
    dpkg --configure -a && apt-get -q -o $lock update && exec apt-get -q -y -o $lock --no-install-recommends install "$@"' sh "${missing[@]}" || {
    tail -n 25 "$log" >&2
    complain "apt-get could not install the packages (Debian 12 and 13 have them all); its last lines stand above, the whole in $log"
    return 1
  }
  rm -f "$log"
}

# install_packages PACKAGE...: the same, and ends the script where it fails.
install_packages() { try_install "$@" || exit 1; }
