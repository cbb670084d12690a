#pragma once
// A platform on a database of its own, with a clock that tests turn and folders that they fill.

#include "app/pipeline/take_in.h"
#include "tests/support/temp_database.h"

#include <functional>
#include <string>
#include <vector>

namespace pleiade::pipeline::test {

class HandClock final : public Clock {
public:
    explicit HandClock(Instant now) : now_(now) {}
    [[nodiscard]] Instant now() const override { return now_; }
    void turn(std::chrono::microseconds time) { now_ += time; }

private:
    Instant now_;
};

struct MailPlatform {
    MailPlatform();

    /// Writes a file of the folder; `age` is how long ago, by the clock.
    void file(
        const std::string& name,
        const std::string& content,
        std::chrono::microseconds age = std::chrono::hours(1)
    );
    [[nodiscard]] std::filesystem::path path(const std::string& name) const;

    /// The only lot in what is given, by names in the folder; "" is the folder itself.
    [[nodiscard]] capture::LotSource lot(const std::vector<std::string>& given = {""}) const;
    TakenIn take(const capture::LotSource& source, const std::string& caisse = "");

    [[nodiscard]] std::int64_t number(const std::string& query) const;
    [[nodiscard]] std::string value(const std::string& query) const;

    pleiade::test::TempDatabase database;
    pleiade::test::TempFolder home;
    pleiade::test::TempFolder mail;
    Platform platform;
    HandClock clock;
    ReaderProcess reader;
    std::vector<std::chrono::microseconds> waits;
    std::function<void()> while_waiting = [] {};
};

} // namespace pleiade::pipeline::test
