#!/bin/sh
# The guest's first process. Makes the host's files, which are its root, into a running system; runs the command;
# writes its exit status beside itself; powers off. To start a program takes 25 to 70 ms here, so it starts few: the
# host has prepared what can be prepared (lib/3-job.sh).
exec </dev/null >/dev/console 2>&1
RUN=${0%/*}
# shellcheck source=/dev/null
. "$RUN/settings" # MODULES OUTPUT HOST PATH

# Also when something below fails: a guest without a command must not stay up.
power_off() {
    echo o >/proc/sysrq-trigger
    while :; do sleep 10; done
}
trap power_off EXIT

mount -a -T "$RUN/fstab"
cp -RP "$RUN"/skeleton/* /
echo "$HOST" >/proc/sys/kernel/hostname
# shellcheck disable=SC3045 # dash has both
ulimit -n 65536 && ulimit -l unlimited

# The kernel itself asks for modules too, by a program without arguments of ours: a wrapper in the skeleton.
echo /run/lab/modprobe >/proc/sys/kernel/modprobe
# ipv6 before all else: a VXLAN device made without it deadlocks rtnl. What a kernel lacks, it has not got: -a goes on.
/run/lab/modprobe -qa ipv6 openvswitch vport-vxlan vport-geneve vport-gre veth dummy tun vxlan geneve ip_gre fou fou6 \
    nlmon 8021q bridge nf_conntrack nf_nat psample ovpn sch_netem sch_htb sch_ingress cls_flower cls_matchall act_mirred
[ -e /dev/net/tun ] || { mkdir -p /dev/net && mknod /dev/net/tun c 10 200; }
# New namespaces take over these: an IPv6 address is usable at once.
echo 1 >/proc/sys/net/core/devconf_inherit_init_net
for n in all default; do echo 0 >"/proc/sys/net/ipv6/conf/$n/accept_dad"; done
ip link set lo up

# The command's output goes through a pipe, so that it sees no terminal, and cat copies it to the host.
# shellcheck disable=SC2086 # a pattern
set -- $OUTPUT
[ -c "$1" ] || exit
exec 9>"$1"
[ ! -t 9 ] || stty raw -echo <&9
cat </run/lab/output >&9 &
copier=$!
(
    exec >/run/lab/output 2>&1 9>&-
    trap - EXIT
    # shellcheck source=/dev/null
    . "$RUN/job"
)
status=$?
# Daemons that the command left would hold the pipe open for ever. Kernel threads have no program.
for n in /proc/[0-9]*; do
    [ "${n#/proc/}" -eq 1 ] || [ "${n#/proc/}" -eq "$copier" ] || [ ! -e "$n/exe" ] || kill -KILL "${n#/proc/}"
done 2>/dev/null
wait "$copier"
exec 9>&- # a terminal's last close waits until the host has read everything
sync
echo "$status" >"$RUN/status"
