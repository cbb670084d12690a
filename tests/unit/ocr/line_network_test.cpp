#include "core/durable_file.h"
#include "core/failure.h"
#include "ocr/lstm/kernels.h"
#include "ocr/lstm/line_reader.h"
#include "ocr/lstm/model_file.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <random>
#include <vector>

namespace pleiade::ocr {
namespace {

using testing::Each;
using testing::HasSubstr;

constexpr std::size_t megabytes_64 = 64U << 20U;

Bytes french() {
    return read_file("/usr/share/tesseract-ocr/5/tessdata/fra.traineddata", megabytes_64);
}

PackedMatrix random_matrix(std::size_t rows, std::size_t inputs, std::mt19937& random) {
    std::uniform_int_distribution<int> value(-127, 127);
    PackedMatrix matrix(rows, inputs);
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t input = 0; input < inputs; ++input) {
            matrix.set(row, input, static_cast<std::int8_t>(value(random)));
        }
        matrix.bias[row] = 127 * value(random);
        matrix.scale[row] = 1e-4F;
    }
    matrix.finish();
    return matrix;
}

std::vector<std::int8_t> random_values(std::size_t count, std::mt19937& random) {
    std::uniform_int_distribution<int> value(-127, 127);
    std::vector<std::int8_t> values(count);
    std::ranges::generate(values, [&] { return static_cast<std::int8_t>(value(random)); });
    return values;
}

TEST(Kernels, OfEveryProcessorGiveTheSameSums) {
    std::mt19937 random(1);
    for (const auto& [rows, inputs] : {std::pair{48, 64}, {384, 192}, {140, 128}, {16, 12}}) {
        const PackedMatrix matrix =
            random_matrix(static_cast<std::size_t>(rows), static_cast<std::size_t>(inputs), random);
        const std::vector<std::int8_t> x = random_values(matrix.inputs, random);
        std::vector<std::int32_t> plain(matrix.rows);
        all_kernels().front().multiply(matrix, x.data(), plain.data());
        for (const Kernels& other : all_kernels()) {
            std::vector<std::int32_t> sums(matrix.rows);
            other.multiply(matrix, x.data(), sums.data());
            EXPECT_EQ(sums, plain) << rows << " rows, " << inputs << " inputs";
        }
    }
}

TEST(Kernels, OfEveryProcessorSeeTheSameInAPicture) {
    std::mt19937 random(2);
    constexpr std::ptrdiff_t column = 40;
    const PackedMatrix matrix = random_matrix(16, 12, random);
    const std::vector<std::int8_t> picture = random_values(6 * column, random);
    std::array<std::int8_t, 16> plain{};
    all_kernels().front().convolve_nine(matrix, picture.data(), column, plain.data());
    for (const Kernels& other : all_kernels()) {
        std::array<std::int8_t, 16> seen{};
        other.convolve_nine(matrix, picture.data(), column, seen.data());
        EXPECT_EQ(seen, plain);
    }
}

TEST(Kernels, OfEveryProcessorRememberTheSame) {
    std::mt19937 random(3);
    constexpr std::size_t cells = 96;
    const PackedMatrix matrix = random_matrix(4 * cells, 192, random);
    std::vector<std::vector<int>> said;
    for (const Kernels& one : all_kernels()) {
        std::mt19937 same(4);
        std::vector<float> state(cells, 0.0F);
        std::vector<std::int8_t> says(cells);
        for (int step = 0; step < 5; ++step) {
            std::vector<std::int32_t> sums(matrix.rows);
            one.multiply(matrix, random_values(matrix.inputs, same).data(), sums.data());
            one.remember(cells, sums.data(), matrix.scale.data(), state.data(), says.data());
        }
        said.emplace_back(says.begin(), says.end());
    }
    for (const std::vector<int>& other : said) {
        for (std::size_t i = 0; i < cells; ++i) {
            EXPECT_EQ(other[i], said.front()[i]) << "cell " << i;
        }
    }
}

TEST(LineReader, OpensTheLanguageOfThePackage) {
    EXPECT_TRUE(LineReader::open(french()).has_value());
}

TEST(LineReader, SaysThatACutLanguageFileIsBroken) {
    const Bytes whole = french();
    for (const double share : {0.0, 0.00001, 0.001, 0.2, 0.5, 0.9, 0.99}) {
        const auto size = static_cast<std::size_t>(share * static_cast<double>(whole.size()));
        const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        try {
            (void)LineReader::open(cut);
            FAIL() << "opened " << size << " bytes of " << whole.size();
        } catch (const Error& error) {
            EXPECT_EQ(error.remedy(), Remedy::FixConfiguration);
            EXPECT_THAT(error.what(), HasSubstr("language data"));
        }
    }
}

TEST(LineReader, LeavesNetworksOfAnotherShapeToOthers) {
    Bytes file = french();
    const BytesView network = component_of(file, Component::Network);
    const auto begin = static_cast<std::size_t>(network.data() - file.data());
    const std::string all = text_of(network);
    const std::size_t layer = all.find("Maxpool");
    ASSERT_NE(layer, std::string::npos);
    file[begin + layer] = std::byte{'m'}; // a kind of layer nobody knows
    EXPECT_FALSE(LineReader::open(file).has_value());
}

TEST(LineReader, ReadsNothingOnAnEmptyLine) {
    PageImage page;
    page.width_px = 800;
    page.height_px = 100;
    page.dpi = 300;
    page.channels = 1;
    page.pixels.assign(800 * 100, 255);
    const auto reader = LineReader::open(french());
    ASSERT_TRUE(reader.has_value());
    const LinePlace place{.x0_px = 10, .x1_px = 790, .top_px = 30, .bottom_px = 70};
    EXPECT_TRUE(reader->read(page, place, ZoneContent::Text, Detail::Words).empty());
    const LinePlace outside{.x0_px = 900, .x1_px = 990, .top_px = -90, .bottom_px = -50};
    EXPECT_TRUE(reader->read(page, outside, ZoneContent::Text, Detail::Words).empty());
}

} // namespace
} // namespace pleiade::ocr
