#pragma once
// Chance for painted pages: the same from the same seed, on every machine.

#include <random>
#include <string>

namespace pleiade::test {

/// Numbers from a seed; the standard's distributions differ from library to library.
class Dice {
public:
    explicit Dice(unsigned seed) : random_(seed) {}

    double between(double low, double high) {
        constexpr double most = 4294967295.0;
        return low + (high - low) * (static_cast<double>(random_()) / most);
    }
    int whole(int low, int high) {
        return low + static_cast<int>(random_() % static_cast<unsigned>(high - low + 1));
    }
    char one_of(const std::string& letters) {
        return letters[static_cast<std::size_t>(whole(0, static_cast<int>(letters.size()) - 1))];
    }
    std::string text_of(const std::string& letters, int length) {
        std::string text;
        for (int i = 0; i < length; ++i) {
            text += one_of(letters);
        }
        return text;
    }

private:
    std::mt19937 random_;
};

} // namespace pleiade::test
