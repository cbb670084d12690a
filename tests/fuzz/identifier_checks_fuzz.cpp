// Texts that someone takes for an identifier or a date: whatever text recognition made of a page.

#include "core/day.h"
#include "ocr/identifier_checks.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

using namespace pleiade;

void check_people_and_companies(const std::string& text) {
    const bool valid = ocr::nir_valid(text);
    fuzz::require(
        !valid || ocr::nir_fault(text.substr(0, ocr::nir_body_length)) == ocr::NirFault::None,
        "the body of a valid NIR is without fault"
    );
    fuzz::require(
        !valid || ocr::nir_key_text(text.substr(0, ocr::nir_body_length)) == text.substr(13),
        "a valid NIR ends with its key"
    );
    fuzz::require(
        !ocr::siret_valid(text) || ocr::siren_valid(text.substr(0, 9)),
        "a SIRET begins with a SIREN"
    );
    fuzz::require(
        !ocr::finess_valid(text) || ocr::finess_shape(text), "a valid FINESS has its shape"
    );
    (void)ocr::provisional_nir_shape(text);
    (void)ocr::rpps_valid(text);
    (void)ocr::adeli_valid(text);
}

void check_accounts_and_items(const std::string& text) {
    fuzz::require(
        !ocr::iban_valid(text) || text.size() == ocr::iban_length(text.substr(0, 2)),
        "a valid IBAN has the length of its country"
    );
    (void)ocr::rib_key_holds(text);
    fuzz::require(
        !ocr::s10_valid(text) || ocr::country_exists(text.substr(text.size() - 2)),
        "a valid S10 ends with a country"
    );
    (void)ocr::la_poste_valid(text);
}

void check_dates(const std::string& text) {
    const int month = ocr::french_month(text);
    fuzz::require(month >= 0 && month <= 12, "a month is one of twelve, or none");
    const auto date = ocr::parse_date(text);
    if (date.has_value()) {
        fuzz::require(date->ok(), "a date that is read exists");
        fuzz::require(iso_day(*date).size() == 10, "an ISO date has ten characters");
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text = fuzz::text_of(data, size);
    check_people_and_companies(text);
    check_accounts_and_items(text);
    check_dates(text);
    return 0;
}
