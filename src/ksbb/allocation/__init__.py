"""Where packages should go: exact, explained and provable. Arrays in, arrays out.

Pure functions over NumPy arrays: no framework, no database, no clock, no global randomness. The
same input gives the same answer on every machine and in every order of its rows. One module per
verb:

`fill` one stock over many places · `fill_money` a budget · `tree_fill` stocks of nested areas ·
`recommend` one donor's few stops · `cells` and `plan` many offers with wishes · `assign` who serves
whom · `rotate` worthwhile visits · `audit` an independent certificate · `metrics` · `explain`.

docs/algorithms/allocation.md explains them in prose with worked tables, then in mathematics.
"""
