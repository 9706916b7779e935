# shellcheck shell=bash
# QEMU by software emulation: two CPUs and Debian's newest cloud kernel, which alone has ovpn. Root, for virtiofsd.

VIRTIOFSD=/usr/lib/qemu/virtiofsd

need_qemu() {
    [ "$(id -u)" -eq 0 ] || cannot "root, for virtiofsd"
    command -v qemu-system-x86_64 >/dev/null || cannot "qemu-system-x86_64: apt-get install qemu-system-x86"
    [ -x "$VIRTIOFSD" ] || cannot "$VIRTIOFSD: apt-get install qemu-system-common"
}

fetch_qemu() {
    local made=$1 scratch=$2 release boot=$2/initramfs
    private_apt "$scratch" trixie-backports
    release=$(newest_cloud_kernel "$scratch")
    [ -n "$release" ] || cannot "a cloud kernel in trixie-backports"
    unpack_packages "$scratch" "$scratch/kernel" "linux-binary-$release" "linux-modules-$release" "linux-base-$release"
    mkdir -p "$made/lib"
    mv "$scratch/kernel/usr/lib/modules" "$made/lib/modules"
    mv "$made/lib/modules/$release/vmlinuz" "$made/vmlinuz"

    private_apt "$scratch/own" "$(host_suite)"
    unpack_packages "$scratch/own" "$scratch/busybox" busybox-static
    mkdir -p "$boot"/{bin,host}
    cp "$scratch/busybox/bin/busybox" "$boot/bin/busybox"
    # Unpacked here once, not under emulation in every run.
    find "$made/lib/modules" -name '*.ko.xz' -exec "$boot/bin/busybox" unxz {} +
    PATH=$(tools_path "$PATH") depmod -b "$made" "$release" >&2 || cannot "depmod for the modules of $release"

    cp "$HERE/guest/initramfs.sh" "$boot/init"
    chmod 755 "$boot/init"
    (cd "$boot" && find . | ./bin/busybox cpio -o -H newc) 2>/dev/null >"$made/initramfs" || cannot "a packed initramfs"
}

# The package that carries the newest cloud kernel's name is empty but for its dependencies.
newest_cloud_kernel() {
    in_apt "$1" apt-cache depends -t trixie-backports linux-image-cloud-amd64 |
        sed -n 's/^ *Depends: linux-image-\([0-9].*-cloud-amd64\)$/\1/p' | head -n 1
}

run_qemu() {
    local folder=$CACHE/$1
    shift
    write_job "$folder" '/dev/vport*p1' "$@"
    # One thread for both CPUs: with thread=multi guests have died. The socket's path is relative, for it must be short,
    # and of this run alone, for virtiofsd locks a file by its name. cache=always makes the start of a program four times
    # as fast; the price is that the guest may miss what others change in the files while it runs.
    # shellcheck disable=SC2034 # end_run removes it
    LEFT_BEHIND=/run/virtiofsd/${RUN##*/}.pid
    # shellcheck disable=SC2016 # expanded by the inner shell
    run_machine bash -c '
        cd "$1" || exit
        socket=${1##*/}
        setpriv --pdeathsig KILL "$2" -f --socket-path="$socket" -o source=/ -o cache=always -o sandbox=chroot &
        until [ -S "$socket" ]; do kill -0 $! || exit; sleep 0.05; done
        exec "${@:3}"' qemu "$RUN" "$VIRTIOFSD" \
        qemu-system-x86_64 -accel tcg,thread=single -cpu max -smp 2 -nodefaults -nographic -no-reboot \
        -M "q35,memory-backend=memory" -m "${MEMORY}M" \
        -object "memory-backend-memfd,id=memory,size=${MEMORY}M,share=on" \
        -chardev socket,id=files,path="${RUN##*/}" -device vhost-user-fs-pci,chardev=files,tag=host \
        -chardev file,id=output,path=output -device virtio-serial-pci -device virtserialport,chardev=output \
        -serial file:kernel -kernel "$folder/vmlinuz" -initrd "$folder/initramfs" \
        -append "console=ttyS0 panic=-1 mitigations=off init_on_alloc=0 LAB_INIT=$RUN/init"
}
