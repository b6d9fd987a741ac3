/* The inner loops of rendering: shapes to Cairo, pictures to 4:2:0.
 *
 * mlhub_native.pyi says what each function takes, gives and refuses.
 */

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <math.h>
#include <py3cairo.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Relative distance at which manim takes the end of a curve and the start of the next for one point. */
#define NEAR 1e-5

/* Columns of a picture that are compared and converted together: 256 bytes, four lines of a cache. */
#define PIECE 64

/* The same code once more for processors with wide registers, chosen when the module is loaded.  All of it is
 * whole numbers, so both give the same samples. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

/* ---- shapes ---------------------------------------------------------------------------------------------- */

static inline bool differs(double number, double other, double tolerance) {
    return fabs(number - other) > tolerance + NEAR * fabs(other);
}

/* Make the curves the context's path. */
static void trace(cairo_t *ctx, const double *points, Py_ssize_t curves, double tolerance) {
    double begin_x = INFINITY, begin_y = INFINITY; /* nowhere: the first curve begins a line */
    double x = INFINITY, y = INFINITY;
    cairo_new_path(ctx);
    for (Py_ssize_t k = 0; k < curves; k++, points += 12) {
        const double x0 = points[0], y0 = points[1];
        if ((x0 != x || y0 != y) && (differs(x, x0, tolerance) || differs(y, y0, tolerance))) {
            if (k && !(differs(begin_x, x, tolerance) || differs(begin_y, y, tolerance)))
                cairo_close_path(ctx);
            cairo_new_sub_path(ctx);
            cairo_move_to(ctx, x0, y0);
            begin_x = x0;
            begin_y = y0;
        }
        x = points[9];
        y = points[10];
        cairo_curve_to(ctx, points[3], points[4], points[6], points[7], x, y);
    }
    if (curves && !(differs(begin_x, x, tolerance) || differs(begin_y, y, tolerance)))
        cairo_close_path(ctx);
}

static bool is_finite(const double *numbers, Py_ssize_t count) {
    double sum = 0;
    for (Py_ssize_t k = 0; k < count; k++)
        sum += numbers[k] * 0.0; /* nan for whatever is not finite */
    return sum == 0;
}

/* Borrow the doubles of an array; their number, or -1 with an exception. */
static Py_ssize_t take_doubles(PyObject *array, Py_buffer *view, const char *name) {
    if (PyObject_GetBuffer(array, view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) < 0)
        return -1;
    if (view->itemsize != sizeof(double) || !view->format || strcmp(view->format, "d")) {
        PyErr_Format(PyExc_TypeError, "%s: expected an array of float64, not of '%s'", name,
                     view->format ? view->format : "B");
        PyBuffer_Release(view);
        return -1;
    }
    return view->len / (Py_ssize_t)sizeof(double);
}

/* The outline of a shape, borrowed from its points. */
typedef struct {
    Py_buffer view;
    double *points, *copy; /* four to a curve; a copy where the array's lie scattered */
    Py_ssize_t curves;
} Shape;

/* Part of a picture, upright, in pixels: the first column and line, and those behind the last. */
typedef struct {
    int left, top, right, bottom;
} Area;

/* Parts of the lines of a picture: of each the first column, and the one behind the last. */
typedef struct {
    int32_t left, right;
} Span;

/* Four doubles; false, without an exception, for anything else. */
static bool take_colour(PyObject *owner, PyObject *name, double colour[4]) {
    PyObject *array = PyObject_GetAttr(owner, name);
    Py_buffer view;
    bool fits = false;
    if (array && PyObject_GetBuffer(array, &view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) == 0) {
        fits = view.len == 4 * sizeof(double) && view.format && !strcmp(view.format, "d");
        if (fits)
            memcpy(colour, view.buf, 4 * sizeof(double));
        PyBuffer_Release(&view);
    }
    Py_XDECREF(array);
    PyErr_Clear();
    return fits;
}

static bool take_number(PyObject *owner, PyObject *name, double *number) {
    PyObject *value = PyObject_GetAttr(owner, name);
    *number = value && !PyUnicode_Check(value) ? PyFloat_AsDouble(value) : NAN;
    Py_XDECREF(value);
    PyErr_Clear();
    return isfinite(*number);
}

/* The number that stands behind the attribute in `pairs`, a tuple of its value and the number by turns. */
static bool take_choice(PyObject *owner, PyObject *name, PyObject *pairs, int64_t *number) {
    PyObject *value = PyObject_GetAttr(owner, name);
    bool fits = false;
    for (Py_ssize_t k = 0; value && !fits && k + 1 < PyTuple_GET_SIZE(pairs); k += 2)
        if (PyTuple_GET_ITEM(pairs, k) == value) {
            *number = PyLong_AsLong(PyTuple_GET_ITEM(pairs, k + 1));
            fits = true;
        }
    Py_XDECREF(value);
    PyErr_Clear();
    return fits;
}

static void leave_points(Shape *shape) {
    free(shape->copy);
    PyBuffer_Release(&shape->view);
}

static bool take_points(PyObject *owner, PyObject *name, Shape *shape) {
    PyObject *array = PyObject_GetAttr(owner, name);
    bool fits = false;
    shape->copy = NULL;
    if (array && PyObject_GetBuffer(array, &shape->view, PyBUF_STRIDES | PyBUF_FORMAT) == 0) {
        const Py_buffer *view = &shape->view;
        shape->curves = view->len / (Py_ssize_t)(12 * sizeof(double));
        shape->points = view->buf;
        fits = view->format && !strcmp(view->format, "d") && view->ndim == 2 && view->shape[1] == 3;
        if (fits && !PyBuffer_IsContiguous(view, 'C')) {
            shape->points = shape->copy = malloc((size_t)view->len);
            fits = shape->copy && PyBuffer_ToContiguous(shape->copy, view, view->len, 'C') == 0;
        }
        fits = fits && is_finite(shape->points, 12 * shape->curves);
        if (!fits)
            leave_points(shape);
    }
    Py_XDECREF(array);
    PyErr_Clear();
    return fits;
}

/* The names of attributes, made once. */
static struct {
    PyObject *points, *fill, *stroke, *width, *behind, *tolerance, *join, *cap, *image, *members, *updaters;
} names;

/* ---- what was drawn before ------------------------------------------------------------------------------- */

/* A small shape that has not changed, drawn on pixels that have not changed, gives the pixels that it gave: they are
 * kept, and put in place of drawing it.  A shape's pixels are kept when it is drawn the second time as it was. */

#define PATCHES 8192          /* shapes that are remembered at a time; another one at the same place ends one */
#define PATCH_BYTES (1 << 17) /* pixels of a shape at most, four bytes each */

/* All that a shape's pixels depend on, beside its points and what is below it; without gaps, to be compared whole. */
typedef struct {
    double fill[4], stroke[4], width, tolerance;
    cairo_matrix_t matrix;
    int64_t join, cap, curves;
} Look;

typedef struct {
    const void *owner; /* compared by its address alone: what it looks like is compared, too */
    Look look;
    double *points;
    uint8_t *pixels; /* of the shape's area, before it was drawn, and then after; null until they are kept */
    Area area;
} Patch;

typedef struct {
    Patch slots[PATCHES];
    size_t bytes, limit; /* of pixels */
} Patches;

static const char patches_name[] = "mlhub_native.patches";

static size_t patch_bytes(const Area *area) {
    return 4 * (size_t)(area->right - area->left) * (size_t)(area->bottom - area->top);
}

static void drop_pixels(Patches *patches, Patch *patch) {
    if (patch->pixels)
        patches->bytes -= 2 * patch_bytes(&patch->area);
    free(patch->pixels);
    patch->pixels = NULL;
}

static void drop_patches(PyObject *capsule) {
    Patches *patches = PyCapsule_GetPointer(capsule, patches_name);
    for (size_t k = 0; k < PATCHES; k++) {
        free(patches->slots[k].pixels);
        free(patches->slots[k].points);
    }
    free(patches);
}

static PyObject *patches(PyObject *Py_UNUSED(module), PyObject *limit) {
    const size_t bytes = PyLong_AsSize_t(limit);
    if (PyErr_Occurred())
        return NULL;
    Patches *made = calloc(1, sizeof *made);
    if (!made)
        return PyErr_NoMemory();
    made->limit = bytes;
    PyObject *capsule = PyCapsule_New(made, patches_name, drop_patches);
    if (!capsule)
        free(made);
    return capsule;
}

/* The place of a shape; `*seen` tells whether it looks as it did when it was last drawn.  Null without memory. */
static Patch *recall(Patches *patches, const void *owner, const Look *look, const double *points, bool *seen) {
    const size_t bytes = 12 * sizeof(double) * (size_t)look->curves;
    Patch *patch = &patches->slots[((uintptr_t)owner >> 4) * 2654435761u % PATCHES];
    *seen = patch->owner == owner && !memcmp(&patch->look, look, sizeof *look) && !memcmp(patch->points, points, bytes);
    if (*seen)
        return patch;
    drop_pixels(patches, patch);
    if (!patch->points || patch->look.curves != look->curves) {
        free(patch->points);
        patch->points = malloc(bytes ? bytes : 1);
        patch->owner = NULL;
        if (!patch->points)
            return NULL;
    }
    memcpy(patch->points, points, bytes);
    patch->owner = owner;
    patch->look = *look;
    return patch;
}

/* Copy the pixels of an area out of a picture whose lines are `stride` bytes apart. */
static void take_area(uint8_t *pixels, const uint8_t *picture, int stride, const Area *area) {
    const size_t across = 4 * (size_t)(area->right - area->left);
    for (int y = area->top; y < area->bottom; y++, pixels += across)
        memcpy(pixels, picture + (Py_ssize_t)y * stride + 4 * area->left, across);
}

static void put_area(uint8_t *picture, const uint8_t *pixels, int stride, const Area *area) {
    const size_t across = 4 * (size_t)(area->right - area->left);
    for (int y = area->top; y < area->bottom; y++, pixels += across)
        memcpy(picture + (Py_ssize_t)y * stride + 4 * area->left, pixels, across);
}

static bool equals_area(const uint8_t *pixels, const uint8_t *picture, int stride, const Area *area) {
    const size_t across = 4 * (size_t)(area->right - area->left);
    for (int y = area->top; y < area->bottom; y++, pixels += across)
        if (memcmp(pixels, picture + (Py_ssize_t)y * stride + 4 * area->left, across))
            return false;
    return true;
}

/* ---- drawing --------------------------------------------------------------------------------------------- */

/* What a shape may cover of the surface: its control points, which hold its curves, and its stroke's reach. */
static Area reach(cairo_t *ctx, const Shape *shape, const Look *look) {
    const cairo_matrix_t *matrix = &look->matrix;
    const double *point = shape->points;
    double left = INFINITY, top = INFINITY, right = -INFINITY, bottom = -INFINITY;
    for (Py_ssize_t k = 0; k < 4 * shape->curves; k++, point += 3) {
        const double x = matrix->xx * point[0] + matrix->xy * point[1] + matrix->x0;
        const double y = matrix->yx * point[0] + matrix->yy * point[1] + matrix->y0;
        left = fmin(left, x);
        right = fmax(right, x);
        top = fmin(top, y);
        bottom = fmax(bottom, y);
    }
    /* corners of a mitre reach as far as its limit, ends and other corners less than two half widths */
    const double halves = look->join == CAIRO_LINE_JOIN_MITER ? fmax(cairo_get_miter_limit(ctx), 2) : 2;
    const double scale = hypot(matrix->xx, matrix->yx) + hypot(matrix->xy, matrix->yy);
    const double margin = 2 + (look->stroke[3] > 0 ? halves * look->width / 2 * scale : 0);
    const double width = cairo_image_surface_get_width(cairo_get_target(ctx));
    const double height = cairo_image_surface_get_height(cairo_get_target(ctx));
    const Area area = {(int)fmax(0, fmin(width, floor(left - margin))), (int)fmax(0, fmin(height, floor(top - margin))),
                       (int)fmax(0, fmin(width, ceil(right + margin))),
                       (int)fmax(0, fmin(height, ceil(bottom + margin)))};
    return area;
}

static void widen(Span *spans, const Area *by) {
    for (int y = by->top; y < by->bottom; y++) {
        spans[y].left = by->left < spans[y].left ? by->left : spans[y].left;
        spans[y].right = by->right > spans[y].right ? by->right : spans[y].right;
    }
}

static void put_on(cairo_t *ctx, const Shape *shape, const Look *look) {
    const bool filled = look->fill[3] > 0, stroked = look->width > 0 && look->stroke[3] > 0;
    trace(ctx, shape->points, shape->curves, look->tolerance);
    /* the surface's bytes run the other way: blue first */
    if (filled) {
        cairo_set_source_rgba(ctx, look->fill[2], look->fill[1], look->fill[0], look->fill[3]);
        if (stroked)
            cairo_fill_preserve(ctx);
        else
            cairo_fill(ctx);
    }
    if (stroked) {
        cairo_set_source_rgba(ctx, look->stroke[2], look->stroke[1], look->stroke[0], look->stroke[3]);
        cairo_set_line_width(ctx, look->width);
        cairo_set_line_join(ctx, (cairo_line_join_t)look->join);
        cairo_set_line_cap(ctx, (cairo_line_cap_t)look->cap);
        cairo_stroke(ctx);
    }
}

static void draw(cairo_t *ctx, const Shape *shape, const Look *look, const void *owner, Patches *patches, Span *touched) {
    if (!(look->fill[3] > 0) && !(look->width > 0 && look->stroke[3] > 0))
        return;
    const Area area = reach(ctx, shape, look);
    if (area.left >= area.right || area.top >= area.bottom)
        return;
    widen(touched, &area);
    const size_t bytes = patch_bytes(&area);
    bool seen = false;
    Patch *patch = bytes > PATCH_BYTES ? NULL : recall(patches, owner, look, shape->points, &seen);
    if (!patch || !seen) {
        put_on(ctx, shape, look);
        return;
    }
    cairo_surface_t *surface = cairo_get_target(ctx);
    cairo_surface_flush(surface);
    uint8_t *picture = cairo_image_surface_get_data(surface);
    const int stride = cairo_image_surface_get_stride(surface);
    if (patch->pixels && memcmp(&patch->area, &area, sizeof area)) /* a surface of another size */
        drop_pixels(patches, patch);
    if (patch->pixels && equals_area(patch->pixels, picture, stride, &area)) {
        put_area(picture, patch->pixels + bytes, stride, &area);
        cairo_surface_mark_dirty(surface);
        return;
    }
    if (!patch->pixels && patches->bytes + 2 * bytes <= patches->limit && (patch->pixels = malloc(2 * bytes))) {
        patches->bytes += 2 * bytes;
        patch->area = area;
    }
    if (patch->pixels)
        take_area(patch->pixels, picture, stride, &area);
    put_on(ctx, shape, look);
    if (patch->pixels) {
        cairo_surface_flush(surface);
        take_area(patch->pixels + bytes, picture, stride, &area);
    }
}

/* Draw one shape; false, and nothing drawn, if it is not a plain one. */
static bool draw_plain(cairo_t *ctx, PyObject *mobject, double multiple, PyObject *joins, PyObject *caps,
                       Patches *patches, Span *touched) {
    Shape shape;
    Look look;
    double behind;
    PyObject *image = PyObject_GetAttr(mobject, names.image);
    const bool imageless = image == Py_None;
    Py_XDECREF(image);
    PyErr_Clear();
    if (!imageless || !take_colour(mobject, names.fill, look.fill) || !take_colour(mobject, names.stroke, look.stroke) ||
        !take_number(mobject, names.width, &look.width) || !take_number(mobject, names.behind, &behind) || behind > 0 ||
        !take_number(mobject, names.tolerance, &look.tolerance) ||
        !take_choice(mobject, names.join, joins, &look.join) || !take_choice(mobject, names.cap, caps, &look.cap) ||
        !take_points(mobject, names.points, &shape))
        return false;
    look.width = fmax(0, look.width) * multiple;
    look.curves = shape.curves;
    cairo_get_matrix(ctx, &look.matrix);
    draw(ctx, &shape, &look, mobject, patches, touched);
    leave_points(&shape);
    return true;
}

/* Borrow a span for each of so many lines; -1 with an exception. */
static int take_spans(PyObject *array, Py_buffer *view, bool written, Py_ssize_t lines) {
    if (PyObject_GetBuffer(array, view, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT | (written ? PyBUF_WRITABLE : 0)) < 0)
        return -1;
    if (view->format && !strcmp(view->format, "i") && view->len == lines * (Py_ssize_t)sizeof(Span))
        return 0;
    PyErr_Format(PyExc_ValueError, "spans: expected int32 of shape (%zd, 2)", lines);
    PyBuffer_Release(view);
    return -1;
}

/* Append the members of a family that have points; -1 with an exception. */
static int gather_family(PyObject *mobject, PyObject *found) {
    PyObject *points = PyObject_GetAttr(mobject, names.points);
    const Py_ssize_t count = points ? PyObject_Size(points) : -1;
    Py_XDECREF(points);
    if (count < 0 || (count && PyList_Append(found, mobject) < 0))
        return -1;
    PyObject *members = PyObject_GetAttr(mobject, names.members);
    PyObject *fast = members ? PySequence_Fast(members, "submobjects: expected a list") : NULL;
    int fault = fast ? 0 : -1;
    if (fast && PySequence_Fast_GET_SIZE(fast) && Py_EnterRecursiveCall(" in a family of mobjects") == 0) {
        for (Py_ssize_t k = 0; !fault && k < PySequence_Fast_GET_SIZE(fast); k++)
            fault = gather_family(PySequence_Fast_GET_ITEM(fast, k), found);
        Py_LeaveRecursiveCall();
    }
    Py_XDECREF(fast);
    Py_XDECREF(members);
    return fault || PyErr_Occurred() ? -1 : 0;
}

/* Whether somebody in a family has an updater; -1 with an exception. */
static int has_updater(PyObject *mobject) {
    PyObject *updaters = PyObject_GetAttr(mobject, names.updaters);
    int found = updaters ? PyObject_IsTrue(updaters) : -1;
    Py_XDECREF(updaters);
    if (found)
        return found;
    PyObject *members = PyObject_GetAttr(mobject, names.members);
    PyObject *fast = members ? PySequence_Fast(members, "submobjects: expected a list") : NULL;
    if (fast && PySequence_Fast_GET_SIZE(fast) && Py_EnterRecursiveCall(" in a family of mobjects") == 0) {
        for (Py_ssize_t k = 0; !found && k < PySequence_Fast_GET_SIZE(fast); k++)
            found = has_updater(PySequence_Fast_GET_ITEM(fast, k));
        Py_LeaveRecursiveCall();
    }
    Py_XDECREF(fast);
    Py_XDECREF(members);
    return PyErr_Occurred() ? -1 : found;
}

static PyObject *is_updated(PyObject *Py_UNUSED(module), PyObject *mobject) {
    const int found = has_updater(mobject);
    return found < 0 ? NULL : PyBool_FromLong(found);
}

static PyObject *gather(PyObject *Py_UNUSED(module), PyObject *mobjects) {
    PyObject *iterator = PyObject_GetIter(mobjects), *found = iterator ? PyList_New(0) : NULL, *mobject;
    while (found && (mobject = PyIter_Next(iterator))) {
        if (gather_family(mobject, found) < 0)
            Py_CLEAR(found);
        Py_DECREF(mobject);
    }
    Py_XDECREF(iterator);
    if (found && PyErr_Occurred())
        Py_CLEAR(found);
    return found;
}

static bool is_context(PyObject *given) {
    if (PyObject_TypeCheck(given, &PycairoContext_Type))
        return true;
    PyErr_Format(PyExc_TypeError, "context: expected a cairo.Context, not %s", Py_TYPE(given)->tp_name);
    return false;
}

static PyObject *paint(PyObject *Py_UNUSED(module), PyObject *const *given, Py_ssize_t count) {
    if (count != 8)
        return PyErr_Format(PyExc_TypeError, "paint takes 8 arguments, not %zd", count);
    PyObject *mobjects = given[1], *joins = given[4], *caps = given[5];
    const Py_ssize_t from = PyLong_AsSsize_t(given[2]);
    const double multiple = PyFloat_AsDouble(given[3]);
    if (!is_context(given[0]) || PyErr_Occurred())
        return NULL;
    if (!PyList_Check(mobjects) || !PyTuple_Check(joins) || !PyTuple_Check(caps) || from < 0)
        return PyErr_Format(PyExc_TypeError, "expected a list of mobjects, a place in it, and two tuples");
    cairo_t *ctx = PycairoContext_GET(given[0]);
    cairo_surface_t *surface = cairo_get_target(ctx);
    if (cairo_surface_get_type(surface) != CAIRO_SURFACE_TYPE_IMAGE ||
        cairo_image_surface_get_format(surface) != CAIRO_FORMAT_ARGB32)
        return PyErr_Format(PyExc_ValueError, "context: expected one that draws on an image of FORMAT_ARGB32");
    /* the pixels of a finished surface are gone, which only this tells */
    cairo_surface_flush(surface);
    cairo_surface_mark_dirty(surface);
    if (Pycairo_Check_Status(cairo_surface_status(surface)))
        return NULL;
    Patches *patches = PyCapsule_GetPointer(given[6], patches_name);
    if (!patches)
        return NULL;
    Py_buffer view;
    if (take_spans(given[7], &view, true, cairo_image_surface_get_height(surface)) < 0)
        return NULL;
    Py_ssize_t at = from;
    while (at < PyList_GET_SIZE(mobjects)) {
        PyObject *mobject = Py_NewRef(PyList_GET_ITEM(mobjects, at));
        const bool drawn = draw_plain(ctx, mobject, multiple, joins, caps, patches, view.buf);
        Py_DECREF(mobject);
        if (!drawn)
            break;
        at++;
    }
    PyBuffer_Release(&view);
    if (Pycairo_Check_Status(cairo_status(ctx)))
        return NULL;
    return PyLong_FromSsize_t(at);
}

static PyObject *fill(PyObject *Py_UNUSED(module), PyObject *const *given, Py_ssize_t count) {
    if (count != 3)
        return PyErr_Format(PyExc_TypeError, "fill takes 3 arguments, not %zd", count);
    const double tolerance = PyFloat_AsDouble(given[2]);
    if (!is_context(given[0]) || PyErr_Occurred())
        return NULL;
    Py_buffer view;
    const Py_ssize_t numbers = take_doubles(given[1], &view, "points");
    if (numbers < 0)
        return NULL;
    const bool fits = view.ndim == 2 && view.shape[1] == 3, finite = is_finite(view.buf, numbers / 12 * 12);
    cairo_t *ctx = PycairoContext_GET(given[0]);
    if (fits && finite) {
        trace(ctx, view.buf, numbers / 12, tolerance);
        cairo_fill(ctx);
    }
    PyBuffer_Release(&view);
    if (!fits)
        return PyErr_Format(PyExc_ValueError, "points: expected the shape (n, 3)");
    if (Pycairo_Check_Status(cairo_status(ctx)))
        return NULL;
    return PyBool_FromLong(finite);
}

/* ---- pictures -------------------------------------------------------------------------------------------- */

/* BT.709 luma of full-range R'G'B', scaled to 219 steps, in units of 2^-16: Y = 16 + 219 (0.2126 R + 0.7152 G +
 * 0.0722 B) / 255. */
#define RED_LUMA 11966
#define GREEN_LUMA 40254
#define BLUE_LUMA 4064

/* Chroma, scaled to 224 steps, in units of 2^-16: Cb = 128 + 224 (B - Y) / (1.8556 * 255), Cr = 128 + 224 (R - Y) /
 * (1.5748 * 255).  Each row sums to nothing, so that greys have no colour. */
#define RED_CB (-6596)
#define GREEN_CB (-22189)
#define BLUE_CB 28785
#define RED_CR 28785
#define GREEN_CR (-26145)
#define BLUE_CR (-2640)

static inline uint8_t luma_of(uint32_t pixel) {
    const uint32_t red = pixel & 255, green = pixel >> 8 & 255, blue = pixel >> 16 & 255;
    return (uint8_t)((RED_LUMA * red + GREEN_LUMA * green + BLUE_LUMA * blue + (16 << 16) + (1 << 15)) >> 16);
}

/* Two lines of pixels to two of luma and one of each chroma; width is even. */
WIDE static void convert_lines(const uint32_t *restrict upper, const uint32_t *restrict lower, int width,
                               uint8_t *restrict luma, uint8_t *restrict luma_below, uint8_t *restrict blue_difference,
                               uint8_t *restrict red_difference) {
    for (int x = 0; x < width; x++)
        luma[x] = luma_of(upper[x]);
    for (int x = 0; x < width; x++)
        luma_below[x] = luma_of(lower[x]);
    for (int x = 0; x < width / 2; x++) {
        const uint32_t a = upper[2 * x], b = upper[2 * x + 1], c = lower[2 * x], d = lower[2 * x + 1];
        /* two sums in one number: four bytes are less than 2^10 */
        const uint32_t both = (a & 0xff00ff) + (b & 0xff00ff) + (c & 0xff00ff) + (d & 0xff00ff);
        const int32_t red = both & 0xffff, blue = both >> 16;
        const int32_t green = (a >> 8 & 255) + (b >> 8 & 255) + (c >> 8 & 255) + (d >> 8 & 255);
        const int32_t middle = (128 << 18) + (1 << 17); /* four pixels: units of 2^-18 */
        blue_difference[x] = (uint8_t)((RED_CB * red + GREEN_CB * green + BLUE_CB * blue + middle) >> 18);
        red_difference[x] = (uint8_t)((RED_CR * red + GREEN_CR * green + BLUE_CR * blue + middle) >> 18);
    }
}

typedef struct {
    Py_buffer view;
    uint8_t *samples;
    Py_ssize_t height, width, stride;
} Plane;

/* Borrow an array of bytes with `axes` axes whose pixels lie next to each other; -1 with an exception. */
static int take_plane(PyObject *array, Plane *plane, int axes, bool written, const char *name) {
    if (PyObject_GetBuffer(array, &plane->view, PyBUF_STRIDES | PyBUF_FORMAT | (written ? PyBUF_WRITABLE : 0)) < 0)
        return -1;
    const Py_buffer *view = &plane->view;
    bool fits = view->itemsize == 1 && view->format && !strcmp(view->format, "B") && view->ndim == axes;
    if (fits && axes == 2)
        fits = view->strides[1] == 1;
    if (fits && axes == 3)
        fits = view->shape[2] == 4 && view->strides[2] == 1 && view->strides[1] == 4 &&
               view->strides[0] == 4 * view->shape[1];
    if (!fits) {
        PyErr_Format(PyExc_ValueError,
                     axes == 3 ? "%s: expected contiguous bytes of shape (height, width, 4)"
                               : "%s: expected bytes of shape (height, width) with columns next to each other",
                     name);
        PyBuffer_Release(&plane->view);
        return -1;
    }
    plane->samples = view->buf;
    plane->height = view->shape[0];
    plane->width = view->shape[1];
    plane->stride = view->strides[0];
    return 0;
}

static void release(Plane *planes, int count) {
    while (count--)
        PyBuffer_Release(&planes[count].view);
}

/* A span of a picture that is `width` wide; empty where it ends before it begins. */
static Span clipped(const Span *span, Py_ssize_t width) {
    const Span found = {span->left < 0 ? 0 : span->left, span->right > width ? (int32_t)width : span->right};
    return found;
}

/* Two pictures of one size, and a part of them. */
typedef struct {
    Plane planes[2];
    Py_buffer view;
    const Span *spans;
} Pair;

static void leave_pair(Pair *pair) {
    PyBuffer_Release(&pair->view);
    release(pair->planes, 2);
}

/* Borrow two pictures, of which the first may be written to, and spans; -1 with an exception. */
static int take_pair(PyObject *const *given, Pair *pair, bool written, const char *name, const char *other) {
    Plane *planes = pair->planes;
    if (take_plane(given[0], &planes[0], 3, written, name) < 0)
        return -1;
    if (take_plane(given[1], &planes[1], 3, false, other) < 0) {
        release(planes, 1);
        return -1;
    }
    const bool alike = planes[0].height == planes[1].height && planes[0].width == planes[1].width;
    if (!alike)
        PyErr_SetString(PyExc_ValueError, "two pictures of unlike sizes");
    if (!alike || take_spans(given[2], &pair->view, false, planes[0].height) < 0) {
        release(planes, 2);
        return -1;
    }
    pair->spans = pair->view.buf;
    return 0;
}

/* The bytes of a line that belong to the part: where they begin in both pictures, and how many; none, perhaps. */
static size_t bytes_of(const Pair *pair, Py_ssize_t y, Py_ssize_t *at) {
    const Span span = clipped(pair->spans + y, pair->planes[0].width);
    *at = y * pair->planes[0].stride + 4 * (Py_ssize_t)span.left;
    return span.left < span.right ? 4 * (size_t)(span.right - span.left) : 0;
}

static PyObject *begin(PyObject *Py_UNUSED(module), PyObject *const *given, Py_ssize_t count) {
    Pair pair;
    if (count != 3)
        return PyErr_Format(PyExc_TypeError, "begin takes 3 arguments, not %zd", count);
    if (take_pair(given, &pair, true, "picture", "ground") < 0)
        return NULL;
    for (Py_ssize_t y = 0, at; y < pair.planes[0].height; y++) {
        const size_t bytes = bytes_of(&pair, y, &at);
        if (bytes)
            memcpy(pair.planes[0].samples + at, pair.planes[1].samples + at, bytes);
    }
    leave_pair(&pair);
    Py_RETURN_NONE;
}

static PyObject *differ(PyObject *Py_UNUSED(module), PyObject *const *given, Py_ssize_t count) {
    Pair pair;
    if (count != 3)
        return PyErr_Format(PyExc_TypeError, "differ takes 3 arguments, not %zd", count);
    if (take_pair(given, &pair, false, "picture", "kept") < 0)
        return NULL;
    Py_ssize_t line = -1;
    for (Py_ssize_t y = 0, at; y < pair.planes[0].height && line < 0; y++) {
        const size_t bytes = bytes_of(&pair, y, &at);
        if (bytes && memcmp(pair.planes[0].samples + at, pair.planes[1].samples + at, bytes))
            line = y;
    }
    leave_pair(&pair);
    return PyLong_FromSsize_t(line);
}

/* Convert what differs of a piece of two lines; whether anything did. */
static bool convert_piece(const Plane *planes, Py_ssize_t x, Py_ssize_t y) {
    const Plane *picture = &planes[0], *kept = &planes[1], *luma = &planes[2], *blue = &planes[3], *red = &planes[4];
    const uint8_t *upper = picture->samples + y * picture->stride + 4 * x, *lower = upper + picture->stride;
    uint8_t *kept_upper = kept->samples + y * kept->stride + 4 * x, *kept_lower = kept_upper + kept->stride;
    const int across = picture->width - x < PIECE ? (int)(picture->width - x) : PIECE;
    const size_t bytes = 4 * (size_t)across;
    if (!memcmp(upper, kept_upper, bytes) && !memcmp(lower, kept_lower, bytes))
        return false;
    memcpy(kept_upper, upper, bytes);
    memcpy(kept_lower, lower, bytes);
    uint8_t *const samples = luma->samples + y * luma->stride + x;
    convert_lines((const uint32_t *)kept_upper, (const uint32_t *)kept_lower, across, samples, samples + luma->stride,
                  blue->samples + y / 2 * blue->stride + x / 2, red->samples + y / 2 * red->stride + x / 2);
    return true;
}

static PyObject *convert(PyObject *Py_UNUSED(module), PyObject *const *given, Py_ssize_t count) {
    static const char *const names[] = {"picture", "kept", "luma", "blue", "red"};
    Plane planes[5];
    Py_buffer view;
    if (count != 7)
        return PyErr_Format(PyExc_TypeError, "convert takes 7 arguments, not %zd", count);
    const Py_ssize_t first = PyLong_AsSsize_t(given[5]);
    if (first == -1 && PyErr_Occurred())
        return NULL;
    for (int k = 0; k < 5; k++)
        if (take_plane(given[k], &planes[k], k < 2 ? 3 : 2, k > 0, names[k]) < 0) {
            release(planes, k);
            return NULL;
        }
    const Py_ssize_t height = planes[0].height, width = planes[0].width;
    bool fits = height % 2 == 0 && width % 2 == 0 && planes[1].height == height && planes[1].width == width &&
                planes[2].height == height && planes[2].width == width && first >= 0 && first <= height;
    for (int k = 3; k < 5; k++)
        fits = fits && planes[k].height == height / 2 && planes[k].width == width / 2;
    if (!fits)
        PyErr_SetString(PyExc_ValueError, "a picture and planes that do not fit each other");
    fits = fits && take_spans(given[6], &view, false, height) == 0;
    Py_ssize_t pieces = 0;
    if (fits) {
        const Span *spans = view.buf;
        for (Py_ssize_t y = first / 2 * 2; y < height; y += 2) {
            const Span upper = clipped(spans + y, width), lower = clipped(spans + y + 1, width);
            const Py_ssize_t left = upper.left < lower.left ? upper.left : lower.left;
            const Py_ssize_t right = upper.right > lower.right ? upper.right : lower.right;
            for (Py_ssize_t x = left / PIECE * PIECE; x < right; x += PIECE)
                pieces += convert_piece(planes, x, y);
        }
        PyBuffer_Release(&view);
    }
    release(planes, 5);
    return fits ? PyLong_FromSsize_t(pieces) : NULL;
}

/* ---- the module ------------------------------------------------------------------------------------------ */

static PyMethodDef methods[] = {
    {"paint", (PyCFunction)(void (*)(void))paint, METH_FASTCALL, "Draw plain shapes, as far as they are plain."},
    {"gather", gather, METH_O, "The members of families that have points."},
    {"is_updated", is_updated, METH_O, "Whether somebody in a family has an updater."},
    {"patches", patches, METH_O, "Memory for what shapes looked like."},
    {"fill", (PyCFunction)(void (*)(void))fill, METH_FASTCALL, "Fill one outline."},
    {"begin", (PyCFunction)(void (*)(void))begin, METH_FASTCALL, "Put back parts of a picture."},
    {"differ", (PyCFunction)(void (*)(void))differ, METH_FASTCALL, "The first line in which two pictures differ."},
    {"convert", (PyCFunction)(void (*)(void))convert, METH_FASTCALL,
     "Bring a kept picture and its 4:2:0 planes up to date."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mlhub_native",
    .m_doc = "The inner loops of rendering: shapes to Cairo, pictures to 4:2:0.",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_mlhub_native(void) {
    if (import_cairo() < 0)
        return NULL;
    const struct {
        PyObject **name;
        const char *text;
    } made[] = {{&names.points, "points"},
                {&names.fill, "fill_rgbas"},
                {&names.stroke, "stroke_rgbas"},
                {&names.width, "stroke_width"},
                {&names.behind, "background_stroke_width"},
                {&names.tolerance, "tolerance_for_point_equality"},
                {&names.join, "joint_type"},
                {&names.cap, "cap_style"},
                {&names.image, "background_image"},
                {&names.members, "submobjects"},
                {&names.updaters, "updaters"}};
    for (size_t k = 0; k < sizeof made / sizeof *made; k++)
        if (!(*made[k].name = PyUnicode_InternFromString(made[k].text)))
            return NULL;
    return PyModule_Create(&definition);
}
