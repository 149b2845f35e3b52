// A number as it crosses the boundary, so that integers stay integers.
#pragma once

#include "shim.h"

struct ScalarValue {
    int64_t integer;
    double real;
    int32_t kind;  // 0 real, 1 integer, 2 boolean

    operator at::Scalar() const {
        switch (kind) {
            case 1:
                return at::Scalar(integer);
            case 2:
                return at::Scalar(integer != 0);
            default:
                return at::Scalar(real);
        }
    }
};
