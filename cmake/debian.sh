#!/usr/bin/env bash
# Installs Debian packages that are missing, and says which and why. To be sourced:
#
#   need_packages <group>...      groups: build test style bench browser python fuzz
#
# Needs root or sudo only if something is missing. Does nothing on other systems than Debian and
# its children: there the compiler will tell what is missing.

declare -A eraudit_packages=(
  [build]="g++:compiler cmake:build ninja-build:build pkg-config:finds_libraries ccache:quick_rebuilds
    libboost1.81-dev:Boost_headers libboost-program-options1.81-dev:command_line
    libyaml-cpp-dev:YAML libfyaml-dev:strict_YAML_check libre2-dev:regular_expressions
    libutf8proc-dev:Unicode libfmt-dev:text libssl-dev:digests libpugixml-dev:XML zlib1g-dev:packs_reports
    libzip-dev:reads_workbooks"
  [test]="catch2:unit_tests libboost-graph1.81-dev:graph_algorithms_in_tests python3:checks python3-jsonschema:validates_reports
    python3-yaml:checks python3-pandas:counts_tables_independently python3-openpyxl:reads_workbooks_independently python3-numpy:checks git:fresh_clones"
  [style]="clang-format-14:style clang-tidy-14:static_analysis shellcheck:scripts"
  [browser]="chromium:opens_the_page chromium-driver:opens_the_page python3-html5lib:checks_HTML libxml2-utils:checks_XML"
  [fuzz]="clang-14:compiler_of_the_fuzzers libclang-rt-14-dev:libFuzzer_and_sanitizers llvm-14:names_in_stacks"
  [bench]="libbenchmark-dev:benchmarks"
  [python]="python3-dev:Python_headers python3-venv:Python_environments python3-pip:Python_packages"
)

need_packages() {
  command -v dpkg-query >/dev/null 2>&1 || return 0
  local group entry name missing=()
  for group in "$@"; do
    for entry in ${eraudit_packages[$group]}; do
      name=${entry%%:*}
      if ! dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'install ok installed'; then
        missing+=("$entry")
      fi
    done
  done
  [ ${#missing[@]} -eq 0 ] && return 0

  echo "eraudit: installing what is missing (apt):" >&2
  for entry in "${missing[@]}"; do
    printf '  %-34s %s\n' "${entry%%:*}" "${entry#*:}" | tr '_' ' ' >&2
  done
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      echo "eraudit: not root and no sudo; ask an administrator for: apt-get install ${missing[*]%%:*}" >&2
      return 1
    fi
    as_root=(sudo)
  fi
  local quiet=(-y -qq --no-install-recommends -o Dpkg::Use-Pty=0)
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install "${quiet[@]}" "${missing[@]%%:*}" >/dev/null 2>&1; then
    "${as_root[@]}" apt-get update -qq >&2 || return 1
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install "${quiet[@]}" "${missing[@]%%:*}" >/dev/null || return 1
  fi
}
