#include "classify/rules/page_shape.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace pleiade::classify {
namespace {

constexpr int most_envelope_words = 45; // chosen: two full addresses and the postage marks
constexpr int few_words = 22;           // chosen: one address and the postage marks

bool begins_with(std::string_view text, std::string_view start) {
    return text.substr(0, start.size()) == start;
}

/// A salutation or a subject as a line of its own.
std::optional<Box> find_opening(const Layout& layout) {
    static constexpr std::array<std::string_view, 6> salutations = {
        "madamemonsieur", "madame", "monsieur", "mesdames", "messieurs", "bonjour"};
    constexpr std::size_t longest = 42; // chosen: "Monsieur le Directeur de la caisse primaire"
    constexpr int most_words = 7;
    for (const Run& run : layout.runs) {
        const std::string text = layout.folded_of(run);
        if (begins_with(text, "objet") && run.end_word - run.first_word > 1) {
            return run.box_px;
        }
        const bool greets =
            std::any_of(salutations.begin(), salutations.end(), [&](std::string_view salutation) {
                return begins_with(text, salutation);
            });
        // A name in an address block begins alike, but without the comma behind it.
        const std::string& last = layout.words[static_cast<std::size_t>(run.end_word - 1)].text;
        const bool comma = !last.empty() && (last.back() == ',' || last.back() == '.');
        if (greets && comma && text.size() <= longest &&
            run.end_word - run.first_word <= most_words) {
            return run.box_px;
        }
    }
    return std::nullopt;
}

/// How French letters take leave.
std::optional<Box> find_closing(const Layout& layout) {
    constexpr double lower = 0.4; // chosen: a short letter ends in the middle of its sheet
    static const std::array<Pattern, 6> words = {
        Pattern("veuillez agréer"),
        Pattern("salutations distinguées"),
        Pattern("sincères salutations"),
        Pattern("salutations respectueuses"),
        Pattern("sentiments distingués"),
        Pattern("cordialement")};
    for (const Pattern& word : words) {
        for (const Match& match : word.find(layout.search)) {
            if (layout.y_share(layout.box_of(match)) > lower) {
                return layout.box_of(match);
            }
        }
    }
    return std::nullopt;
}

bool is_further_digit(const std::string& folded) {
    return folded.size() == 1 && folded[0] >= '2' && folded[0] <= '9';
}

/// The day and minute that a browser prints above every page.
std::string find_print_stamp(const Layout& layout) {
    constexpr double margin = 0.08;
    constexpr std::size_t day = 10;   // "26/09/2025"
    constexpr std::size_t minute = 5; // "09:39"
    for (std::size_t i = 0; i + 1 < layout.words.size(); ++i) {
        const LaidWord& first = layout.words[i];
        const LaidWord& second = layout.words[i + 1];
        if (layout.y_share(first.box_px) < margin && first.text.size() == day &&
            first.text[2] == '/' && first.text[5] == '/' && second.text.size() == minute &&
            second.text[2] == ':') {
            return first.text + " " + second.text;
        }
    }
    return {};
}

/// "(suite)" above all else.
bool begins_with_further(const Layout& layout) {
    constexpr double top = 0.15;
    return std::ranges::any_of(layout.runs, [&](const Run& run) {
        return layout.y_share(run.box_px) < top && layout.folded_of(run) == "suite";
    });
}

/// "2/3", "-2-", "page 2", "2 sur 3", "volet n° 2", "(suite)".
bool find_further(const Layout& layout) {
    if (begins_with_further(layout)) {
        return true;
    }
    for (std::size_t i = 0; i < layout.words.size(); ++i) {
        const LaidWord& word = layout.words[i];
        const double y = layout.y_share(word.box_px);
        const bool margin = y < 0.15 || y > 0.9; // chosen: where sheets are numbered
        if (margin && word.text.size() == 3 && word.text[0] >= '2' && word.text[0] <= '9' &&
            word.text[1] == '/' && word.text[2] >= word.text[0] && word.text[2] <= '9') {
            return true;
        }
        if (margin && word.text.size() == 3 && word.text.front() == '-' &&
            word.text.back() == '-' && word.text[1] >= '2' && word.text[1] <= '9') {
            return true;
        }
        if (word.folded != "volet" && !(margin && word.folded == "page")) {
            continue;
        }
        std::size_t next = i + 1;
        if (next < layout.words.size() &&
            (layout.words[next].folded == "n" || layout.words[next].folded == "no")) {
            ++next;
        }
        if (next < layout.words.size() && layout.words[next].run_index == word.run_index &&
            (is_further_digit(layout.words[next].folded) ||
             (layout.words[next].text.size() == 3 && layout.words[next].text[0] >= '2' &&
              layout.words[next].text[0] <= '9' && layout.words[next].text[1] == '/'))) {
            return true;
        }
    }
    return false;
}

/// Sentences that the law and good advice put on the back of any form, each list of one matter.
int count_small_print(const Layout& layout) {
    static const std::array<std::vector<Pattern>, 8> matters = {
        std::vector<Pattern>{
            Pattern("informatique et libertés"),
            Pattern("protection des données"),
            Pattern("droit d'accès et de rectification"),
            Pattern("droits d'accès, de rectification")},
        std::vector<Pattern>{
            Pattern("fausses déclarations"),
            Pattern("fausse déclaration"),
            Pattern("amende ou d'emprisonnement"),
            Pattern("pénalité financière"),
            Pattern("du code pénal"),
            Pattern("qualifiés de fraude")},
        std::vector<Pattern>{
            Pattern("une lettre par case"),
            Pattern("encre foncée"),
            Pattern("majuscules d'imprimerie"),
            Pattern("comment remplir"),
            Pattern("de correcteur"),
            Pattern("toute rature"),
            Pattern("cochez une seule case"),
            Pattern("reportez le numéro"),
            Pattern("reportez les nom")},
        std::vector<Pattern>{
            Pattern("photocopies lisibles"), Pattern("ne joignez pas d'originaux")},
        std::vector<Pattern>{
            Pattern("quand l'envoyer"),
            Pattern("à qui l'adresser"),
            Pattern("retournez cet imprimé"),
            Pattern("retournez ce formulaire")},
        std::vector<Pattern>{
            Pattern("reproduction interdite"),
            Pattern("imprimerie administrative"),
            Pattern("imprimé gratuit")},
        std::vector<Pattern>{Pattern("secret professionnel"), Pattern("secret médical")},
        std::vector<Pattern>{
            Pattern("extraits du code"),
            Pattern("textes de référence"),
            Pattern("textes applicables"),
            Pattern("code de la sécurité sociale"),
            Pattern("règles de prise en charge")}};
    return static_cast<int>(std::ranges::count_if(
        matters,
        [&](const std::vector<Pattern>& sentences) {
            return std::ranges::any_of(sentences, [&](const Pattern& sentence) {
                return !sentence.find(layout.search).empty();
            });
        }
    ));
}

/// Words all much larger than usual.
bool is_in_large_type(const Run& run, const Layout& layout) {
    constexpr double larger = 1.6;           // measured: titles have 1.9 and more, headings 1.3
    constexpr std::size_t least_letters = 4; // shorter ones may be signs and boxes
    bool large = false;
    for (int i = run.first_word; i < run.end_word; ++i) {
        const LaidWord& word = layout.words[static_cast<std::size_t>(i)];
        const bool letters =
            std::ranges::none_of(word.folded, [](char c) { return c >= '0' && c <= '9'; });
        if (letters && word.folded.size() >= least_letters) {
            if (word.box_px.height() < larger * layout.word_height_px) {
                return false;
            }
            large = true;
        }
    }
    return large;
}

/// What papers begin with and their further pages do not.
bool is_headed(const Layout& layout) {
    constexpr double upper = 0.35;
    const bool titled = std::ranges::any_of(layout.runs, [&](const Run& run) {
        return layout.y_share(run.box_px) < upper && is_in_large_type(run, layout);
    });
    return titled || !find_addresses(layout, PageKind::Sheet).empty();
}

std::optional<Box> find_postage(const PageReading& page, const Layout& layout) {
    for (const Identifier& identifier : page.identifiers) {
        if (identifier.valid && (identifier.kind == IdentifierKind::S10 ||
                                 identifier.kind == IdentifierKind::LaPoste)) {
            return identifier.box_px;
        }
    }
    static const std::array<Pattern, 7> words = {
        Pattern("la poste"),
        Pattern("lettre verte"),
        Pattern("prioritaire"),
        Pattern("affranchissement"),
        Pattern("port payé"),
        Pattern("ecopli"),
        Pattern("lettre recommandée")};
    for (const Pattern& word : words) {
        if (const auto found = word.find(layout.search); !found.empty()) {
            return layout.box_of(found.front());
        }
    }
    return std::nullopt;
}

/// The lines of an identity paper that machines read: filled up with "<".
std::optional<Box> find_machine_readable(const Layout& layout) {
    constexpr std::ptrdiff_t least_fillers = 4; // chosen: prose and forms have none
    for (const Run& run : layout.runs) {
        const std::string text = layout.text_of(run);
        if (std::count(text.begin(), text.end(), '<') >= least_fillers) {
            return run.box_px;
        }
    }
    return std::nullopt;
}

int count_readable(const Layout& layout) {
    constexpr std::size_t least_letters = 2; // chosen: single letters are specks on an envelope
    return static_cast<int>(std::count_if(
        layout.words.begin(),
        layout.words.end(),
        [](const LaidWord& word) { return word.folded.size() >= least_letters; }
    ));
}

/// Signs that a page is the face of an envelope. Weights are chosen: an address, few words and one
/// more sign make it likely, all of them certain.
std::vector<ShapeSign> envelope_signs(const PageReading& page, const Layout& layout) {
    const int words = count_readable(layout);
    if (words == 0 || words > most_envelope_words) {
        return {};
    }
    const auto blocks = find_addresses(layout, PageKind::Envelope);
    const auto addressee = std::find_if(blocks.begin(), blocks.end(), [](const AddressBlock& b) {
        return b.place == AddressPlace::Addressee;
    });
    if (addressee == blocks.end()) {
        return {};
    }
    const auto postage = find_postage(page, layout);
    const bool lying = layout.width_px > layout.height_px;
    // a sheet with an address and some forty words is as well a short prescription
    const double address_weight = words <= few_words || postage || lying ? 3.5 : 1.5;
    std::vector<ShapeSign> signs = {
        {"bloc adresse et peu de mots", addressee->box_px, address_weight}};
    if (words <= few_words) {
        signs.push_back({"très peu de mots", Box{}, 1.0});
    }
    const bool to_office = std::any_of(blocks.begin(), blocks.end(), [](const AddressBlock& block) {
        return block.cedex;
    });
    if (to_office) {
        signs.push_back({"adresse CEDEX", Box{}, 1.0});
    }
    if (postage) {
        signs.push_back({"marque postale", *postage, 1.5});
    }
    if (lying) {
        signs.push_back({"format allongé", Box{}, 1.5});
    }
    return signs;
}

} // namespace

PageShape shape_of(const PageReading& page, const Layout& layout) {
    PageShape shape;
    shape.opening = find_opening(layout);
    shape.closing = find_closing(layout);
    shape.says_further = find_further(layout);
    shape.print_stamp = find_print_stamp(layout);
    shape.small_print = count_small_print(layout);
    shape.words = count_readable(layout);
    shape.headed = is_headed(layout);
    shape.letter_signs = letter_signs(layout);
    shape.machine_readable = find_machine_readable(layout);
    if (!shape.opening.has_value()) {
        shape.envelope_signs = envelope_signs(page, layout);
    }
    constexpr std::size_t least_signs = 2; // chosen: address and one more
    if (shape.envelope_signs.size() >= least_signs) {
        shape.kind = PageKind::Envelope;
    }
    return shape;
}

} // namespace pleiade::classify
