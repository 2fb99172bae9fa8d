"""The environment of mechlp_continuum.py: an instance that writes intervals of types out, and its digest."""
import hashlib, json
from fractions import Fraction
from mechlp_instance import anything, expect, label, labels, number, read, text, whole
from mechlp_polynomial import Curve, Law, along, integral, nonnegative, trimmed, value

class NotChecked(Exception):
    """Something that this checker does not cover."""

class Environment:
    rounded_down = None  # outside options are exact
    """Intervals written out: laws, outside options, outcomes, and the digest."""
    def __init__(self, data):
        expect(isinstance(data, dict) and "model" not in data, data, "instance",
               "an instance that writes intervals out: write it out first with `mechlp expand INSTANCE --continuum`")
        told = read({"agents": (anything, None), "outcomes": labels, "cost?": anything, "$schema?": text,
                     "$comment?": anything, "name?": text, "description?": text, "source?": text,
                     "expected?": anything, "question?": anything},
                    data, "instance")
        self.labels, self.width = told["outcomes"], len(told["outcomes"])
        self.names, self.laws, self.options, values = [], [], [], []
        for i, agent in enumerate(told["agents"]):
            self.read_agent(agent, f"instance.agents[{i}]", values)
        labels(self.names, "instance.agents")
        self.agents = range(len(self.names))
        cost = told.get("cost", "0")
        costs = read({"byOutcome": (number, self.width)}, cost, "instance.cost")["byOutcome"] if isinstance(
            cost, dict) else [number(cost, "instance.cost")] * self.width
        self.slopes = [[values[i][x][0] for i in self.agents] for x in range(self.width)]
        self.constants = [sum(values[i][x][1] for i in self.agents) - costs[x] for x in range(self.width)]
        self.digest = digest_of(self, [
            ["outcome", name, *(part for i in self.agents for part in values[i][x]), costs[x]]
            for x, name in enumerate(self.labels)])
        # No outcome but one with the largest constant is needed among those with the same slopes.
        self.lines = {}
        for x in range(self.width):
            key = tuple(self.slopes[x])
            self.lines[key] = max(self.lines.get(key, self.constants[x]), self.constants[x])
        self.lines = [(constant, slopes) for slopes, constant in self.lines.items()]

    def read_agent(self, agent, where, values):
        told = read({"name": label, "types": anything, "values": {"byOutcome": (line, self.width)},
                     "outsideOption?": anything}, agent, where)
        law = interval(read({"from?": number, "to?": number, "distribution?": anything}, told["types"],
                            f"{where}.types"), f"{where}.types")
        lo, hi = law.lo, law.hi
        self.names.append(told["name"])
        self.laws.append(law)
        option = told.get("outsideOption", "0")
        if isinstance(option, dict) and "pieces" in option:
            parts = joined(chain(read({"pieces": (PIECE, None)}, option, where)["pieces"], lo, hi, where))
            for (_, b, c), (_, _, d) in zip(parts, parts[1:]):
                expect(value(c, b) == value(d, b), option, f"{where}.outsideOption", "no jumps")
            self.options.append(Curve([b for _, b, _ in parts[:-1]], [c for _, _, c in parts]))
        else:
            slope, constant = line(option, f"{where}.outsideOption")
            self.options.append(Curve([], [trimmed([constant, slope])]))
        values.append(told["values"]["byOutcome"])

    def surplus(self, types):
        return max(constant + sum(a * t for a, t in zip(slopes, types)) for constant, slopes in self.lines)
    def tangent(self, types):
        """An efficient outcome at these types: its constant and slopes."""
        return max(self.lines, key=lambda own: own[0] + sum(a * t for a, t in zip(own[1], types)))

def interval(types, where):
    """The law of the types that a distribution is stretched to."""
    lo, hi = types.get("from", Fraction(0)), types.get("to", Fraction(1))
    expect(lo < hi, [str(lo), str(hi)], where, "an interval")
    pieces, atoms = standard(types.get("distribution", "uniform"), f"{where}.distribution")
    size = hi - lo
    scaled = [(lo + a * size, lo + b * size, [p / size for p in along(c, -lo / size, 1 / size)])
              for a, b, c in pieces]
    return Law(joined(scaled), [(lo + x * size, p) for x, p in atoms])

def digest_of(env, worths, lower=()):
    """`worths`: the lines of outcomes, or of the surplus; `lower`: outside options that are at most the true ones."""
    lines = [["types", "continuous"]]
    for name, law, option in zip(env.names, env.laws, env.options):
        lines += [["agent", name], *pieces_told("density", law.pieces), *(["atom", x, p] for x, p in law.atoms),
                  *pieces_told("outside option", option.pieces(law.lo, law.hi))]
    lines += worths
    for law, option in zip(env.laws, lower):
        lines += pieces_told("outside option at least", option.pieces(law.lo, law.hi))
    write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    told = "".join(write([str(part) for part in line]) + "\n" for line in lines)
    return hashlib.sha256(told.encode()).hexdigest()

PIECE = {"from": number, "to": number, "coefficients": (number, None)}

def line(told, where):
    if not isinstance(told, dict):
        return Fraction(0), number(told, where)
    told = read({"slope?": number, "constant?": number}, told, where)
    return told.get("slope", Fraction(0)), told.get("constant", Fraction(0))

def chain(parts, lo, hi, where):
    parts = [(part["from"], part["to"], trimmed(part["coefficients"])) for part in parts]
    fits = parts and [a for a, _, _ in parts] == [lo, *(b for _, b, _ in parts[:-1])] and parts[-1][1] == hi
    expect(fits and all(a < b for a, b, _ in parts), [[str(a), str(b)] for a, b, _ in parts], where,
           f"pieces that follow each other from {lo} to {hi}")
    return parts

def joined(parts):
    """Neighbouring pieces with the same polynomial as one."""
    out = []
    for a, b, c in parts:
        c = trimmed(c)
        if out and out[-1][2] == c:
            out[-1] = (out[-1][0], b, c)
        else:
            out.append((a, b, c))
    return out

def pieces_told(word, parts):
    return [[word, a, b, *trimmed(c)] for a, b, c in joined(parts)]

def standard(told, where):
    """Density and atoms on [0, 1]."""
    if told == "uniform":
        return [(Fraction(0), Fraction(1), [Fraction(1)])], []
    if isinstance(told, dict) and "power" in told:
        k = read({"power": whole}, told, where)["power"]
        expect(1 <= k <= 64, told, where, "a whole power from 1 to 64")
        return [(Fraction(0), Fraction(1), [*[Fraction(0)] * (k - 1), Fraction(k)])], []
    told = read({"density": (PIECE, None), "atoms?": ({"at": number, "probability": number}, None)}, told, where)
    parts = chain(told["density"], Fraction(0), Fraction(1), where)
    atoms = sorted((atom["at"], atom["probability"]) for atom in told.get("atoms", []))
    total = sum(integral(c, a, b) for a, b, c in parts) + sum(p for _, p in atoms)
    fits = total == 1 and all(p > 0 and 0 <= x <= 1 for x, p in atoms) and len({x for x, _ in atoms}) == len(atoms)
    expect(fits, str(total), where, "probabilities that sum to 1")
    for a, b, c in parts:
        expect(nonnegative(c, a, b), [str(p) for p in c], where, "a density that is nowhere negative")
    return parts, atoms
