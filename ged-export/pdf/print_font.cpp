#include "ged-export/print_font.h"

#include "core/failure.h"
#include "ged-export/pdf/unicode.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <sstream>
#include <utility>

namespace pleiade::ged {
namespace {

constexpr std::size_t first_code = 32; // spec: what is before are no letters

/// spec: PDF Reference 1.4, appendix D.1, WinAnsiEncoding from first_code on; empty: no letter.
constexpr std::array<std::string_view, 256 - first_code> letter_names = {
    "space",
    "exclam",
    "quotedbl",
    "numbersign",
    "dollar",
    "percent",
    "ampersand",
    "quotesingle",
    "parenleft",
    "parenright",
    "asterisk",
    "plus",
    "comma",
    "hyphen",
    "period",
    "slash",
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "colon",
    "semicolon",
    "less",
    "equal",
    "greater",
    "question",
    "at",
    "A",
    "B",
    "C",
    "D",
    "E",
    "F",
    "G",
    "H",
    "I",
    "J",
    "K",
    "L",
    "M",
    "N",
    "O",
    "P",
    "Q",
    "R",
    "S",
    "T",
    "U",
    "V",
    "W",
    "X",
    "Y",
    "Z",
    "bracketleft",
    "backslash",
    "bracketright",
    "asciicircum",
    "underscore",
    "grave",
    "a",
    "b",
    "c",
    "d",
    "e",
    "f",
    "g",
    "h",
    "i",
    "j",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "q",
    "r",
    "s",
    "t",
    "u",
    "v",
    "w",
    "x",
    "y",
    "z",
    "braceleft",
    "bar",
    "braceright",
    "asciitilde",
    "",
    "Euro",
    "",
    "quotesinglbase",
    "florin",
    "quotedblbase",
    "ellipsis",
    "dagger",
    "daggerdbl",
    "circumflex",
    "perthousand",
    "Scaron",
    "guilsinglleft",
    "OE",
    "",
    "Zcaron",
    "",
    "",
    "quoteleft",
    "quoteright",
    "quotedblleft",
    "quotedblright",
    "bullet",
    "endash",
    "emdash",
    "tilde",
    "trademark",
    "scaron",
    "guilsinglright",
    "oe",
    "",
    "zcaron",
    "Ydieresis",
    "space",
    "exclamdown",
    "cent",
    "sterling",
    "currency",
    "yen",
    "brokenbar",
    "section",
    "dieresis",
    "copyright",
    "ordfeminine",
    "guillemotleft",
    "logicalnot",
    "hyphen",
    "registered",
    "macron",
    "degree",
    "plusminus",
    "twosuperior",
    "threesuperior",
    "acute",
    "mu",
    "paragraph",
    "periodcentered",
    "cedilla",
    "onesuperior",
    "ordmasculine",
    "guillemotright",
    "onequarter",
    "onehalf",
    "threequarters",
    "questiondown",
    "Agrave",
    "Aacute",
    "Acircumflex",
    "Atilde",
    "Adieresis",
    "Aring",
    "AE",
    "Ccedilla",
    "Egrave",
    "Eacute",
    "Ecircumflex",
    "Edieresis",
    "Igrave",
    "Iacute",
    "Icircumflex",
    "Idieresis",
    "Eth",
    "Ntilde",
    "Ograve",
    "Oacute",
    "Ocircumflex",
    "Otilde",
    "Odieresis",
    "multiply",
    "Oslash",
    "Ugrave",
    "Uacute",
    "Ucircumflex",
    "Udieresis",
    "Yacute",
    "Thorn",
    "germandbls",
    "agrave",
    "aacute",
    "acircumflex",
    "atilde",
    "adieresis",
    "aring",
    "ae",
    "ccedilla",
    "egrave",
    "eacute",
    "ecircumflex",
    "edieresis",
    "igrave",
    "iacute",
    "icircumflex",
    "idieresis",
    "eth",
    "ntilde",
    "ograve",
    "oacute",
    "ocircumflex",
    "otilde",
    "odieresis",
    "divide",
    "oslash",
    "ugrave",
    "uacute",
    "ucircumflex",
    "udieresis",
    "yacute",
    "thorn",
    "ydieresis"};

[[noreturn]] void refuse(const std::string& what) {
    throw Error(Remedy::FixConfiguration, "the font for statements " + what);
}

int number_in(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end == text.data()) {
        refuse("has metrics with \"" + std::string(text) + "\" in place of a number");
    }
    return value;
}

/// "C 32 ; WX 278 ; N space ; B 191 0 191 0 ;" as name and width.
void add_letter(std::istringstream words, std::map<std::string, int>& widths) {
    std::string word;
    std::string name;
    int width = 0;
    while (words >> word) {
        if (word == "WX") {
            words >> word;
            width = number_in(word);
        } else if (word == "N") {
            words >> name;
        }
    }
    widths[name] = width;
}

void read_metrics(std::string_view metrics, PrintFont& font) {
    std::map<std::string, int> widths;
    std::istringstream lines{std::string(metrics)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string key;
        words >> key;
        if (key == "FontName") {
            words >> font.name;
        } else if (key == "FontBBox") {
            for (int& side : font.box) {
                std::string word;
                words >> word;
                side = number_in(word);
            }
        } else if (key == "C") {
            add_letter(std::move(words), widths);
        }
    }
    for (std::size_t i = 0; i < letter_names.size(); ++i) {
        const auto found = widths.find(std::string(letter_names[i]));
        font.widths[first_code + i] = found == widths.end() ? 0 : found->second;
    }
}

/// A name that PDF takes as it stands.
bool is_plain(const std::string& name) {
    return !name.empty() && std::ranges::all_of(name, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '-';
    });
}

/// spec: Adobe Type 1 Font Format 2.2 and 7.2: clear text up to "eexec" and the blank behind it; at
/// the end 512 zeros and "cleartomark", which PDF need not be given.
void take_apart(PrintFont& font) {
    const std::string text = text_of(font.program);
    constexpr std::string_view begins = "currentfile eexec";
    constexpr std::size_t zeros = 512;
    constexpr std::size_t zeros_in_line = 64;
    const std::size_t clear = text.find(begins);
    const std::size_t trailer = text.rfind(std::string(zeros_in_line, '0'));
    if (text.rfind("%!PS-AdobeFont", 0) != 0 || clear == std::string::npos ||
        trailer == std::string::npos || trailer < clear + begins.size() + zeros) {
        refuse("is no Type 1 font");
    }
    font.clear_bytes = clear + begins.size() + 1;
    // The last line of zeros is found; those before it lie as far ahead as 512 digits reach.
    std::size_t end = trailer;
    std::size_t counted = 0;
    for (; end > font.clear_bytes && counted + zeros_in_line < zeros; --end) {
        const char before = text[end - 1];
        if (before == '0') {
            ++counted;
        } else if (before != '\n' && before != '\r') {
            break;
        }
    }
    font.encrypted_bytes = end - font.clear_bytes;
}

} // namespace

PrintFont print_font(Bytes program, std::string_view metrics) {
    PrintFont font;
    font.program = std::move(program);
    take_apart(font);
    read_metrics(metrics, font);
    const std::string needed = windows_1252("AZaz09 ÀÉÈÊËÎÔÛÇŒàâéèêëîïôùûçœ°’–«»()/,.:;-");
    if (!is_plain(font.name) || !std::ranges::all_of(needed, [&](char code) {
            return font.widths[static_cast<unsigned char>(code)] > 0;
        })) {
        refuse("lacks letters of French");
    }
    return font;
}

Millimetres text_width(const PrintFont& font, const std::string& text, Millimetres size) {
    long sum = 0;
    for (const char code : windows_1252(text)) {
        sum += font.widths[static_cast<unsigned char>(code)];
    }
    constexpr double em = 1000.0; // spec: PDF Reference 1.4, 5.1.3
    return {static_cast<double>(sum) * size.value / em};
}

} // namespace pleiade::ged
