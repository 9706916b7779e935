# shellcheck shell=bash
# The programs that commands in the guest use, for those that the host lacks: unpacked beside each other, each
# started by a wrapper that sets the library path for this one program. A JVM never sees that path.

TOOL_PACKAGES=(openvswitch-switch openvswitch-common iproute2 iputils-ping iperf3 netcat-openbsd tcpdump ethtool
    socat kmod)
TOOL_COMMANDS=(ovs-vswitchd ovsdb-server ovsdb-tool ovs-vsctl ovs-ofctl ovs-dpctl ovs-appctl ip tc ping iperf3 nc
    tcpdump ethtool socat modprobe)

# The host's own tools win; wrappers come last. A caller who is not root may lack the sbin folders.
tools_path() { echo "$1:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:$CACHE/tools/bin"; }

ensure_tools() {
    local command path missing=
    path=$(tools_path "$PATH")
    for command in "${TOOL_COMMANDS[@]}"; do
        PATH=$path command -v "$command" >/dev/null || missing=1
    done
    if [ -n "$missing" ]; then
        make_once tools fetch_tools
    fi
}

fetch_tools() {
    local made=$1 scratch=$2 home=$3 file libraries
    private_apt "$scratch" "$(host_suite)"
    # apt itself works out which libraries the host lacks; it only downloads.
    in_apt "$scratch" apt-get -qq -y --no-install-recommends --download-only \
        -o Dir::State::status=/var/lib/dpkg/status install "${TOOL_PACKAGES[@]}" 2>"$scratch/said" >&2 ||
        cannot "the Debian packages ${TOOL_PACKAGES[*]}: $(why "$scratch")"
    mkdir -p "$made/files" "$made/bin"
    # Those that the host has need no second copy.
    if compgen -G "$scratch/archives/*.deb" >/dev/null; then
        unpack_debs "$made/files" "$scratch"/archives/*.deb
    fi

    libraries=$home/files/usr/lib/x86_64-linux-gnu:$home/files/lib/x86_64-linux-gnu
    for file in "$made"/files/{usr/sbin,usr/bin,sbin,bin,usr/lib/openvswitch-switch}/*; do
        if [ -x "$file" ] && [ ! -d "$file" ]; then
            wrap_tool "$made/bin/${file##*/}" "$home${file#"$made"}" "$libraries" "$home/files"
        fi
    done
    # The names that Debian gives by its alternatives, which only an installation makes.
    if [ -e "$made/bin/nc.openbsd" ]; then
        mv "$made/bin/nc.openbsd" "$made/bin/nc"
    fi
    # Nor has the host the user to whom this one would change.
    if [ -e "$made/bin/tcpdump" ]; then
        sed -i '/^exec/s/ "\$@"/ -Z root "$@"/' "$made/bin/tcpdump"
    fi
}

# wrap_tool WRAPPER PROGRAM LIBRARIES ROOT
wrap_tool() {
    cat >"$1" <<EOF
#!/bin/sh
LD_LIBRARY_PATH=$3\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}
OVS_PKGDATADIR=$4/usr/share/openvswitch
export LD_LIBRARY_PATH OVS_PKGDATADIR
exec $2 "\$@"
EOF
    chmod 755 "$1"
}

# Libraries must fit the host's: the tools come from the host's own release.
host_suite() {
    # shellcheck source=/dev/null
    (. /etc/os-release && [ "${ID:-}" = debian ] && echo "${VERSION_CODENAME:-sid}") || echo bookworm
}
