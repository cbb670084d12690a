#pragma once
// How a std::unique_ptr gives back the handle of a C library.

namespace pleiade::image {

template <auto release>
struct Releaser {
    template <typename T>
    void operator()(T* handle) const {
        release(handle);
    }
};

} // namespace pleiade::image
