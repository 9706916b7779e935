#!/bin/busybox sh
# shellcheck shell=dash
# What the emulated kernel starts before it has a root: takes the host's files as its root and goes on with LAB_INIT,
# which the kernel command line put into the environment.
busybox mount -t virtiofs host /host && busybox mount -t devtmpfs dev /host/dev &&
    exec busybox switch_root /host "$LAB_INIT"
echo "lab: no root over virtiofs"
busybox poweroff -f
