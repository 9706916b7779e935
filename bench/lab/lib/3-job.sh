# shellcheck shell=bash
# One run: its folder, what the guest has to do, the stream of its output, its end.

# new_run: makes RUN, the folder that both sides see. The guest's first process lies in it, because a kernel command
# line cannot name a path with blanks; the cache folder has none.
new_run() {
    mkdir -p "$CACHE/runs" || cannot "a writable cache folder ($CACHE)"
    RUN=$(mktemp -d "$CACHE/runs/$(date +%m%d-%H%M%S)-XXXXXX")
    cp "$HERE/guest/init.sh" "$RUN/init"
    chmod 755 "$RUN" "$RUN/init"
    mkfifo "$RUN/output" "$RUN/kernel"
}

# write_job MODULES OUTPUT COMMAND…: everything that the guest's first process reads. To start a program is slow in there.
write_job() {
    local modules=$1 output=$2 path skeleton=$RUN/skeleton word
    shift 2
    path=$(tools_path "$PATH")
    {
        echo "MODULES=$(quote "$modules")"
        echo "OUTPUT=$(quote "$output")" # a pattern: numbers of devices vary
        echo "HOST=$(quote "$(uname -n)")"
        echo "export PATH=$(quote "$(tools_path /usr/sbin:/usr/bin)")"
    } >"$RUN/settings"
    cat >"$RUN/fstab" <<EOF
proc  /proc    proc     defaults                       0 0
sys   /sys     sysfs    defaults                       0 0
dev   /dev     devtmpfs defaults                       0 0
pts   /dev/pts devpts   ptmxmode=666,X-mount.mkdir     0 0
shm   /dev/shm tmpfs    mode=1777,X-mount.mkdir        0 0
tmp   /tmp     tmpfs    mode=1777                      0 0
run   /run     tmpfs    mode=755                       0 0
log   /var/log tmpfs    mode=755                       0 0
EOF
    [ /var/run -ef /run ] || echo "/run /var/run none bind 0 0" >>"$RUN/fstab"

    # Copied over the root once these are mounted.
    mkdir -p "$skeleton"/dev "$skeleton"/run/{lab,lock,netns,openvswitch} "$skeleton/var/log/openvswitch"
    ln -s /proc/self/fd "$skeleton/dev/fd"
    ln -s fd/0 "$skeleton/dev/stdin"
    ln -s fd/1 "$skeleton/dev/stdout"
    ln -s fd/2 "$skeleton/dev/stderr"
    mkfifo "$skeleton/run/lab/output"
    {
        echo '#!/bin/sh'
        echo "PATH=$(quote "$path") exec modprobe -d $(quote "$modules") \"\$@\""
    } >"$skeleton/run/lab/modprobe"
    chmod 755 "$skeleton/run/lab/modprobe"

    # The command's environment is the caller's, less what points at the host's covered folders, its session or its
    # terminal. Open vSwitch's folders keep its files out of the host's /etc.
    {
        echo "cd $(quote "$PWD") || exit 126"
        printf 'exec env -i'
        while IFS= read -r -d '' word; do
            case $word in
                PATH=* | PWD=* | OLDPWD=* | SHLVL=* | _=* | TMPDIR=* | TMP=* | TEMP=* | TERM=* | DISPLAY=*) ;;
                WAYLAND_DISPLAY=* | XAUTHORITY=* | SSH_AUTH_SOCK=* | DBUS_SESSION_BUS_ADDRESS=* | XDG_RUNTIME_DIR=*) ;;
                *) printf ' %s' "$(quote "$word")" ;;
            esac
        done < <(env -0)
        for word in "PATH=$path" "PWD=$PWD" "ODP4J_LAB=$KERNEL" TERM=dumb "MODPROBE_OPTIONS=-d $modules" \
            OVS_DBDIR=/run/openvswitch OVS_RUNDIR=/run/openvswitch OVS_LOGDIR=/var/log/openvswitch "$@"; do
            printf ' %s' "$(quote "$word")"
        done
        echo
    } >"$RUN/job"
}

# quote TEXT: as one word of any shell.
quote() { printf "'%s'" "${1//\'/\'\\\'\'}"; }

# run_machine PROGRAM ARGUMENT…: runs the kernel with its output on file descriptor 5 and its log on 6, streams the
# output, and leaves with COMMAND's status.
run_machine() {
    local ended pump logger
    # The reader outlives a caller who stops listening, so that the guest never blocks on it.
    { cat 2>/dev/null || cat >/dev/null; } <"$RUN/output" &
    pump=$!
    cat <"$RUN/kernel" >"$RUN/kernel.log" &
    logger=$!
    trap 'stop_machine; exit 130' INT
    trap 'stop_machine; exit 143' TERM HUP
    # The death signals end the machine even if this shell is killed outright.
    # shellcheck disable=SC2016 # expanded by the inner shell
    (
        ulimit -c 0
        exec setpriv --pdeathsig TERM timeout -k 3 "$TIMEOUT" setpriv --pdeathsig KILL \
            sh -c 'echo $$ >"$0" && exec "$@"' "$RUN/pid" "$@" \
            5>"$RUN/output" 6>"$RUN/kernel" </dev/null >"$RUN/host.log" 2>&1
    ) &
    MACHINE=$!
    ended=0
    { wait "$MACHINE"; } 2>/dev/null || ended=$? # bash would report a signal
    stop_machine
    wait "$pump" "$logger" 2>/dev/null
    finish "$ended"
}

# stop_machine: ends every process of the machine; harmless when it has ended by itself. TERM lets it clean up; the
# groups catch what is left: that of timeout, and the one that User-Mode Linux makes of itself with its helpers.
stop_machine() {
    local group
    trap '' INT TERM HUP
    [ -n "${MACHINE:-}" ] || return 0
    {
        kill -TERM "$MACHINE"
        wait "$MACHINE"
        for group in "$MACHINE" $(cat "$RUN/pid"); do
            kill -KILL -- "-$group"
        done
    } 2>/dev/null
    MACHINE=
    return 0
}

# finish HOW_THE_MACHINE_ENDED: the guest's own word counts first.
finish() {
    local status=
    if [ -s "$RUN/status" ]; then
        status=$(<"$RUN/status")
    fi
    case $status in
        [0-9] | [0-9][0-9] | [0-9][0-9][0-9])
            exit "$status"
            ;;
    esac
    KEEP=1
    case $1 in
        124 | 137)
            echo "lab: timeout: stopped after $TIMEOUT s; kernel log: $RUN/kernel.log" >&2
            exit 124
            ;;
    esac
    echo "lab: the guest died without a status (machine: $1); kernel log: $RUN/kernel.log; from it:" >&2
    cat "$RUN/host.log" "$RUN/kernel.log" 2>/dev/null | tr -d '\r' | tr -s '\n' >"$RUN/all.log"
    # A panic's reason comes before its stack.
    { grep -aE 'Kernel panic|BUG:|Oops:' "$RUN/all.log" || true; tail -n 12 "$RUN/all.log"; } | cut -c1-160 | sed 's/^/  | /' >&2
    rm -f "$RUN/all.log"
    exit 125
}

# end_run: on every way out. A failed run keeps its logs, nothing else; old ones go after a day.
end_run() {
    stop_machine
    [ -z "${LEFT_BEHIND:-}" ] || rm -f "$LEFT_BEHIND" # what a machine does not clean up itself
    [ -n "${RUN:-}" ] || return 0
    if [ -n "${KEEP:-}" ]; then
        find "$RUN" -mindepth 1 ! -name '*.log' -delete
    else
        rm -rf "$RUN"
    fi
    find "$CACHE/runs" -mindepth 1 -maxdepth 1 -mtime +0 -exec rm -rf {} + 2>/dev/null
    return 0
}
