#!/bin/sh
# Builds the Lucene Monitor peer in the folder FOLDER/lucene and runs it: lucene.sh FOLDER [ARGUMENT OF Bench.java]...
#
# Debian bookworm has Lucene 8.8.1 as liblucene8-java (its jars call themselves 8.7.0) without the monitor module, which is
# compiled here from the same source package. Both are fetched by apt into the folder with lists of its own; nothing is
# installed. Needs apt-get, dpkg-deb, tar, xz, and a JDK 17 (openjdk-17-jdk-headless).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/lucene"
home=$(cd "$1/lucene" && pwd)
shift
cd "$home"

if [ ! -f ready ]; then
    command -v javac >/dev/null || { echo "no javac: apt-get install openjdk-17-jdk-headless" >&2; exit 3; }
    mkdir -p apt/lists/partial apt/cache/archives/partial
    mkdir -p apt/parts
    # The machine's own Debian sources, with source packages.
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
        [ -f "$file" ] && grep -Eq '^(Suites:|deb ).* ?bookworm( |$)' "$file" || continue
        sed -n 's/^Types: deb$/Types: deb deb-src/;p;s/^deb /deb-src /p' "$file" >"apt/parts/$(basename "$file")"
    done
    own="-o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts=$home/apt/parts"
    own="$own -o Dir::State::lists=$home/apt/lists -o Dir::Cache=$home/apt/cache -o APT::Sandbox::User=$(id -un)"
    # shellcheck disable=SC2086
    {
        apt-get -q $own update
        apt-get -q $own download liblucene8-java
        apt-get -q $own source --download-only --tar-only lucene8
    } >&2
    dpkg-deb -x liblucene8-java_*.deb deb
    tar xf lucene8_*.orig.tar.* --wildcards '*/monitor/src/java/*'
    mkdir -p classes
    find lucene-*/monitor/src/java -name '*.java' >sources.txt
    javac -nowarn -d classes -cp "deb/usr/share/java/*" @sources.txt 2>/dev/null
    rm -rf apt liblucene8-java_*.deb lucene8_*.orig.tar.*
    touch ready
fi
javac -nowarn -d classes -cp "classes:deb/usr/share/java/*" "$here/Bench.java"
[ $# -gt 0 ] || exit 0
# One thread collects garbage, and none of its time is counted: thread CPU time is asked, in the peer's favour.
exec java -Xmx6g -XX:+UseParallelGC -XX:ParallelGCThreads=1 ${JAVA_PROPERTIES:-} -cp "classes:deb/usr/share/java/*" Bench "$@"
