#pragma once
// From pages whose types people know to a TypeModel. Everything it learns from is given page by
// page; the same pages in the same order with the same settings give the same model, byte by byte.

#include "classify/type_model.h"
#include "core/document_type.h"
#include "core/page_reading.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace pleiade::classify {

struct TrainSettings {
    unsigned seed = 1;
    double cost = 1.0; ///< Of a taught page on the wrong side; more follows the pages more closely.
    int folds = 4;     ///< Parts that are left out in turn to see how much the weights may count.
    std::size_t most_features = 32768; ///< chosen: 1.5 MB for 45 types
    std::size_t least_pages = 4;       ///< A type with fewer pages is left to its anchors.
};

/// Right of `pages` that were left out when the weights were learned.
struct FoldFigures {
    std::size_t pages = 0;
    std::size_t right_by_rules = 0;
    std::size_t right_by_words = 0;
    std::size_t right = 0; ///< By both, as the model has them count.
};

struct Trained {
    TypeModel model;
    FoldFigures folds;
    std::vector<std::string> left_out; ///< Types with too few pages.
};

class TypeTrainer {
public:
    explicit TypeTrainer(const std::vector<DocumentType>& types, TrainSettings settings = {});
    ~TypeTrainer();
    TypeTrainer(TypeTrainer&&) noexcept;
    TypeTrainer& operator=(TypeTrainer&&) noexcept;
    TypeTrainer(const TypeTrainer&) = delete;
    TypeTrainer& operator=(const TypeTrainer&) = delete;

    /// @param type "INCONNU" for a page that is of no type; blank sides and separators are passed
    /// over, they are known by what is no text.
    /// @param group What was made alike (a layout, a pli): never both taught and judged by.
    void add(const PageReading& page, const std::string& type, const std::string& group);

    [[nodiscard]] std::size_t page_count() const;

    /// @param progress Is told the share that is done, 0 to 1.
    /// @throws Error(FixInput) when there are not two types with enough pages.
    [[nodiscard]] Trained train(const std::function<void(double)>& progress) const;

private:
    struct Pages;
    std::unique_ptr<Pages> pages_;
};

} // namespace pleiade::classify
