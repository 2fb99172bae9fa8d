"""The mathematics of mechlp_continuum.py: polynomials, functions by pieces, laws of types, expectations.

A polynomial is a list of fractions, constant first. Nothing is rounded.
"""
from bisect import bisect_right
from fractions import Fraction
from itertools import combinations
from math import comb

def value(c, x):
    total = Fraction(0)
    for part in reversed(c):
        total = total * x + part
    return total

def times(c, d):
    product = [Fraction(0)] * (len(c) + len(d) - 1) if c and d else []
    for j, p in enumerate(c):
        for k, q in enumerate(d):
            product[j + k] += p * q
    return product

def plus(c, d, factor=1):
    longer = max(len(c), len(d))
    pad = lambda e: [*e, *[Fraction(0)] * (longer - len(e))]
    return [p + factor * q for p, q in zip(pad(c), pad(d))]

def integral(c, a, b):
    return sum((p * (b ** (k + 1) - a ** (k + 1)) / (k + 1) for k, p in enumerate(c)), Fraction(0))

def along(c, start, step):
    """The polynomial s -> c(start + step s)."""
    out = []
    for part in reversed(c):
        out = plus(times(out, [start, step]), [part])
    return out

def bernstein(c, a, b):
    """Bernstein coefficients on [a, b], between the least and the greatest of which the polynomial lies."""
    own = along(c, a, b - a) or [Fraction(0)]
    d = len(own) - 1
    return [sum(own[j] * Fraction(comb(k, j), comb(d, j)) for j in range(k + 1)) for k in range(d + 1)]

def through(points, values):
    """The polynomial of least degree through these points (Newton)."""
    d = [*values]
    for k in range(1, len(d)):
        for j in range(len(d) - 1, k - 1, -1):
            d[j] = (d[j] - d[j - 1]) / (points[j] - points[j - k])
    out = []
    for x, part in zip(reversed(points), reversed(d)):
        out = plus(times(out, [-x, Fraction(1)]), [part])
    while out and not out[-1]:
        out.pop()
    return out

class Curve:
    """A function by pieces: polys[k] between breaks[k - 1] and breaks[k], the first and last without end; at a
    break the piece on its right counts."""
    def __init__(self, breaks, polys):
        self.breaks, self.polys = breaks, polys
        self.degree = max((len(c) - 1 for c in polys), default=0)
    def at(self, x):
        return value(self.polys[bisect_right(self.breaks, x)], x)
    def pieces(self, a, b, more=()):
        """(from, to, polynomial) on [a, b], cut at these places too."""
        cuts = sorted({a, b, *(x for x in (*self.breaks, *more) if a < x < b)})
        return [(p, q, self.polys[bisect_right(self.breaks, p)]) for p, q in zip(cuts, cuts[1:])]

def nonnegative(c, a, b):
    """Whether a polynomial is nowhere negative on [a, b]."""
    c = crossing(c)
    todo = [(a, b)]
    while todo:  # it ends, since zeros are simple
        p, q = todo.pop()
        rows = bernstein(c, p, q)
        if min(rows) >= 0:
            continue
        if min(rows[0], rows[-1]) < 0:
            return False
        todo += [(p, (p + q) / 2), ((p + q) / 2, q)]
    return True

def crossing(c):
    """A polynomial with the same sign where neither is 0: its zeros are those of odd multiplicity, once each (Yun)."""
    c = trimmed(c)
    if not c:
        return []
    out, slope = [c[-1]], derivative(c)
    shared = common(c, slope)
    b, d, odd = divided(c, shared)[0], divided(slope, shared)[0], True
    while len(b) > 1:
        d = trimmed(plus(d, derivative(b), -1))
        g = common(b, d)
        out = times(out, g) if odd else out
        b, d, odd = divided(b, g)[0], divided(d, g)[0], not odd
    return out

def trimmed(c):
    c = list(c)
    while c and not c[-1]:
        c.pop()
    return c

def derivative(c):
    return [k * p for k, p in enumerate(c)][1:]

def divided(c, d):
    """Quotient and rest."""
    c, quotient = list(c), []
    while len(c) >= len(d):
        factor = c[-1] / d[-1]
        quotient.insert(0, factor)
        c = plus(c, [*[Fraction(0)] * (len(c) - len(d)), *d], -factor)[:-1]
    return quotient, trimmed(c)

def common(c, d):
    """The greatest common divisor, with leading coefficient 1."""
    while d:
        c, d = d, divided(c, d)[1]
    return [p / c[-1] for p in c]

def by_points(breaks, degree, function):
    """The curve that is this function everywhere, which is a polynomial of at most this degree between breaks: a
    polynomial is known from its values at as many points as it has coefficients."""
    breaks = sorted(set(breaks))
    if not breaks:
        breaks = [Fraction(0)]
    return by_points_within([breaks[0] - degree - 2, *breaks, breaks[-1] + degree + 2], degree, function)

def by_points_within(ends, degree, function):
    """The same on an interval that is cut at these places, which include its ends."""
    ends, polys = sorted(set(ends)), []
    for a, b in zip(ends, ends[1:]):
        points = [a + (b - a) * Fraction(k, degree + 2) for k in range(1, degree + 2)]
        polys.append(through(points, [function(x) for x in points]))
    keep = [k for k in range(1, len(polys)) if polys[k] != polys[k - 1]]
    return Curve([ends[k] for k in keep], [polys[0], *(polys[k] for k in keep)])

class Law:
    """A distribution on [lo, hi]: a density by pieces, and atoms (type, probability)."""
    def __init__(self, pieces, atoms):
        self.pieces, self.atoms = pieces, atoms
        self.lo, self.hi = pieces[0][0], pieces[-1][1]
        self.degree = max(len(c) for _, _, c in pieces) - 1
        self.nodes = sorted({x for a, b, _ in pieces for x in (a, b)} | {x for x, _ in atoms})
    def mean(self, curve, a=None, b=None, left=False):
        """E[curve(T)], of all types or of those in a cell from a to b. An atom where two cells meet belongs to
        the one on its right, or on its left."""
        start, end = (self.lo, self.hi) if a is None else (a, b)
        total = Fraction(0)
        for p, q, density in self.pieces:
            p, q = max(p, start), min(q, end)
            if p < q:
                total += sum(integral(times(c, density), x, y) for x, y, c in curve.pieces(p, q))
        for x, probability in self.atoms:
            if (start < x <= end or x == start == self.lo) if left else (start <= x < end or x == end == self.hi):
                total += probability * curve.at(x)
        return total

def affine(constant, slope):
    return Curve([], [[Fraction(constant), Fraction(slope)]])

def most(lines, lo, hi):
    """The largest of some lines (constant, slope), as a curve on [lo, hi]."""
    crossing = {(c - d) / (b - a) for (c, a), (d, b) in combinations(lines, 2) if a != b}
    cuts = sorted({lo, hi, *(x for x in crossing if lo < x < hi)})
    best = [list(max(lines, key=lambda line: line[0] + line[1] * (a + b) / 2)) for a, b in zip(cuts, cuts[1:])]
    return Curve(cuts[1:-1], best)

def shifted(curve, law, factor):
    """The curve y -> E curve(y + factor T)."""
    breaks = {x - factor * node for x in curve.breaks for node in law.nodes}
    def at(y):
        turns = sorted({(x - y) / factor for x in curve.breaks})
        ends = [law.lo - 1, *turns, law.hi + 1]
        cut = []
        for a, b in zip(ends, ends[1:]):
            middle = y + factor * (a + b) / 2
            cut.append(along(curve.polys[bisect_right(curve.breaks, middle)], y, factor))
        inside = Law(law.pieces, [])
        return inside.mean(Curve(turns, cut)) + sum(p * curve.at(y + factor * x) for x, p in law.atoms)
    return by_points(breaks, max(curve.degree, 0) + law.degree + 1, at)

def distribution(lines, law):
    """y -> P(the largest of these lines at T is at most y)."""
    top = most(lines, law.lo, law.hi)
    def at(y):
        total = sum((p for x, p in law.atoms if top.at(x) <= y), Fraction(0))
        for a, b, density in law.pieces:
            for p, q, (constant, slope) in top.pieces(a, b):
                if slope:
                    turn = (y - constant) / slope
                    p, q = (p, min(q, turn)) if slope > 0 else (max(p, turn), q)
                elif constant > y:
                    continue
                total += integral(density, p, q) if p < q else 0
        return total
    return by_points({top.at(x) for x in (*law.nodes, *top.breaks)}, law.degree + 1, at)

def maximum_with(laws):
    """y -> E max(y, Z_1, Z_2, ...) of independent Z, by their distribution functions, at least one."""
    breaks = sorted({x for law in laws for x in law.breaks})
    polys = []
    for k in range(len(breaks) + 1):
        inside = (breaks[0] - 1 if k == 0 else breaks[-1] + 1 if k == len(breaks)
                  else (breaks[k - 1] + breaks[k]) / 2)
        all_below = [Fraction(1)]
        for law in laws:
            all_below = times(all_below, law.polys[bisect_right(law.breaks, inside)] or [Fraction(0)])
        polys.append(all_below)
    out = [[Fraction(0), Fraction(1)]]
    for x, c in zip(reversed(breaks), reversed(polys[:-1])):  # the derivative in y is P(all Z <= y)
        rising = [Fraction(0), *(p / (k + 1) for k, p in enumerate(c))]
        rising[0] = value(out[-1], x) - value(rising, x)
        out.append(rising)
    return Curve(breaks, out[::-1])
