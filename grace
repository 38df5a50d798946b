#!/usr/bin/env bash
# Starts GRACE: finds a JDK, builds what is not built yet, then becomes the Java process that was asked for. For bash 3.2.
#
#   grace serve|check|playbook|replay|report …  the server, and what needs none (module app)
#   grace demo|sense|drill|bench …  demonstrations, the kill drill, the benchmarks (module lab)
#   grace warm            trains AOT caches, so that later starts are quicker
#   grace --jdk           prints the JDK that is used
#   grace …               every other command, as a client of a server   (module cli)
#
# GRACE_JAVA_OPTS adds JVM options, split at white space; GRACE_CLASS_PATH adds jars, such as of domains of one's own.
# Messages go to stderr, so stdout stays the command's own.
# Exit status: that of the Java process; 3 when a JDK or Maven is missing; 4 when the build or a training failed.
set -euo pipefail

readonly JAVA_NEEDED=25
readonly TRAIN_START_LIMIT_S=90 # a cold start takes 5 s; a busy machine ten times that
readonly TRAIN_STOP_LIMIT_S=120 # the JVM assembles the cache while it ends
readonly LOCK_LIMIT_S=900       # a first build downloads everything
readonly LOG_LINES=30 WAITING='another launch is building; waiting for it'

say() { printf 'grace: %s\n' "$*" >&2; }
die() {
  local status=$1
  shift
  say "$*"
  exit "$status"
}
pause() { sleep 0.2 2>/dev/null || sleep 1; } # fractions are not everywhere

# Ends with the last lines of a log, what went wrong, and where the rest is.
die_with_log() {
  tail -n "$LOG_LINES" "$1" >&2
  die 4 "$2; above are the last $LOG_LINES lines of $1"
}

# Where this script really is, through any chain of symbolic links (readlink -f is not everywhere).
home_of() {
  local path=$1 link
  while [[ -L $path ]]; do
    link=$(readlink "$path")
    case $link in /*) path=$link ;; *) path=$(dirname -- "$path")/$link ;; esac
  done
  (cd -P -- "$(dirname -- "$path")" && pwd)
}

# Succeeds for the home of a new enough JDK and sets JDK and JDK_VERSION. The release file spares starting a JVM.
try_jdk() {
  local home=${1%/} line version='' major
  [[ -x $home/bin/java && -x $home/bin/javac ]] || return 1
  if [[ -r $home/release ]]; then
    while read -r line; do case $line in JAVA_VERSION=*) version=${line#*=} ;; esac done <"$home/release"
  fi
  if [[ -z $version ]]; then
    version=$("$home/bin/java" -version 2>&1 | sed -n 's/^.* version "\([^"]*\)".*$/\1/p') || return 1
  fi
  version=${version//\"/}
  version=${version%%[[:space:]]*}
  major=${version%%[!0-9]*}
  if [[ -z $major ]] || ((major < JAVA_NEEDED)); then
    [[ ${SEEN-} == *"$home has"* ]] || SEEN="${SEEN-}; $home has ${version:-no version}"
    return 1
  fi
  JDK=$home JDK_VERSION=$version
}

find_jdk() {
  local java home
  [[ -n ${JAVA_HOME-} ]] && try_jdk "$JAVA_HOME" && return
  if java=$(command -v java) && [[ $java == /* ]]; then
    home=$(home_of "$java")
    try_jdk "${home%/bin}" && return
  fi
  for home in /usr/lib/jvm/* /opt/* "${HOME:-/}"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    try_jdk "$home" && return
  done
  cat >&2 <<END
grace: no JDK $JAVA_NEEDED or newer in JAVA_HOME, on the PATH, in /usr/lib/jvm, /opt, ~/.sdkman or /Library/Java${SEEN-}.
  Debian, Ubuntu  apt-get install temurin-25-jdk   (Adoptium's package; set up its repository first:
                  https://adoptium.net/installation/linux)
  Fedora          dnf install java-25-openjdk-devel
  macOS           brew install --cask temurin@25
  SDKMAN          sdk install java 25-tem
  anywhere        https://adoptium.net/temurin/releases?version=25, then set JAVA_HOME to it
END
  exit 3
}

# A module's own jar: the newest, since a change of version leaves the old one behind.
own_jar() {
  local jar newest=''
  for jar in "$ROOT/$1/target/grace-$1-"*.jar; do
    case $jar in *-sources.jar | *-javadoc.jar | *-tests.jar | *-exec.jar) continue ;; esac
    if [[ -f $jar && (-z $newest || $jar -nt $newest) ]]; then newest=$jar; fi
  done
  [[ -n $newest ]] && printf '%s' "$newest"
}

# Sets CLASS_PATH for a module; fails when any jar is missing, as after `mvn clean` or when the checkout was moved.
class_path() {
  local jar list entry rest
  [[ -r $ROOT/$1/target/classpath.txt ]] && jar=$(own_jar "$1") || return 1
  list=$(<"$ROOT/$1/target/classpath.txt")
  rest=$list:
  while [[ $rest == *:* ]]; do
    entry=${rest%%:*} rest=${rest#*:}
    [[ -z $entry || -f $entry ]] || return 1
  done
  CLASS_PATH=$jar${list:+:$list}
}

# A directory counts too: it is newer when a source file was taken away.
sources_changed() {
  local newer
  newer=$(cd "$ROOT" && find . \( -name .git -o -name target -o -path '*/src/test' \) -prune -o \
    \( -name pom.xml -o -path '*/src/main' -o -path '*/src/main/*' \) -newer target/grace.stamp -print | head -n 1)
  [[ -n $newer ]]
}

is_built() {
  [[ -f $ROOT/target/grace.stamp ]] && class_path cli && class_path app && class_path lab && ! sources_changed
}

find_maven() {
  local version major minor
  command -v mvn >/dev/null || die 3 "Maven 3.8 or newer is needed to build and mvn is not on the PATH. Debian, Ubuntu:" \
    "apt-get install maven. Fedora: dnf install maven. macOS: brew install maven. Or: https://maven.apache.org/install.html"
  version=$(JAVA_HOME=$JDK mvn --version 2>&1 </dev/null | sed -n 's/^.*Apache Maven \([0-9][0-9.]*\).*$/\1/p' | head -n 1)
  IFS=. read -r major minor _ <<<"${version:-0.0}"
  ((major > 3 || (major == 3 && ${minor:-0} >= 8))) ||
    die 3 "Maven 3.8 or newer is needed to build; $(command -v mvn) says ${version:-nothing of its version}"
}

# One build at a time. The kernel frees a flock however its holder ends; without flock, a directory names its holder.
lock() {
  mkdir -p "$ROOT/target" || die 4 "cannot write to $ROOT/target, where the build goes"
  if command -v flock >/dev/null; then
    exec 9>"$ROOT/target/grace.lock"
    flock -n 9 || { say "$WAITING" && flock -w "$LOCK_LIMIT_S" 9; } || die 4 "gave up after $LOCK_LIMIT_S s"
    return
  fi
  local holder waited=0
  until mkdir "$ROOT/target/grace.lock.d" 2>/dev/null; do
    holder=$(cat "$ROOT/target/grace.lock.d/pid" 2>/dev/null) || holder=''
    # A holder without a pid has just begun, or died in between: after a while it is taken for dead.
    if { [[ -n $holder ]] && ! kill -0 "$holder" 2>/dev/null; } || { [[ -z $holder ]] && ((waited > 50)); }; then
      rm -rf "$ROOT/target/grace.lock.d"
    fi
    ((waited++)) || say "$WAITING"
    ((waited <= LOCK_LIMIT_S * 5)) || die 4 "gave up after $LOCK_LIMIT_S s"
    pause
  done
  printf '%s\n' $$ >"$ROOT/target/grace.lock.d/pid"
  LOCKED=yes
}

unlock() {
  if [[ -n $LOCKED ]]; then rm -rf "$ROOT/target/grace.lock.d" && LOCKED=''; else exec 9>&-; fi
}

CHILD='' SCRATCH='' LOCKED=''
clean_up() {
  [[ -z $CHILD ]] || kill -TERM "$CHILD" 2>/dev/null || true
  [[ -z $SCRATCH ]] || rm -rf "$SCRATCH"
  [[ -z $LOCKED ]] || unlock
}

# Shows that the build lives: on a terminal a spinner with the module and the seconds, elsewhere a line for each module.
watch_build() {
  local log=$1 module='' last='' frame=0 spinner='|/-+'
  while kill -0 "$CHILD" 2>/dev/null; do
    module=$(sed -n 's/^\[INFO\] Building \(GRACE.*\)$/\1/p' "$log" | tail -n 1 | sed 's/  */ /g; s/ [0-9][^ ]*-SNAPSHOT//')
    if [[ -t 2 ]]; then
      printf '\r\033[K%s building %s (%d s)' "${spinner:frame++ % 4:1}" "${module:-GRACE}" $((SECONDS - STARTED)) >&2
    elif [[ -n $module && $module != "$last" ]]; then
      say "building $module" && last=$module
    fi
    pause
  done
  if [[ -t 2 ]]; then printf '\r\033[K' >&2; fi
}

build() {
  local log=$ROOT/target/build.log status=0 STARTED=$SECONDS
  [[ -f $ROOT/pom.xml ]] || die 4 "found no pom.xml in $ROOT; wanted the checkout that this script belongs to"
  find_maven
  say "building with $(command -v mvn) on Java $JDK_VERSION; log: $log"
  # Of the time before the build, so that what is edited meanwhile is built next time.
  : >"$ROOT/target/grace.stamp.new"
  # Formatting, coverage, tests and examples, which need the tests of domains, are the business of `mvn verify`.
  (cd "$ROOT" && JAVA_HOME=$JDK exec mvn -B -ntp -Dstyle.color=never -Dmaven.test.skip=true \
    -Dspotless.check.skip=true -Djacoco.skip=true -pl '!examples' package) >"$log" 2>&1 </dev/null &
  CHILD=$!
  watch_build "$log"
  wait "$CHILD" || status=$?
  CHILD=''
  ((status == 0)) || die_with_log "$log" "the build failed with Maven's exit status $status"
  mv "$ROOT/target/grace.stamp.new" "$ROOT/target/grace.stamp"
  is_built || die 4 "the build passed but left no complete class path; wanted target/classpath.txt and a jar in cli, app and lab"
  say "built in $((SECONDS - STARTED)) s"
}

build_if_needed() {
  is_built && return
  lock
  is_built || build # Asked again: whoever held the lock may have built it.
  unlock
}

# JVM options by what is started. Warnings of the JVM go to stderr: on stdout they would spoil a command's JSON.
# No -Xshare:auto: it is the default, and the JVM refuses it beside an AOT cache.
jvm_flags() {
  FLAGS=(--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC "-Dgrace.home=$ROOT" -Xlog:disable -Xlog:all=warning:stderr)
  [[ $1 == cli ]] || FLAGS+=("-Djava.util.logging.config.file=$ROOT/app/src/main/resources/jul.properties")
  case $1 in
    cli) FLAGS+=(-XX:TieredStopAtLevel=1 -Xmx256m) ;;
    serve)
      FLAGS+=(-Xms48m -Xmn24m -Xmx160m -Xss512k -XX:+UseCompactObjectHeaders)
      # Ten times the usual patience before the costly compiler: a start must not pay for code that is run once.
      FLAGS+=(-XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=20000 -XX:Tier4CompileThreshold=100000)
      export MALLOC_ARENA_MAX=2 # one arena for each core holds memory that nobody uses any more
      ;;
    demo) FLAGS+=(-Xmx384m) ;;
    offline) FLAGS+=(-XX:TieredStopAtLevel=1 -Xmx256m) ;;
    bench) FLAGS+=(-Xmx1g) ;;
  esac
  local more
  IFS=$' \t\n' read -r -d '' -a more <<<"${GRACE_JAVA_OPTS-}" || true
  FLAGS+=(${more[@]+"${more[@]}"})
}

cache_of() { printf '%s' "$ROOT/target/aot/$1-$JDK_VERSION.aot"; }

# The JVM refuses a cache that was made for other jars; not offering it spares the warning.
cache_is_fresh() {
  local jar
  [[ -f $1 ]] || return 1
  for jar in "$ROOT"/*/target/grace-*.jar; do [[ ! $jar -nt $1 ]] || return 1; done
}

# Waits until the child has ended (no pattern) or its log has a line that matches the pattern.
await_child() {
  local log=$1 pattern=$2 limit=$(($3 * 5)) turn
  for ((turn = 0; turn < limit; turn++)); do
    if ! kill -0 "$CHILD" 2>/dev/null; then [[ -z $pattern ]] && return || return 1; fi
    if [[ -n $pattern ]] && grep -Eq "$pattern" "$log"; then return; fi
    pause
  done
  return 1
}

# train_aot NAME READY CLASSPATH MAIN [ARG…]: runs MAIN until its log matches READY (to its end when empty), uses and
# stops it, and keeps the AOT cache that the JVM writes on its way out. It works in $SCRATCH and with an empty
# environment, so that a training never meets the data, the settings or the secrets of a real installation.
train_aot() {
  local name=$1 ready=$2 path=$3 main=$4 log=$ROOT/target/aot/$1.log cache began=$SECONDS
  shift 4
  cache=$(cache_of "$name")
  mkdir -p "$ROOT/target/aot" && rm -f "$cache"
  jvm_flags "$name"
  say "training $name"
  (in_scratch JDK_AOT_VM_OPTIONS=-Xmx512m "$JDK/bin/java" "${FLAGS[@]}" -Duser.home="$SCRATCH" \
    -XX:AOTCacheOutput="$SCRATCH/aot" -cp "$path" "$main" "$@") >"$log" 2>&1 </dev/null &
  CHILD=$!
  if [[ -n $ready ]]; then
    await_child "$log" "$ready" "$TRAIN_START_LIMIT_S" || die_with_log "$log" "$name was not ready in time"
    ask_trained "$log"
    kill -TERM "$CHILD"
  fi
  await_child "$log" '' "$TRAIN_STOP_LIMIT_S" || die_with_log "$log" "$name did not end in time"
  wait "$CHILD" || true # 143 after TERM; whether it worked is seen by the cache
  CHILD=''
  { [[ -s $SCRATCH/aot ]] && mv "$SCRATCH/aot" "$cache"; } || die_with_log "$log" "$name ended without an AOT cache"
  say "trained $name in $((SECONDS - began)) s: $cache"
}

in_scratch() {
  cd "$SCRATCH" && exec env -i PATH="$PATH" HOME="$SCRATCH" LANG="${LANG:-C}" "$@"
}

# Asks the server that is being trained what people ask it most.
ask_trained() {
  local url command
  url=$(sed -n 's/^GRACE is ready at \([^ ]*\).*/\1/p' "$1")
  class_path cli
  for command in status incidents runs 'log export' learning; do
    # shellcheck disable=SC2086 # a command of two words
    (in_scratch GRACE_URL="$url" GRACE_TOKEN_FILE="$SCRATCH/token" "$JDK/bin/java" -XX:TieredStopAtLevel=1 \
      -cp "$CLASS_PATH" io.grace.cli.Main $command) >>"$1" 2>&1 </dev/null || die_with_log "$1" "grace $command failed"
  done
}

warm() {
  lock
  SCRATCH=$(mktemp -d "${TMPDIR:-/tmp}/grace-warm.XXXXXX")
  class_path cli
  train_aot cli '' "$CLASS_PATH" io.grace.cli.Main --help
  (umask 077 && od -An -N 24 -tx1 /dev/urandom | tr -d ' \n' >"$SCRATCH/token")
  cat >"$SCRATCH/grace.yaml" <<END
apiVersion: grace/v1
server: {host: 127.0.0.1, port: 0}
store: {sqlite: grace.db}
keys: keys
state_dir: state
tokens: [{name: warm, role: admin, secret: "file:$SCRATCH/token"}]
services: {nobody: {}}
telemetry:
  http_probes: [{service: nobody, urls: ["http://127.0.0.1:9"], path: /health, interval: 1s, timeout: 500ms}]
END
  class_path app
  train_aot serve '^GRACE is ready' "$CLASS_PATH" io.grace.app.Grace serve --config "$SCRATCH/grace.yaml"
  unlock
}

ROOT=$(home_of "${BASH_SOURCE[0]}")
[[ $ROOT != *:* ]] || die 1 "a class path cannot hold a colon; wanted a checkout at a path without one: $ROOT"
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
find_jdk
[[ ${1-} == --jdk ]] && printf '%s\n' "$JDK" && exit
build_if_needed
case ${1-} in
  warm) warm && exit ;;
  serve | check) module=app kind=serve main=io.grace.app.Grace ;;
  playbook | replay | report) module=app kind=offline main=io.grace.app.Grace ;;
  demo) module=lab kind=demo main=io.grace.lab.demo.Demo && shift ;;
  bench) module=lab kind=bench main=io.grace.lab.bench.Bench && shift ;;
  sense) module=lab kind=demo main=io.grace.lab.demo.SenseDemo && shift ;;
  drill) module=lab kind=demo main=io.grace.lab.chaos.KillDrill && shift ;;
  *) module=cli kind=cli main=io.grace.cli.Main ;;
esac
class_path "$module"
jvm_flags "$kind"
cache=$(cache_of "$kind")
if cache_is_fresh "$cache"; then FLAGS+=("-XX:AOTCache=$cache" -Xlog:aot=off:stderr); fi
exec "$JDK/bin/java" "${FLAGS[@]}" -cp "$CLASS_PATH${GRACE_CLASS_PATH:+:$GRACE_CLASS_PATH}" "$main" "$@"
