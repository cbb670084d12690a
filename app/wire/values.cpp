#include "app/wire/values.h"

#include "app/wire/json/values.h"

namespace pleiade::wire {

std::string to_json(const PageReading& reading) {
    return text_from(reading);
}
PageReading page_reading_from(std::string_view json) {
    return value_from<PageReading>(json, "page reading");
}

std::string to_json(const Separator& separator) {
    return text_from(separator);
}
Separator separator_from(std::string_view json) {
    return value_from<Separator>(json, "separator");
}

std::string to_json(const Decision& decision) {
    return text_from(decision);
}
Decision decision_from(std::string_view json) {
    return value_from<Decision>(json, "decision");
}

std::string to_json(const std::vector<Evidence>& why) {
    return text_from(why);
}
std::vector<Evidence> evidence_from(std::string_view json) {
    return value_from<std::vector<Evidence>>(json, "list of evidence");
}

std::vector<MissingField> missing_from(std::string_view json) {
    return value_from<std::vector<MissingField>>(json, "list of missing fields");
}

std::string to_json(const Facts& facts) {
    return text_from(facts);
}
Facts facts_from(std::string_view json) {
    return value_from<Facts>(json, "set of facts");
}

} // namespace pleiade::wire
