#include "app/learning/examples.h"

#include "app/wire/values.h"
#include "core/failure.h"

#include <fstream>
#include <string>
#include <system_error>
#include <utility>

namespace pleiade::learning {
namespace {

double share_of(std::size_t part, std::size_t all) {
    return all == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(all);
}

/// Of all the files together.
std::size_t bytes_of_files(const std::vector<std::filesystem::path>& files) {
    std::size_t bytes = 0;
    for (const std::filesystem::path& file : files) {
        std::error_code unknown; // reading it says what is wrong
        const auto size = std::filesystem::file_size(file, unknown);
        bytes += unknown ? 0 : static_cast<std::size_t>(size);
    }
    return bytes;
}

/// Pages that were never read teach nothing.
wire::Example example_of(const store::KnownPli& known) {
    wire::Example example{
        .pli = known.name,
        .group = known.name,
        .caisse = known.caisse,
        .pages = {},
        .documents = {}};
    for (const std::string& reading : known.readings) {
        example.pages.push_back(reading.empty() ? PageReading{} : wire::page_reading_from(reading));
    }
    for (const store::KnownDocument& document : known.documents) {
        wire::ExampleDocument taught{document.type, {}};
        for (const int page_index : document.page_indexes) {
            if (!known.readings[static_cast<std::size_t>(page_index)].empty()) {
                taught.page_indexes.push_back(page_index);
            }
        }
        if (!taught.page_indexes.empty()) {
            example.documents.push_back(std::move(taught));
        }
    }
    return example;
}

} // namespace

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

Examples examples_in(const std::vector<std::filesystem::path>& files) {
    return [files](const auto& take) {
        const std::size_t all = bytes_of_files(files);
        read_examples(files, [&](const wire::Example& example, const ExamplesRead& read) {
            take(example, share_of(read.bytes, all));
        });
    };
}

Examples examples_known(store::Truth& truth, const std::string& caisse) {
    return [&truth, caisse](const auto& take) {
        const std::vector<RowId> plis = truth.known_plis(caisse);
        if (plis.empty()) {
            throw Error(
                Remedy::FixInput, "nobody has said yet what a document is: pleiade learn correct"
            );
        }
        for (std::size_t i = 0; i < plis.size(); ++i) {
            take(example_of(truth.known_pli(plis[i])), share_of(i + 1, plis.size()));
        }
    };
}

Examples all_of(const std::vector<Examples>& sources) {
    return [sources](const auto& take) {
        const auto all = static_cast<double>(sources.size());
        for (std::size_t i = 0; i < sources.size(); ++i) {
            sources[i]([&](const wire::Example& example, double share) {
                take(example, (static_cast<double>(i) + share) / all);
            });
        }
    };
}

} // namespace pleiade::learning
