#pragma once
// One pleiade-reader child process and the dialogue with it: started when needed, killed when it
// takes too long, started again after a crash. Belongs to one thread.

#include "app/wire/reader_protocol.h"
#include "core/bytes.h"
#include "core/failure.h"
#include "core/page_read.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace pleiade::pipeline {

/// The child crashed, was killed for taking too long, or talked nonsense. What it was working on
/// may be tried once more.
class ReaderLost : public Error {
public:
    explicit ReaderLost(const std::string& what) : Error(Remedy::RetryLater, what) {}
};

struct ReaderSettings {
    std::filesystem::path executable; ///< Of pleiade-reader.
    wire::Configure configuration;
    std::chrono::seconds most_cpu{
        15}; ///< For one request. chosen: ten times what a dense page needs
    std::chrono::seconds most_wall{
        90}; ///< For one request. chosen: a starved machine is not a broken page
    int pages_per_process =
        500; ///< Files opened and pages read, after which a fresh child takes over.
             ///< chosen: its start (measured: docs/adr/0029) is then nothing, and so is what leaks
};

class ReaderProcess {
public:
    explicit ReaderProcess(ReaderSettings settings);
    ~ReaderProcess();
    ReaderProcess(ReaderProcess&&) noexcept;
    ReaderProcess& operator=(ReaderProcess&&) noexcept;
    ReaderProcess(const ReaderProcess&) = delete;
    ReaderProcess& operator=(const ReaderProcess&) = delete;

    /// Makes a file the current one and counts its pages.
    /// @param name What is_open() knows it by; empty = nobody will ask.
    /// @throws ReaderLost; Error(FixConfiguration) when the program cannot be started.
    Result<int> open(BytesView bytes, const BlobId& name = {});

    /// Whether this file is the current one: no longer when another one was opened, or when the
    /// child went, whatever it was doing.
    [[nodiscard]] bool is_open(const BlobId& name) const;

    /// Reads one page of the current file.
    Result<PageRead> read(int page_index);

    /// Whether all that is seen on the back of a sheet is its front shining through.
    Result<bool> only_shines_through(const wire::CompareSides& sides);

    /// What must be looked up before the pli with these readings is understood.
    Result<std::vector<Question>> ask_about(const std::vector<std::string>& readings);

    /// What the pli is, from the readings of its pages.
    Result<Decision> understand(const wire::Understand& pli);

    /// What the last child that was started could still do besides reading; empty before the first.
    [[nodiscard]] const std::vector<wire::OpenDoor>& open_doors() const { return open_doors_; }

private:
    struct Child;

    wire::Answer ask(const wire::Request& request);
    void start();

    ReaderSettings settings_;
    std::vector<wire::OpenDoor> open_doors_;
    std::unique_ptr<Child> child_;
    int handled_ = 0; ///< Files and pages, by child_.
    BlobId open_;     ///< In child_; means nothing without it.
};

} // namespace pleiade::pipeline
