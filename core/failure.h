#pragma once
// The three ways something goes wrong: Failure is a value for what is part of normal work, Error an
// exception for a unit of work that cannot go on. A bug is a std::logic_error and has no type here.

#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace pleiade {

/// What the caller should do about a failure. This, and not the class of the
/// exception, is what the job runner, the command line and the web page switch on.
enum class Remedy {
    RetryLater,       ///< Transient: network, busy device, database or disk out of reach.
    FixInput,         ///< This document will never pass as it is: set it aside.
    FixConfiguration, ///< No document will pass until a person changes a setting.
    CheckOutcome,     ///< It may have happened or not: look before doing it again.
};

/// A failure carried as a value, for outcomes that are part of normal work.
struct Failure {
    Remedy remedy = Remedy::FixInput;
    std::string what; ///< One sentence, no final full stop, safe to show an operator.
};

/// The same failure carried as an exception, for the unusual case.
class Error : public std::runtime_error {
public:
    Error(Remedy remedy, const std::string& what) : std::runtime_error(what), remedy_(remedy) {}

    [[nodiscard]] Remedy remedy() const noexcept { return remedy_; }

private:
    Remedy remedy_;
};

/// Either a value or the Failure that stood in its way.
template <typename T>
class [[nodiscard]] Result {
public:
    // NOLINTNEXTLINE(google-explicit-constructor): a value is a result
    Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
    // NOLINTNEXTLINE(google-explicit-constructor): so is a failure
    Result(Failure failure) : content_(std::in_place_index<1>, std::move(failure)) {}

    [[nodiscard]] bool ok() const noexcept { return content_.index() == 0; }

    /// @throws std::logic_error when there is no value: ask ok() first.
    [[nodiscard]] const T& value() const& {
        require_value();
        return std::get<0>(content_);
    }
    [[nodiscard]] T&& value() && {
        require_value();
        return std::get<0>(std::move(content_));
    }

    /// @throws std::logic_error when there is a value: ask ok() first.
    [[nodiscard]] const Failure& failure() const {
        if (ok()) {
            throw std::logic_error("failure() of a result that holds a value");
        }
        return std::get<1>(content_);
    }

private:
    void require_value() const {
        if (!ok()) {
            throw std::logic_error("value() of a failure: " + std::get<1>(content_).what);
        }
    }

    std::variant<T, Failure> content_;
};

} // namespace pleiade
