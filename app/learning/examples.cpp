#include "app/learning/examples.h"

#include "core/failure.h"

#include <fstream>
#include <string>
#include <system_error>

namespace pleiade::learning {

void read_examples(
    const std::vector<std::filesystem::path>& files,
    const std::function<void(const wire::Example&, const ExamplesRead&)>& take
) {
    ExamplesRead so_far;
    for (const std::filesystem::path& file : files) {
        std::ifstream lines(file);
        if (!lines || std::filesystem::is_directory(file)) {
            throw Error(Remedy::FixInput, "cannot read the examples of " + file.string());
        }
        std::size_t line_number = 0;
        for (std::string line; std::getline(lines, line);) {
            ++line_number;
            so_far.bytes += line.size() + 1;
            if (line.empty()) {
                continue;
            }
            ++so_far.plis;
            try {
                take(wire::example_from(line), so_far);
            } catch (const Error& error) {
                throw Error(
                    error.remedy(),
                    file.string() + ":" + std::to_string(line_number) + ": " + error.what()
                );
            }
        }
        if (lines.bad()) {
            throw Error(Remedy::RetryLater, "reading " + file.string() + " broke off");
        }
    }
    if (so_far.plis == 0) {
        throw Error(Remedy::FixInput, "there is not one example in the files given");
    }
}

std::size_t bytes_of_files(const std::vector<std::filesystem::path>& files) {
    std::size_t bytes = 0;
    for (const std::filesystem::path& file : files) {
        std::error_code unknown; // reading it says what is wrong
        const auto size = std::filesystem::file_size(file, unknown);
        bytes += unknown ? 0 : static_cast<std::size_t>(size);
    }
    return bytes;
}

} // namespace pleiade::learning
