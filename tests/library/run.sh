#!/usr/bin/env bash
# Installs the library into an empty folder and uses it as a stranger would: run.sh BUILD-FOLDER SOURCE-FOLDER
set -euo pipefail
build=$1 here=$2/tests/library
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --component dmn --prefix "$work/prefix" >"$work/install.log"
export PKG_CONFIG_PATH
PKG_CONFIG_PATH=$(dirname "$(find "$work/prefix" -name shienkin-dmn.pc)")
libraries=$(dirname "$(find "$work/prefix" -name 'libshienkin-dmn.so')")

read -ra flags <<<"$(pkg-config --define-variable=prefix="$work/prefix" --cflags --libs shienkin-dmn)"
cc -std=gnu17 -Wall -Wextra -Werror "$here/example.c" "${flags[@]}" -o "$work/by-pkg-config"

mkdir "$work/project"
cp "$here/example.c" "$work/project/"
cat >"$work/project/CMakeLists.txt" <<'TEXT'
cmake_minimum_required(VERSION 3.25)
project(example C)
find_package(shienkin-dmn REQUIRED)
add_executable(by-cmake example.c)
target_link_libraries(by-cmake PRIVATE shienkin::dmn)
TEXT
cmake -G Ninja -S "$work/project" -B "$work/project/build" -DCMAKE_PREFIX_PATH="$work/prefix" >"$work/cmake.log"
cmake --build "$work/project/build" >>"$work/cmake.log"

for program in "$work/by-pkg-config" "$work/project/build/by-cmake"; do
  answer=$(LD_LIBRARY_PATH=$libraries "$program")
  [ "$answer" = 0.7 ] || { echo "$program: expected 0.7, got '$answer'" >&2; exit 1; }
done
echo 'compiled by pkg-config and by CMake; both answer 0.7'
