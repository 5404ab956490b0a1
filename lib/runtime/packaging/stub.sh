#!/bin/sh
# prosa's @PROGRAM@ for @TARGET@: this script, then the program and Deno @VERSION@, compressed.
# Both are unpacked once into a cache folder, under names made of their contents; then Deno takes
# the place of this shell, so that signals, terminal and exit code are the program's own.
# The cache folder may be deleted at any time.
set -f

prosa_self=$0
prosa_deno='deno-@VERSION@-@DENO_HASH@'
prosa_script='@PROGRAM@-@SCRIPT_HASH@.js'
prosa_refusals=

case $0 in
  */*) ;;
  *) if [ -f "./$0" ]; then prosa_self=./$0; else prosa_self=$(command -v "$0"); fi ;;
esac

case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
  pt*) prosa_language=pt ;;
  *) prosa_language=en ;;
esac

# prosa_text ENGLISH PORTUGUESE
prosa_text() {
  if [ "$prosa_language" = pt ]; then printf '%s' "$2"; else printf '%s' "$1"; fi
}

# prosa_fail ENGLISH PORTUGUESE
prosa_fail() {
  printf '%s: %s\n' '@PROGRAM@' "$(prosa_text "$1" "$2")" >&2
  exit 1
}

# prosa_refuse FOLDER ENGLISH PORTUGUESE: keeps why FOLDER cannot be the cache; always fails.
prosa_refuse() {
  prosa_refusals="${prosa_refusals:+$prosa_refusals; }$1 ($(prosa_text "$2" "$3"))"
  return 1
}

prosa_packed_script() { tail -c +@SCRIPT_START@ "$prosa_self" 2>/dev/null | head -c @SCRIPT_LENGTH@; }
prosa_packed_deno() { tail -c +@DENO_START@ "$prosa_self" 2>/dev/null; }

# prosa_owned PATH USER: whether PATH, a link followed, belongs to that user id.
prosa_owned() {
  prosa_user=$2
  set -- $(LC_ALL=C ls -ldn "$1/" 2>/dev/null)
  [ "${3:-}" = "$prosa_user" ]
}

# prosa_trusted FOLDER: whether it is a real folder of this user into which nobody else can write.
# What lies in it is run, so a folder that somebody else made, or could fill, must not be used.
prosa_trusted() {
  set -- $(LC_ALL=C ls -ldn "$1" 2>/dev/null)
  case ${1:-} in
    *+) return 1 ;;
    drwx?-??-?*) [ "$3" = "$prosa_uid" ] ;;
    *) return 1 ;;
  esac
}

# prosa_use FOLDER: makes it the cache, with the program in it.
prosa_use() {
  [ -d "$1" ] || (umask 077 && mkdir -p "$1") 2>/dev/null ||
    prosa_refuse "$1" 'cannot be written to' 'sem permissão de escrita' || return 1
  prosa_trusted "$1" ||
    prosa_refuse "$1" 'belongs to, or is open to, somebody else' 'é de outra pessoa ou aberta a ela' ||
    return 1
  prosa_cache=$1
  [ -x "$1/$prosa_deno" ] && [ -s "$1/$prosa_script" ] || prosa_unpack "$1"
}

# prosa_unpack FOLDER: unpacks beside the final names and renames, so that any number of first
# starts at once each find either nothing or a whole file.
prosa_unpack() {
  for prosa_tool in tail head gzip mktemp; do
    command -v "$prosa_tool" >/dev/null 2>&1 ||
      prosa_fail "the command $prosa_tool is needed." "é preciso o comando $prosa_tool."
  done
  prosa_stage=$(mktemp -d "$1/unpacking.XXXXXX" 2>/dev/null) ||
    prosa_refuse "$1" 'cannot be written to' 'sem permissão de escrita' || return 1
  trap 'rm -rf "$prosa_stage"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  prosa_fill "$1"
  prosa_result=$?
  rm -rf "$prosa_stage"
  trap - EXIT HUP INT TERM
  # What a killed first start left behind.
  find "$1" -name 'unpacking.*' -mtime +1 -prune -exec rm -rf {} + 2>/dev/null
  return "$prosa_result"
}

prosa_fill() {
  { printf '#!/bin/sh\n' >"$prosa_stage/probe" && chmod 700 "$prosa_stage/probe"; } 2>/dev/null ||
    prosa_refuse "$1" 'has no room' 'sem espaço' || return 1
  "$prosa_stage/probe" </dev/null >/dev/null 2>&1 ||
    prosa_refuse "$1" 'mounted noexec: no program may run from it' \
      'montada com noexec: nenhum programa pode rodar nela' || return 1
  prosa_packed_script | gzip -dc >"$prosa_stage/script" 2>/dev/null &&
    prosa_packed_deno | gzip -dc >"$prosa_stage/deno" 2>/dev/null || {
    prosa_packed_script | gzip -t 2>/dev/null && prosa_packed_deno | gzip -t 2>/dev/null ||
      prosa_fail "this file is damaged; fetch it again." "este arquivo está danificado; baixe-o de novo."
    prosa_refuse "$1" 'has no room' 'sem espaço'
    return 1
  }
  chmod 700 "$prosa_stage/deno"
  case $("$prosa_stage/deno" --version </dev/null 2>/dev/null) in
    'deno @VERSION@'*) ;;
    *) prosa_fail "made for @TARGET@; it does not run on this machine ($(uname -sm))." \
      "feito para @TARGET@; não roda nesta máquina ($(uname -sm))." ;;
  esac
  mv -f "$prosa_stage/script" "$1/$prosa_script" 2>/dev/null &&
    mv -f "$prosa_stage/deno" "$1/$prosa_deno" 2>/dev/null ||
    prosa_refuse "$1" 'cannot be written to' 'sem permissão de escrita'
}

prosa_uid=$(id -u)
prosa_base=${XDG_CACHE_HOME:-}
case $prosa_base in
  /*) ;;
  *)
    prosa_base=
    case ${HOME:-} in
      # Root that was left with somebody's HOME (sudo can) makes no folders in it.
      /*) [ "$prosa_uid" != 0 ] || prosa_owned "$HOME" 0 && prosa_base=$HOME/.cache ;;
    esac
    ;;
esac
{ [ -n "$prosa_base" ] && prosa_use "$prosa_base/prosa"; } ||
  prosa_use "${TMPDIR:-/tmp}/prosa-$prosa_uid" ||
  prosa_fail \
    "no folder to unpack to: $prosa_refusals. Set XDG_CACHE_HOME to a folder of yours from which programs may run." \
    "nenhuma pasta onde descompactar: $prosa_refusals. Aponte XDG_CACHE_HOME para uma pasta sua em que programas possam rodar."

DENO_DIR=$prosa_cache/deno_dir
DENO_NO_UPDATE_CHECK=1
DENO_NO_PACKAGE_JSON=1
export DENO_DIR DENO_NO_UPDATE_CHECK DENO_NO_PACKAGE_JSON
exec "$prosa_cache/$prosa_deno" run @FLAGS@ "$prosa_cache/$prosa_script" "$@"
