/* confine_walls: what the kernel forbids a confined program: files by Landlock (landlock(7)), calls by seccomp (seccomp(2)). */
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "confine.h"

/* ---- files */

/* Where programs, libraries, fonts and their tables of characters are. /lib and its kin lead into /usr. */
static const struct { const char *path; bool folder; } readable[] = {
  { "/usr", true },  { "/etc/fonts", true },   { "/var/cache/fontconfig", true }, { "/etc/ld.so.cache", false },
  { CONFINE_SELF, false },
};
enum { FILE_RIGHTS = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE,
       EVERY_RIGHT = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1 };          /* all of the first version */

static bool let_read(int rules, const char *path, bool folder) {
  CLEANUP(fd_close) int fd = open(path, O_PATH | O_CLOEXEC);
  if (fd < 0) return errno == ENOENT;
  struct landlock_path_beneath_attr rule = { .parent_fd = fd,
                                             .allowed_access = FILE_RIGHTS | (folder ? LANDLOCK_ACCESS_FS_READ_DIR : 0) };
  return syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
}

/* A kernel without Landlock, or one that was started without it, leaves the other walls. */
bool confine__files(void) {
  struct landlock_ruleset_attr attr = { .handled_access_fs = EVERY_RIGHT };
  CLEANUP(fd_close) int rules = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
  if (rules < 0) return errno == ENOSYS || errno == EOPNOTSUPP;
  for (size_t i = 0; i < COUNT_OF(readable); i++)
    if (!let_read(rules, readable[i].path, readable[i].folder)) return false;
  return syscall(SYS_landlock_restrict_self, rules, 0) == 0;
}

/* ---- calls */

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

/* To others: by network, by memory, by signals, by their share of the processors, by new processes, by what the kernel offers to
 * administrators; and to files by their names, what Landlock's first version does not look at: length, mode, owner, times. */
static const unsigned forbidden[] = {
  SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_listen, SYS_accept, SYS_accept4, SYS_sendto, SYS_sendmsg, SYS_sendmmsg,
  SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_pidfd_open, SYS_pidfd_getfd, SYS_pidfd_send_signal, SYS_kill,
  SYS_tkill, SYS_tgkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo, SYS_setpriority, SYS_ioprio_set, SYS_sched_setaffinity,
  SYS_sched_setattr, SYS_sched_setparam, SYS_sched_setscheduler, SYS_clone, SYS_clone3, SYS_unshare, SYS_setns,
  SYS_mount, SYS_umount2, SYS_pivot_root, SYS_chroot, SYS_keyctl, SYS_add_key, SYS_request_key, SYS_bpf, SYS_perf_event_open,
  SYS_userfaultfd, SYS_io_uring_setup, SYS_shmget, SYS_shmat, SYS_shmctl, SYS_msgget, SYS_msgsnd,
  SYS_msgrcv, SYS_msgctl, SYS_semget, SYS_semop, SYS_semtimedop, SYS_semctl, SYS_mq_open, SYS_memfd_create,
  SYS_truncate, SYS_fchmod, SYS_fchmodat, SYS_fchown, SYS_fchownat, SYS_utimensat, SYS_setxattr, SYS_lsetxattr, SYS_fsetxattr,
  SYS_removexattr, SYS_lremovexattr, SYS_fremovexattr,
  452, 463, 466, 469,                           /* fchmodat2, setxattrat, removexattrat, file_setattr: younger than some headers */
#ifndef ARENA_WATCHED                           /* the sanitizer asks for its own limits by it */
  SYS_prlimit64,
#endif
#ifdef SYS_fork                                 /* younger architectures have none of these */
  SYS_fork, SYS_vfork, SYS_chmod, SYS_chown, SYS_lchown, SYS_utime, SYS_utimes, SYS_futimesat,
#endif
};

/* What remains of a computation whose input is read. */
static const unsigned computing[] = {
  SYS_write, SYS_mmap, SYS_munmap, SYS_mremap, SYS_mprotect, SYS_brk, SYS_madvise, SYS_futex, SYS_rt_sigprocmask,
  SYS_rt_sigreturn, SYS_clock_gettime, SYS_sched_yield, SYS_getrandom, SYS_exit, SYS_exit_group,
#ifdef ARENA_WATCHED
  SYS_sigaltstack,                              /* the sanitizer looks at the stack before a call that does not come back */
#endif
};

#ifdef ARCHITECTURE
enum { FILTER_HEAD = 6, CALLS_MOST = 96 };
#define OFFSET(member) ((uint32_t)offsetof(struct seccomp_data, member))

static bool install(struct sock_filter *steps, size_t count) {
  struct sock_fprog program = { (unsigned short)count, steps };
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

/* A filter that answers `named` to the calls of the list and `otherwise` to all others. Another architecture's calls have
 * other numbers, and x32's come with a bit set: whoever makes them is ended. */
static bool filter(const unsigned *calls, size_t count, uint32_t named, uint32_t otherwise) {
  struct sock_filter steps[FILTER_HEAD + 2 * CALLS_MOST + 1] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, OFFSET(arch)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, OFFSET(nr)),
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
  };
  size_t n = FILTER_HEAD;
  assert(count <= CALLS_MOST);
  for (size_t i = 0; i < count; i++) {
    steps[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, calls[i], 0, 1);
    steps[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, named);
  }
  steps[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, otherwise);
  return install(steps, n);
}

/* A file whose owner is another process signals it by itself (fcntl(2)): files stay without one. */
static bool filter_owners(void) {
  struct sock_filter steps[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, OFFSET(nr)),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_fcntl, 0, 3),
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, OFFSET(args[1])),        /* both architectures have the lower half first */
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, F_SETOWN, 2, 0),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, F_SETOWN_EX, 1, 0),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
  };
  return install(steps, COUNT_OF(steps));
}
#else
/* Nobody has written down the calls of this architecture: nothing is decoded there. */
static bool filter(const unsigned *calls, size_t count, uint32_t named, uint32_t otherwise) {
  (void)calls, (void)count, (void)named, (void)otherwise;
  return false;
}
static bool filter_owners(void) { return false; }
#endif

bool confine__calls(void) {
  return filter(forbidden, COUNT_OF(forbidden), SECCOMP_RET_ERRNO | EPERM, SECCOMP_RET_ALLOW) && filter_owners();
}

bool confine_to_computing(void) {
  return filter(computing, COUNT_OF(computing), SECCOMP_RET_ALLOW, SECCOMP_RET_KILL_PROCESS);
}
