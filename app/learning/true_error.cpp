#include "app/learning/true_error.h"

#include <algorithm>
#include <cctype>
#include <regex>
#include <set>
#include <vector>

namespace pleiade::learning {
namespace {

/// A value as it is compared.
std::string plain(const std::string& value) {
    static const std::regex french_day(R"(\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4})\s*)");
    // A decimal separator counts: 12,50 is not 1250.
    static const std::regex amount(R"(\s*(\d[\d \.]*)[.,](\d{1,2})\s*(€|EUR|euros?)?\s*)");
    static const std::regex nir_with_key(R"(([1-8]\d{4}[\dAB]{2}\d{6})\d{2})");
    const auto two = [](const std::string& digits) {
        return digits.size() == 1 ? "0" + digits : digits;
    };
    std::smatch part;
    if (std::regex_match(value, part, french_day)) {
        return part[3].str() + two(part[2].str()) + two(part[1].str());
    }
    std::string suffix;
    std::string rest = value;
    if (std::regex_match(value, part, amount)) {
        rest = part[1].str();
        suffix = part[2].str();
        suffix.erase(suffix.find_last_not_of('0') + 1);
        suffix = suffix.empty() ? "" : "," + suffix;
    }
    std::string letters;
    for (const char letter : rest) {
        const auto code = static_cast<unsigned char>(letter);
        if (code >= 0x80 || std::isalnum(code) != 0) {
            letters += static_cast<char>(std::toupper(code));
        }
    }
    if (std::regex_match(letters, part, nir_with_key)) {
        letters = part[1].str();
    }
    return letters + suffix;
}

/// The values of each name, an empty one left out: it stands nowhere.
std::map<std::string, std::multiset<std::string>>
values_by_name(const std::vector<store::NamedValue>& fields) {
    std::map<std::string, std::multiset<std::string>> values;
    for (const store::NamedValue& field : fields) {
        std::multiset<std::string>& of_name = values[field.name];
        if (std::string value = plain(field.value); !value.empty()) {
            of_name.insert(std::move(value));
        }
    }
    return values;
}

/// Only what was keyed is compared: of the rest nobody knows.
bool fields_differ(const store::KeyedSample& sample) {
    const auto said = values_by_name(sample.fields);
    const auto keyed = values_by_name(sample.true_fields);
    return std::any_of(keyed.begin(), keyed.end(), [&](const auto& field) {
        const auto found = said.find(field.first);
        return found == said.end() ? !field.second.empty() : found->second != field.second;
    });
}

void add(ErrorCount& count, const store::KeyedSample& sample) {
    const bool type = sample.type != sample.true_type;
    const bool pages = sample.pages_said && !sample.same_pages;
    const bool fields = fields_differ(sample);
    ++count.keyed;
    count.wrong_type += type ? 1U : 0U;
    count.wrong_pages += pages ? 1U : 0U;
    count.wrong_fields += fields ? 1U : 0U;
    count.wrong += type || pages || fields ? 1U : 0U;
}

} // namespace

double ErrorCount::error() const {
    return keyed == 0 ? 0.0 : static_cast<double>(wrong) / static_cast<double>(keyed);
}

ShareInterval ErrorCount::interval() const {
    return share_between(wrong, keyed);
}

ErrorReport true_error(const store::KeyedSamples& keyed) {
    ErrorReport report;
    for (const store::SampleCount& count : keyed.counts) {
        for (ErrorCount* sum : {&report.types[count.type], &report.all}) {
            sum->automatic += static_cast<std::size_t>(count.automatic);
            sum->chosen += static_cast<std::size_t>(count.chosen);
        }
    }
    for (const store::KeyedSample& sample : keyed.samples) {
        add(report.types[sample.type], sample);
        add(report.all, sample);
    }
    return report;
}

bool same_value(const std::string& one, const std::string& other) {
    return plain(one) == plain(other);
}

} // namespace pleiade::learning
