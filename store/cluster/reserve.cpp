#include "store/cluster/reserve.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

namespace pleiade::store::cluster {
namespace {

namespace fs = std::filesystem;

// measured: a start wants the next WAL segment (16 MB) and less than 1 MB beside it
constexpr std::uintmax_t kept_bytes = 20U << 20U;

fs::path file_of(const fs::path& root) {
    return root / "room-for-reports";
}

} // namespace

void keep_room(const fs::path& root) {
    const fs::path file = file_of(root);
    std::error_code unknown;
    if (fs::file_size(file, unknown) >= kept_bytes && !unknown) {
        return;
    }
    fs::remove(file, unknown);
    const fs::space_info space = fs::space(root, unknown);
    const std::uintmax_t bytes = unknown ? 0 : std::min(kept_bytes, space.available);
    const int descriptor =
        ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) {
        return;
    }
    if (bytes == 0 || ::posix_fallocate(descriptor, 0, static_cast<off_t>(bytes)) != 0) {
        ::unlink(file.c_str());
    }
    ::close(descriptor);
}

bool give_room(const fs::path& root) {
    std::error_code unknown;
    return fs::remove(file_of(root), unknown);
}

} // namespace pleiade::store::cluster
