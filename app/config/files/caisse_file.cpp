#include "app/config/files/caisse_file.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <utility>

namespace pleiade::config {
namespace {

constexpr int lowest_priority = 9;
constexpr int most_deadline_days = 730; // spec: docs/domain.md 1, the longest right is two years
constexpr int most_retention_days =
    3650; // chosen: ten years, longer is an archive and not a platform

constexpr int most_reiteration_days =
    366; // chosen: a year; earlier mail is looked for no further back

// spec: docs/domain.md 2.9, first two digits of a code organisme
constexpr std::array<const char*, 10> regimes = {
    "01", "02", "03", "04", "05", "08", "17", "91", "95", "99"};

using TypeCodes = std::optional<std::set<std::string>>;

/// False also when the types are not known.
bool is_no_type(const std::string& code, const TypeCodes& type_codes) {
    return type_codes.has_value() && !type_codes->contains(code);
}

bool is_digits(const std::string& text, std::size_t count) {
    return text.size() == count && std::all_of(text.begin(), text.end(), [](unsigned char c) {
               return std::isdigit(c) != 0;
           });
}

Route read_route(CheckedTable row) {
    Route route;
    route.service = row.text("service", Need::Required);
    route.corbeille = row.text("corbeille", Need::Required);
    route.priority = row.whole("priority", Need::Required, {1, lowest_priority}).value_or(1);
    route.deadline_days =
        row.whole("deadline_days", Need::Required, {0, most_deadline_days}).value_or(0);
    route.clear_days = row.flag("clear_days");
    row.refuse_other_keys();
    return route;
}

struct PlanReading {
    const TypeCodes& type_codes;
    std::map<std::string, Route>& plan;
    std::optional<Route>& other;
};

/// Reads [other] and [routes.*] of a table over what the plan already holds.
void read_routes(CheckedTable& table, const PlanReading& into) {
    if (const toml::table* other = table.table("other"); other != nullptr) {
        into.other = read_route(CheckedTable(*other, table.file(), table.problems()));
    }
    const toml::table* routes = table.table("routes");
    if (routes == nullptr) {
        return;
    }
    for (const auto& [key, node] : *routes) {
        const std::string code(key.str());
        if (is_no_type(code, into.type_codes)) {
            table.problems().add(
                table.file(), key.source(), "no document type \"" + code + "\" in types.toml"
            );
        }
        if (const toml::table* row = node.as_table(); row != nullptr) {
            into.plan[code] = read_route(CheckedTable(*row, table.file(), table.problems()));
        } else {
            table.problems().add(table.file(), node.source(), "a route must be a table");
        }
    }
}

/// A shared plan next to the caisse file, named by it.
void read_shared_plan(CheckedTable& table, const PlanReading& into) {
    const std::string name = table.text("plan", Need::Optional);
    if (name.empty()) {
        return;
    }
    const std::filesystem::path here(table.file());
    if (name.find('/') != std::string::npos || is_caisse_file(name)) {
        table.refuse("plan", "a shared plan is a file plan-*.toml beside the caisse files");
        return;
    }
    const std::filesystem::path file = here.parent_path() / name;
    std::error_code unreachable; // a name that no file can have is a mistake like any other
    if (!std::filesystem::is_regular_file(file, unreachable)) {
        table.refuse("plan", "there is no file \"" + name + "\" beside this one");
        into.other = Route{}; // what may stand in it is not missing here
        return;
    }
    // Its mistakes are shown once, by the check of the plan file itself.
    Problems shown_elsewhere;
    const std::optional<toml::table> root = parse_file(file, shown_elsewhere);
    if (root.has_value()) {
        CheckedTable shared(*root, file.string(), shown_elsewhere);
        read_routes(shared, into);
    }
    if (!shown_elsewhere.empty() && !into.other.has_value()) {
        into.other = Route{}; // nor is what cannot be read
    }
}

Cession read_cession(CheckedTable& table) {
    const std::string name = table.text("cession", Need::Required);
    if (name == "scan-only") {
        return Cession::ScanOnly;
    }
    if (name == "local") {
        return Cession::Local;
    }
    if (!name.empty() && name != "full") {
        table.refuse("cession", "\"cession\" must be full, scan-only or local");
    }
    return Cession::Full;
}

std::map<std::string, double> read_thresholds(CheckedTable& table, const TypeCodes& type_codes) {
    std::map<std::string, double> thresholds;
    const toml::table* rows = table.table("thresholds");
    if (rows == nullptr) {
        return thresholds;
    }
    CheckedTable checked(*rows, table.file(), table.problems());
    for (const auto& [key, node] : *rows) {
        const std::string code(key.str());
        const auto value = checked.number(code, Need::Required, 0.5, 1.0);
        if (is_no_type(code, type_codes)) {
            table.problems().add(
                table.file(), key.source(), "no document type \"" + code + "\" in types.toml"
            );
        } else if (value.has_value()) {
            thresholds[code] = *value;
        }
    }
    return thresholds;
}

void check_codes(CheckedTable& table, const Caisse& caisse) {
    if (!caisse.code.empty() && (!is_digits(caisse.code, 3) || caisse.code == unknown_caisse)) {
        table.refuse("code", "a caisse code has three digits and is not 000");
    }
    if (caisse.organisme.empty()) {
        return;
    }
    // spec: docs/domain.md 2.9: 2 regime + 3 caisse + 4 centre
    const bool shaped = is_digits(caisse.organisme, 9);
    const bool known_regime =
        shaped &&
        std::find(regimes.begin(), regimes.end(), caisse.organisme.substr(0, 2)) != regimes.end();
    if (!known_regime || caisse.organisme.substr(2, 3) != caisse.code) {
        table.refuse(
            "organisme",
            "a code organisme has nine digits: a known regime, the caisse code, the centre"
        );
    }
}

void check_address(CheckedTable& table, const Caisse& caisse) {
    constexpr std::size_t postal_digits = 5;
    for (const std::string& line : caisse.cedex_lines) {
        if (line.size() <= postal_digits ||
            !is_digits(line.substr(0, postal_digits), postal_digits) ||
            line[postal_digits] != ' ') {
            table.refuse("cedex_lines", "a CEDEX line is five digits, a blank and a name");
        }
    }
    for (const std::string& code : caisse.postal_codes) {
        if (code.size() < 2 || code.size() > postal_digits || !is_digits(code, code.size())) {
            table.refuse("postal_codes", "a postal code or its beginning has two to five digits");
        }
    }
}

Caisse read_caisse(CheckedTable& table, const TypeCodes& type_codes) {
    Caisse caisse;
    caisse.code = table.text("code", Need::Required);
    caisse.organisme = table.text("organisme", Need::Required);
    caisse.name = table.text("name", Need::Required);
    caisse.other_names = table.texts("other_names", Need::Optional);
    caisse.cedex_lines = table.texts("cedex_lines", Need::Required);
    caisse.postal_codes = table.texts("postal_codes", Need::Optional);
    caisse.cession = read_cession(table);
    caisse.threshold = table.number("threshold", Need::Optional, 0.5, 1.0).value_or(0.95);
    caisse.thresholds = read_thresholds(table, type_codes);
    caisse.retention_days =
        table.whole("retention_days", Need::Required, {1, most_retention_days}).value_or(1);
    caisse.reiteration_days =
        table.whole("reiteration_days", Need::Optional, {0, most_reiteration_days})
            .value_or(caisse.reiteration_days);
    if (const toml::table* ged = table.table("ged"); ged != nullptr) {
        CheckedTable connector(*ged, table.file(), table.problems());
        caisse.ged_folder = connector.folder("folder");
        connector.refuse_other_keys();
    }
    std::optional<Route> other;
    const PlanReading plan{type_codes, caisse.plan, other};
    read_shared_plan(table, plan);
    read_routes(table, plan);
    if (!other.has_value()) {
        table.refuse("other", "[other] is missing: where documents of all other types go");
    }
    caisse.other = other.value_or(Route{});
    check_codes(table, caisse);
    check_address(table, caisse);
    table.refuse_other_keys();
    return caisse;
}

/// A plan file alone: each of its mistakes once, however many caisses share it.
void check_plan(
    const toml::table& root,
    const std::filesystem::path& file,
    const TypeCodes& type_codes,
    Problems& problems
) {
    CheckedTable table(root, file.string(), problems);
    std::map<std::string, Route> plan;
    std::optional<Route> other;
    read_routes(table, PlanReading{type_codes, plan, other});
    table.refuse_other_keys();
}

/// What two caisses may not share, and who claimed it first.
class Claims {
public:
    void check(CheckedTable& table, const Caisse& caisse) {
        claim(table, "code", "caisse code " + caisse.code);
        for (const std::string& line : caisse.cedex_lines) {
            claim(table, "cedex_lines", "CEDEX line \"" + line + "\"");
        }
    }

private:
    void claim(CheckedTable& table, std::string_view key, const std::string& what) {
        const auto [first, fresh] = owner_.emplace(what, table.file());
        if (!fresh) {
            table.refuse(key, what + " stands in " + first->second + " already");
        }
    }

    std::map<std::string, std::string> owner_;
};

std::vector<std::filesystem::path> toml_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".toml") {
            found.push_back(entry.path());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

bool is_caisse_file(const std::filesystem::path& file) {
    return file.extension() == ".toml" && file.filename().string().rfind("plan-", 0) != 0;
}

std::vector<Caisse> read_caisses(
    const std::filesystem::path& folder,
    const TypeCodes& type_codes,
    std::vector<std::filesystem::path>& files,
    Problems& problems
) {
    std::vector<Caisse> caisses;
    Claims claims;
    for (const std::filesystem::path& file : toml_files(folder)) {
        files.push_back(file);
        const std::optional<toml::table> root = parse_file(file, problems);
        if (!root.has_value()) {
            continue;
        }
        if (!is_caisse_file(file)) {
            check_plan(*root, file, type_codes, problems);
            continue;
        }
        CheckedTable table(*root, file.string(), problems);
        caisses.push_back(read_caisse(table, type_codes));
        claims.check(table, caisses.back());
    }
    std::sort(caisses.begin(), caisses.end(), [](const Caisse& a, const Caisse& b) {
        return a.code < b.code;
    });
    return caisses;
}

} // namespace pleiade::config
