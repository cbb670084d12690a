#include "app/reader/sandbox/system_calls.h"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

namespace pleiade::reader::sandbox {
namespace {

/// Whatever their arguments: the kernel keeps the verdict on these and does not run the filter.
constexpr std::array always_allowed = {
    // the socket to the parent, and files that may be open
    SCMP_SYS(read),
    SCMP_SYS(pread64),
    SCMP_SYS(write),
    SCMP_SYS(recvfrom),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(close),
    SCMP_SYS(lseek),
    SCMP_SYS(fstat),
    SCMP_SYS(getdents64),
    // memory
    SCMP_SYS(brk),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    // time, locks, signals, the end
    SCMP_SYS(futex),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(sched_yield),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    // what libraries ask about the process and the machine
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(getrusage),
    SCMP_SYS(times),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
    SCMP_SYS(getrandom),
    SCMP_SYS(getcpu),
    SCMP_SYS(sched_getaffinity)};

/// Nothing that reads a page does this by mistake. Threads and forks are not among them: a library
/// that tries one goes on without.
constexpr std::array ends_the_process = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(socket),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(pidfd_getfd),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(setns),
    SCMP_SYS(unshare),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(keyctl),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(kexec_load),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(open_by_handle_at)};

class Filter {
public:
    Filter() : context_(seccomp_init(SCMP_ACT_ERRNO(EPERM)), &seccomp_release) {
        if (!context_) {
            throw std::bad_alloc();
        }
        // Decided by a tree of numbers instead of one by one; and without the brakes against
        // Spectre that kernels before 5.16 put on filtered processes: there is one caisse's page
        // in this one and no secret.
        constexpr std::uint32_t tree = 2;
        (void)seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_OPTIMIZE, tree);
        (void)seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_SSB, 1);
    }

    void add(std::uint32_t action, int call, const std::vector<scmp_arg_cmp>& arguments = {}) {
        if (trouble_ == 0) {
            trouble_ = seccomp_rule_add_array(
                context_.get(),
                action,
                call,
                static_cast<unsigned>(arguments.size()),
                arguments.empty() ? nullptr : arguments.data()
            );
        }
    }
    void allow(int call, const std::vector<scmp_arg_cmp>& arguments = {}) {
        add(SCMP_ACT_ALLOW, call, arguments);
    }

    /// 0, or what was wrong, as a negative error number.
    [[nodiscard]] int load() { return trouble_ != 0 ? trouble_ : seccomp_load(context_.get()); }

private:
    std::unique_ptr<void, decltype(&seccomp_release)> context_;
    int trouble_ = 0;
};

scmp_arg_cmp is(unsigned argument, std::uint64_t value) {
    return {argument, SCMP_CMP_EQ, value, 0};
}
scmp_arg_cmp has_bits(unsigned argument, std::uint64_t mask, std::uint64_t bits) {
    return {argument, SCMP_CMP_MASKED_EQ, mask, bits};
}

void allow_by_argument(Filter& filter) {
    // Files for reading only; which ones is Landlock's part.
    constexpr std::uint64_t writes =
        O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | O_PATH | (O_TMPFILE & ~O_DIRECTORY);
    filter.allow(SCMP_SYS(openat), {has_bits(2, writes, 0)});
    // Of an open file, not of a name.
    filter.allow(SCMP_SYS(newfstatat), {has_bits(3, AT_EMPTY_PATH, AT_EMPTY_PATH)});
    filter.allow(SCMP_SYS(fcntl), {is(1, F_GETFD)});
    filter.allow(SCMP_SYS(fcntl), {is(1, F_SETFD)});
    filter.allow(SCMP_SYS(fcntl), {is(1, F_GETFL)});
    filter.allow(SCMP_SYS(sendto), {is(4, 0)}); // to the other end, to no address
    filter.allow(SCMP_SYS(mmap), {has_bits(2, PROT_EXEC, 0)});
    filter.allow(SCMP_SYS(mprotect), {has_bits(2, PROT_EXEC, 0)});
    filter.allow(SCMP_SYS(prlimit64), {is(0, 0), is(2, 0)});          // asking, not setting
    filter.allow(SCMP_SYS(prlimit64), {is(0, 0), is(1, RLIMIT_CPU)}); // page by page
    const auto self = static_cast<std::uint64_t>(::getpid());
    filter.allow(SCMP_SYS(tgkill), {is(0, self)}); // abort()
}

} // namespace

std::optional<wire::OpenDoor> leave_system_calls() {
    Filter filter;
    for (const int call : always_allowed) {
        filter.allow(call);
    }
    for (const int call : ends_the_process) {
        filter.add(SCMP_ACT_KILL_PROCESS, call);
    }
    allow_by_argument(filter);
    const int trouble = filter.load();
    if (trouble == 0) {
        return std::nullopt;
    }
    return wire::OpenDoor{
        std::string("the kernel filters none of its calls (seccomp: ") +
            std::generic_category().message(-trouble) + ")",
        "start a kernel with CONFIG_SECCOMP_FILTER, or in a container allow the call seccomp; "
        "until then a file made to break a decoder can do what its user may do"};
}

} // namespace pleiade::reader::sandbox
