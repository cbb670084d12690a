#include "app/learning/curve.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace pleiade::learning {
namespace {

/// Whether there is a type behind it that a caisse could leave to the machine.
/// spec: samples/types.toml, the code of "no known type"
bool may_be_automatic(const Judged& judged) {
    return judged.said != "INCONNU";
}

/// Probability of at most `hits` among `all`, each with `share`.
double at_most(std::size_t hits, std::size_t all, double share) {
    const auto n = static_cast<double>(all);
    double sum = 0.0;
    for (std::size_t k = 0; k <= hits; ++k) {
        const auto i = static_cast<double>(k);
        sum += std::exp(
            std::lgamma(n + 1.0) - std::lgamma(i + 1.0) - std::lgamma(n - i + 1.0) +
            i * std::log(share) + (n - i) * std::log1p(-share)
        );
    }
    return sum;
}

std::string number(double value, int decimals = 2) {
    std::string text(32, '\0');
    const int length = std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
    text.resize(static_cast<std::size_t>(std::max(length, 0)));
    return text;
}

// The picture, in pixels.
constexpr double width = 640.0;
constexpr double height = 400.0;
constexpr double left = 70.0;
constexpr double right = 20.0;
constexpr double top = 30.0;
constexpr double bottom = 50.0;

struct Scale {
    double most_error = 0.01;

    [[nodiscard]] double x(double automation) const {
        return left + automation * (width - left - right);
    }
    [[nodiscard]] double y(double error) const {
        return height - bottom - std::min(error / most_error, 1.0) * (height - top - bottom);
    }
};

std::string line(double x0, double y0, double x1, double y1, const std::string& style) {
    return "<line x1=\"" + number(x0) + "\" y1=\"" + number(y0) + "\" x2=\"" + number(x1) +
           "\" y2=\"" + number(y1) + "\" " + style + "/>\n";
}

std::string label(double x, double y, const std::string& anchor, const std::string& text) {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\">" +
           text + "</text>\n";
}

std::string axes(const Scale& scale) {
    constexpr int steps = 5;
    std::string text;
    for (int i = 0; i <= steps; ++i) {
        const double share = static_cast<double>(i) / steps;
        const double error = share * scale.most_error;
        const std::string grid = "stroke=\"#ddd\"";
        text += line(scale.x(share), top, scale.x(share), height - bottom, grid);
        text += line(left, scale.y(error), width - right, scale.y(error), grid);
        text +=
            label(scale.x(share), height - bottom + 18, "middle", number(share * 100, 0) + " %");
        text += label(left - 8, scale.y(error) + 4, "end", number(error * 100, 2) + " %");
    }
    text += label((left + width) / 2, height - 10, "middle", "documents that need nobody");
    text += label(left, top - 12, "start", "wrong among them (dashed: at most, 95 %)");
    return text;
}

template <typename Value>
std::string path(
    const std::vector<CurvePoint>& curve, const Scale& scale, const Value& value, const char* style
) {
    std::string points;
    double last_x = -1.0;
    for (const CurvePoint& point : curve) {
        const double x = scale.x(point.automation());
        if (x - last_x < 0.5 && &point != &curve.back()) {
            continue; // less than is seen
        }
        last_x = x;
        points += (points.empty() ? "M" : " L") + number(x) + " " + number(scale.y(value(point)));
    }
    return points.empty()
               ? ""
               : "<path fill=\"none\" " + std::string(style) + " d=\"" + points + "\"/>\n";
}

} // namespace

double CurvePoint::automation() const {
    return all == 0 ? 0.0 : static_cast<double>(automatic) / static_cast<double>(all);
}

double CurvePoint::error() const {
    return automatic == 0 ? 0.0 : static_cast<double>(wrong) / static_cast<double>(automatic);
}

double CurvePoint::error_at_most() const {
    return share_at_most(wrong, automatic);
}

std::vector<CurvePoint> curve_of(std::vector<Judged> judged) {
    const std::size_t all = judged.size();
    std::erase_if(judged, [](const Judged& document) { return !may_be_automatic(document); });
    std::sort(judged.begin(), judged.end(), [](const Judged& a, const Judged& b) {
        return a.confidence > b.confidence;
    });
    std::vector<CurvePoint> curve;
    CurvePoint point{.all = all};
    for (std::size_t i = 0; i < judged.size(); ++i) {
        ++point.automatic;
        point.wrong += judged[i].right() ? 0U : 1U;
        point.threshold = judged[i].confidence;
        if (i + 1 == judged.size() || judged[i + 1].confidence < point.threshold) {
            curve.push_back(point);
        }
    }
    return curve;
}

std::optional<CurvePoint> point_for(const std::vector<CurvePoint>& curve, double wanted_error) {
    const auto found = std::find_if(curve.rbegin(), curve.rend(), [&](const CurvePoint& point) {
        return point.error() <= wanted_error;
    });
    return found == curve.rend() ? std::nullopt : std::optional(*found);
}

std::string svg_of(const std::vector<CurvePoint>& curve, double wanted_error) {
    constexpr double room_above = 5.0; // chosen: the wanted error stands in the lowest fifth
    const Scale scale{.most_error = std::max(wanted_error * room_above, 1e-6)};
    std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(width) +
                      " " + number(height) +
                      "\" font-family=\"sans-serif\" font-size=\"12\">\n"
                      "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n";
    svg += axes(scale);
    svg +=
        line(left, scale.y(wanted_error), width - right, scale.y(wanted_error), "stroke=\"#c00\"");
    svg += path(
        curve,
        scale,
        [](const CurvePoint& point) { return point.error_at_most(); },
        "stroke=\"#36c\" stroke-dasharray=\"4 3\""
    );
    svg += path(
        curve,
        scale,
        [](const CurvePoint& point) { return point.error(); },
        "stroke=\"#36c\" stroke-width=\"2\""
    );
    if (const auto point = point_for(curve, wanted_error)) {
        svg += "<circle cx=\"" + number(scale.x(point->automation())) + "\" cy=\"" +
               number(scale.y(point->error())) + "\" r=\"4\" fill=\"#c00\"/>\n";
    }
    return svg + "</svg>\n";
}

double share_at_most(std::size_t hits, std::size_t all) {
    constexpr double doubt = 0.05;
    constexpr int halvings = 60;
    if (hits >= all) {
        return 1.0;
    }
    double low = 0.0;
    double high = 1.0;
    for (int i = 0; i < halvings; ++i) {
        const double middle = (low + high) / 2.0;
        (at_most(hits, all, middle) > doubt ? low : high) = middle;
    }
    return high;
}

} // namespace pleiade::learning
