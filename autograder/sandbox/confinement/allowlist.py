"""List the system calls and arguments that student code may use: the data that `seccomp_filter` works with.

Theory of operation. Everything that is not named here answers EPERM; nothing kills the process, so that a student
sees an exception on a line and not a dead kernel. The list is curated, not traced: it starts from what ordinary
services need (threads, time, memory, files, randomness), on any libc, and leaves out by design

- other processes: new ones (fork, exec, clone without CLONE_THREAD), signals, limits, scheduling, memory, waits
  by pidfd; also the moves out of our process group (setsid, setpgid), which is killed as a whole;
- everything beyond files in the scratch folder: sockets (socketpair too: the labs need none, asyncio would), SysV
  and POSIX IPC, memfd, mounts, namespaces, keyrings, bpf, perf, io_uring, userfaultfd, inotify and fanotify
  (Landlock does not govern them: they would tell what happens in folders that can't be read);
- what Landlock does not govern on files that may be read: modes, owners, times, extended attributes, and opening
  with access mode 3, "neither read nor write": Landlock asks no right for it, and opening a device can be an act;
- `fallocate` (it takes disk beyond RLIMIT_FSIZE), unnamed files (O_TMPFILE: no count of a folder finds them), links
  of both kinds and special files, whiteouts by renameat2 among them (whoever looks into a scratch folder from
  outside shall meet plain files and folders only), folders that their owner can't enter (nobody but root could
  count or remove what is in them), `splice` and its kin, sendfile and copy_file_range too (no honest need, a long
  record of kernel faults), more seccomp filters and Landlock layers;
- whatever asks or tells the kernel what of a file is in memory (mincore, cachestat, fadvise, readahead, the flags of
  preadv2 and some of madvise's): reading or dropping pages of a library would be a note to the next child;
- the processor clocks of others: how long the grader computed over an answer says something about the answer.

The channel to the grader is an inherited socket: it is used with read(2) and write(2), or with sendto(2) without an
address. sendmsg and recvmsg stay out, so no descriptor can be passed through it in either direction; so do
out-of-band bytes, which nobody needs and which have let a browser's sandbox be left (CVE-2025-38236).

What it can't limit: what an allowed call does with memory that a pointer names. Filters see numbers only, which
is why `openat2` and `clone3`, whose flags lie in memory, answer ENOSYS: libc then falls back on the old calls, as
Python and C++ copy files by hand where sendfile and copy_file_range are missing.
`python benchmarks/trace_syscalls.py` reports what the labs never use; that is a reason to think, not a rule.
"""

from __future__ import annotations

from dataclasses import dataclass

OWN_PID = -1  # stands for the pid of the confined process, which only the process itself knows
ANY_BITS = 0xFFFF_FFFF


@dataclass(frozen=True)
class Arg:
    """A condition on one argument: its low 32 bits under `mask` are among `values`.

    The kernel takes every argument tested here as a 32-bit int, so the high half is ignored there as well;
    `wide` is for pointers: the high half must be zero too.
    """

    index: int
    values: tuple[int, ...]
    mask: int = ANY_BITS
    wide: bool = False


Rule = tuple[tuple[Arg, ...], ...]  # any of these alternatives, in which all conditions hold

_BY_PURPOSE = {
    "files: Landlock decides which": """
        read write readv writev pread64 pwrite64 preadv pwritev lseek close close_range dup dup2
        dup3 creat stat lstat fstat newfstatat statx statfs fstatfs access faccessat faccessat2 readlink
        readlinkat getdents getdents64 getcwd chdir fchdir rmdir unlink unlinkat rename
        renameat truncate ftruncate fsync fdatasync flock""",
    "memory": """
        brk mmap munmap mremap mprotect msync mlock mlock2 munlock munlockall mseal pkey_alloc
        pkey_free pkey_mprotect get_mempolicy set_mempolicy mbind map_shadow_stack""",
    "threads and signals of its own": """
        futex futex_waitv futex_wake futex_wait futex_requeue set_robust_list set_tid_address rseq membarrier
        gettid sched_yield getcpu arch_prctl rt_sigprocmask rt_sigreturn rt_sigpending
        rt_sigsuspend rt_sigtimedwait sigaltstack signalfd signalfd4 pause alarm getitimer setitimer
        restart_syscall exit exit_group wait4 waitid""",
    "waiting": """
        poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2
        eventfd eventfd2 pipe pipe2 timerfd_settime timerfd_gettime""",
    "time and randomness": """
        time gettimeofday nanosleep timer_settime timer_gettime timer_getoverrun timer_delete getrandom""",
    "questions; libc asks sched_getaffinity with thread ids, and it only tells how many cores there are": """
        getpid getppid getpgrp getuid geteuid getgid getegid getresuid getresgid getgroups capget
        uname sysinfo getrusage times getrlimit sched_getaffinity sched_get_priority_max
        sched_get_priority_min""",
}
PLAIN = frozenset(" ".join(_BY_PURPOSE.values()).split())  # allowed whatever the arguments

CLONE_THREAD = 0x0001_0000
# New namespaces, plus being traced, a pidfd, and the vfork wait: no thread library sets any of these.
CLONE_NEVER = 0x7E02_0000 | 0x2000 | 0x1000 | 0x4000

F_SETFL = 4
FCNTL = (
    *(0, 1, 2, 3),  # DUPFD, GETFD, SETFD, GETFL; no locks of ranges: each is kernel memory that no limit counts
    *(1030, 1032, 1034),  # DUPFD_CLOEXEC, GETPIPE_SZ, GET_SEALS; a larger pipe is kernel memory that no limit counts
)
O_ASYNC = 0x2000
TMPFILE = 0x40_0000  # O_TMPFILE less O_DIRECTORY, whose bit differs between architectures
O_ACCMODE_TRUNC = 0x0203
# Left out: read-only and truncated all the same, where Landlock before ABI 3 sees only the reading; access mode 3.
OPEN_FLAGS = (0, 1, 2, 0x201, 0x202)
OWNERS_BITS = 0o700
MSG_KNOWN = 0x2 | 0x40 | 0x100 | 0x4000  # PEEK, DONTWAIT, WAITALL, NOSIGNAL
# CLOCK_REALTIME and the others; negative ids are processor clocks, -6 and -2 those of the caller itself.
CLOCKS = (*range(12), 0xFFFF_FFFA, 0xFFFF_FFFE)
IOCTL = (
    *(0x5401, 0x802C_542A, 0x5413),  # TCGETS, TCGETS2, TIOCGWINSZ: "is this a terminal, how wide?"
    *(0x541B, 0x5421, 0x5450, 0x5451),  # FIONREAD, FIONBIO, FIONCLEX, FIOCLEX
)
PRCTL = (
    *(2, 3, 7, 16, 21, 23, 27, 30, 39, 40, 42),  # questions: PDEATHSIG ... NO_NEW_PRIVS, TID_ADDRESS, THP
    *(15, 29, 41, 0x5356_4D41),  # of itself: SET_NAME, SET_TIMERSLACK, SET_THP_DISABLE, SET_VMA
    *(51, 56),  # aarch64: SVE_GET_VL, GET_TAGGED_ADDR_CTRL
)

# NORMAL, RANDOM, SEQUENTIAL, WILLNEED, DONTNEED, FREE, fork, huge pages, dumps: what allocators use. Left out: COLD and
# PAGEOUT, which push pages of files out of memory, MERGEABLE, which tells of others' pages by the clock, REMOVE.
MADVISE = (*range(5), 8, 10, 11, *range(14, 20))
_NO_FLAGS: Rule = ((Arg(5, (0,)),),)  # no NOWAIT, which tells what is in memory, no DONTCACHE

_ITSELF = (0, OWN_PID)
_BY_PID: Rule = ((Arg(0, _ITSELF),),)
_BY_PRIORITY: Rule = ((Arg(0, (0,)), Arg(1, _ITSELF)),)
_BY_CLOCK: Rule = ((Arg(0, CLOCKS),),)
# To itself, not 0: that is the whole process group. And no SIGKILL or SIGTERM, so that a death by one of them is
# evidence of somebody else's. Nothing else can have the kernel send one: a timer takes its signal from memory, so it
# gets none of its own choice; strict seccomp, PR_SET_PDEATHSIG and F_SETSIG are left out above; see `_OWN_LIMITS`.
_SIGXCPU = 24
_SIGNALS = tuple(number for number in range(65) if number not in {9, 15})


def _to_itself(at: int) -> Rule:
    return ((Arg(0, (OWN_PID,)), Arg(at, _SIGNALS)),)


_OWN_LIMITS = tuple(range(1, 15))  # less RLIMIT_CPU and RLIMIT_RTTIME: the kernel enforces these two with SIGKILL

RULES: dict[str, Rule] = {
    "clone": ((Arg(0, (CLONE_THREAD,), mask=CLONE_THREAD | CLONE_NEVER),),),
    "rt_sigaction": ((Arg(0, tuple(sorted({*range(65)} - {_SIGXCPU}))),),),  # it ends who ran too long
    "kill": _to_itself(1),
    "tgkill": _to_itself(2),  # the kernel checks that the thread belongs to that process; tkill can't say so
    "rt_sigqueueinfo": _to_itself(1),
    "rt_tgsigqueueinfo": _to_itself(2),
    "setrlimit": ((Arg(0, _OWN_LIMITS),),),
    "prlimit64": ((Arg(0, _ITSELF), Arg(2, (0,), wide=True)), (Arg(0, _ITSELF), Arg(1, _OWN_LIMITS))),
    "getpgid": _BY_PID,
    "getsid": _BY_PID,
    "sched_setaffinity": _BY_PID,
    "sched_setparam": _BY_PID,
    "sched_getparam": _BY_PID,
    "sched_setscheduler": _BY_PID,
    "sched_getscheduler": _BY_PID,
    "sched_setattr": _BY_PID,
    "sched_getattr": _BY_PID,
    "sched_rr_get_interval": _BY_PID,
    "setpriority": _BY_PRIORITY,
    "getpriority": _BY_PRIORITY,
    "madvise": ((Arg(2, MADVISE),),),
    "preadv2": _NO_FLAGS,
    "pwritev2": _NO_FLAGS,
    "fcntl": ((Arg(1, FCNTL),), (Arg(1, (F_SETFL,)), Arg(2, (0,), mask=O_ASYNC))),
    "ioctl": ((Arg(1, IOCTL),),),
    "prctl": ((Arg(0, PRCTL),),),
    "open": ((Arg(1, OPEN_FLAGS, mask=O_ACCMODE_TRUNC | TMPFILE),),),
    "openat": ((Arg(2, OPEN_FLAGS, mask=O_ACCMODE_TRUNC | TMPFILE),),),
    "mkdir": ((Arg(1, (OWNERS_BITS,), mask=OWNERS_BITS),),),
    "mkdirat": ((Arg(2, (OWNERS_BITS,), mask=OWNERS_BITS),),),
    "umask": ((Arg(0, (0,), mask=OWNERS_BITS),),),
    "renameat2": ((Arg(4, (0, 1, 2)),),),  # NOREPLACE, EXCHANGE
    "clock_gettime": _BY_CLOCK,
    "clock_getres": _BY_CLOCK,
    "clock_nanosleep": _BY_CLOCK,
    "timer_create": ((Arg(0, CLOCKS), Arg(1, (0,), wide=True)),),  # SIGALRM
    "timerfd_create": _BY_CLOCK,
    "recvfrom": ((Arg(3, (0,), mask=ANY_BITS ^ MSG_KNOWN),),),
    "sendto": ((Arg(3, (0,), mask=ANY_BITS ^ MSG_KNOWN), Arg(4, (0,), wide=True)),),
}

NOT_THERE = frozenset({"clone3", "openat2", "sendfile", "copy_file_range"})  # ENOSYS: libraries do without
