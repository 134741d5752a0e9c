# shellcheck shell=bash disable=SC2034
# What ./run and ./check share: looking for packages, installing the missing ones, configuring and building with a line
# for each thing that is done. Sourced, never run. The caller has `set -euo pipefail` and stands in the project's folder.
#
# Nothing here touches the network unless a package is missing.

# What building and running need. ./check has its own list of what testing needs besides.
RUN_PACKAGES=(gcc libc6-dev cmake ninja-build pkg-config libicu-dev libssl-dev libargon2-dev libjansson-dev
  libxml2-dev libpcre2-dev libintelrdfpmath-dev libmicrohttpd-dev libgnutls28-dev libpq-dev
  libcairo2-dev libpango1.0-dev libqrencode-dev libturbojpeg0-dev libcurl4-openssl-dev
  poppler-utils poppler-data fonts-noto-cjk postgresql-15)

LOGS=build/logs
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

say() { printf '%s\n' "$*"; }
# Advice goes to standard error: Japanese first, then English, then the end.
stop() {
  printf '\n%s\n%s\n' "$1" "$2" >&2
  exit 3
}

# Prints those of the packages named that dpkg does not have installed.
missing_packages() {
  local known installed package
  # dpkg-query fails when it does not know one of them; what it prints about the others holds all the same.
  known=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null) || true
  installed=$(sed -n 's/^installed //p' <<<"$known")
  for package in "$@"; do
    grep -qxF "$package" <<<"$installed" || printf '%s\n' "$package"
  done
}

# Sets AS_ROOT to the words that make a command run as root; stops with advice when there is no way.
become_root() {
  AS_ROOT=()
  [ "$(id -u)" -eq 0 ] && return
  local list="$*"
  command -v sudo >/dev/null || stop \
    "パッケージを入れる権限がありません。管理者に次の実行を頼んでください: apt-get install $list" \
    "Packages are missing, you are not root, and there is no sudo. Ask an administrator to run: apt-get install $list"
  AS_ROOT=(sudo)
  if ! sudo -n true 2>/dev/null; then
    [ -t 0 ] || stop \
      "sudo にパスワードが要りますが、端末がありません。端末で実行するか、先に次を実行してください: sudo apt-get install $list" \
      "sudo asks for a password and there is no terminal. Run this in a terminal, or first: sudo apt-get install $list"
    say "sudo のパスワードを求められます · sudo will ask for your password"
  fi
}

know_the_system() {
  command -v apt-get >/dev/null || stop \
    "この環境には apt がありません。Debian 12 で実行してください。要るもの (Debian での名前): $*" \
    "There is no apt here. Use Debian 12, or a container of it. Needed, by Debian's names: $*"
  local ID='' VERSION_ID='' PRETTY_NAME=''
  # shellcheck source=/dev/null
  [ -r /etc/os-release ] && . /etc/os-release
  [ "$ID $VERSION_ID" = 'debian 12' ] ||
    say "Debian 12 で試験しています (ここは ${PRETTY_NAME:-不明})。続けます · tried on Debian 12, this is ${PRETTY_NAME:-unknown}; going on"
}

# need_packages NAME…: afterwards all of them are installed, or the script has stopped and said what to do.
need_packages() {
  know_the_system "$@"
  local missing
  mapfile -t missing < <(missing_packages "$@")
  if [ "${#missing[@]}" -eq 0 ]; then
    say "パッケージ: すべてあります · packages: all $# present"
    return
  fi
  say "パッケージを入れます · installing ${#missing[@]}: ${missing[*]}"
  become_root "${missing[@]}"
  mkdir -p "$LOGS"
  local apt=("${AS_ROOT[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y
    -o DPkg::Lock::Timeout=120 -o Acquire::Retries=2)
  # Old lists may still do, so a failed update is not yet the end.
  "${apt[@]}" update </dev/null >"$LOGS/packages.log" 2>&1 || true
  "${apt[@]}" install --no-install-recommends "${missing[@]}" </dev/null >>"$LOGS/packages.log" 2>&1 || true
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -eq 0 ] && return
  tail -n 15 "$LOGS/packages.log" >&2
  stop "入らなかったもの: ${missing[*]}。ネットワークにつながっているか確かめて、もう一度実行してください (記録: $LOGS/packages.log)。" \
    "Not installed: ${missing[*]}. Check that this machine reaches its Debian mirror, then run this again (log: $LOGS/packages.log)."
}

# A build folder that somebody else made (root, once) or that came with a moved copy cannot be used.
need_build_folder() {
  mkdir -p "$LOGS" 2>/dev/null || true
  if [ -w build ] && [ -w "$LOGS" ]; then return; fi
  stop \
    "build/ に書き込めません。所有者を確かめ、消してからもう一度実行してください: sudo rm -rf build" \
    "build/ cannot be written: somebody else made it. Remove it and run this again: sudo rm -rf build"
}

# configure PRESET FOLDER: quiet when it works.
configure() {
  local fresh=() home
  if [ -f "$2/CMakeCache.txt" ]; then
    home=$(sed -n 's/^CMAKE_HOME_DIRECTORY:INTERNAL=//p' "$2/CMakeCache.txt")
    [ "$home" = "$PWD" ] || fresh=(--fresh)
  fi
  cmake "${fresh[@]}" --preset "$1"
}
