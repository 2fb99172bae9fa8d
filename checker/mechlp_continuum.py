#!/usr/bin/env python3
"""An independent checker of answers about continuous types (continuum-answer format 1).

    python3 mechlp_continuum.py INSTANCE ANSWER     checks one answer
    python3 mechlp_continuum.py -                   reads lines INSTANCE<tab>ANSWER from standard input

It prints a line for each answer, and exits with the status in brackets (with `-`: 1 if any is not verified):
    verified: what is claimed, and what was asked (0)
    refuted:  what in the certificate or the claim is wrong (1)
    refused:  where a file is not of the format, what was found and what is expected (2)
    not checked: which part of the specification is not covered here (3)

What is to be trusted: Python with its integers and fractions, SHA-256, the theorems of continuum-interim.md and
continuum-ex-post.md, this file, mechlp_polynomial.py (expectations), mechlp_at_profiles.py (the kind
efficient-ex-post), and the reading of JSON in mechlp_instance.py. It was written from these pages alone.

Where expectations are enclosed on a mesh, this checker does not round. What it proves is then a little more than
what the program, which rounds outwards, claims: it accepts a claim that is at most what is proved here, and by no
more than SLACK of the largest surplus. Elsewhere claims are compared exactly.

How to read it: agents i, j and outcomes x are places from 0; S is the surplus, W the interim surplus of an agent
as a function of its type, u its outside option; a law is a distribution of types.
"""
import hashlib, json, sys
sys.dont_write_bytecode = True
from fractions import Fraction
from itertools import combinations, product
from math import prod
from mechlp_instance import (QUESTION, PARAMETERS, Refused, Refuted, anything, expect, label, labels, load, number,
                             read, require, short, text, whole)
from mechlp_polynomial import (Curve, Law, affine, along, by_points, distribution, integral,
                               maximum_with, most, shifted, value)

SLACK = Fraction(1, 2 ** 40)

class NotChecked(Exception):
    """Something that this checker does not cover."""

# ---- The environment ---------------------------------------------------------------------------------------

class Environment:
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
        lines = [["types", "continuous"]]
        for name, law, option in zip(self.names, self.laws, self.options):
            lines += [["agent", name], *pieces_told("density", law.pieces),
                      *(["atom", x, p] for x, p in law.atoms),
                      *pieces_told("outside option", option.pieces(law.lo, law.hi))]
        for x, name in enumerate(self.labels):
            own = [part for i in self.agents for part in values[i][x]]
            lines.append(["outcome", name, *own, costs[x]])
        write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        told = "".join(write([str(part) for part in line]) + "\n" for line in lines)
        self.digest = hashlib.sha256(told.encode()).hexdigest()
        # No outcome but one with the largest constant is needed among those with the same slopes.
        self.lines = {}
        for x in range(self.width):
            key = tuple(self.slopes[x])
            self.lines[key] = max(self.lines.get(key, self.constants[x]), self.constants[x])
        self.lines = [(constant, slopes) for slopes, constant in self.lines.items()]

    def read_agent(self, agent, where, values):
        told = read({"name": label, "types": anything, "values": {"byOutcome": (line, self.width)},
                     "outsideOption?": anything}, agent, where)
        types = read({"from?": number, "to?": number, "distribution?": anything}, told["types"], f"{where}.types")
        lo, hi = types.get("from", Fraction(0)), types.get("to", Fraction(1))
        expect(lo < hi, agent["types"], f"{where}.types", "an interval")
        pieces, atoms = standard(types.get("distribution", "uniform"), f"{where}.types.distribution")
        size = hi - lo
        scaled = [(lo + a * size, lo + b * size, [p / size for p in along(c, -lo / size, 1 / size)])
                  for a, b, c in pieces]
        self.names.append(told["name"])
        self.laws.append(Law(joined(scaled), [(lo + x * size, p) for x, p in atoms]))
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

def trimmed(c):
    c = list(c)
    while c and not c[-1]:
        c.pop()
    return c

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
        fits = Curve([], [c]).least(a, b, 0)
        if fits is None:
            raise NotChecked(f"{where}: whether the density is negative somewhere")
        expect(fits, [str(p) for p in c], where, "a density that is nowhere negative")
    return parts, atoms

# ---- The expected surplus, exactly -------------------------------------------------------------------------

def interim_surplus(env):
    """W of every agent as a curve, or None where it is not a piecewise polynomial that is known here."""
    if len(env.agents) == 2:
        return [of_two(env, i) for i in env.agents]
    parts = independent_parts(env)
    return parts and [of_parts(env, i, *parts) for i in env.agents]

def of_two(env, i):
    """E[S | t_i] with one other agent: a polynomial between the types where the order of the other's types at
    which outcomes cross, and of the nodes of its law, changes."""
    law, j = env.laws[1 - i], 1 - i
    lines = [(constant, slopes[i], slopes[j]) for constant, slopes in env.lines]
    places, breaks = [(x, Fraction(0)) for x in law.nodes], set()
    for (c, a, b), (d, e, f) in combinations(lines, 2):
        if b != f:
            places.append(((d - c) / (b - f), (e - a) / (b - f)))
        elif a != e:
            breaks.add((d - c) / (a - e))
    breaks |= {(r - p) / (q - s) for (p, q), (r, s) in combinations(set(places), 2) if q != s}
    own = env.laws[i]
    breaks = {x for x in breaks if own.lo < x < own.hi} | {own.lo, own.hi}
    def at(t):
        return law.mean(most([(c + a * t, b) for c, a, b in lines], law.lo, law.hi))
    return by_points(breaks, law.degree + 2, at)

def independent_parts(env):
    """A slope of each agent, and the parts of the outcomes that are left when it is taken from all of its."""
    for base in product(*({slopes[i] for _, slopes in env.lines} for i in env.agents)):
        parts = {}
        for constant, slopes in env.lines:
            rest = tuple(a - b for a, b in zip(slopes, base))
            holders = tuple(i for i in env.agents if rest[i])
            parts.setdefault(holders, []).append((constant, rest))
        holders = [i for own in parts for i in own]
        if len(set(holders)) == len(holders) and all(
                len(own) == 1 or len(who) <= 1 for who, own in parts.items()):
            return base, parts
    return None

def law_of_part(env, holders, lines):
    """The distribution function of a part."""
    if not holders:
        return step(max(c for c, _ in lines))
    if len(holders) == 1:
        i = holders[0]
        return distribution([(c, rest[i]) for c, rest in lines], env.laws[i])
    curve = step(lines[0][0])
    for i in holders:
        curve = shifted(curve, env.laws[i], -lines[0][1][i])
    return curve

def step(x):
    return Curve([x], [[], [Fraction(1)]])

def of_parts(env, i, base, parts):
    others = [law_of_part(env, who, own) for who, own in parts.items() if i not in who]
    rest = sum((base[j] * env.laws[j].mean(affine(0, 1)) for j in env.agents if j != i), Fraction(0))
    own = next(((who, lines) for who, lines in parts.items() if i in who), None)
    law = env.laws[i]
    larger = maximum_with(others) if others else affine(0, 1)
    if own is None:
        constant = larger.at(min(larger.breaks) - 1)  # below everything: E max of all parts
        return affine(rest + constant, base[i])
    who, lines = own
    if len(who) > 1:
        for j in who:
            larger = shifted(larger, env.laws[j], lines[0][1][j]) if j != i else larger
    top = most([(c, r[i]) for c, r in lines], law.lo, law.hi)
    turns = {(x - c) / a for _, _, (c, a) in top.pieces(law.lo, law.hi) if a for x in larger.breaks}
    breaks = {law.lo, law.hi, *top.breaks, *(x for x in turns if law.lo < x < law.hi)}
    return by_points(breaks, max(larger.degree, 1), lambda t: rest + base[i] * t + larger.at(top.at(t)))

# ---- The kind `interim` ------------------------------------------------------------------------------------

class Mesh:
    """S enclosed on products of equal cells: below by tangents, above by the interpolation of corners."""
    def __init__(self, env, cells):
        if cells ** len(env.agents) > 400000:
            raise NotChecked(f"a mesh of {cells}^{len(env.agents)} cells")
        self.env, self.cells = env, cells
        self.nodes = [[law.lo + (law.hi - law.lo) * Fraction(k, cells) for k in range(cells + 1)]
                      for law in env.laws]
        self.chance, self.middle, self.weight = [], [], []
        for law, nodes in zip(env.laws, self.nodes):
            chance, middle, weight = cells_of(law, nodes, left=True)
            self.chance.append(chance), self.middle.append(middle), self.weight.append(weight)
        self.means = [law.mean(affine(0, 1)) for law in env.laws]
    def expected_surplus(self):
        """A lower and an upper bound of E S."""
        env = self.env
        low = sum(prod(p) * env.surplus(t) for p, t in zip(product(*self.chance), product(*self.middle)))
        high = sum(prod(w) * env.surplus(t) for w, t in zip(product(*self.weight), product(*self.nodes)))
        return low, high
    def below(self, i):
        """A curve below W of agent i."""
        nodes, polys = self.nodes[i], []
        for a, b in zip(nodes, nodes[1:]):
            c, slope = Fraction(0), Fraction(0)
            for chance, types in self.others(i, self.chance, self.middle, [(a + b) / 2]):
                constant, slopes = self.env.tangent(types)
                c += chance * (constant + sum(s * t for j, (s, t) in enumerate(zip(slopes, types)) if j != i))
                slope += chance * slopes[i]
            polys.append([c, slope])
        return Curve(nodes[1:-1], polys)
    def above(self, i, t):
        """At least W of agent i at the type t: interpolated, in its own type too."""
        nodes = self.nodes[i]
        k = next(k for k in range(self.cells) if t <= nodes[k + 1])
        a, b = nodes[k], nodes[k + 1]
        return sum(share * sum(w * self.env.surplus(types)
                               for w, types in self.others(i, self.weight, self.nodes, [x]))
                   for share, x in (((b - t) / (b - a), a), ((t - a) / (b - a), b)) if share)
    def others(self, i, weights, places, own):
        weights, places = [*weights], [*places]
        weights[i], places[i] = [Fraction(1)], own
        return ((prod(w), t) for w, t in zip(product(*weights), product(*places)))

def cells_of(law, nodes, left=False):
    """Of cells between nodes: probabilities, mean types (the middle where there is no probability), and by
    node the weights with which the expectation of an interpolation counts it."""
    one, itself = Curve([], [[Fraction(1)]]), affine(0, 1)
    chance, middle, weight = [], [], [Fraction(0)] * len(nodes)
    for k, (a, b) in enumerate(zip(nodes, nodes[1:])):
        p = law.mean(one, a, b, left)
        m = law.mean(itself, a, b, left) / p if p else (a + b) / 2
        chance.append(p), middle.append(m)
        weight[k] += p * (b - m) / (b - a)
        weight[k + 1] += p * (m - a) / (b - a)
    return chance, middle, weight

def judge_interim(env, question, told):
    told = read({"kind": "interim", "cells?": whole, "participation": (
        {"types": (number, None), "lower": number, "upper": number}, None)}, told, "certificate")
    ic, ir, budget = question["ic"], question["ir"], question["budget"]
    require(question["allocation"] == "efficient", "certificate: interim is about efficient allocations")
    require(not (ir == "ex-post" and budget == "ex-post" and ic == "bayesian"),
            "certificate: interim is not about participation and budget at every profile")
    if ic in ("ex-post", "dominant") and (budget == "ex-post" or ir == "ex-post"):
        raise NotChecked("incentives at every profile with a budget or participation at every profile")
    require(ic != "none" or ir != "ex-post" or budget != "ex-post",
            "certificate: interim does not cover participation and budget at every profile without incentives")
    open_end = question["objective"] == "max-surplus" and (question["balance"] == "no-deficit" or budget == "none")
    require(ir != "none" or not open_end, "certificate: interim does not cover a surplus without bound")
    n, cells = len(env.agents), told.get("cells")
    if cells is None:
        own = interim_surplus(env)
        if own is None:
            raise NotChecked("an expected surplus without cells, which this checker does not find exactly")
        total = (env.laws[0].mean(own[0]),) * 2
        below, above = own.__getitem__, lambda i, t: own[i].at(t)
    else:
        expect(1 <= cells <= 10000, str(cells), "certificate.cells", "a whole number from 1 to 10000")
        mesh = Mesh(env, cells)
        total, below, above = mesh.expected_surplus(), mesh.below, mesh.above
    outside = [law.mean(option) for law, option in zip(env.laws, env.options)]
    asked = ic != "none" and ir in ("interim", "ex-post")
    require(len(told["participation"]) == (n if asked else 0), "certificate.participation: not one for each agent")
    low, high = [(n - 1) * part for part in total]
    for i, entry in enumerate(told["participation"]):
        where, law, option = f"certificate.participation[{i}]", env.laws[i], env.options[i]
        expect(entry["types"], [], f"{where}.types", "at least one type")
        for t in entry["types"]:
            require(law.lo <= t <= law.hi, f"{where}: {short(t)} is no type")
            found = option.at(t) - above(i, t)
            require(found >= entry["lower"], f"{where}: at {short(t)} it is {short(found)}, less than lower")
        curve = below(i)
        breaks = sorted({x for x in (*curve.breaks, *option.breaks, *entry["types"]) if law.lo < x < law.hi})
        cuts = [law.lo, *breaks, law.hi]
        fits = True
        for a, b in zip(cuts, cuts[1:]):
            (_, _, c), = curve.pieces(a, b)
            (_, _, d), = option.pieces(a, b)
            size = max(len(c), len(d))
            gap = [p - q for p, q in zip([*c, *[0] * (size - len(c))], [*d, *[0] * (size - len(d))])]
            here = Curve([], [gap]).least(a, b, -entry["upper"])
            require(here is not False, f"{where}: between {short(a)} and {short(b)} it is more than upper")
            fits = fits and here
        if not fits:
            raise NotChecked(f"{where}: whether upper holds everywhere")
        low, high = low + entry["lower"], high + entry["upper"]
    if ir == "none":  # any amount may be charged: no outside money is needed
        low = high = Fraction(0)
    elif ir == "ex-ante" or ic == "none":  # (n - 1) E S + sum of (E u_i - E S), whatever E S is exactly
        low, high = sum(outside) - total[1], sum(outside) - total[0]
    return bracket(question, low, high, [part - sum(outside) for part in total])

def bracket(question, low, high, gains):
    """What sigma between low and high proves, and expected gains between these two."""
    if not question["objective"].startswith("max"):
        if question["budget"] == "none":
            low = high = Fraction(0)
        return {"lower": max(low, 0), "upper": max(high, 0)}
    free = question["budget"] == "none"
    if low > 0 and not free:
        return {"contradiction": low}
    money = question["objective"] == "max-surplus"
    exact = question["balance"] == "exact" and not free
    lower, upper = ((Fraction(0),) * 2 if exact else (-high, -low)) if money else gains
    return {"lower": lower, "upper": upper} if high <= 0 or free else {"upper": upper}

# ---- The claim ---------------------------------------------------------------------------------------------

def right_verdict(question, claim):
    lower, upper = claim.get("lower"), claim.get("upper")
    if question["objective"].startswith("max"):
        return "impossible" if "contradiction" in claim else "undecided" if lower is None else "possible"
    if lower is not None and lower > 0:
        return "impossible"
    return "possible" if upper is not None and upper <= 0 else "undecided"

def compare(env, question, claim, proved, enclosed):
    """Refutes a claim that is not what is proved (or, where that is enclosed, hardly less)."""
    ends = {part: claim[part] for part in ("lower", "upper", "contradiction") if part in claim}
    require(ends.keys() == proved.keys(), f"claim: has {', '.join(ends) or 'no end'}, proved is "
            f"{', '.join(proved) or 'no end'}")
    scale = max(abs(env.surplus(t)) for t in product(*((law.lo, law.hi) for law in env.laws))) + 1
    for part, said in ends.items():
        away = said - proved[part] if part == "upper" else proved[part] - said
        fits = 0 <= away <= SLACK * scale if enclosed else away == 0
        require(fits, f"claim.{part}: said {short(said)}, proved {short(proved[part])}")
    right = right_verdict(question, ends)
    require(claim["verdict"] == right, f"claim.verdict: said {claim['verdict']}, found {right}")

def check(instance_path, answer_path):
    env = Environment(load(instance_path))
    claim = {"verdict": "possible impossible undecided", "lower?": number, "upper?": number,
             "contradiction?": number}
    answer = read({"$schema?": text, "format": "mechlp-continuum-answer-1", "program": {
        "name": text, "version": text}, "instance": {"name": text, "digest": text},
        "question": QUESTION | PARAMETERS, "claim": claim, "certificate?": anything},
        load(answer_path), "answer")
    question, claim, certificate = answer["question"], answer["claim"], answer.get("certificate")
    expect(not any(part in question for part in ("neverPaid", "paymentCaps", "icSlack")), "parameters",
           "answer.question", "no parameters")
    require(answer["instance"]["digest"] == env.digest, f"instance: another digest than {env.digest}")
    enclosed = False
    if certificate is None:
        counted = not question["objective"].startswith("max")
        proved = {"lower": Fraction(0)} if counted else {}
    else:
        expect(isinstance(certificate, dict), certificate, "certificate", "an object")
        kind = certificate.get("kind")
        if kind == "interim":
            proved = judge_interim(env, question, certificate)
        elif kind == "efficient-ex-post":
            from mechlp_at_profiles import judge_at_profiles
            proved, enclosed = judge_at_profiles(env, question, certificate)
        else:
            raise NotChecked(f"a certificate of the kind {short(kind)}")
    compare(env, question, claim, proved, enclosed)
    words = [f"{field} {short(said)}" for field, said in claim.items()]
    return f"{', '.join(words)} ({', '.join(f'{part} {said}' for part, said in question.items())})"

def judge(instance_path, answer_path):
    """The exit status, and the line to print."""
    try:
        return 0, f"verified: {check(instance_path, answer_path)}"
    except Refuted as error:
        return 1, f"refuted: {error}"
    except Refused as error:
        return 2, f"refused: {error}"
    except NotChecked as error:
        return 3, f"not checked: {error}"
    except (RecursionError, MemoryError):
        return 2, f"refused: {answer_path}: found too much, or too deep lists or objects, expected less"

def main(arguments):
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    sys.stdout.reconfigure(errors="backslashreplace")
    if len(arguments) != 2 and arguments != ["-"]:
        sys.exit(__doc__)
    if len(arguments) == 2:
        status, words = judge(*arguments)
        print(words)
        return status
    statuses = [0]
    for words in sys.stdin:
        status, told = judge(*(words.rstrip("\r\n").split("\t") + [""])[:2])
        print(told, flush=True)
        statuses.append(min(status, 1))
    return max(statuses)

if __name__ == "__main__":
    sys.modules["mechlp_continuum"] = sys.modules["__main__"]  # what mechlp_at_profiles.py imports
    sys.exit(main(sys.argv[1:]))
