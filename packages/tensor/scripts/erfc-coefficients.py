"""Prints the Chebyshev coefficients in src/cpu/error-function.ts, computed in 60 digits.

(1 + 2x)·exp(x²)·erfc(x) over s = 1.3·(x − 3.75) / (x + 3.75), −1 ≤ s ≤ 1.  Needs mpmath:  python3 erfc-coefficients.py
"""

from mpmath import cos, erfc, exp, mp, mpf, pi

mp.dps = 60
points = 120
angles = [pi * (k + mpf(1) / 2) / points for k in range(points)]


def scaled(s):
    t = s * 10 / 13
    x = mpf("3.75") * (1 + t) / (1 - t)
    return (1 + 2 * x) * exp(x * x) * erfc(x)


values = [scaled(cos(angle)) for angle in angles]
for order in range(22):
    # The first one is printed without the 1 that the program adds at the end.
    total = sum(value * cos(order * angle) for value, angle in zip(values, angles))
    print(f"  {float(total * (2 if order else 1) / points - (0 if order else 1))!r},")
