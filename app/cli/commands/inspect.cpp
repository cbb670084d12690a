// pleiade inspect FILE...: read files and say everything seen; touches no database.

#include "app/pipeline/inspect.h"

#include "app/cli/commands/command.h"
#include "app/cli/commands/json.h"
#include "app/cli/commands/words.h"
#include "app/pipeline/platform.h"
#include "core/clock.h"
#include "core/day.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>

namespace pleiade::cli {
namespace {

constexpr double hundredths = 100.0;
constexpr double thousandths = 1000.0;

double rounded(double value, double parts) {
    return std::round(value * parts) / parts;
}

Json box_json(const Box& box) {
    return Json::array({box.x0, box.y0, box.x1, box.y1});
}

std::string check_word(Check check) {
    switch (check) {
    case Check::Good:
        return "good";
    case Check::Bad:
        return "bad";
    case Check::None:
        break;
    }
    return "none";
}

Json mark_json(const Mark& mark) {
    return {
        {"format", mark.format},
        {"text", mark.text},
        {"box_px", box_json(mark.box_px)},
        {"check", check_word(mark.check)}};
}

Json identifier_json(const Identifier& identifier) {
    Json json{
        {"kind", to_text(identifier.kind)},
        {"value", identifier.value},
        {"valid", identifier.valid},
        {"repaired", identifier.repaired},
        {"confidence", rounded(identifier.confidence, thousandths)},
        {"box_px", box_json(identifier.box_px)}};
    if (identifier.key_computed) {
        json["key_computed"] = true;
    }
    if (identifier.repaired) {
        json["repair"] = identifier.repair;
    }
    return json;
}

Json day_json(const std::optional<std::chrono::sys_days>& day) {
    return day.has_value() ? Json(iso_day(*day)) : Json(nullptr);
}

Json sealed_field_json(const SealedField& field) {
    Json json{{"id", field.id}, {"name", field.name}, {"value", field.value}};
    if (field.truncated) {
        json["truncated"] = true;
    }
    if (!field.sealed) {
        json["sealed"] = false;
    }
    return json;
}

Json sealed_json(const SealedDocument& document) {
    Json fields = Json::array();
    for (const SealedField& field : document.fields) {
        fields.push_back(sealed_field_json(field));
    }
    return {
        {"state", to_text(document.state)},
        {"reason", document.reason},
        {"signature", check_word(document.signature)},
        {"version", document.version},
        {"authority", document.authority},
        {"certificate", document.certificate},
        {"country", document.country},
        {"perimeter", document.perimeter},
        {"type", {{"code", document.type_code}, {"name", document.type_name}}},
        {"issued_on", day_json(document.issued_on)},
        {"signed_on", day_json(document.signed_on)},
        {"fields", fields},
        {"box_px", box_json(document.box_px)},
        {"mark", document.mark_index}};
}

Json why_json(const std::vector<Evidence>& why) {
    Json list = Json::array();
    for (const Evidence& evidence : why) {
        list.push_back(evidence.what);
    }
    return list;
}

Json listed(const auto& values, const auto& to_json_of) {
    Json list = Json::array();
    for (const auto& value : values) {
        list.push_back(to_json_of(value));
    }
    return list;
}

Json fields_json(const std::vector<Field>& fields) {
    Json json = Json::object();
    for (const Field& field : fields) {
        json[field.name] = {
            {"value", field.value}, {"confidence", rounded(field.confidence, thousandths)}};
    }
    return json;
}

Json millis_json(const std::vector<StepTime>& times) {
    Json json = Json::object();
    for (const StepTime& time : times) {
        json[time.step] = rounded(time.millis, 1.0);
    }
    return json;
}

Json page_json(
    const std::string& file, std::size_t page_number, const pipeline::InspectedPage& page
) {
    const PageReading& reading = page.reading;
    Json json{
        {"file", file},
        {"page_number", page_number},
        {"width_px", reading.geometry.width_px},
        {"height_px", reading.geometry.height_px},
        {"dpi", reading.geometry.dpi},
        {"turned_deg", reading.geometry.turned_deg},
        {"turn_confidence", rounded(reading.geometry.turn_confidence, hundredths)},
        {"skew_deg", rounded(reading.geometry.skew_deg, hundredths)},
        {"skew_confidence", rounded(reading.geometry.skew_confidence, hundredths)},
        {"blank", reading.blank},
        {"quality", {{"sharp", reading.quality.sharp}, {"notes", reading.quality.notes}}},
        {"marks", listed(reading.marks, mark_json)},
        {"identifiers", listed(reading.identifiers, identifier_json)},
        {"two_d_doc", listed(reading.sealed_documents, sealed_json)},
        {"text", reading.text.plain()},
        {"text_confidence", rounded(reading.text.confidence, thousandths)},
        {"type",
         {{"code", page.type.code},
          {"confidence", rounded(page.type.confidence, thousandths)},
          {"decision", page.type.automatic ? "auto" : "to_verify"},
          {"why", why_json(page.type.why)}}},
        {"caisse", {{"code", page.caisse.code}, {"why", why_json(page.caisse.why)}}},
        {"fields", fields_json(page.fields)},
        {"millis", millis_json(reading.times)}};
    return json;
}

void print_for_people(const SealedDocument& document) {
    std::printf(
        "  2D-Doc  %s%s\n",
        shown(document.type_name.empty() ? document.type_code : document.type_name).c_str(),
        (document.state == SealState::Verified
             ? ", vérifié (" + document.authority + " " + document.certificate + ")"
             : ", " + shown(document.reason))
            .c_str()
    );
    for (const SealedField& field : document.fields) {
        std::printf(
            "          %s = %s%s%s\n",
            shown(field.name).c_str(),
            shown(field.value).c_str(),
            field.truncated ? " (tronqué)" : "",
            field.sealed ? "" : " (annexe, non signé)"
        );
    }
}

void print_for_people(
    const std::string& file, std::size_t page_number, const pipeline::InspectedPage& page
) {
    const PageReading& reading = page.reading;
    std::printf(
        "%s page %zu: %d x %d px, %d dpi, turned %d deg, skew %.2f deg%s\n",
        shown(file).c_str(),
        page_number,
        reading.geometry.width_px,
        reading.geometry.height_px,
        reading.geometry.dpi,
        reading.geometry.turned_deg,
        reading.geometry.skew_deg,
        reading.blank ? ", blank" : ""
    );
    std::printf("  type    %s (%.3f)\n", shown(page.type.code).c_str(), page.type.confidence);
    for (const Evidence& evidence : page.type.why) {
        std::printf("          %s\n", shown(evidence.what).c_str());
    }
    std::printf("  caisse  %s\n", shown(page.caisse.code).c_str());
    for (const Evidence& evidence : page.caisse.why) {
        std::printf("          %s\n", shown(evidence.what).c_str());
    }
    if (page.caisse.code == unknown_caisse && page.caisse.why.empty()) {
        std::puts("          not known: no address of a caisse was read");
    }
    for (const Mark& mark : reading.marks) {
        std::printf("  mark    %s %s\n", mark.format.c_str(), shown(mark.text).c_str());
    }
    for (const Identifier& identifier : reading.identifiers) {
        std::printf(
            "  %-7s %s%s\n",
            to_text(identifier.kind).c_str(),
            shown(identifier.value).c_str(),
            identifier.valid ? "" : " (not valid)"
        );
    }
    for (const SealedDocument& document : reading.sealed_documents) {
        print_for_people(document);
    }
    for (const Field& field : page.fields) {
        std::printf(
            "  field   %s = %s (%.2f)\n",
            field.name.c_str(),
            shown(field.value).c_str(),
            field.confidence
        );
    }
    std::printf(
        "  text    %zu words, confidence %.2f\n", reading.text.words.size(), reading.text.confidence
    );
}

void print_trouble(
    const CommonOptions& options,
    const std::string& file,
    std::size_t page_number,
    const std::string& trouble
) {
    if (options.json) {
        Json json{{"file", file}};
        if (page_number > 0) {
            json["page_number"] = page_number;
        }
        json["error"] = trouble;
        std::puts(line_of(json).c_str());
    } else {
        std::printf(
            "%s%s: %s\n",
            shown(file).c_str(),
            page_number > 0 ? (" page " + std::to_string(page_number)).c_str() : "",
            shown(trouble).c_str()
        );
    }
}

/// True when everything in the file could be read and understood.
bool print_file(
    const CommonOptions& options, const std::string& file, const pipeline::InspectedFile& inspected
) {
    if (!inspected.trouble.empty()) {
        print_trouble(options, file, 0, inspected.trouble);
        return false;
    }
    bool all_read = true;
    std::size_t page_number = 0;
    for (const pipeline::PageOrTrouble& page : inspected.pages) {
        ++page_number;
        if (const auto* trouble = std::get_if<std::string>(&page)) {
            print_trouble(options, file, page_number, *trouble);
            all_read = false;
        } else if (options.json) {
            std::puts(line_of(page_json(file, page_number, std::get<pipeline::InspectedPage>(page)))
                          .c_str());
        } else {
            print_for_people(file, page_number, std::get<pipeline::InspectedPage>(page));
        }
    }
    if (!inspected.not_understood.empty()) {
        print_trouble(
            options, file, 0, "the pages were read, but not understood: " + inspected.not_understood
        );
        all_read = false;
    }
    return all_read;
}

int inspect_files(const CommonOptions& options, const std::vector<std::string>& files) {
    constexpr std::size_t mebibyte = 1024 * 1024;
    const config::Config config = load_config(options);
    const auto most_bytes = static_cast<std::size_t>(config.settings.reading.file_mb) * mebibyte;
    const Facts facts{std::chrono::floor<std::chrono::days>(SystemClock().now())};
    pipeline::ReaderProcess reader(pipeline::reader_settings(config));
    bool all_read = true;
    for (const std::string& file : files) {
        all_read = print_file(options, file, pipeline::inspect(file, most_bytes, facts, reader)) &&
                   all_read;
        if (std::fflush(stdout) != 0) { // file by file, also into a pipe
            break;                      // said at the end of the program
        }
    }
    for (const wire::OpenDoor& door : reader.open_doors()) {
        std::fprintf(
            stderr,
            "pleiade: the reading process is not shut in: %s. What to do: %s\n",
            door.what.c_str(),
            door.cure.c_str()
        );
    }
    return all_read ? exit_done : exit_some_set_aside;
}

} // namespace

void add_inspect(CLI::App& program, CommonOptions& options, Chosen& chosen) {
    CLI::App* command = program.add_subcommand(
        "inspect", "Read images or PDFs and say everything seen; touches no database"
    );
    const auto files = std::make_shared<std::vector<std::string>>(
    ); // lives as long as the parser that fills it and the call that reads it
    command->add_option("files", *files, "TIFF, JPEG, PNG, JPEG 2000 or PDF files")
        ->required()
        ->check(not_empty("file"));
    add_place_options(*command, options);
    add_json_option(*command, options);
    command->callback([&options, &chosen, files] {
        chosen = [&options, files] { return inspect_files(options, *files); };
    });
}

} // namespace pleiade::cli
