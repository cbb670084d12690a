#pragma once
// One of the directions in which a page may be read.

namespace pleiade::image {

/// Which end is up is not said.
struct Reading {
    bool downwards = false; ///< Lines run along the height: the page lies on its side.
    double skew_deg = 0.0;  ///< Lines descend clockwise (+) by this, once the page is off its side
                            ///< by a quarter turn counter-clockwise.
};

} // namespace pleiade::image
