#!/usr/bin/env python3
"""An independent checker of answers about continuous types (continuum-answer format 1).

    python3 mechlp_continuum.py INSTANCE ANSWER     checks one answer
    python3 mechlp_continuum.py -                   reads lines INSTANCE<tab>ANSWER from standard input

It prints a line for each answer, and exits with the status in brackets (with `-`: 1 if any is not verified):
    verified: what is claimed, and what was asked (0)
    refuted:  what in the certificate or the claim is wrong (1)
    refused:  where a file is not of the format, what was found and what is expected (2)
    not checked: which part of the specification is not covered here (3)

What is to be trusted: Python with its integers and fractions, SHA-256, the theorems of continuum-interim.md,
continuum-ex-post.md and continuum-free.md, this file, mechlp_intervals.py and mechlp_residents.py (the instance;
of families `two-residents` is read as well), mechlp_polynomial.py (expectations), the reading of JSON in
mechlp_instance.py, and for a certificate of
    interim: mechlp_interim.py; with incentives at every profile mechlp_groves.py
    efficient-ex-post: mechlp_at_profiles.py, and mechlp_interim.py
    free-interim: mechlp_free.py, mechlp_cells.py; without cells mechlp_regular.py
    free-ex-post, free-dominant: mechlp_free_profiles.py, and these three
    rounded: mechlp_residents.py, and those of its parts.
It was written from the pages, and shares no line with what it judges.

It does not check: meshes, or products of cells, that are too large for it; an expected surplus without cells where
agents are neither two nor compete part by part; a mechanism without money for which it finds no room itself.

Where expectations are enclosed on a mesh, this checker does not round. What it proves is then a little more than
what the program, which rounds outwards, claims: it accepts a claim that is at most what is proved here, and by no
more than SLACK of the largest surplus. Elsewhere claims are compared exactly.

How to read it: agents i, j and outcomes x are places from 0; S is the surplus, W the interim surplus of an agent
as a function of its type, u its outside option; a law is a distribution of types.
"""
import sys
sys.dont_write_bytecode = True
from fractions import Fraction
from itertools import product
from mechlp_at_profiles import judge_at_profiles
from mechlp_free import judge_free_interim
from mechlp_free_profiles import judge_free_dominant, judge_free_ex_post
from mechlp_instance import (QUESTION, PARAMETERS, Refused, Refuted, anything, expect, load, number, read, require,
                             short, text)
from mechlp_interim import judge_interim
from mechlp_intervals import Environment, NotChecked
from mechlp_residents import Residents, judge_rounded

SLACK = Fraction(1, 2 ** 40)

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

def proved_by(env, question, certificate):
    """What a certificate proves, and whether that is but an enclosure of what there is to prove."""
    judges = {"interim": judge_interim, "efficient-ex-post": judge_at_profiles, "free-interim": judge_free_interim,
              "free-ex-post": judge_free_ex_post, "free-dominant": judge_free_dominant}
    kind = certificate.get("kind")
    if kind == "rounded":
        return judge_rounded(env, question, certificate, proved_by)
    expect(isinstance(kind, str) and kind in judges, kind, "certificate.kind", f"one of {', '.join(judges)}, rounded")
    require(env.rounded_down is None, "certificate: outside options are known between two polynomials")
    proved = judges[kind](env, question, certificate)
    return proved if isinstance(proved, tuple) else (proved, False)

def check(instance_path, answer_path):
    instance = load(instance_path)
    residents = isinstance(instance, dict) and instance.get("model") == "two-residents"
    env = (Residents if residents else Environment)(instance)
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
        proved, enclosed = proved_by(env, question, certificate)
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
    sys.exit(main(sys.argv[1:]))
