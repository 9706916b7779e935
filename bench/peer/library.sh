# Sourced by the scripts beside it: builds the library that ovs-vswitchd is made of, once, and names it.

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
cache=${ODP4J_LAB_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/odp4j/lab}/../peer
jar=$home/bench/target/benchmarks.jar
lib=$cache/openvswitch
[ -e "$jar" ] || {
    echo "peer: $jar is missing: mvn -DskipTests package" >&2
    exit 1
}

# Without what the measured operations do not need.
build_library() {
    [ -e "$lib/built" ] && return
    rm -rf "$lib" "$cache/package"
    mkdir -p "$cache/package"
    (cd "$cache/package" && apt-get download -qq openvswitch-source && dpkg -x ./*.deb .)
    tar -xzf "$cache/package/usr/src/openvswitch/openvswitch.tar.gz" -C "$cache"
    (
        cd "$lib"
        ./configure -q --disable-ssl --disable-libcapng CFLAGS='-O2 -g0'
        make -s include/odp-netlink.h include/odp-netlink-macros.h lib/ovsdb-server-idl.h \
            lib/vswitch-idl.h lib/libopenvswitch.la
        touch built
    ) >"$cache/build.log" 2>&1 || {
        tail -n 20 "$cache/build.log" >&2
        echo "peer: Open vSwitch did not build; see $cache/build.log" >&2
        exit 1
    }
}

# A program from one of the C sources here.
build_program() {
    build_library
    gcc -O2 -w -I"$lib" -I"$lib/include" -I"$lib/lib" -o "$cache/$1" "$home/bench/peer/$1.c" \
        "$lib/lib/.libs/libopenvswitch.a" "$lib/lib/.libs/libopenvswitchavx512.a" -lpthread -latomic -lm
}
