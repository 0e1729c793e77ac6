"""The filter's verdicts, from a small interpreter of its own machine: every call, every argument rule."""

from __future__ import annotations

import errno
import struct

import pytest

from autograder.sandbox.confinement import allowlist, seccomp_filter, syscalls

PID = 4321
ALLOW, EPERM, ENOSYS = "allow", "EPERM", "ENOSYS"
NAMES = {seccomp_filter.ALLOW: ALLOW, seccomp_filter.DENY: EPERM, seccomp_filter.MISSING: ENOSYS}


def run(program: bytes, number: int, args: tuple[int, ...] = (), arch: int | None = None) -> str:
    """What the kernel would make of one call."""
    words = [word & (2**64 - 1) for word in (*args, *[0] * 6)][:6]
    arch = syscalls.AUDIT_ARCH["x86_64"] if arch is None else arch
    data = struct.pack("<IIQ6Q", number & 0xFFFF_FFFF, arch, 0, *words)
    steps = list(struct.iter_unpack("=HBBI", program))
    accumulator = place = 0
    while True:
        operation, if_true, if_false, constant = steps[place]
        place += 1
        match operation:
            case 0x20:
                accumulator = struct.unpack_from("<I", data, constant)[0]
            case 0x54:
                accumulator &= constant
            case 0x05:
                place += constant
            case 0x15:
                place += if_true if accumulator == constant else if_false
            case 0x35:
                place += if_true if accumulator >= constant else if_false
            case 0x06:
                return NAMES[constant]


def verdict(name: str, *args: int, arch: str = "x86_64", deny_truncate: bool = False) -> str:
    """The child's filter on a call of that name."""
    program = seccomp_filter.child_filter(arch, deny_truncate=deny_truncate).for_pid(PID)
    return run(program, syscalls.nr(name, arch), args, syscalls.AUDIT_ARCH[arch])


@pytest.mark.parametrize("arch", ["x86_64", "aarch64"])
def test_every_number_is_treated_as_its_name_says(arch: str) -> None:
    """Plain calls pass whatever the arguments, unnamed ones get EPERM, from the future ENOSYS: 0 to 600."""
    program = seccomp_filter.child_filter(arch, deny_truncate=False).for_pid(PID)
    names = {number: name for name, number in syscalls.TABLES[arch].items()}
    for number in range(601):
        name = names.get(number, "")
        if name in allowlist.RULES:
            continue
        plain = ALLOW if name in allowlist.PLAIN else EPERM
        expected = ENOSYS if name in allowlist.NOT_THERE or number > syscalls.NEWEST else plain

        assert run(program, number, (-1,) * 6, syscalls.AUDIT_ARCH[arch]) == expected, (number, name)


@pytest.mark.parametrize(
    ("number", "arch", "expected"),
    [
        (0x4000_0000, "x86_64", ENOSYS),  # x32's read
        (0x4000_0000 + 520, "x86_64", ENOSYS),  # x32's execve
        (-1, "x86_64", ENOSYS),
        (0, "aarch64", EPERM),  # read there is another call
        (3, 0x4000_0003, EPERM),  # i386
    ],
)
def test_other_abis_get_no_call(number: int, arch: str | int, expected: str) -> None:
    """Numbers of the x32 ABI and calls by a foreign architecture's gate never pass."""
    program = seccomp_filter.child_filter("x86_64", deny_truncate=False).for_pid(PID)
    token = syscalls.AUDIT_ARCH[arch] if isinstance(arch, str) else arch

    assert run(program, number, (), token) == expected


GLIBC_THREAD, MUSL_THREAD = 0x3D0F00, 0x7D0F00


@pytest.mark.parametrize(
    ("name", "args", "expected"),
    [
        ("clone", (GLIBC_THREAD,), ALLOW),
        ("clone", (MUSL_THREAD,), ALLOW),
        ("clone", (17,), EPERM),  # fork: SIGCHLD alone
        ("clone", (0x4111,), EPERM),  # vfork
        ("clone", (GLIBC_THREAD | 0x1000_0000,), EPERM),  # with a user namespace
        ("clone", (GLIBC_THREAD | 0x2000,), EPERM),  # CLONE_PTRACE
        ("clone", (0x1_0000_0000 | 17,), EPERM),  # the high half is not looked at by the kernel
        ("kill", (PID, 10), ALLOW),
        ("kill", (2**32 + PID, 10), ALLOW),  # the kernel takes the low half as well
        ("kill", (0, 10), EPERM),
        ("kill", (-1, 10), EPERM),
        ("kill", (-PID, 10), EPERM),
        ("kill", (PID + 1, 10), EPERM),
        ("tgkill", (PID, 7, 10), ALLOW),
        ("tgkill", (PID + 1, PID, 10), EPERM),
        ("tgkill", (-1, PID, 10), EPERM),
        ("tkill", (PID, 10), EPERM),
        ("rt_sigqueueinfo", (PID + 1, 10), EPERM),
        ("rt_tgsigqueueinfo", (PID + 1, PID, 10), EPERM),
        ("kill", (PID, 9), EPERM),  # a death by SIGKILL is evidence of somebody else's doing
        ("kill", (PID, 15), EPERM),
        ("tgkill", (PID, 7, 9), EPERM),
        ("rt_sigqueueinfo", (PID, 9), EPERM),
        ("rt_tgsigqueueinfo", (PID, PID, 9), EPERM),
        ("setrlimit", (0,), EPERM),  # RLIMIT_CPU ends in a SIGKILL of the kernel's
        ("setrlimit", (7,), ALLOW),
        ("prlimit64", (0, 0, 0), ALLOW),
        ("prlimit64", (0, 0, 4096), EPERM),
        ("prlimit64", (0, 15, 4096), EPERM),
        ("prlimit64", (0, 7, 4096), ALLOW),
        ("timer_create", (1, 0), ALLOW),
        ("timer_create", (1, 4096), EPERM),  # the signal of its choice stands in memory
        ("rt_sigaction", (24,), EPERM),
        ("rt_sigaction", (10,), ALLOW),
        ("prlimit64", (0, 7), ALLOW),
        ("prlimit64", (PID, 7), ALLOW),
        ("prlimit64", (1, 7), EPERM),
        ("sched_setscheduler", (0,), ALLOW),
        ("sched_setscheduler", (1,), EPERM),
        ("sched_setaffinity", (2,), EPERM),
        ("sched_getaffinity", (2,), ALLOW),
        ("setpriority", (0, 0, 5), ALLOW),
        ("setpriority", (0, 1, 5), EPERM),
        ("setpriority", (1, 0, 5), EPERM),  # the process group
        ("setpriority", (2, 0, 5), EPERM),  # the user
        ("fcntl", (3, 1030), ALLOW),  # F_DUPFD_CLOEXEC
        ("fcntl", (3, 4, 0x800), ALLOW),  # F_SETFL O_NONBLOCK
        ("fcntl", (3, 4, 0x2000), EPERM),  # F_SETFL O_ASYNC
        ("fcntl", (3, 8, 1), EPERM),  # F_SETOWN
        ("fcntl", (3, 10, 9), EPERM),  # F_SETSIG
        ("fcntl", (3, 15, 0), EPERM),  # F_SETOWN_EX
        ("fcntl", (3, 1026, 1), EPERM),  # F_NOTIFY
        ("fcntl", (3, 1024, 1), EPERM),  # F_SETLEASE
        ("ioctl", (0, 0x5401), ALLOW),  # TCGETS
        ("ioctl", (0, 0x5452), EPERM),  # FIOASYNC
        ("ioctl", (0, 0x5412), EPERM),  # TIOCSTI
        ("ioctl", (0, 2**32 + 0x5412), EPERM),
        ("ioctl", (0, 0x8901), EPERM),  # FIOSETOWN
        ("prctl", (15,), ALLOW),  # PR_SET_NAME
        ("prctl", (22, 2), EPERM),  # PR_SET_SECCOMP
        ("prctl", (4, 1), EPERM),  # PR_SET_DUMPABLE
        ("prctl", (0x59616D61, -1), EPERM),  # PR_SET_PTRACER
        ("openat", (-100, 0, 0), ALLOW),
        ("openat", (-100, 0, 0x241), ALLOW),  # O_WRONLY | O_CREAT | O_TRUNC
        ("openat", (-100, 0, 0x200), EPERM),  # O_RDONLY | O_TRUNC
        ("open", (0, 0x80200), EPERM),
        ("sendto", (3, 0, 5, 0, 0, 0), ALLOW),
        ("sendto", (3, 0, 5, 0, 0x7FFF_0000_1000, 16), EPERM),
        ("sendto", (3, 0, 5, 0, 0x7FFF_0000_0000, 16), EPERM),  # only the high half is not zero
        ("sendto", (3, 0, 5, 0x4000, 0, 0), ALLOW),  # MSG_NOSIGNAL
        ("sendto", (3, 0, 5, 0x1, 0, 0), EPERM),  # MSG_OOB
        ("recvfrom", (3, 0, 5, 0x42), ALLOW),  # MSG_PEEK | MSG_DONTWAIT
        ("recvfrom", (3, 0, 5, 0x41), EPERM),  # MSG_OOB | MSG_DONTWAIT
        ("openat", (-100, 0, 3), EPERM),  # Landlock asks no right for access mode 3
        ("open", (0, 0x80003), EPERM),
        ("openat", (-100, 0, 0x410002), EPERM),  # O_TMPFILE | O_RDWR
        ("openat", (-100, 0, 0x210000), ALLOW),  # O_PATH | O_DIRECTORY: names, no content
        ("mkdir", (0, 0o777), ALLOW),
        ("mkdir", (0, 0o300), EPERM),
        ("mkdirat", (-100, 0, 0), EPERM),
        ("umask", (0o077,), ALLOW),
        ("umask", (0o700,), EPERM),
        ("renameat2", (-100, 0, -100, 0, 1), ALLOW),  # RENAME_NOREPLACE
        ("renameat2", (-100, 0, -100, 0, 4), EPERM),  # RENAME_WHITEOUT
        ("clock_gettime", (2,), ALLOW),
        ("clock_gettime", (-6,), ALLOW),  # its own
        ("clock_gettime", ((~(PID + 1) << 3) | 2,), EPERM),  # another process'
        ("timer_create", ((~(PID + 1) << 3) | 2,), EPERM),
        ("clock_nanosleep", (1, 0), ALLOW),
        ("getpgid", (PID + 1,), EPERM),
        ("fcntl", (3, 1031, 2**20), EPERM),  # F_SETPIPE_SZ
        ("preadv2", (3, 0, 1, 0, 0, 0), ALLOW),
        ("preadv2", (3, 0, 1, 0, 0, 8), EPERM),  # RWF_NOWAIT: is it in memory?
        ("preadv2", (3, 0, 1, 0, 0, 0x80), EPERM),  # RWF_DONTCACHE
        ("pwritev2", (3, 0, 1, 0, 0, 8), EPERM),
        ("madvise", (0, 4096, 4), ALLOW),  # MADV_DONTNEED
        ("madvise", (0, 4096, 14), ALLOW),  # MADV_HUGEPAGE
        ("madvise", (0, 4096, 12), EPERM),  # MADV_MERGEABLE
        ("madvise", (0, 4096, 20), EPERM),  # MADV_COLD
        ("madvise", (0, 4096, 21), EPERM),  # MADV_PAGEOUT
        ("madvise", (0, 4096, 22), EPERM),  # MADV_POPULATE_READ
        ("sendfile", (1, 2), ENOSYS),
        ("copy_file_range", (1, 0, 2), ENOSYS),
        ("shutdown", (3, 2), EPERM),
        ("seccomp", (1,), EPERM),
    ],
)
def test_arguments_decide(name: str, args: tuple[int, ...], expected: str) -> None:
    """What is allowed on oneself is refused on others; halves of a word that the kernel drops don't count."""
    assert verdict(name, *args) == expected


def test_truncate_is_refused_where_landlock_does_not_govern_it() -> None:
    """Before ABI 3 only the filter stands between a student and truncate(2) on a readable file."""
    assert verdict("truncate") == ALLOW
    assert verdict("truncate", deny_truncate=True) == EPERM
    assert verdict("ftruncate", deny_truncate=True) == ALLOW


def test_program_is_within_the_kernels_limits() -> None:
    """The kernel takes 4,096 instructions; every verdict is an errno or leave to go on, never a kill."""
    for arch in syscalls.TABLES:
        steps = list(struct.iter_unpack("=HBBI", seccomp_filter.child_filter(arch, deny_truncate=True).program))

        assert len(steps) < 1000
        assert {constant for operation, _, _, constant in steps if operation == 0x06} == set(NAMES)


def test_jumps_too_long_are_refused() -> None:
    """A conditional jump has eight bits; an overflow must not become a jump elsewhere."""
    with pytest.raises(ValueError, match="255"):
        seccomp_filter.Step(0x15, 0, 256, 0).encode()


def test_errno_is_carried_in_the_verdict() -> None:
    """The low half of the verdict is the errno that the caller sees."""
    assert seccomp_filter.refuse(errno.EXDEV) & 0xFFFF == errno.EXDEV
