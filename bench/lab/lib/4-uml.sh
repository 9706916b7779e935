# shellcheck shell=bash
# User-Mode Linux: a kernel that runs as a process of the caller. One CPU, no root, no /dev/kvm.

need_uml() { :; }

fetch_uml() {
    unpack_uml "$1" "$2" bookworm
    boots "$1/linux" "$2" || cannot "a machine on which User-Mode Linux starts (may processes trace each other here?)"
}

# The newest that Debian has; the stable release's if that one does not start here.
fetch_uml_new() {
    local made=$1 scratch=$2 home=$3 suite patchelf=$2/patchelf/usr/bin/patchelf
    private_apt "$scratch/own" "$(host_suite)"
    unpack_packages "$scratch/own" "$scratch/patchelf" patchelf
    for suite in testing trixie; do
        # A subshell, because a suite that cannot be had is no reason to give up.
        if (
            unpack_uml "$made" "$scratch/$suite" "$suite"
            # A newer kernel wants a newer C library than the host's: it gets its own suite's beside it. The place is
            # written into the program, because that starts itself anew through /proc/self/exe.
            unpack_packages "$scratch/$suite" "$scratch/$suite/libc" libc6
            mkdir -p "$made/libc"
            cp -L "$scratch/$suite"/libc/usr/lib/x86_64-linux-gnu/{ld-linux-x86-64.so.2,libc.so.6} "$made/libc"
            bind_libc "$patchelf" "$made/linux" "$made/libc" && boots "$made/linux" "$scratch" &&
                bind_libc "$patchelf" "$made/linux" "$home/libc"
        ); then
            return
        fi
        echo "lab: no User-Mode Linux of Debian $suite that starts here" >&2
        rm -rf "${made:?}"/*
    done
    cannot "a newer User-Mode Linux that starts here"
}

# bind_libc PATCHELF PROGRAM FOLDER
bind_libc() { "$1" --set-interpreter "$3/ld-linux-x86-64.so.2" --set-rpath "$3" "$2" >&2; }

# boots LINUX SCRATCH: does it come as far as its first process? (That one ends at once, and so does the kernel.)
boots() {
    (ulimit -c 0 && TMPDIR=$(memory_folder "$2") timeout -k 3 60 "$1" rootfstype=hostfs rootflags=/ ro mem=256M \
        init=/bin/true uml_dir="$2/" con=null con0=null,fd:1 </dev/null 2>&1) 2>/dev/null | grep -q 'as init process'
}

# unpack_uml MADE SCRATCH SUITE
unpack_uml() {
    local made=$1 scratch=$2 suite=$3 release
    private_apt "$scratch" "$suite"
    unpack_packages "$scratch" "$scratch/uml" user-mode-linux
    mv "$scratch/uml/usr/bin/linux.uml" "$made/linux"
    mkdir -p "$made/lib"
    mv "$scratch/uml/usr/lib/uml/modules" "$made/lib/modules"
    release=$(ls "$made/lib/modules")
    [ -e "$made/lib/modules/$release/modules.dep.bin" ] || cannot "modules.dep in user-mode-linux"
}

run_uml() {
    local folder=$CACHE/$1
    shift
    write_job "$folder" /dev/ttyS0 "$@"
    # seccomp: the newer ones then start programs and enter the kernel twice as fast as by tracing; 6.1 passes over it.
    run_machine env -i TMPDIR="$(memory_folder "$RUN")" PATH=/usr/bin:/bin HOME="$RUN" \
        "$folder/linux" rootfstype=hostfs rootflags=/ rw "mem=${MEMORY}M" "init=$RUN/init" "uml_dir=$RUN/" \
        con=null con0=null,fd:6 ssl=null ssl0=null,fd:5 printk.time=1 seccomp=auto
}

# memory_folder ELSE: where the guest's memory file lies: in memory if there is room for it (without, the guest dies of a
# bus error), or in the folder ELSE.
memory_folder() {
    local free
    free=$(df --output=avail -m /dev/shm 2>/dev/null | tail -n 1)
    if [ "${free:-0}" -gt "$MEMORY" ] && can_execute /dev/shm; then
        echo /dev/shm
    else
        echo "$1"
    fi
}

# The guest's programs run out of that file: a file system mounted noexec will not do.
can_execute() {
    local probe
    probe=$(mktemp "$1/lab.XXXXXX") || return
    cp /bin/true "$probe" && chmod 700 "$probe" && "$probe"
    set -- $?
    rm -f "$probe"
    return "$1"
}
