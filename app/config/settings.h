#pragma once
// The settings of pleiade.toml and their PLEIADE_... variables. Each is described in
// docs/settings.md; a test compares.

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace pleiade::config {

struct Settings {
    struct Database {
        std::string url; ///< Empty: the embedded cluster under the home. May hold a password.
    } database;
    struct Images {
        std::string folder; ///< Empty: home/images.
    } images;
    struct Ged {
        std::string folder; ///< Empty: home/ged.
    } ged;
    struct Reading {
        std::string language = "fra"; ///< Tesseract language data.
        int seconds_per_page =
            15;               ///< Of processor time; the reader is ended when a page takes more.
        int memory_mb = 1024; ///< Of one reader process.
        int megapixels = 40;  ///< Largest page that is decoded.
        int file_mb = 256;    ///< Largest source file that is taken in.
        int pages_per_file = 2000;
        int pages_per_process = 500; ///< Then a fresh reader takes over.
    } reading;
    struct TwoDDoc {
        std::string certificates; ///< Folder or file of the trust list. Empty: none is trusted.
        int grace_days = 0;       ///< How long after its last day a certificate may have signed.
    } two_d_doc;
    struct Referential {
        std::string file;  ///< CSV of the insured; empty: none.
        std::string url;   ///< Or of the PostgreSQL that has a table of them ...
        std::string table; ///< ... or a view: "registre.assures". Empty: none.
    } referential;
    struct Audit {
        std::string key;       ///< PEM file of an Ed25519 key; empty: home/audit/key.pem.
        std::string stamp_url; ///< Of an RFC 3161 authority; empty: checkpoints are not stamped.
        std::string stamp_certificates; ///< PEM file; empty: stamps are not verified.
    } audit;
    struct Sampling {
        double percent = 1.0; ///< Of the automatic documents; keyed blind. chosen
    } sampling;
    struct Run {
        int workers = 0;         ///< Reader processes; 0 = one per core.
        int lease_seconds = 120; ///< How long a job belongs to a worker that gives no sign of life.
    } run;
};

/// One setting as people write it.
struct SettingName {
    std::string key;      ///< "run.workers": section and key in pleiade.toml.
    std::string variable; ///< "PLEIADE_RUN_WORKERS".
};

/// Every setting the parser knows, in the order of docs/settings.md.
[[nodiscard]] std::vector<SettingName> known_settings();

/// Variables by name; only those that begin with PLEIADE_ are looked at.
using Environment = std::map<std::string, std::string>;

/// The PLEIADE_... variables of this process.
[[nodiscard]] Environment process_environment();

} // namespace pleiade::config
