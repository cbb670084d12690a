#include "store/postgres/values.h"

#include "core/day.h"
#include "store/state_names.h"

#include <array>
#include <stdexcept>

namespace pleiade::store {

std::string to_text(JobKind kind) {
    switch (kind) {
    case JobKind::Read:
        return "read";
    case JobKind::Split:
        return "split";
    case JobKind::Understand:
        return "understand";
    case JobKind::Deliver:
        return "deliver";
    }
    throw std::logic_error("a job kind without a name");
}

namespace postgres {

std::string array_of(const std::vector<std::string>& texts) {
    std::string literal = "{";
    for (const std::string& text : texts) {
        literal += literal.size() > 1 ? ",\"" : "\"";
        for (const char letter : text) {
            if (letter == '"' || letter == '\\') {
                literal += '\\';
            }
            literal += letter;
        }
        literal += '"';
    }
    return literal + "}";
}

std::string array_of(const std::vector<RowId>& ids) {
    std::string literal = "{";
    for (const RowId id : ids) {
        literal += (literal.size() > 1 ? "," : "") + std::to_string(id);
    }
    return literal + "}";
}

std::string array_of(const std::vector<int>& numbers) {
    return array_of(std::vector<RowId>(numbers.begin(), numbers.end()));
}

std::int64_t microseconds_of(Instant instant) {
    return instant.time_since_epoch().count();
}

Instant instant_of(const pqxx::field& microseconds) {
    return Instant(std::chrono::microseconds(microseconds.as<std::int64_t>()));
}

std::chrono::sys_days day_of(const pqxx::field& date) {
    return day_from_iso(date.c_str()).value();
}

std::string text_of(const pqxx::field& field) {
    return field.is_null() ? std::string() : std::string(field.c_str(), field.size());
}

std::vector<std::string> texts_of(const pqxx::field& field) {
    std::vector<std::string> texts;
    pqxx::array_parser parser = field.as_array();
    for (auto part = parser.get_next(); part.first != pqxx::array_parser::done;
         part = parser.get_next()) {
        if (part.first == pqxx::array_parser::string_value) {
            texts.push_back(part.second);
        }
    }
    return texts;
}

std::vector<int> numbers_of(const pqxx::field& field) {
    std::vector<int> numbers;
    for (const std::string& text : texts_of(field)) {
        numbers.push_back(std::stoi(text));
    }
    return numbers;
}

RowId id_of(const pqxx::field& field) {
    return field.is_null() ? 0 : field.as<RowId>();
}

JobKind kind_of(std::string_view text) {
    constexpr std::array kinds = {
        JobKind::Read, JobKind::Split, JobKind::Understand, JobKind::Deliver};
    for (const JobKind kind : kinds) {
        if (store::to_text(kind) == text) {
            return kind;
        }
    }
    throw std::logic_error("no job kind is called " + std::string(text));
}

std::string to_text(ImageCoding coding) {
    switch (coding) {
    case ImageCoding::Ccitt4:
        return "ccitt4";
    case ImageCoding::Jpeg:
        return "jpeg";
    case ImageCoding::Layers:
        return "layers";
    }
    throw std::logic_error("an image coding without a name");
}

ImageCoding image_coding_of(std::string_view text) {
    for (const ImageCoding coding : {ImageCoding::Ccitt4, ImageCoding::Jpeg, ImageCoding::Layers}) {
        if (to_text(coding) == text) {
            return coding;
        }
    }
    throw std::logic_error("no image coding is called " + std::string(text));
}

ReadPage page_of(const pqxx::row& row) {
    ReadPage page;
    page.id = row["page_id"].as<RowId>();
    page.pli = row["pli_id"].as<RowId>();
    page.page_index = row["page_index"].as<int>();
    page.file = text_of(row["file"]);
    page.file_index = row["file_index"].as<int>();
    page.state = page_state_of(row["state"].c_str());
    page.reason = text_of(row["reason"]);
    page.separator_json = text_of(row["separator"]);
    page.starts_document = row["starts_document"].as<bool>();
    page.reading_json = text_of(row["reading"]);
    if (!row["image_sha256"].is_null()) {
        page.image = StoredImage{
            .blob = BlobId{text_of(row["image_sha256"])},
            .coding = image_coding_of(row["image_coding"].c_str()),
            .width_px = row["image_width_px"].as<int>(),
            .height_px = row["image_height_px"].as<int>(),
            .channels = row["image_channels"].as<int>(),
            .dpi = row["image_dpi"].as<int>()};
    }
    return page;
}

} // namespace postgres
} // namespace pleiade::store
