# Sourced by script/test, after support.sh: what each step takes. Every step is a line of $times: its name, seconds,
# seconds of processor, tests; what ran within a step, side by side, has a `+` before its name. .ci/run names one file for
# all that it runs; script/ci-times makes the table of it.
times=${XUEJI_TIMES:-$root/build/times.tsv}
mkdir -p "$(dirname "$times")"
[ -n "${XUEJI_TIMES:-}" ] || : >"$times"
within_wall=0 within_ticks=0 within_tests=0

# ticks: of the processor, hundredths of a second, that this script, what it has waited for and its MariaDB have used.
ticks() {
  local own mariadb=0
  own=$(awk '{ print $14 + $15 + $16 + $17 }' "/proc/$$/stat")
  [ -z "${XUEJI_TESTS_MARIADB_PID:-}" ] || mariadb=$(awk '{ print $14 + $15 }' "/proc/$XUEJI_TESTS_MARIADB_PID/stat" 2>/dev/null || echo 0)
  echo $((own + mariadb))
}

# measure NAME COMMAND...: notes what the command took by itself, without what is measured within it.
measure() {
  local name=$1 began=${EPOCHREALTIME/[.,]/} used outer_wall=$within_wall outer_ticks=$within_ticks
  local outer_tests=$within_tests before=$((passed + failed))
  used=$(ticks)
  shift
  within_wall=0 within_ticks=0 within_tests=0
  "$@"
  local wall=$((${EPOCHREALTIME/[.,]/} - began)) spent=$(($(ticks) - used)) tests=$((passed + failed - before))
  printf '%s\t%d.%02d\t%d.%02d\t%d\n' "$name" $(((wall - within_wall) / 1000000)) $(((wall - within_wall) / 10000 % 100)) \
    $(((spent - within_ticks) / 100)) $(((spent - within_ticks) % 100)) $((tests - within_tests)) >>"$times"
  within_wall=$((outer_wall + wall)) within_ticks=$((outer_ticks + spent)) within_tests=$((outer_tests + tests))
}

# note_part NAME WALL USER SYSTEM TESTS: of a program that ran within a step, beside others.
note_part() { printf '+%s\t%s\t%s\t%d\n' "$1" "$2" "$(awk "BEGIN { print $3 + $4 }")" "$5" >>"$times"; }
