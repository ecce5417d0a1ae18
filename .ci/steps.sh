# shellcheck shell=bash
# Runs the steps of .ci/run, counts their checks, and shows them in a table. Keeps its notes in the folder $scratch.
: "${scratch:?}"

readonly code_of_unavailable=77
# A step that hangs is a step that fails; the longest takes a few minutes.
readonly seconds_for_a_step=900
passed=0 failed=0 skipped=0 table=()

# step NAME COMMAND...: one check
step() {
  local name=$1 status
  announce "$name"
  run "${@:2}"
  status=$?
  case $status in
    0) record "$name" 1 0 0 ;;
    "$code_of_unavailable") record "$name" 0 0 1 "$(<"$scratch/reason")" ;;
    *) record "$name" 0 1 0 "exit code $status" ;;
  esac
  return "$status"
}

# jest_step NAME COMMAND...: as many checks as jest has run tests
jest_step() {
  local name=$1 report=$scratch/jest.json counts remarks status
  rm -f "$report"
  announce "$name"
  run "${@:2}" -- --json --outputFile="$report"
  status=$?
  if [[ ! -f $report ]]; then
    record "$name" 0 1 0 "exit code $status, before jest could run"
    return
  fi
  { read -r -a counts && remarks=$(cat); } < <(node .ci/count-tests.cjs "$report")
  if ((status != 0 && counts[1] == 0)); then
    counts[1]=1
    remarks="exit code $status, though no test failed"
  fi
  record "$name" "${counts[@]}" "$remarks"
}

# skip NAME REASON
skip() {
  announce "$1: skipped, $2"
  record "$1" 0 0 1 "$2"
}

# For the command of a step, when this machine does not have what it needs: unavailable REASON
unavailable() {
  echo "skipped: $1"
  echo "$1" >"$scratch/reason"
  return "$code_of_unavailable"
}

announce() {
  started=$SECONDS
  printf '\n=== %s\n' "$1"
}

# In a process group of its own, so that all of it can be stopped.
run() {
  local status watch
  set -m
  "$@" </dev/null &
  group=$!
  (sleep "$seconds_for_a_step" && echo "not done after $seconds_for_a_step s: stopped" && kill -- "-$group") &
  watch=$!
  set +m
  wait "$group"
  status=$?
  kill -- "-$watch" 2>/dev/null
  wait "$watch" 2>/dev/null
  group=
  return "$status"
}

# record NAME PASSED FAILED SKIPPED [REMARK]
record() {
  local outcome=passed remark=${5-}
  if (($4 > 0 && $2 == 0)); then outcome=skipped; fi
  if (($3 > 0)); then outcome=FAILED; fi
  passed=$((passed + $2)) failed=$((failed + $3)) skipped=$((skipped + $4))
  table+=("$(printf '%-8s %-24s %4d passed %3d failed %3d skipped %5d s  %s' \
    "$outcome" "$1" "$2" "$3" "$4" "$((SECONDS - started))" "${remark//$'\n'/; }")")
}

summarise() {
  printf '\n=== Summary\n'
  printf '%s\n' "${table[@]}"
  printf '\n%d passed, %d failed' "$passed" "$failed"
  if ((skipped > 0)); then printf ', %d skipped' "$skipped"; fi
  printf '\n'
  ((failed == 0 && passed > 0))
}
