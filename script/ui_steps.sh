# Sourced by the scripts beside it, after support.sh: Node, and the steps that build the browser application.

ui_packages=(brotli gzip fonts-hanazono)
hanazono=/usr/share/fonts/truetype/hanazono

# Vite asks for 20.19 or newer of Node 20, or 22.12 or newer.
node_is_new_enough() {
  local major minor
  IFS=. read -r major minor _ < <(node --version 2>/dev/null | tr -d v)
  [ -n "${minor:-}" ] || return 1
  [ "$major" -gt 22 ] || { [ "$major" = 22 ] && [ "$minor" -ge 12 ]; } || { [ "$major" = 20 ] && [ "$minor" -ge 19 ]; }
}

# need_node: a Node that is new enough, with its npm, on PATH. Debian 12 has 18, which is enough to fetch a newer one.
need_node() {
  ! { node_is_new_enough && command -v npm >/dev/null; } || return 0
  local folder=$root/build/node bin=$root/build/node/node_modules/.bin
  if [ ! -x "$bin/node" ] || [ ! -x "$bin/npm" ]; then
    command -v npm >/dev/null || install_packages nodejs npm
    say "Fetching Node 22 into build/node"
    mkdir -p "$folder"
    npm install --prefix "$folder" --no-audit --no-fund node@22 npm@10 >"$folder/install.log" 2>&1 || {
      tail -n 25 "$folder/install.log" >&2
      fail "npm could not fetch Node 22; its last lines stand above, the whole in build/node/install.log"
    }
  fi
  export PATH=$bin:$PATH
  hash -r
  node_is_new_enough || fail "the Node in build/node does not run; remove that folder and try again"
}

# npm_packages FOLDER: what its package-lock.json names, fetched anew only when that has changed.
npm_packages() {
  local stamp=$1/node_modules/.fetched-for wanted log=build/npm.log
  wanted="$(sha256sum <"$1/package-lock.json") node $(node --version)"
  [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
  say "Fetching the packages of $1"
  mkdir -p build
  (cd "$1" && npm ci --no-audit --no-fund) >"$log" 2>&1 || {
    tail -n 25 "$log" >&2
    fail "npm could not fetch the packages of $1; its last lines stand above, the whole in $log"
  }
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
  local inputs
  inputs=$(sha256sum web/fonts/*.mjs; dpkg-query -W fonts-hanazono)
  [ "$(cat build/ui-fonts.stamp 2>/dev/null)" != "$inputs" ] || return 0
  say "Splitting the fonts of rare characters into build/ui-fonts"
  node web/fonts/split.mjs build/ui-fonts $hanazono/HanaMinA.ttf $hanazono/HanaMinB.ttf
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
  install_packages "${ui_packages[@]}"
  need_node
  npm_packages web/ui
  describe_api
  build_fonts
  local inputs log=build/ui.log started=$SECONDS
  inputs=$(ui_inputs)
  [ ! -f build/ui/index.html ] || [ "$(cat build/ui.stamp 2>/dev/null)" != "$inputs" ] || return 0
  say "Building build/ui"
  rm -f build/ui.stamp
  (cd web/ui && npm run types && npm run build) >"$log" 2>&1 || {
    tail -n 40 "$log" >&2
    fail "the browser application could not be built; the last lines stand above, the whole in $log"
  }
  cp -r build/ui-fonts build/ui/fonts
  precompress build/ui
  printf '%s' "$inputs" >build/ui.stamp
  say "Built build/ui in $((SECONDS - started)) s"
}
