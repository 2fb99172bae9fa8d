"""What the checks of free allocations share: an agent's types cut into cells, scores, and what they leave open.

continuum-free.md says what is computed here ("The cells", "The scores"). A function on an agent's cells is a list
with an entry for each; `h` is a density on types (on a single type, only its total counts).
"""
from fractions import Fraction
from mechlp_instance import require, short
from mechlp_polynomial import bernstein, integral, plus, times, trimmed, value

ZERO, X = Fraction(0), [Fraction(0), Fraction(1)]

class Cell:
    """The types between two neighbouring nodes, or one type of positive probability."""
    def __init__(self, start, end, mass, moment, density, below, option):
        self.start, self.end, self.mass, self.moment, self.density = start, end, mass, moment, density
        self.below, self.option = below, option  # the distribution function and the outside option, as polynomials
        self.mean = moment / mass if mass else (start + end) / 2
    @property
    def single(self):
        return self.start == self.end
    def integral(self, c):
        return integral(c, self.start, self.end)
    def expect(self, c):
        """The integral of a polynomial of the type over the cell's probability."""
        return self.mass * value(c, self.start) if self.single else self.integral(times(c, self.density))

def cells_of_agent(env, i, count):
    """So many equal cells, cut further where density or outside option change their form, and at atoms."""
    law, option = env.laws[i], env.options[i]
    nodes = {law.lo + (law.hi - law.lo) * Fraction(k, count) for k in range(count + 1)}
    nodes = sorted(nodes | set(law.nodes) | {x for x in option.breaks if law.lo < x < law.hi})
    atoms, cells, below = dict(law.atoms), [], ZERO
    for k, node in enumerate(nodes):
        if node in atoms:
            p = atoms[node]
            cells.append(Cell(node, node, p, p * node, [], [], [option.at(node)]))
            below += p
        if k + 1 < len(nodes):
            end = nodes[k + 1]
            density = next(c for a, b, c in law.pieces if a <= node < b)
            (_, _, outside), = option.pieces(node, end)
            rising = [ZERO, *(p / (j + 1) for j, p in enumerate(density))]
            mass = integral(density, node, end)
            cells.append(Cell(node, end, mass, integral(times(X, density), node, end), density,
                              plus(rising, [below - value(rising, node)]), outside))
            below += mass
    return cells

def participation_weights(cells, told, where):
    """Weights at types where cells end: pairs of a type and a weight that is not negative."""
    ends = {cell.start for cell in cells} | {cell.end for cell in cells}
    for entry in told:
        require(entry["type"] in ends, f"{where}: at {short(entry['type'])} no cell ends")
        require(entry["weight"] >= 0, f"{where}: a negative weight")
    return [(entry["type"], entry["weight"]) for entry in told]

# ---- Scores ------------------------------------------------------------------------------------------------

def ironed(cells, totals):
    """Totals over probabilities, averaged over neighbouring cells where they fall."""
    pools = []
    for cell, total in zip(cells, totals):
        pool = [total, cell.mass, 1]
        while pools and pools[-1][0] * pool[1] > pool[0] * pools[-1][1]:
            before = pools.pop()
            pool = [p + q for p, q in zip(before, pool)]
        pools.append(pool)
    worth = None
    scores = []
    for total, mass, count in reversed(pools):  # a pool without probability has the score of the next, or of the last
        if mass:
            worth = total / mass
        scores[:0] = [worth] * count
    last = next(score for score in reversed(scores) if score is not None)
    return [last if score is None else score for score in scores]

def beyond(cell, c):
    """s -> the integral of a polynomial from s to the cell's end."""
    rising = [ZERO, *(p / (j + 1) for j, p in enumerate(c))]
    return plus([value(rising, cell.end)], rising, -1)

def at_most(cell, c):
    """A number that a polynomial does not exceed on the cell: of degree 2 its maximum, else the greatest Bernstein
    coefficient on eighths."""
    c = trimmed(c)
    a, b = cell.start, cell.end
    if len(c) <= 3:
        tops = [a, b]
        if len(c) == 3 and c[2] < 0 and a < -c[1] / (2 * c[2]) < b:
            tops.append(-c[1] / (2 * c[2]))
        return max(value(c, x) for x in tops)
    step = (b - a) / 8
    return max(max(bernstein(c, a + k * step, a + (k + 1) * step)) for k in range(8))

def excess(cells, densities, totals, scores, least, greatest):
    """At least `integral of A h` less `sum of scores times integral of A dF`, for every A that does not fall and
    lies between least and greatest."""
    above, most = ZERO, ZERO
    for cell, h, total, score in reversed([*zip(cells, densities, totals, scores)]):
        if not cell.single:
            most = max(most, at_most(cell, plus([above], beyond(cell, plus(h, cell.density, -score)))))
        above += total - score * cell.mass
        most = max(most, above)
    return least * above + (greatest - least) * most

def levelled(cells, densities, totals, scores, level):
    """Scores that are raised in cells where D would exceed the level."""
    result, plain, above = [*scores], ZERO, ZERO
    for k in reversed(range(len(cells))):
        cell = cells[k]
        if not cell.single and cell.mass:
            result[k] += (above - plain) / cell.mass
            worth = plus([above - level], beyond(cell, densities[k]))
            chance = beyond(cell, cell.density)
            if at_most(cell, plus(worth, chance, -result[k])) > 0:
                degree = max(len(trimmed(worth)), len(trimmed(chance)), 1)
                rows = [bernstein(padded(c, degree), cell.start, cell.end) for c in (worth, chance)]
                result[k] = max([result[k], *(w / p for w, p in zip(*rows) if p > 0)])
        plain += totals[k] - scores[k] * cell.mass
        above += totals[k] - result[k] * cell.mass
    return result

def padded(c, length):
    c = trimmed(c)
    return [*c, *[ZERO] * (length - len(c))]
