#include "tests/integration/pipeline/mail_platform.h"

#include "core/durable_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <stdexcept>

namespace pleiade::pipeline::test {
namespace {

config::Config configuration(const std::string& database_url) {
    config::Config config =
        config::load({.named = std::filesystem::path(PLEIADE_SOURCE_DIR) / "samples"}, {}).value();
    config.settings.database.url = database_url;
    return config;
}

ReaderSettings built_reader(const config::Config& config) {
    ReaderSettings settings = reader_settings(config);
    settings.executable = std::filesystem::path(PLEIADE_BINARY_DIR) / "pleiade-reader";
    return settings;
}

} // namespace

MailPlatform::MailPlatform()
    : platform(configuration(database.url()), home.path(), Use::Work),
      clock(std::chrono::sys_days(std::chrono::year(2026) / 3 / 16)),
      reader(built_reader(platform.configuration())) {}

std::filesystem::path MailPlatform::path(const std::string& name) const {
    return name.empty() ? mail.path() : mail.path() / name;
}

void MailPlatform::file(
    const std::string& name, const std::string& content, std::chrono::microseconds age
) {
    std::filesystem::create_directories(path(name).parent_path());
    write_durably(path(name), bytes_of(content));
    const auto written = (clock.now() - age).time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(written);
    timespec time{};
    time.tv_sec = seconds.count();
    time.tv_nsec = std::chrono::nanoseconds(written - seconds).count();
    const timespec times[2] = {time, time};
    if (::utimensat(AT_FDCWD, path(name).c_str(), times, 0) != 0) {
        throw std::runtime_error("cannot set the time of " + name);
    }
}

capture::LotSource MailPlatform::lot(const std::vector<std::string>& given) const {
    std::vector<std::filesystem::path> paths;
    for (const std::string& name : given) {
        paths.push_back(path(name));
    }
    std::vector<capture::LotSource> lots = capture::find_lots(paths);
    if (lots.size() != 1) {
        throw std::runtime_error("one lot was expected");
    }
    return lots.front();
}

TakenIn MailPlatform::take(const capture::LotSource& source, const std::string& caisse) {
    const IntakeTools tools{
        .platform = platform,
        .reader = reader,
        .clock = clock,
        .wait = [this](std::chrono::microseconds time) {
            waits.push_back(time);
            clock.turn(time);
            while_waiting();
        }};
    return take_in(source, {caisse}, tools, {});
}

std::int64_t MailPlatform::number(const std::string& query) const {
    return database.number(query);
}

std::string MailPlatform::value(const std::string& query) const {
    return database.value(query);
}

} // namespace pleiade::pipeline::test
