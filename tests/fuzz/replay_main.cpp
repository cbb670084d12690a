// Runs a fuzz target over files given on the command line, without libFuzzer, so the saved corpus
// is part of every ordinary test run (g++ included).

#include "tests/fuzz/fuzz_target.h"

#include <fstream>
#include <iterator>
#include <span>
#include <vector>

int main(int argc, char** argv) {
    const std::span<char*> files = std::span(argv, static_cast<std::size_t>(argc)).subspan(1);
    if (files.empty()) {
        std::cerr << "no files to replay\n";
        return 1;
    }
    for (const char* name : files) {
        std::cout << name << std::endl; // flushed: the last one shown is the one that crashed
        std::ifstream file(name, std::ios::binary);
        if (!file) {
            std::cerr << "cannot be read\n";
            return 1;
        }
        const std::vector<char> bytes(std::istreambuf_iterator<char>(file), {});
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    }
    return 0;
}
