# Sourced by support.sh: steps that take long, and what is seen of them meanwhile.

# ends_by_signal: a signal ends the script, also where the command that it waits for has survived it.
ends_by_signal() {
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}
ends_by_signal

# end_step PROCESS STATUS: a signal to the script ends the step, with all that belongs to it, then the script. SIGINT is
# what apt-get, ninja and npm clear up after.
end_step() {
  trap '' HUP INT TERM
  kill -INT -- "-$1" 2>/dev/null || kill -INT "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
  ! changes_its_line || printf '\r\033[K'
  exit "$2"
}

changes_its_line() { [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; }

# time_left DONE ALL SECONDS: what remains if it goes on at this pace; nothing while it is too early to tell.
time_left() {
  [ "$1" -gt 0 ] && [ $(($1 * 20)) -ge "$2" ] && [ "$3" -ge 5 ] || return 0
  local left=$(($3 * ($2 - $1) / $1))
  if [ $left -ge 90 ]; then printf ', about %d min left' $(((left + 30) / 60))
  elif [ $left -ge 5 ]; then printf ', about %d s left' "$left"; fi
}

# progress_line PROGRESS LOG SECONDS: PROGRESS prints `DONE ALL WHAT`, or nothing where that can't be known.
progress_line() {
  local at all what
  read -r at all what < <("$1" "$2") || true
  if [ -z "${all:-}" ]; then printf '%d s' "$3"
  else printf '[%d%%] %s · %d s%s' $((at * 100 / all)) "$what" "$3" "$(time_left "$at" "$all" "$3")"; fi
}

unknown_progress() { :; }

# long_step LOG PROGRESS COMMAND...: the command's output goes to LOG. Meanwhile the function PROGRESS, called with LOG,
# tells how far it is: on a terminal in a line that changes, elsewhere in one every ten seconds. The status is the command's.
long_step() {
  local log=$1 progress=$2 started=$SECONDS told=$SECONDS status=0 group=(setsid) step width line
  shift 2
  # A process group of its own, so that it ends as a whole; but sudo asks on the terminal, and must stay there.
  [ "$1" != sudo ] || group=()
  "${group[@]}" env --default-signal=INT,TERM "$@" >"$log" 2>&1 </dev/null &
  step=$!
  trap 'end_step "$step" 129' HUP
  trap 'end_step "$step" 130' INT
  trap 'end_step "$step" 143' TERM
  while kill -0 "$step" 2>/dev/null; do
    sleep 0.2
    if changes_its_line; then
      [ $((SECONDS - started)) -ge 1 ] || continue
      width=$(stty size <&1 2>/dev/null | cut -d ' ' -f 2) || width=80
      line=$(progress_line "$progress" "$log" $((SECONDS - started)))
      printf '\r\033[K   %s' "${line:0:$((${width:-80} - 4))}"
    elif [ $((SECONDS - told)) -ge 10 ]; then
      told=$SECONDS
      printf '   %s\n' "$(progress_line "$progress" "$log" $((SECONDS - started)))"
    fi
  done
  wait "$step" || status=$?
  ends_by_signal
  ! changes_its_line || printf '\r\033[K'
  return $status
}
