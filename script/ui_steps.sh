# Sourced by the scripts beside it, after support.sh: Node, and the steps that build the browser application. What can
# fail says why and has the status 1: the program serves without the application.

ui_packages=(brotli gzip fonts-hanazono)
hanazono=/usr/share/fonts/truetype/hanazono

# Vite asks for 20.19 or newer of Node 20, or 22.12 or newer.
node_is_new_enough() {
  local major minor
  IFS=. read -r major minor _ < <(node --version 2>/dev/null | tr -d v)
  [ -n "${minor:-}" ] || return 1
  [ "$major" -gt 22 ] || { [ "$major" = 22 ] && [ "$minor" -ge 12 ]; } || { [ "$major" = 20 ] && [ "$minor" -ge 19 ]; }
}

# node_packages: what a Node is to be had by, where there is none that is new enough.
node_packages() { { node_is_new_enough && command -v npm >/dev/null; } || command -v npm >/dev/null || printf '%s\n' nodejs npm; }

# need_node: a Node that is new enough, with its npm, on PATH. Debian 13 has one; Debian 12 has 18, which is enough to
# fetch a newer one.
need_node() {
  ! { node_is_new_enough && command -v npm >/dev/null; } || return 0
  local folder=build/node bin=$root/build/node/node_modules/.bin packages
  if [ ! -x "$bin/node" ] || [ ! -x "$bin/npm" ]; then
    mapfile -t packages < <(node_packages)
    try_install "${packages[@]}" || return 1
    hash -r
    ! node_is_new_enough || return 0
    mkdir -p "$folder"
    fetch_by_npm "Node 22 into $folder" "$folder" install node@22 npm@10 || return 1
  fi
  export PATH=$bin:$PATH
  hash -r
  node_is_new_enough || complain "the Node in build/node does not run; remove that folder and try again"
}

# npm waits for ever where its registry takes a connection and never answers; what stands before it ends that.
npm_minutes_max=${XUEJI_NPM_MINUTES:-10}
limited=(timeout --kill-after=10s "${npm_minutes_max}m")
ended_by_limit() { [ "$1" = 124 ] || [ "$1" = 137 ]; }

# fetch_by_npm WHAT FOLDER COMMAND...
fetch_by_npm() {
  local what=$1 folder=$2 log=$root/build/npm.log
  shift 2
  say "Fetching $what, about a minute"
  mkdir -p build
  long_step "$log" unknown_progress "${limited[@]}" env -C "$folder" npm "$@" --no-audit --no-fund || {
    ! ended_by_limit $? || complain "npm did not fetch $what within $npm_minutes_max minutes; does the registry answer that \`npm config get registry\` names?" || return 1
    grep -v -E '^npm (ERR!|error) +at ' "$log" | tail -n 15 >&2
    complain "npm could not fetch $what; its last lines stand above, the whole in build/npm.log"
  }
}

# npm_packages FOLDER: what its package-lock.json names, fetched anew only when that has changed.
npm_packages() {
  local stamp=$1/node_modules/.fetched-for wanted
  wanted="$(sha256sum <"$1/package-lock.json") node $(node --version)"
  [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
  fetch_by_npm "the packages of $1" "$1" ci || return 1
  printf '%s' "$wanted" >"$stamp"
}

# describe_api: build/openapi.json, from which the application's types are made; touched only when it is another.
describe_api() {
  build/release/xueji openapi --demo >build/openapi.json.new
  if cmp -s build/openapi.json.new build/openapi.json; then rm build/openapi.json.new
  else mv build/openapi.json.new build/openapi.json; fi
}

# build_fonts: build/ui-fonts, the rare characters in small files; only where the splitting or the fonts have changed.
build_fonts() {
  local inputs log=build/fonts.log
  inputs=$(sha256sum web/fonts/*.mjs; dpkg-query -W fonts-hanazono)
  [ "$(cat build/ui-fonts.stamp 2>/dev/null)" != "$inputs" ] || return 0
  say "Splitting the fonts of rare characters into build/ui-fonts, some ten seconds"
  long_step "$log" unknown_progress node web/fonts/split.mjs build/ui-fonts $hanazono/HanaMinA.ttf $hanazono/HanaMinB.ttf || {
    tail -n 25 "$log" >&2
    complain "the fonts could not be split; the last lines stand above, the whole in $log"
    return 1
  }
  printf '%s' "$inputs" >build/ui-fonts.stamp
}

ui_sources() {
  git ls-files -co --exclude-standard -- web/ui 2>/dev/null ||
    find web/ui -name node_modules -prune -o -type f -print
}

# ui_inputs: one hash of everything that build/ui is made from.
ui_inputs() {
  { ui_sources | LC_ALL=C sort; printf '%s\n' build/openapi.json build/ui-fonts.stamp script/ui_steps.sh; } |
    { xargs -d '\n' sha256sum -- 2>/dev/null || true; } | sha256sum
}

# precompress FOLDER: NAME.br and NAME.gz beside each text of more than 1 KiB; the same bytes for the same text.
precompress() {
  find "$1" -type f -size +1k \( -name '*.html' -o -name '*.js' -o -name '*.mjs' -o -name '*.css' -o -name '*.svg' \
    -o -name '*.json' -o -name '*.txt' \) -print0 |
    xargs -0 -r -n 1 -P "$(nproc)" sh -c 'brotli -f -k -q 11 -- "$0" && gzip -f -k -n -9 -- "$0"'
}

# build_ui: build/ui, made anew only when something that it is made from has changed. After the program.
build_ui() {
  local inputs log=build/ui.log started=$SECONDS
  try_install "${ui_packages[@]}" || return 1
  need_node || return 1
  npm_packages web/ui || return 1
  describe_api || return 1
  build_fonts || return 1
  inputs=$(ui_inputs)
  [ ! -f build/ui/index.html ] || [ "$(cat build/ui.stamp 2>/dev/null)" != "$inputs" ] || return 0
  say "Building the browser application, build/ui, about a minute"
  rm -f build/ui.stamp
  long_step "$log" unknown_progress "${limited[@]}" env -C web/ui sh -c 'npm run types && npm run build' || {
    ! ended_by_limit $? || complain "building the browser application took more than $npm_minutes_max minutes" || true
    tail -n 40 "$log" >&2
    complain "the browser application could not be built; the last lines stand above, the whole in $log"
    return 1
  }
  { cp -r build/ui-fonts build/ui/fonts && precompress build/ui; } || return 1
  printf '%s' "$inputs" >build/ui.stamp
  say "Built build/ui in $((SECONDS - started)) s"
}
