# shellcheck shell=bash
# QEMU, software emulation: two CPUs.

fetch_qemu() { cannot "the qemu kernel: the lab does not start it yet"; }
