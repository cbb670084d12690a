// Cleans the pages it is given on standard input and says what it found: for measuring from
// outside, with pages painted by another program (cleaning_proof.py).
//
//   clean WIDTH HEIGHT CHANNELS DPI BITONAL, then the pixels
//       -> turned_deg, turn_confidence, skew_deg, skew_confidence, blank, sharp, CPU ms, notes; by
//       tabs
//   strips WIDTH HEIGHT CHANNELS DPI BITONAL DOWNWARDS SKEW_DEG MOST, then the pixels
//       -> how many, then the pixels of that many strips of text (clean/text_strips.h)
//   page FILE INDEX
//       -> PIXELS-OF-THAT-PAGE as above without the command, then the pixels; 0 0 0 0 0 past the
//       last

#include "capture/image/clean/text_strips.h"
#include "capture/image/page_cleaner.h"
#include "capture/image/page_source.h"
#include "capture/image/pixel/mat.h"
#include "core/durable_file.h"

#include <ctime>
#include <iostream>
#include <sstream>
#include <string>

namespace pleiade::image {
namespace {

double cpu_millis() {
    return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

PageImage page_of(std::istream& words) {
    PageImage page;
    bool bitonal = false;
    words >> page.width_px >> page.height_px >> page.channels >> page.dpi >> bitonal;
    page.depth = bitonal              ? ColourDepth::Bitonal
                 : page.channels == 3 ? ColourDepth::Colour
                                      : ColourDepth::Grey;
    page.pixels.resize(page.row_bytes() * static_cast<std::size_t>(page.height_px));
    std::cin.read(
        reinterpret_cast<char*>(page.pixels.data()),
        static_cast<std::streamsize>(page.pixels.size())
    );
    return page;
}

void say_cleaned(PageImage raw, PageCleaner& cleaner) {
    const double start = cpu_millis();
    const CleanPage page = cleaner.clean(std::move(raw), {});
    const double millis = cpu_millis() - start;
    std::cout << page.geometry.turned_deg << '\t' << page.geometry.turn_confidence << '\t'
              << page.geometry.skew_deg << '\t' << page.geometry.skew_confidence << '\t'
              << page.blank << '\t' << page.quality.sharp << '\t' << millis << '\t';
    for (const std::string& note : page.quality.notes) {
        std::cout << note << '|';
    }
    std::cout << std::endl;
}

void give_strips(const PageImage& raw, std::istream& words) {
    Reading reading;
    std::size_t most = 0;
    words >> reading.downwards >> reading.skew_deg >> most;
    const WorkingCopy copy = working_copy(grey_of(raw));
    const Blobs blobs = blobs_of(ink_of(copy));
    const std::vector<cv::Mat> strips = TextStrips(copy, blobs).cut(reading, most).strips;
    std::cout << strips.size() << '\n';
    for (const cv::Mat& strip : strips) {
        std::cout.write(
            reinterpret_cast<const char*>(strip.data), static_cast<std::streamsize>(strip.total())
        );
    }
    std::cout.flush();
}

void give_page(const std::string& file, int index) {
    constexpr std::size_t whole_file = 256UL * 1024 * 1024;
    const Bytes bytes = read_file(file, whole_file);
    const PageSource source = PageSource::open(bytes, {});
    if (index >= source.page_count()) {
        std::cout << "0 0 0 0 0" << std::endl;
        return;
    }
    const PageImage page = source.decode(index);
    std::cout << page.width_px << ' ' << page.height_px << ' ' << page.channels << ' ' << page.dpi
              << ' ' << (page.depth == ColourDepth::Bitonal) << '\n';
    std::cout.write(
        reinterpret_cast<const char*>(page.pixels.data()),
        static_cast<std::streamsize>(page.pixels.size())
    );
    std::cout.flush();
}

void answer(const std::string& question, PageCleaner& cleaner) {
    std::istringstream words(question);
    std::string command;
    words >> command;
    if (command == "clean") {
        say_cleaned(page_of(words), cleaner);
    } else if (command == "strips") {
        const PageImage page = page_of(words);
        give_strips(page, words);
    } else if (command == "page") {
        std::string file;
        int index = 0;
        words >> file >> index;
        give_page(file, index);
    }
}

} // namespace
} // namespace pleiade::image

int main() {
    pleiade::image::PageCleaner cleaner;
    for (std::string question; std::getline(std::cin, question);) {
        pleiade::image::answer(question, cleaner);
    }
    return 0;
}
