#pragma once
// A folder that lives as long as the fuzzing program, for parsers that read files.

#include "tests/fuzz/fuzz_target.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace pleiade::fuzz {

class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "fuzz-XXXXXX").string();
        require(::mkdtemp(name.data()) != nullptr, "there is a temporary folder");
        path_ = name;
    }
    ~Folder() {
        std::error_code left_behind; // a temporary folder that stays does no harm
        std::filesystem::remove_all(path_, left_behind);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    Folder(Folder&&) = delete;
    Folder& operator=(Folder&&) = delete;

    [[nodiscard]] std::filesystem::path
    write(const std::string& name, const std::string& text) const {
        std::ofstream(path_ / name, std::ios::binary) << text;
        return path_ / name;
    }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

} // namespace pleiade::fuzz
