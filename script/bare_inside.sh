# bare_inside.sh RELEASE PLACE [COMMAND...]: the half of script/bare that is the first process of its own namespaces.
. "$(dirname "$(readlink -f "$0")")/support.sh"
release=$1 place=$2 bare=$2/root
shift 2

# The bare root, as debootstrap leaves it.
bootstrap() {
  local tar=build/bare/$release.tar log=$place/debootstrap.log
  mkdir -p "$bare"
  if [ -f "$tar" ]; then
    tar -C "$bare" --numeric-owner -xpf "$tar"
    return
  fi
  say "Making a bare $release by debootstrap, about two minutes"
  long_step "$log" unknown_progress debootstrap --variant=minbase --include=git,ca-certificates \
    "$release" "$bare" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} || {
    tail -n 25 "$log" >&2
    fail "debootstrap could not make a $release; its last lines stand above"
  }
  chroot "$bare" apt-get clean
  tar -C "$bare" --numeric-owner --one-file-system --exclude='./dev/*' --exclude='./proc/*' --exclude='./sys/*' \
    -cf "$place/new.tar" .
  mv "$place/new.tar" "$tar"
}

# What a running machine has, and a folder lacks.
furnish() {
  local node
  mount -t proc proc "$bare/proc"
  mount -t sysfs -o ro sysfs "$bare/sys"
  mount -t tmpfs -o mode=755,nosuid tmpfs "$bare/dev"
  for node in null zero full random urandom tty; do
    touch "$bare/dev/$node"
    mount --bind "/dev/$node" "$bare/dev/$node"
  done
  mkdir "$bare/dev/pts" "$bare/dev/shm"
  mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$bare/dev/pts"
  mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$bare/dev/shm"
  ln -s pts/ptmx "$bare/dev/ptmx"
  ln -s /proc/self/fd "$bare/dev/fd"
  for node in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${node%:*}" "$bare/dev/${node#*:}"; done
}

# How this machine reaches the network: names, proxies, certificates. Sets `handed_on`, the environment.
connect() {
  local name
  cat /etc/resolv.conf >"$bare/etc/resolv.conf"
  cat /etc/hosts >"$bare/etc/hosts"
  [ ! -f /etc/ssl/certs/ca-certificates.crt ] || cat /etc/ssl/certs/ca-certificates.crt >"$bare/etc/ssl/certs/ca-certificates.crt"
  apt-config dump | grep -E '^Acquire::(http|https)::Proxy ' >"$bare/etc/apt/apt.conf.d/90proxy" || true
  handed_on=()
  for name in {http,https,no,all}_proxy {HTTP,HTTPS,NO,ALL}_PROXY npm_config_registry \
    SSL_CERT_FILE NODE_EXTRA_CA_CERTS CURL_CA_BUNDLE REQUESTS_CA_BUNDLE GIT_SSL_CAINFO; do
    [ -n "${!name:-}" ] || continue
    handed_on+=("$name=${!name}")
    [ ! -f "${!name}" ] || install -D -m 644 "${!name}" "$bare${!name}"
  done
}

# enter_bare COMMAND...: instead of this process, in the checkout, as root of a machine where nobody has set anything.
enter_bare() {
  exec env --default-signal=INT,TERM -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    TERM="${TERM:-dumb}" "${handed_on[@]}" chroot "$bare" sh -c 'cd /root/xueji && exec "$@"' sh "$@"
}
in_bare() (enter_bare "$@")

# play_both: builds, serves on a free port, plays both businesses, and stops.
play_both() {
  local output=$place/server.log url= server status=0
  enter_bare script/server --port 0 > >(tee "$output") 2>&1 &
  server=$!
  while kill -0 $server 2>/dev/null && [ -z "$url" ]; do
    sleep 0.2
    url=$(sed -n 's|^xueji: \(http://127\.0\.0\.1:[0-9]*\)$|\1|p' "$output")
  done
  [ -n "$url" ] || { wait $server || status=$?; fail "script/server ended (status $status) before it served"; }
  python3 tests/bare/journey.py "$url" || status=$?
  kill -TERM $server
  wait $server || { complain "script/server ended with the status $?, though it was asked to stop"; status=1; }
  return $status
}

seconds() { awk -v minutes="${1%m*}" -v rest="${1#*m}" 'BEGIN { printf "%d", minutes * 60 + rest + 0.5 }'; }
minutes() { printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); }

# count_processors: sets `processors`, the seconds of all that this process has waited for, and theirs.
count_processors() {
  local user system
  times >"$place/times"
  read -r user system < <(tail -n 1 "$place/times")
  processors=$(($(seconds "${user%s}") + $(seconds "${system%s}")))
}

bootstrap
furnish
connect
mv "$place/checkout" "$bare/root/xueji"
count_processors
before=$processors started=$SECONDS status=0
if [ $# -gt 0 ]; then in_bare "$@" || status=$?
else play_both || status=$?; fi
count_processors
say "${*:-script/server and both businesses} on $release: status $status after $(minutes $((SECONDS - started)))," \
  "$(minutes $((processors - before))) of processors"
exit $status
