#pragma once
// A client fund and what it has asked for: one text file each (samples/caisses, app/config reads
// them).

#include <map>
#include <string>
#include <vector>

namespace pleiade {

inline constexpr const char* unknown_caisse = "000"; ///< Mail whose caisse is not known yet.

/// What the caisse leaves to the platform.
enum class Cession {
    Full,     ///< Opening to delivery.
    ScanOnly, ///< Its own people type and index.
    Local,    ///< Scanned at its own counters.
};

/// Where documents of one type go.
struct Route {
    std::string service;
    std::string corbeille;
    int priority = 5; ///< 1 first ... 9 last.
    int deadline_days = 15;
    bool clear_days = false; ///< Jours francs instead of calendar days.
};

struct Caisse {
    std::string code;                      ///< Three digits: "061".
    std::string organisme;                 ///< Code organisme, nine digits.
    std::string name;                      ///< "CPAM des Alpes-Maritimes".
    std::vector<std::string> other_names;  ///< As people write it on envelopes.
    std::vector<std::string> cedex_lines;  ///< "06180 NICE CEDEX 2".
    std::vector<std::string> postal_codes; ///< Codes or prefixes that it serves; weak evidence.
    Cession cession = Cession::Full;
    std::map<std::string, Route> plan;        ///< By document type code.
    Route other;                              ///< For types without a line in the plan.
    std::map<std::string, double> thresholds; ///< Least confidence for no person, by type code.
    double threshold = 0.95;                  ///< For types without their own.
    std::string ged_folder;                   ///< Folder connector; empty = home/ged/<code>.
    int retention_days = 180;
    int reiteration_days =
        30; ///< The same type for the same person again within these is said; 0 = never. chosen
};

} // namespace pleiade
