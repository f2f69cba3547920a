# Sourced by script/test and .ci/run, after support.sh: the test programs, and those that run under the sanitizers.

all_programs='unit_\|contract_\|differential_'
# Which the thread sanitizer watches.
threaded_programs='unit_runtime\|unit_web'

# programs_of PRESET PATTERN: those whose name matches, of a build that is configured.
programs_of() { ninja -C "build/$1" -t targets all | sed -n "s/^\(\($2\)[a-z_]*\): CXX_EXECUTABLE.*/\1/p" | sort -u; }

# begin_sanitized: builds what `script/test sanitize` runs in the time that other work leaves to the processors, and
# returns at once.
begin_sanitized() {
  configure asan
  configure tsan
  # shellcheck disable=SC2046
  setsid env --default-signal=INT,TERM bash -c '
    { echo 19 >/proc/self/autogroup; } 2>/dev/null || true
    chrt --idle --pid 0 $$ 2>/dev/null || renice -n 19 $$ >/dev/null
    tsan=$1
    shift
    ninja -j "$(nproc)" -C build/asan "$@" && exec ninja -j "$(nproc)" -C build/tsan $tsan' sanitized "$(programs_of tsan "$threaded_programs" | tr '\n' ' ')" \
    xueji $(programs_of asan "$all_programs") >build/sanitized.log 2>&1 </dev/null &
  sanitized=$!
  at_exit 'kill -INT -- "-$sanitized" 2>/dev/null || true'
}

# finish_sanitized: waits until they are built. What could not be built `script/test sanitize` says.
finish_sanitized() { wait "$sanitized" || true; }
