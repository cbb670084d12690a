#pragma once
// What must be read and what may be misread of a family: tests/corpus/budgets.csv.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace pleiade::test {

struct Budget {
    std::string family;
    int images = 0;
    int must_read = 0;
    int may_misread = 0;
};

inline std::vector<Budget> budgets_of(const std::string& reader) {
    std::ifstream file(std::filesystem::path(PLEIADE_SOURCE_DIR) / "tests/corpus/budgets.csv");
    std::vector<Budget> budgets;
    std::string line;
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        std::vector<std::string> field;
        for (std::string text; std::getline(fields, text, ',');) {
            field.push_back(text);
        }
        if (field.size() == 5 && field[1] == reader) {
            budgets.push_back(
                {field[0], std::stoi(field[2]), std::stoi(field[3]), std::stoi(field[4])}
            );
        }
    }
    return budgets;
}

} // namespace pleiade::test
