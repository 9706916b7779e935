package io.odp4j.datapath.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.SaveError;

/**
 * The C library's calls, through jnr-ffi; for this module's own use.
 *
 * <p>None takes more than five arguments: a call with six is miscompiled by jnr-ffi on x86-64,
 * which rules out sendto, recvfrom and mmap. Memory is passed as an address, taken once per buffer
 * by {@link #address}; an address does not keep its buffer alive, so whoever passes one holds the
 * buffer in a field.
 */
public final class LibC {
    /** The calls by their C names; a negative result means that {@link #errno()} says why. */
    public interface Calls {
        @SaveError
        int socket(int domain, int type, int protocol);

        @SaveError
        int bind(int fd, long address, int length);

        @SaveError
        int connect(int fd, long address, int length);

        @SaveError
        int getsockname(int fd, long address, long length);

        @SaveError
        int setsockopt(int fd, int level, int name, long value, int length);

        @SaveError
        int getsockopt(int fd, int level, int name, long value, long length);

        @SaveError
        long send(int fd, long buffer, long length, int flags);

        @SaveError
        long sendmsg(int fd, long message, int flags);

        @SaveError
        long recvmsg(int fd, long message, int flags);

        @SaveError
        int recvmmsg(int fd, long messages, int count, int flags, long timeout);

        @SaveError
        int sendmmsg(int fd, long messages, int count, int flags);

        @SaveError
        int poll(long descriptors, long count, int timeoutMillis);

        @SaveError
        int epoll_create1(int flags);

        @SaveError
        int epoll_ctl(int epoll, int operation, int fd, long event);

        @SaveError
        int epoll_wait(int epoll, long events, int maxEvents, int timeoutMillis);

        @SaveError
        int eventfd(int initial, int flags);

        @SaveError
        long read(int fd, long buffer, long length);

        @SaveError
        long write(int fd, long buffer, long length);

        @SaveError
        int open(long path, int flags);

        @SaveError
        int ioctl(int fd, long request, long argument);

        @SaveError
        int close(int fd);
    }

    public static final Calls C = LibraryLoader.create(Calls.class).load("c");
    static final Runtime RUNTIME = Runtime.getRuntime(C);

    // Linux, the same on x86-64 and aarch64.
    public static final int SOCK_RAW = 3;
    public static final int SOCK_CLOEXEC = 0x80000;
    public static final int SOCK_NONBLOCK = 0x800;
    public static final int MSG_DONTWAIT = 0x40;
    static final int MSG_PEEK = 0x2;
    public static final int MSG_TRUNC = 0x20;
    static final int EFD_CLOEXEC = 0x80000;
    static final int EFD_NONBLOCK = 0x800;
    static final int EPOLL_CLOEXEC = 0x80000;

    private LibC() {}

    /** The error of this thread's last failed call. */
    public static int errno() {
        return RUNTIME.getLastError();
    }

    /**
     * The result of a call.
     *
     * @throws NetlinkException if it failed, with the error number
     */
    public static int check(String operation, int result) throws NetlinkException {
        if (result < 0) {
            throw new NetlinkException(operation, errno());
        }
        return result;
    }

    /** Memory outside the heap, in native byte order, eight-byte aligned, zeroed. */
    static ByteBuffer allocate(int bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes + 8);
        return buffer.alignedSlice(8).slice(0, bytes).order(ByteOrder.nativeOrder());
    }

    /** The address of a direct buffer's first byte, whatever its position. */
    static long address(ByteBuffer buffer) {
        // Pointer.wrap would add the position.
        ByteBuffer start = buffer.duplicate();
        start.position(0);
        return Pointer.wrap(RUNTIME, start).address();
    }
}
